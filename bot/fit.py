"""The two fits of calibration: weights of the ranking's channels, and a logistic model with its thresholds."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.evidence import CHANNELS

INVERSE_PENALTY = 0.1  # of the decision's coefficients: scikit-learn's C

Doubles = NDArray[np.float64]
Bools = NDArray[np.bool_]
Splits = Iterable[tuple[NDArray[np.int64], NDArray[np.int64]]]  # questions to learn from, and those to predict


def fit_ranking(scored: Sequence[tuple[Doubles, Bools]], shrinkage: float, share: Doubles | None = None) -> Doubles:
    """Non-negative channel weights that make the right topics likely: maximise log sum of their softmax shares.

    `scored` holds of each question the z-scores of topics and which of them are right; `share` how much it counts.
    """
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
        return float(value + shrinkage * weights @ weights), slope + 2 * shrinkage * weights

    start = np.full(len(CHANNELS), 0.5)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(CHANNELS))
    return np.asarray(found.x)


def by_channel(weights: Doubles) -> dict[str, float]:
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
) -> dict[str, Any]:
    """A logistic model over the named features; thresholds from predictions on questions that it has not seen.

    `shares` are those of the uncovered questions that may be answered, and that may be offered choices.
    """
    x = np.array([[row[name] for name in names] for row in rows])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=INVERSE_PENALTY, max_iter=5000))
    counts = {} if share is None else {"logisticregression__sample_weight": share / share.mean()}
    unseen = cross_val_predict(model, x, answerable, cv=splits, method="predict_proba", params=counts)[:, 1]
    model.fit(x, answerable, **counts)
    scaler, logit = model[0], model[1]

    def threshold(false: float) -> float:
        return round(float(np.quantile(unseen[~answerable], 1 - false, method="higher")), 4)

    return {
        "terms": {
            name: {"weight": round(float(w), 4), "mean": round(float(m), 5), "spread": round(float(s), 5)}
            for name, w, m, s in zip(names, logit.coef_[0], scaler.mean_, scaler.scale_, strict=True)
        },
        "bias": round(float(logit.intercept_[0]), 4),
        "answer_from": threshold(shares[0]),
        "clarify_from": threshold(shares[1]),
    }
