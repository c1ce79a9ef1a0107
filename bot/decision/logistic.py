"""A logistic model over named features: how it is written, read and applied."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, slots=True)
class Logistic:
    """Coefficient, mean and spread of each feature that the model looks at, and the bias."""

    terms: Mapping[str, tuple[float, float, float]]
    bias: float

    def probability(self, seen: Mapping[str, float]) -> float:
        """Of features by name; others than the model's own do not matter."""
        total = self.bias + sum(
            weight * (seen[name] - mean) / spread for name, (weight, mean, spread) in self.terms.items()
        )
        return float(1 / (1 + np.exp(-np.clip(total, -30, 30))))


def read_terms(raw: Mapping[str, Any]) -> dict[str, tuple[float, float, float]]:
    """The terms of a model as `write_terms` wrote them."""
    return {name: (term["weight"], term["mean"], term["spread"]) for name, term in raw["terms"].items()}


def read_logistic(raw: Mapping[str, Any]) -> Logistic:
    return Logistic(read_terms(raw), raw["bias"])


def write_terms(names: Iterable[str], fitted: Any) -> dict[str, Any]:
    """`terms` and `bias` of a fitted pipeline of scikit-learn: a StandardScaler, then a LogisticRegression."""
    scaler, logit = fitted[0], fitted[1]
    return {
        "terms": {
            name: {"weight": round(float(w), 4), "mean": round(float(m), 5), "spread": round(float(s), 5)}
            for name, w, m, s in zip(names, logit.coef_[0], scaler.mean_, scaler.scale_, strict=True)
        },
        "bias": round(float(logit.intercept_[0]), 4),
    }
