"""`kb eval`: how good the answers are on labelled questions, with intervals, baselines and every miss.

Ranking figures come from ir-measures, curves from scikit-learn. Everything is measured through `Bot.ask` or the same
ranking code that it uses.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import ir_measures
import numpy as np
from ir_measures import RR, R, Success
from sklearn.calibration import calibration_curve

from bot.answering.ask import Bot
from bot.decision.decide import Weights, load_weights
from bot.decision.genres import rank_topics
from bot.evidence.evidence import CHANNELS, Evidence
from bot.quality.calibrate import LabelledQuestion, of_version
from bot.quality.figures import BINS, curve, figures, sizes
from bot.quality.judged import Judged
from bot.question.question import Question
from bot.question.versions import concerning
from bot.records import Status
from index.errors import KbError

BASELINES = {"words alone": ("words",), "dense alone": ("passage",)}

Ranked = dict[str, list[str]]  # sections by question id, best first


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that went wrong, and what was cited instead."""

    id: str
    kind: str  # wrong-first, not-answered, false-answer, wrong-verdict
    question: str
    confidence: float
    cited: list[str]
    wanted: list[str]


def judge(bot: Bot, questions: Sequence[LabelledQuestion]) -> list[Judged]:
    """Ask every question."""
    judged = []
    for labelled in questions:
        own, asked = _read(bot, labelled)
        judged.append(Judged(labelled, bot.ask(labelled.question), _ranked(own, asked, own.topics.score(asked))))
    return judged


def _read(bot: Bot, labelled: LabelledQuestion) -> tuple[Bot, Question]:
    """The one that answers about the version that a question names, and the question."""
    about = concerning(labelled.question, (), None, bot.versions)
    own = bot.of(about.version)
    return own, own.topics.read(about.question, bot.encoder)


def _labelled(bot: Bot, questions: Sequence[LabelledQuestion]) -> list[LabelledQuestion]:
    """The questions with the labels that they mean: of the version that each asks about."""
    return [meant for each in questions for meant in of_version([each], _read(bot, each)[0].topics)]


def _ranked(bot: Bot, question: Question, evidence: Evidence, weights: Weights | None = None) -> list[str]:
    order = rank_topics(question, evidence, weights or bot.weights, bot.topics).order
    return [bot.topics.ids[topic] for topic in order if bot.topics.covered[topic]][:10]


MEASURES = (Success @ 1, Success @ 3, R @ 3, RR @ 10)


def baselines(
    bot: Bot, questions: Sequence[LabelledQuestion], others: Mapping[str, Ranked] | None = None
) -> dict[str, dict[str, float]]:
    """Success@1, Success@3 and MRR@10 of the whole ranking, of single channels, and of `others`' rankings."""
    asked = [question for question in questions if question.answerable]
    read = [(own, question, own.topics.score(question)) for own, question in (_read(bot, each) for each in asked)]
    systems: dict[str, Weights] = {"this bot": bot.weights}
    for name, channels in BASELINES.items():
        systems[name] = replace(bot.weights, rank={channel: float(channel in channels) for channel in CHANNELS})
    truth = {question.id: dict.fromkeys(question.sections, 1) for question in asked}
    rankings: dict[str, Ranked] = {
        name: {q.id: _ranked(*each, weights) for q, each in zip(asked, read, strict=True)}
        for name, weights in systems.items()
    }
    measures = {}
    for name, ranked in {**rankings, **(others or {})}.items():
        run = {q.id: {section: 10.0 - i for i, section in enumerate(ranked.get(q.id, ()))} for q in asked}
        measured = ir_measures.calc_aggregate(MEASURES, truth, run)
        measures[name] = {str(measure): round(float(measured[measure]), 4) for measure in MEASURES}
    return measures


def misses(judged: Sequence[Judged]) -> list[Miss]:
    """Every question that went wrong, worst kind first."""
    listed = []
    for each in judged:
        answered = each.answer.status is Status.ANSWERED
        kinds = {
            "wrong-verdict": each.wrong_verdict,
            "false-answer": answered and not each.question.answerable,
            "wrong-first": answered and each.question.answerable and not each.first_right,
            "not-answered": each.question.answerable and not answered,
        }
        for kind, is_so in kinds.items():
            if is_so:
                cited = [citation.section for citation in each.answer.citations] or each.ranked[:3]
                question = each.question
                listed.append(
                    Miss(question.id, kind, question.question, each.answer.confidence, cited, list(question.sections))
                )
    order = ["wrong-verdict", "false-answer", "wrong-first", "not-answered"]
    return sorted(listed, key=lambda miss: order.index(miss.kind))


def report(
    bot: Bot, questions: Sequence[LabelledQuestion], others: Mapping[str, Ranked] | None = None
) -> dict[str, Any]:
    """Everything `kb eval --json` prints; `others` are rankings of other systems to set beside."""
    questions = _labelled(bot, questions)
    judged = judge(bot, questions)
    groups: dict[str, list[Judged]] = {"all": judged}
    for each in judged:
        groups.setdefault(f"language {each.question.lang}", []).append(each)
        groups.setdefault(f"style {each.question.style}", []).append(each)
    answerable = [each.question.answerable for each in judged]
    confidence = [each.answer.confidence for each in judged]
    right, said = calibration_curve(answerable, confidence, n_bins=BINS, strategy="quantile")
    return {
        "schema": 1,
        "questions": len(judged),
        "uncovered": answerable.count(False),
        "generation": bot.topics.index.manifest.generation,
        "own_weights": bot.weights != load_weights(bot.topics),
        "figures": {
            group: {name: asdict(value) for name, value in figures(members).items()}
            for group, members in sorted(groups.items())
        },
        "sizes": {group: sizes(members) for group, members in sorted(groups.items())},
        "baselines": baselines(bot, questions, others),
        "calibration": {"confidence": said.round(4).tolist(), "answerable": right.round(4).tolist()},
        "curve": curve(np.array(answerable), np.array(confidence)),
        "misses": [asdict(miss) for miss in misses(judged)],
    }


def as_json(measured: Mapping[str, Any]) -> str:
    """A report as JSON, which has no NaN: a figure of which there are no questions is null."""
    return json.dumps(_without_nan(measured), ensure_ascii=False, indent=2, allow_nan=False)


def _without_nan(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_nan(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nan(each) for each in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def read_report(file: Path) -> dict[str, Any]:
    """A report that `kb eval --json` printed. Raises KbError if it is not one."""
    try:
        raw: dict[str, Any] = json.loads(file.read_text("utf-8"))
        raw["figures"]["all"], raw["misses"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KbError(f"{file}: not a report of kb eval --json ({error!r}).") from error
    return raw
