"""A logistic model, written, read and applied; values worked out by hand."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.decision.logistic import Logistic, read_logistic, write_terms


def test_features_are_standardised_and_summed():
    model = Logistic({"a": (2.0, 0.5, 0.2), "b": (-1.0, 0.0, 4.0)}, 1.0)
    # 1 + 2 * (0.7 - 0.5) / 0.2 - 1 * 4 / 4 = 2
    assert model.probability({"a": 0.7, "b": 4.0, "other": 9.0}) == pytest.approx(1 / (1 + np.exp(-2)))


def test_what_is_written_says_what_was_fitted():
    rows, labels = np.array([[0.0, 3.0], [1.0, 2.0], [2.0, 9.0], [5.0, 1.0]]), [False, False, True, True]
    fitted = make_pipeline(StandardScaler(), LogisticRegression()).fit(rows, labels)
    model = read_logistic(write_terms(("a", "b"), fitted))
    chances = [model.probability({"a": a, "b": b}) for a, b in rows]
    assert chances == pytest.approx(fitted.predict_proba(rows)[:, 1], abs=1e-3)  # four digits are kept
