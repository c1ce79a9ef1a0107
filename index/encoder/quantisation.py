"""How each product of the bundled model rounds its factor to 8 bits: by which range, and after which division.

A few columns of a factor are a hundred times as large as the others, which the rounding would wipe out. SmoothQuant
(Xiao et al. 2023, arXiv 2211.10438) divides each column by s = max|factor|^a / max|weights|^(1 - a) and multiplies the
weights that meet it by the same, so that they take over a part of what is hard to round.

The maxima and ranges come from sample texts (`make quantisation`). Since the range is not that of the text at hand, a
vector does not depend on what a text is embedded beside.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from index.arrays import pack, unpack

FILE = "quantisation.bin"  # beside this module
ALPHA = 0.8  # by cosine to fp32 on the sample; 0.5 leaves 0.997, 0.75 and 0.85 are as good
LEAST = 1e-3  # of a maximum: a column that the sample hardly uses is not blown up
LEVELS = 255  # steps between the least and the largest value of 8 bits
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Rounding:
    """Of one factor: (in,) divisors of its columns, and the range of what is divided; 0 lies in it."""

    divisors: Floats
    low: float
    high: float

    @property
    def step(self) -> np.float32:
        """How far two neighbouring numbers are apart."""
        return np.float32((self.high - self.low) / LEVELS)

    @property
    def zero(self) -> np.uint8:
        """The number that stands for 0."""
        return np.uint8(round(-self.low / float(self.step)))


Quantisation = Mapping[str, Rounding]  # l0.qkv, l0.ao, l0.fi, l0.fo, l1.qkv …


def rounding(low: Floats, high: Floats, weights: Floats, alpha: float = ALPHA) -> Rounding:
    """From the (in,) least and largest values of a factor's columns and its (in, out) weights.

    The geometric mean of the divisors is 1.
    """
    factor = np.maximum(np.maximum(np.abs(low), np.abs(high)), LEAST)
    weight = np.maximum(np.abs(weights).max(axis=1), LEAST)
    logarithms = alpha * np.log(factor) - (1 - alpha) * np.log(weight)
    divisors = _half(np.exp(logarithms - logarithms.mean()))
    return Rounding(divisors, min(0.0, float((low / divisors).min())), max(0.0, float((high / divisors).max())))


@cache
def packaged() -> Quantisation:
    """The packaged file's."""
    return read(files("index.encoder").joinpath(FILE).read_bytes())


def read(content: bytes) -> Quantisation:
    """Roundings by the names of their factors, as `as_bytes` writes them."""
    arrays = unpack(content)
    low, high = arrays.pop("low").tolist(), arrays.pop("high").tolist()
    ranges = zip(arrays.items(), low, high, strict=True)
    return {name: Rounding(divisors.astype(np.float32), *ends) for (name, divisors), *ends in ranges}


def as_bytes(quantisation: Quantisation) -> bytes:
    """What `read` reads."""
    ends = {end: np.array([getattr(layer, end) for layer in quantisation.values()], "<f4") for end in ("low", "high")}
    return pack(**ends, **{name: layer.divisors.astype("<f2") for name, layer in quantisation.items()})


def _half(values: NDArray[np.floating]) -> Floats:
    """Rounded to what a half holds, as the file does: any divisor is right if the weights take the same."""
    return values.astype(np.float16).astype(np.float32)
