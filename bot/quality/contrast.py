"""Contrast pairs: a covered question, and its twin in which one part was exchanged (Gardner et al. 2020).

A bot treats a pair rightly if it answers the first plainly, and the twin not at all or with what it leaves out, and
without a yes or no. The training pairs teach the model of bot/decision/unstated.py; others measure it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.answering.ask import Bot
from bot.decision.account import account, part_features, quotable
from bot.decision.decide import features, rank
from bot.decision.leading import read_best
from bot.decision.logistic import Logistic, read_logistic, write_terms
from bot.decision.reading import Read, read_section
from bot.decision.stated import stated_by
from bot.json_lines import read_lines
from bot.quality.calibrate import LabelledQuestion
from bot.quality.judged import said
from bot.question.parts import plain
from bot.question.question import Question
from bot.records import Status
from index.errors import KbError

FOLDS = 5
INVERSE_PENALTY = 0.3  # scikit-learn's C
# Shares of the covered questions for which a part may be named wrongly, or the verdict kept back.
NAMED, DOUBTED = 0.09, 0.3


@dataclass(frozen=True, slots=True)
class Pair:
    """`a` is covered by `sections`. Of `part` in `b` the site says nothing; without one, `b` is covered or missing."""

    id: str
    lang: str
    kind: str
    a: str
    sections: tuple[str, ...]
    verdict: str | None = None
    b: str | None = None
    part: str | None = None
    b_status: str | None = None
    b_sections: tuple[str, ...] = ()
    b_verdict: str | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares over some pairs; `both` counts pairs of which covered question and twin were treated rightly."""

    pairs: int
    covered: float  # answered without naming a part
    twins: float  # not answered, or a part is named; and no verdict
    both: float
    false_verdicts: int


_LINE = TypeAdapter(Pair)


def read_pairs(files: Iterable[Path]) -> list[Pair]:
    """Read .jsonl files of pairs. Raises KbError naming the line that is wrong."""
    then = "Correct it: see service/cli#contrast in the documentation."
    return [pair for file in files for pair in read_lines(file, _pair, "a contrast pair", then)]


def _pair(line: str) -> Pair:
    pair = _LINE.validate_json(line)
    if pair.part and pair.part not in (pair.b or ""):
        raise ValueError(f"part '{pair.part}' does not stand in b")
    return pair


def labelled(pairs: Iterable[Pair]) -> list[LabelledQuestion]:
    """Both sides of the pairs as questions that are answered or not; what is answered in part teaches neither."""
    questions = []
    for pair in pairs:
        questions.append(LabelledQuestion(f"{pair.id}/a", pair.lang, pair.kind, pair.a, True, pair.sections))
        if pair.b and (pair.b_sections or pair.b_status == "not_covered"):
            covered = bool(pair.b_sections)
            questions.append(LabelledQuestion(f"{pair.id}/b", pair.lang, pair.kind, pair.b, covered, pair.b_sections))
    return questions


def learn(
    pairs: Sequence[Pair], questions: Sequence[LabelledQuestion], bot: Bot, read: Read = read_section
) -> dict[str, Any]:
    """The contents of bot/data/parts.json. `questions` add covered ones, in which every part is accounted for."""
    near = [taken for example in _examples(pairs, questions) if (taken := _taken_apart(example, bot))]
    rows, labels = [seen for each in near for seen in each.rows], [lacks for each in near for lacks in each.lacking]
    if sum(labels) < FOLDS:
        raise KbError("learning needs contrast pairs with parts: too few of their twins are near to a section.")
    part_model, _ = _fit(rows, labels, [n for n, each in enumerate(near) for _ in each.rows])
    parts = read_logistic(part_model)
    whole_model, chances = _fit(
        [_seen(each.question, bot, parts, read) for each in near], [each.is_twin for each in near], range(len(near))
    )
    covered = chances[[not each.is_twin for each in near]]
    return {
        "part": part_model,
        "whole": whole_model,
        "unstated_from": round(float(np.quantile(covered, 1 - NAMED)), 4),
        "doubt_from": round(float(np.quantile(covered, 1 - DOUBTED)), 4),
    }


@dataclass(frozen=True, slots=True)
class _Example:
    """A question, the part that its sections leave out (None: they state all of it), and these."""

    text: str
    part: str | None
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _TakenApart:
    """What is seen of each part of a question beside its best section, and whether that leaves the part out."""

    question: Question
    is_twin: bool
    rows: list[dict[str, float]]
    lacking: list[bool]


def _examples(pairs: Sequence[Pair], questions: Sequence[LabelledQuestion]) -> list[_Example]:
    twins = [(pair.b, pair) for pair in pairs if pair.b]
    return [
        *(_Example(pair.a, None, pair.sections) for pair in pairs),
        *(_Example(text, pair.part, pair.sections) for text, pair in twins if pair.part),
        *(_Example(text, None, pair.b_sections) for text, pair in twins if not pair.part),
        *(_Example(each.question, None, each.sections) for each in questions if each.answerable),
    ]


def _taken_apart(example: _Example, bot: Bot) -> _TakenApart | None:
    """None where another section comes first than the right one: then nothing is known of the parts."""
    topics, part = bot.topics, example.part
    question = topics.read(example.text, bot.encoder)
    best = quotable(rank(topics.score(question), bot.weights).order, topics)
    if not best or (part is None and topics.ids[best[0]] not in example.sections):
        return None
    start = question.plain.find(plain(part)) if part else -1
    end = start + len(plain(part or ""))
    seen = list(part_features(question, stated_by(best, topics), topics))
    lacking = [start >= 0 and each.start < end and each.end > start for each, _ in seen]
    return _TakenApart(question, part is not None, [row for _, row in seen], lacking)


def _seen(question: Question, bot: Bot, parts: Logistic, read: Read) -> dict[str, float]:
    evidence = bot.topics.score(question)
    ranking = rank(evidence, bot.weights)
    unread = account(question, ranking.order, bot.topics, parts)
    ranking, accounted = read_best(question, ranking, unread, bot.topics, parts, read)
    return features(question, evidence, ranking, bot.topics, accounted)


def _fit(
    rows: Sequence[Mapping[str, float]], left_out: Sequence[bool], questions: Sequence[int]
) -> tuple[dict[str, Any], NDArray[np.float64]]:
    """A logistic model, and its predictions on questions that it has not seen."""
    names = tuple(rows[0])
    x = np.array([[row[name] for name in names] for row in rows])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=INVERSE_PENALTY, max_iter=5000))
    folds = GroupKFold(FOLDS)
    unseen = cross_val_predict(model, x, left_out, groups=questions, cv=folds, method="predict_proba")[:, 1]
    model.fit(x, left_out)
    return write_terms(names, model), unseen


def measure(pairs: Sequence[Pair], bot: Bot) -> dict[str, Figures]:
    """Figures of all pairs that have a part, and by kind."""
    if not any(pair.part for pair in pairs):
        raise KbError("there is no pair with a part in these files: nothing can be measured.")
    judged: dict[str, list[tuple[bool, bool, int]]] = defaultdict(list)
    for pair in pairs:
        if not (pair.b and pair.part):
            continue
        first, twin = bot.ask(pair.a), bot.ask(pair.b)
        plainly = first.status is Status.ANSWERED and not first.not_stated
        kept_apart = (twin.status is not Status.ANSWERED or bool(twin.not_stated)) and not said(twin)
        # Of a conditional fact "Yes, with conditions" and "No, unless" are both right.
        wrong = pair.verdict != "conditional" and said(first) not in (None, pair.verdict)
        false = int(bool(said(twin))) + int(wrong)
        for name in ("all", pair.kind):
            judged[name].append((plainly, kept_apart, false))
    return {
        name: Figures(
            len(rows),
            float(np.mean([plainly for plainly, _, _ in rows])),
            float(np.mean([apart for _, apart, _ in rows])),
            float(np.mean([plainly and apart for plainly, apart, _ in rows])),
            sum(false for _, _, false in rows),
        )
        for name, rows in judged.items()
    }
