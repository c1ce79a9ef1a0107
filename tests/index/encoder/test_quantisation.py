"""Divisors and ranges of 8-bit factors."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index.encoder.quantisation import Rounding, as_bytes, packaged, read, rounding

WIDE = 6
COLUMNS = arrays.arrays(np.float32, WIDE, elements=st.floats(0, 100, width=32))


def of(high: list[float], weights: list[float], alpha: float = 0.8) -> Rounding:
    """Of a factor whose columns go from nothing to `high`, and of one output."""
    return rounding(
        np.zeros(len(high), np.float32), np.array(high, np.float32), np.array([weights], np.float32).T, alpha
    )


def test_a_large_column_is_divided_by_more():
    made = of([1, 1, 100], [1, 1, 1])
    assert made.divisors[2] / made.divisors[0] == pytest.approx(100**0.8, rel=2e-3)


def test_large_weights_take_over_less():
    made = of([1, 1], [1, 32])
    assert made.divisors[0] / made.divisors[1] == pytest.approx(32**0.2, rel=2e-3)


@pytest.mark.parametrize(("alpha", "expected"), [(0, 1), (1, 16)])
def test_alpha_chooses_between_factor_and_weights(alpha: float, expected: float):
    made = of([1, 16], [2, 2], alpha)
    assert made.divisors[1] / made.divisors[0] == pytest.approx(expected, rel=2e-3)


@given(low=COLUMNS, high=COLUMNS)
def test_the_range_holds_zero_and_all_that_was_seen(low: np.ndarray, high: np.ndarray):
    made = rounding(-low, high, np.ones((WIDE, 2), np.float32))
    assert made.low <= 0 <= made.high
    for seen in (-low / made.divisors, high / made.divisors):
        assert (seen >= made.low).all() and (seen <= made.high).all()


@given(low=COLUMNS, high=COLUMNS)
def test_the_mean_divisor_is_one(low: np.ndarray, high: np.ndarray):
    made = rounding(-low, high, np.ones((WIDE, 2), np.float32))
    assert np.log(made.divisors).mean() == pytest.approx(0, abs=1e-3)


@pytest.mark.parametrize(("low", "high", "zero"), [(-1, 2, 85), (0, 3, 0), (-3, 0, 255), (-1, 3, 64)])
def test_eight_bits_reach_from_the_least_to_the_largest(low: float, high: float, zero: int):
    made = Rounding(np.ones(1, np.float32), low, high)
    assert made.zero == zero
    assert (0 - int(made.zero)) * made.step == pytest.approx(low, abs=float(made.step))
    assert (255 - int(made.zero)) * made.step == pytest.approx(high, abs=float(made.step))


def test_a_file_keeps_them():
    made = {"l0.fo": of([1, 9], [3, 1]), "l0.qkv": of([0.1, 4, 2], [1, 1, 7])}
    kept = read(as_bytes(made))
    assert list(kept) == list(made)
    for name, expected in made.items():
        np.testing.assert_array_equal(kept[name].divisors, expected.divisors)
        assert (kept[name].low, kept[name].high) == (expected.low, pytest.approx(expected.high))


def test_the_packaged_file_has_every_product():
    quantisation = packaged()
    assert list(quantisation) == [f"l{layer}.{product}" for layer in range(12) for product in ("qkv", "ao", "fi", "fo")]
    for name, each in quantisation.items():
        assert each.divisors.shape == (1536 if name.endswith("fo") else 384,)
        assert (each.divisors > 0).all() and np.isfinite(each.divisors).all()
        assert each.low < 0 < each.high
