"""A logistic model, written, read and applied; values worked out by hand."""

from types import SimpleNamespace

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


def test_what_is_written_is_as_long_as_people_read():
    """A weights file is reviewed line by line."""
    scaler = SimpleNamespace(mean_=[0.123456789], scale_=[1.123456789])
    logit = SimpleNamespace(coef_=[[2.123456789]], intercept_=[-3.123456789])
    assert write_terms(["a"], (scaler, logit)) == {
        "terms": {"a": {"weight": 2.1235, "mean": 0.12346, "spread": 1.12346}},
        "bias": -3.1235,
    }
