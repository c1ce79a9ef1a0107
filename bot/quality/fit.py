"""The two fits of calibration: weights of the ranking's channels, and a logistic model with its thresholds."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.decision.account import Account
from bot.decision.logistic import write_terms
from bot.evidence.evidence import CHANNELS

INVERSE_PENALTY = 0.1  # of the decision's coefficients: scikit-learn's C

Doubles = NDArray[np.float64]
Bools = NDArray[np.bool_]
Splits = Iterable[tuple[NDArray[np.int64], NDArray[np.int64]]]  # questions to learn from, and those to predict


def fit_ranking(
    scored: Sequence[tuple[NDArray[np.floating], Bools]],
    shrinkage: float,
    share: Doubles | None = None,
    around: Doubles | None = None,
) -> Doubles:
    """Non-negative channel weights that make the right topics likely: maximise log sum of their softmax shares.

    `scored` holds of each question the z-scores of topics and which of them are right; `share` how much it counts.
    Weights are drawn to `around`, or to zero.
    """
    centre = np.zeros(len(CHANNELS)) if around is None else around
    # One row a question, as long as the longest: what is not scored has no share.
    z = np.zeros((len(scored), max(len(scores) for scores, _ in scored), len(CHANNELS)))
    is_scored, is_wanted = (np.zeros(z.shape[:2], bool) for _ in range(2))
    for i, (scores, right) in enumerate(scored):
        z[i, : len(scores)], is_scored[i, : len(scores)], is_wanted[i, : len(scores)] = scores, True, right

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        fused = np.where(is_scored, z @ weights, -np.inf)
        likely = np.exp(fused - fused.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        good = np.where(is_wanted, likely, 0.0)
        mass = good.sum(axis=1, keepdims=True)
        slopes = ((likely - good / mass)[:, :, None] * z).sum(axis=1)
        value, slope = np.average(-np.log(mass)[:, 0], weights=share), np.average(slopes, axis=0, weights=share)
        away = weights - centre
        return float(value + shrinkage * away @ away), slope + 2 * shrinkage * away

    start = np.full(len(CHANNELS), 0.5) if around is None else around
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(CHANNELS))
    return np.asarray(fitted.x)


def by_channel(weights: Doubles) -> dict[str, float]:
    """Weights, (channels,), by the names of the channels, as bot/data/weights.json has them."""
    return {channel: round(float(weight), 4) for channel, weight in zip(CHANNELS, weights, strict=True)}


def in_folds(answerable: Bools, count: int) -> Splits:
    """Folds that hold both kinds of question, the same each time."""
    splits: Splits = StratifiedKFold(count, shuffle=True, random_state=0).split(answerable, answerable)
    return splits


def fit_decision(
    rows: Sequence[dict[str, float]],
    answerable: Bools,
    names: Sequence[str],
    shares: tuple[float, float],
    splits: Splits,
    share: Doubles | None = None,
    judged: Bools | None = None,
    hedged: float | None = None,
) -> dict[str, Any]:
    """A logistic model over the named features; thresholds from predictions on questions that it has not seen.

    `shares` are those of the uncovered questions that may be answered, and that may be offered choices; `share` how
    much each question counts; `judged` which ones set the thresholds; `hedged` the share of the uncovered ones that
    would be answered, if all of their parts were accounted for.
    """
    x = np.array([[row[name] for name in names] for row in rows])
    nothing = Account().features()
    # As if nothing were missing.
    in_whole = np.array([[nothing.get(name, row[name]) for name in names] for row in rows])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=INVERSE_PENALTY, max_iter=5000))
    counts = np.ones(len(x)) if share is None else share / share.mean()
    unseen, without = np.zeros(len(x)), np.zeros(len(x))
    for known, new in splits:
        model.fit(x[known], answerable[known], logisticregression__sample_weight=counts[known])
        unseen[new], without[new] = (model.predict_proba(each[new])[:, 1] for each in (x, in_whole))
    model.fit(x, answerable, logisticregression__sample_weight=counts)
    uncovered = ~answerable if judged is None else judged & ~answerable

    def threshold(false: float, seen: Doubles) -> float:
        return round(float(np.quantile(seen[uncovered], 1 - false, method="higher")), 4)

    return {
        **write_terms(names, model),
        "answer_from": threshold(shares[0], unseen),
        "clarify_from": threshold(shares[1], unseen),
        **({} if hedged is None else {"hedge_from": threshold(hedged, without)}),
    }
