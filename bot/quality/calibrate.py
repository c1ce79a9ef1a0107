"""`kb calibrate`: the weights of ranking and decision, learned from questions that authors wrote.

What decides on a site that names nothing as not covered is learned from other sites: bot/quality/other_sites.py.
Reproducible: no random numbers but the fixed seed of the folds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Strict, TypeAdapter

from bot.decision.account import account
from bot.decision.decide import Model, Weights, features, rank
from bot.decision.leading import read_best
from bot.decision.reading import Read, read_section
from bot.decision.unstated import load_model
from bot.evidence.topics import Topics
from bot.json_lines import read_lines
from bot.quality.fit import Bools, by_channel, fit_decision, fit_ranking, in_folds
from index.encoder.protocol import Encoder
from index.errors import KbError

HEDGED = 0.09  # share of the uncovered questions that would be answered, if all of their parts were accounted for
BESIDE = 0.4  # how much a question of a contrast pair counts
FOLDS = 10
SHRINKAGE = 1e-3  # of the ranking weights
# Shares of the (mostly near-topic) uncovered questions that may be answered, and that may be offered choices.
SHARES = (0.075, 0.2)


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question, whether the site answers it, and the sections that state the asked fact."""

    id: str
    lang: str
    style: str
    question: str
    answerable: Annotated[bool, Strict()]
    sections: tuple[str, ...] = ()
    verdict: str | None = None
    reviewed: Annotated[bool, Strict()] = True  # by a person; kb questions proposes lines that are not


_LINE = TypeAdapter(LabelledQuestion)
_HELP = "See service/cli#eval in the documentation."


def read_questions(file: Path) -> list[LabelledQuestion]:
    """Read a .jsonl of labelled questions. Raises KbError naming the line that is wrong."""
    questions = list(read_lines(file, _LINE.validate_json, "a labeled question", _HELP))
    if not questions:
        raise KbError(f"{file}: there is no question in it. {_HELP}")
    return questions


def of_version(questions: Sequence[LabelledQuestion], topics: Topics) -> list[LabelledQuestion]:
    """The same where a label without a version (`faq#a`) means the version of these topics (`2.0/faq#a`).

    So labels hold for the next version, too.
    """
    if topics.index.version is None:
        return list(questions)
    held, within = topics.catalogue.names, topics.index.version.name

    def whole(name: str) -> str:
        return f"{within}/{name}" if name not in held and f"{within}/{name}" in held else name

    return [replace(question, sections=tuple(map(whole, question.sections))) for question in questions]


def calibrate(
    questions: Sequence[LabelledQuestion],
    topics: Topics,
    encoder: Encoder,
    beside: Sequence[LabelledQuestion] = (),
    read: Read = read_section,
) -> dict[str, Any]:
    """`rank` and `site` of bot/data/weights.json, learned from the questions. Raises KbError if they are too few.

    Questions `beside` them (both sides of contrast pairs, which are harder than what people ask) count less, and only
    for the decision.
    """
    if min(sum(q.answerable for q in questions), sum(not q.answerable for q in questions)) < FOLDS:
        raise KbError(f"calibration needs at least {FOLDS} answerable questions and {FOLDS} others.")
    channels = by_channel(fit_ranking(scored(questions, topics, encoder), SHRINKAGE))
    unfinished = Weights(channels, Model({}, 0.0, 0.0, 0.0))
    parts, rows = load_model().part, []
    for labelled in (*questions, *beside):
        question = topics.read(labelled.question, encoder)
        evidence = topics.score(question)
        ranking = rank(evidence, unfinished)
        unread = account(question, ranking.order, topics, parts)
        ranking, accounted = read_best(question, ranking, unread, topics, parts, read)
        rows.append(features(question, evidence, ranking, topics, accounted))
    answerable = np.array([labelled.answerable for labelled in (*questions, *beside)])
    counts = np.array([1.0] * len(questions) + [BESIDE] * len(beside))
    folds, judged = in_folds(answerable, FOLDS), counts == 1
    return {
        "rank": channels,
        "site": fit_decision(rows, answerable, tuple(rows[0]), SHARES, folds, counts, judged, HEDGED),
    }


def scored(
    questions: Sequence[LabelledQuestion], topics: Topics, encoder: Encoder
) -> list[tuple[NDArray[np.floating], Bools]]:
    """Of each answerable question the z-scores of the covered topics, and which of them are right."""
    seen: list[tuple[NDArray[np.floating], Bools]] = []
    for question, right in right_topics(questions, topics):
        # On a large site only candidates are scored: the right ones have to be among them.
        evidence = topics.score(topics.read(question.question, encoder), right)
        covered = topics.covered[evidence.topics]
        seen.append((evidence.standardised()[covered], np.isin(evidence.topics, right)[covered]))
    return seen


def right_topics(
    questions: Sequence[LabelledQuestion], topics: Topics
) -> Iterator[tuple[LabelledQuestion, NDArray[np.int64]]]:
    """Each answerable question with the topics that state it. Raises KbError naming a section that is not there."""
    number = {topic: i for i, topic in enumerate(topics.ids)}
    for question in questions:
        for section in question.sections:
            if section not in number:
                raise KbError(f"question {question.id}: there is no section '{section}'. Run kb index, or correct it.")
        if question.sections:
            yield question, np.array(sorted({number[section] for section in question.sections}))
