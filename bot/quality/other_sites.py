"""What other people's sites teach: rows of numbers about labelled questions, and the weights for any site from them.

The text of those sites is not ours to keep, so `kb rows` measures each question on an index of the site and writes
numbers: the z-scores of the topics that may answer, and what the decision looks at. `kb calibrate` learns from them;
its thresholds come from predictions on sites that the fit did not see.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from bot.decision.account import account
from bot.decision.decide import ABSOLUTE, any_site_features, load_weights, rank
from bot.decision.leading import read_best
from bot.decision.reading import read_section
from bot.decision.unstated import load_model
from bot.evidence.topics import Topics
from bot.json_lines import read_lines
from bot.quality.calibrate import LabelledQuestion, of_version, right_topics
from bot.quality.fit import by_channel, fit_decision, fit_ranking, in_folds
from index.encoder.protocol import Encoder
from index.errors import KbError

CANDIDATES = 10  # topics of each question that the ranking learns to tell apart, besides the right ones
SHRINKAGE = 1e-2  # of the ranking weights: more than on one site, as they have to suit all
SHARES = (0.2, 0.4)  # of the uncovered questions, half of them twins of covered ones: answered, offered choices
HUNDREDTHS = 100
FOLDS = 10  # where there is one site


@dataclass(frozen=True, slots=True)
class Row:
    """A question in numbers: z-scores of topics by channel in hundredths, which are right, and the features."""

    id: str
    answerable: bool
    candidates: tuple[tuple[int, ...], ...]  # empty where the site does not answer, or can't be quoted
    right: tuple[int, ...]  # places in `candidates`
    seen: dict[str, float]


_LINE = TypeAdapter(Row)


def measure(questions: Sequence[LabelledQuestion], topics: Topics, encoder: Encoder) -> Iterator[Row]:
    """A row for each question. Raises KbError naming a section that is not there."""
    weights, parts = load_weights(topics), load_model().part
    questions = of_version(questions, topics)
    right = {question.id: numbers for question, numbers in right_topics(questions, topics)}
    for labelled in questions:
        wanted = right.get(labelled.id, np.zeros(0, np.int64))
        question = topics.read(labelled.question, encoder)
        evidence = topics.score(question, wanted)
        ranking = rank(evidence, weights)
        unread = account(question, ranking.order, topics, parts)
        ranking, accounted = read_best(question, ranking, unread, topics, parts, read_section)
        seen = any_site_features(question, evidence, ranking, topics, accounted)
        quotable = (topics.covered & topics.quotable)[evidence.topics]
        z, is_right = evidence.standardised()[quotable], np.isin(evidence.topics, wanted)[quotable]
        kept = np.union1d(np.argsort(-z.sum(axis=1), kind="stable")[:CANDIDATES], np.flatnonzero(is_right))
        if not is_right.any():
            kept = kept[:0]
        yield Row(
            labelled.id,
            labelled.answerable,
            tuple(tuple(row) for row in np.rint(z[kept] * HUNDREDTHS).astype(int).tolist()),
            tuple(np.flatnonzero(is_right[kept]).tolist()),
            {name: round(seen[name], 4) for name in ABSOLUTE},
        )


def write_rows(rows: Sequence[Row], file: Path) -> None:
    """One row a line."""
    lines = (json.dumps(asdict(row), ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    file.write_text("".join(lines), "utf-8")


def read_rows(file: Path) -> list[Row]:
    """What `write_rows` wrote. Raises KbError naming the line that is wrong."""
    return list(read_lines(file, _LINE.validate_json, "a row that kb rows wrote", "Run kb rows for it again."))


def learn(sites: Sequence[Sequence[Row]]) -> dict[str, Any]:
    """The weights for any site, in which each of the sites counts the same. Raises KbError if they teach nothing."""
    rows = [row for site in sites for row in site]
    answerable = np.array([row.answerable for row in rows], bool)
    ranked = np.array([bool(row.right) for row in rows], bool)
    if not ranked.any() or answerable.all():
        raise KbError("weights for any site need rows of questions that a site answers, and of others. See kb rows.")
    site = np.repeat(np.arange(len(sites)), [len(rows) for rows in sites])
    weights = fit_ranking([_scored(row) for row in rows if row.right], SHRINKAGE, _equal(site[ranked]))
    splits = list(_left_out(site)) if len(sites) > 1 else in_folds(answerable, FOLDS)
    seen = [row.seen for row in rows]
    return {"rank": by_channel(weights)} | fit_decision(seen, answerable, ABSOLUTE, SHARES, splits, _equal(site))


def _scored(row: Row) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    return np.array(row.candidates) / HUNDREDTHS, np.isin(np.arange(len(row.candidates)), row.right)


def _equal(site: NDArray[np.int64]) -> NDArray[np.float64]:
    """What each question counts so that each site counts the same."""
    return 1 / np.bincount(site)[site]


def _left_out(site: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Each site in turn is predicted from the others."""
    for left_out in np.unique(site):
        yield np.flatnonzero(site != left_out), np.flatnonzero(site == left_out)
