"""`kb eval`: how good the answers are on labelled questions, with intervals, baselines and every miss.

Ranking figures come from ir-measures, curves from scikit-learn. Everything is measured through `Bot.ask` or the same
ranking code that it uses; the intervals are bootstrap percentiles over questions (Efron 1979) with a fixed seed.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import ir_measures
import numpy as np
from ir_measures import RR, R, Success
from numpy.typing import NDArray
from sklearn.calibration import calibration_curve
from sklearn.metrics import roc_auc_score

from bot.ask import Bot
from bot.calibrate import LabelledQuestion
from bot.decide import Weights, rank
from bot.evidence import CHANNELS, Evidence
from bot.records import Answer, Status
from index.errors import KbError

RESAMPLES = 1000
FALSE_ANSWER_RATES = (0.02, 0.05, 0.10)
BINS = 10
BASELINES = {"words alone": ("words",), "dense alone": ("passage",)}

Ranked = dict[str, list[str]]  # sections by question id, best first
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that went wrong, and what was cited instead."""

    id: str
    kind: str  # wrong-first, not-answered, false-answer, wrong-verdict
    question: str
    confidence: float
    cited: list[str]
    wanted: list[str]


@dataclass(frozen=True, slots=True)
class Judged:
    """One question with its answer, as the figures see it."""

    question: LabelledQuestion
    answer: Answer
    ranked: list[str]  # covered sections, best first, at most ten

    @property
    def first_right(self) -> bool:
        cited = self.answer.citations
        return bool(cited) and cited[0].section in self.question.sections

    @property
    def top_three_right(self) -> bool:
        cited = [name for one in self.answer.citations for name in (one.section, *(also.section for also in one.also))]
        return any(name in self.question.sections for name in cited)

    @property
    def wrong_verdict(self) -> bool:
        said = verdict(self.answer.answer) if self.answer.status is Status.ANSWERED else None
        return self.question.verdict in ("yes", "no") and said not in (None, self.question.verdict)


def verdict(answer: str) -> str | None:
    """The verdict that an answer begins with, if it begins with one."""
    start = answer.lstrip().lower()
    if start.startswith(("yes", "はい")):
        return "yes"
    return "no" if start.startswith(("no.", "no,", "no ", "いいえ")) else None


def judge(bot: Bot, questions: Sequence[LabelledQuestion]) -> list[Judged]:
    """Ask every question."""
    return [
        Judged(question, bot.ask(question.question), _ranked(bot, bot.topics.score(question.question, bot.encoder)))
        for question in questions
    ]


def _ranked(bot: Bot, evidence: Evidence, weights: Weights | None = None) -> list[str]:
    order = rank(evidence, weights or bot.weights).order
    return [bot.topics.ids[topic] for topic in order if bot.topics.covered[topic]][:10]


def figures(judged: Sequence[Judged], resamples: int = RESAMPLES) -> dict[str, Interval]:
    """All figures over a set of questions; those that need both kinds of question are left out without them."""
    answerable: Bools = np.array([one.question.answerable for one in judged])
    confidence: Floats = np.array([one.answer.confidence for one in judged])
    status = np.array([one.answer.status for one in judged])
    answered: Bools = status == Status.ANSWERED
    hedged: Bools = np.array([bool(one.answer.not_stated) for one in judged])
    first: Bools = np.array([one.first_right for one in judged])
    three: Bools = np.array([one.top_three_right for one in judged])
    reciprocal: Floats = np.array([_reciprocal_rank(one) for one in judged])
    verdicts: Bools = np.array([one.wrong_verdict for one in judged])

    measures: dict[str, Callable[[NDArray[np.int64]], float]] = {
        "first citation right, of the answered": lambda i: _mean(first[i], answerable[i] & answered[i]),
        "one of three right, of the answered": lambda i: _mean(three[i], answerable[i] & answered[i]),
        "first citation right, of all answerable": lambda i: _mean(first[i], answerable[i]),
        "MRR@10": lambda i: _mean(reciprocal[i], answerable[i]),
        "answered": lambda i: _mean(answered[i], answerable[i]),
        "answered or clarified": lambda i: _mean(status[i] != Status.NOT_COVERED, answerable[i]),
        "a part not stated, of the answered": lambda i: _mean(hedged[i], answerable[i] & answered[i]),
        "false answers": lambda i: _mean(answered[i], ~answerable[i]),
        "false answers that name no such part": lambda i: _mean(answered[i] & ~hedged[i], ~answerable[i]),
        "wrong verdicts": lambda i: _mean(verdicts[i], answerable[i]),
    }
    if answerable.any() and not answerable.all():
        measures["AUROC"] = lambda i: _auroc(answerable[i], confidence[i])
        measures["calibration error"] = lambda i: calibration_error(answerable[i], confidence[i])
        for rate in FALSE_ANSWER_RATES:
            measures[f"coverage at {rate:.0%} false answers"] = lambda i, rate=rate: coverage_at(  # type: ignore[misc]
                rate, answerable[i], confidence[i]
            )
    return {name: _interval(measure, len(judged), resamples) for name, measure in measures.items()}


def baselines(
    bot: Bot, questions: Sequence[LabelledQuestion], others: Mapping[str, Ranked] | None = None
) -> dict[str, dict[str, float]]:
    """Success@1, Success@3 and MRR@10 of the whole ranking, of single channels, and of `others`' rankings."""
    asked = [question for question in questions if question.answerable]
    evidence = [bot.topics.score(question.question, bot.encoder) for question in asked]
    systems: dict[str, Weights] = {"this bot": bot.weights}
    for name, channels in BASELINES.items():
        systems[name] = replace(bot.weights, rank={channel: float(channel in channels) for channel in CHANNELS})
    truth = {question.id: dict.fromkeys(question.sections, 1) for question in asked}
    rankings: dict[str, Ranked] = {
        name: {q.id: _ranked(bot, one, weights) for q, one in zip(asked, evidence, strict=True)}
        for name, weights in systems.items()
    }
    found = {}
    for name, ranked in {**rankings, **(others or {})}.items():
        run = {q.id: {section: 10.0 - i for i, section in enumerate(ranked.get(q.id, ()))} for q in asked}
        measured = ir_measures.calc_aggregate([Success @ 1, Success @ 3, R @ 3, RR @ 10], truth, run)
        found[name] = {str(measure): round(float(value), 4) for measure, value in measured.items()}
    return found


def misses(judged: Sequence[Judged]) -> list[Miss]:
    """Every question that went wrong, worst kind first."""
    found = []
    for one in judged:
        answered = one.answer.status is Status.ANSWERED
        kinds = {
            "wrong-verdict": one.wrong_verdict,
            "false-answer": answered and not one.question.answerable,
            "wrong-first": answered and one.question.answerable and not one.first_right,
            "not-answered": one.question.answerable and not answered,
        }
        for kind, is_so in kinds.items():
            if is_so:
                cited = [citation.section for citation in one.answer.citations] or one.ranked[:3]
                question = one.question
                found.append(
                    Miss(question.id, kind, question.question, one.answer.confidence, cited, list(question.sections))
                )
    order = ["wrong-verdict", "false-answer", "wrong-first", "not-answered"]
    return sorted(found, key=lambda miss: order.index(miss.kind))


def report(
    bot: Bot, questions: Sequence[LabelledQuestion], others: Mapping[str, Ranked] | None = None
) -> dict[str, Any]:
    """Everything `kb eval --json` prints; `others` are rankings of other systems to set beside."""
    judged = judge(bot, questions)
    groups: dict[str, list[Judged]] = {"all": judged}
    for one in judged:
        groups.setdefault(f"language {one.question.lang}", []).append(one)
        groups.setdefault(f"style {one.question.style}", []).append(one)
    answerable = [one.question.answerable for one in judged]
    confidence = [one.answer.confidence for one in judged]
    right, said = calibration_curve(answerable, confidence, n_bins=BINS, strategy="quantile")
    return {
        "schema": 1,
        "questions": len(judged),
        "uncovered": answerable.count(False),
        "generation": bot.topics.index.manifest.generation,
        "figures": {
            group: {name: asdict(value) for name, value in figures(members).items()}
            for group, members in sorted(groups.items())
        },
        "baselines": baselines(bot, questions, others),
        "calibration": {"confidence": said.round(4).tolist(), "answerable": right.round(4).tolist()},
        "curve": curve(np.array(answerable), np.array(confidence)),
        "misses": [asdict(miss) for miss in misses(judged)],
    }


def read_report(file: Path) -> dict[str, Any]:
    """A report that `kb eval --json` printed. Raises KbError if it is not one."""
    try:
        raw: dict[str, Any] = json.loads(file.read_text("utf-8"))
        raw["figures"]["all"], raw["misses"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KbError(f"{file}: not a report of kb eval --json ({error!r}).") from error
    return raw


def curve(answerable: Bools, confidence: Floats) -> dict[str, list[float]]:
    """Share of the answerable that is answered against the share of the others that is, at every threshold."""
    thresholds = np.unique(confidence)[::-1]
    return {
        "false_answers": [round(float((confidence[~answerable] >= t).mean()), 4) for t in thresholds],
        "coverage": [round(float((confidence[answerable] >= t).mean()), 4) for t in thresholds],
    }


def coverage_at(rate: float, answerable: Bools, confidence: Floats) -> float:
    """Largest share of the answerable questions that can be answered with at most `rate` false answers."""
    if answerable.all() or not answerable.any():
        return float("nan")
    allowed = int(np.floor(rate * (~answerable).sum()))
    others = np.sort(confidence[~answerable])[::-1]
    threshold = others[allowed] if allowed < len(others) else -1.0
    return float((confidence[answerable] > threshold).mean())


def calibration_error(answerable: Bools, confidence: Floats) -> float:
    """Expected calibration error over ten equal bins (Guo et al. 2017): mean gap of confidence and truth by bin."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [
        abs(float(answerable[bins == b].mean()) - float(confidence[bins == b].mean())) * float((bins == b).mean())
        for b in range(BINS)
        if (bins == b).any()
    ]
    return sum(gaps)


def _reciprocal_rank(one: Judged) -> float:
    return next((1 / n for n, section in enumerate(one.ranked, 1) if section in one.question.sections), 0.0)


def _auroc(answerable: Bools, confidence: Floats) -> float:
    mixed = answerable.any() and not answerable.all()
    return float(roc_auc_score(answerable, confidence)) if mixed else float("nan")


def _mean(values: NDArray[Any], where: Bools) -> float:
    return float(values[where].mean()) if where.any() else float("nan")


def _interval(measure: Callable[[NDArray[np.int64]], float], size: int, resamples: int) -> Interval:
    random = np.random.default_rng(0)
    samples = [measure(random.integers(0, size, size)) for _ in range(resamples)]
    usable = [sample for sample in samples if not np.isnan(sample)]
    low, high = np.quantile(usable, [0.025, 0.975]) if usable else (float("nan"), float("nan"))
    value = measure(np.arange(size))
    return Interval(round(value, 4), round(float(low), 4), round(float(high), 4))
