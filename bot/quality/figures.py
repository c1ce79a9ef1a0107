"""Figures over judged questions, each with its 95 % interval, and the sizes of the groups that they rest on.

The interval of a share is Wilson's (1927), sound near 0 and 1; the others are bootstrap percentiles (Efron
1979) with a fixed seed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from bot.quality.judged import Judged
from bot.records import Status

RESAMPLES = 1000
FALSE_ANSWER_RATES = (0.02, 0.05, 0.10)
BINS = 10

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and its 95 % interval."""

    value: float
    low: float
    high: float


def figures(judged: Sequence[Judged], resamples: int = RESAMPLES) -> dict[str, Interval]:
    """All figures over a set of questions; those that need both kinds of question are left out without them."""
    answerable: Bools = np.array([each.question.answerable for each in judged])
    confidence: Floats = np.array([each.answer.confidence for each in judged])
    status = np.array([each.answer.status for each in judged])
    answered: Bools = status == Status.ANSWERED
    hedged: Bools = np.array([bool(each.answer.not_stated) for each in judged])
    first: Bools = np.array([each.first_right for each in judged])
    three: Bools = np.array([each.top_three_right for each in judged])
    reciprocal: Floats = np.array([_reciprocal_rank(each) for each in judged])
    verdicts: Bools = np.array([each.wrong_verdict for each in judged])
    yes_or_no: Bools = np.array([each.yes_or_no for each in judged])

    shares: dict[str, tuple[Bools, Bools]] = {
        "first citation right, of the answered": (first, answerable & answered),
        "one of three right, of the answered": (three, answerable & answered),
        "first citation right, of all answerable": (first, answerable),
        "answered": (answered, answerable),
        "answered or clarified": (status != Status.NOT_COVERED, answerable),
        "a part not stated, of the answered": (hedged, answerable & answered),
        "false answers": (answered, ~answerable),
        "false answers that name no such part": (answered & ~hedged, ~answerable),
        "wrong verdicts": (verdicts, yes_or_no),
    }
    measures: dict[str, Callable[[NDArray[np.int64]], float]] = {
        "MRR@10": lambda i: _mean(reciprocal[i], answerable[i])
    }
    if answerable.any() and not answerable.all():
        measures["AUROC"] = lambda i: _auroc(answerable[i], confidence[i])
        measures["calibration error"] = lambda i: calibration_error(answerable[i], confidence[i])
        for rate in FALSE_ANSWER_RATES:
            measures[f"coverage at {rate:.0%} false answers"] = lambda i, rate=rate: coverage_at(  # type: ignore[misc]
                rate, answerable[i], confidence[i]
            )
    return {name: _share(values, where) for name, (values, where) in shares.items()} | {
        name: _interval(measure, len(judged), resamples) for name, measure in measures.items()
    }


def sizes(judged: Sequence[Judged]) -> dict[str, int]:
    """Count the questions of each kind: what the figures over them rest on."""
    covered = [each for each in judged if each.question.answerable]
    return {
        "covered": len(covered),
        "answered": sum(each.answer.status is Status.ANSWERED for each in covered),
        "yes or no": sum(each.yes_or_no for each in covered),
        "uncovered": len(judged) - len(covered),
    }


def wilson(share: float, count: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of `count` cases (Wilson 1927)."""
    square = 1.96**2
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = 1.96 * sqrt(share * (1 - share) / count + square / (4 * count**2)) / (1 + square / count)
    return max(0.0, middle - half), min(1.0, middle + half)


def curve(answerable: Bools, confidence: Floats) -> dict[str, list[float]]:
    """Share of the answerable that is answered against the share of the others that is, at every threshold.

    Empty without both kinds of question.
    """
    if answerable.all() or not answerable.any():
        return {"false_answers": [], "coverage": []}
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


def _reciprocal_rank(each: Judged) -> float:
    return next((1 / n for n, section in enumerate(each.ranked, 1) if section in each.question.sections), 0.0)


def _auroc(answerable: Bools, confidence: Floats) -> float:
    mixed = answerable.any() and not answerable.all()
    return float(roc_auc_score(answerable, confidence)) if mixed else float("nan")


def _mean(values: NDArray[Any], where: Bools) -> float:
    return float(values[where].mean()) if where.any() else float("nan")


def _share(values: Bools, where: Bools) -> Interval:
    share, count = _mean(values, where), int(where.sum())
    low, high = wilson(share, count) if count else (share, share)
    return Interval(round(share, 4), round(min(low, share), 4), round(max(high, share), 4))


def _interval(measure: Callable[[NDArray[np.int64]], float], size: int, resamples: int) -> Interval:
    random = np.random.default_rng(0)
    samples = [measure(random.integers(0, size, size)) for _ in range(resamples)]
    usable = [sample for sample in samples if not np.isnan(sample)]
    low, high = np.quantile(usable, [0.025, 0.975]) if usable else (float("nan"), float("nan"))
    value = measure(np.arange(size))
    return Interval(round(value, 4), round(float(low), 4), round(float(high), 4))
