"""The answering encoder must reproduce a vector of the index, whatever its name and digest say."""

import base64

import numpy as np
import pytest
from casework import FakeEncoder

from index.encoder.canary import TEXT, fingerprint, verify
from index.errors import KbError


class Turned(FakeEncoder):
    """Another tokenizer: the same name, digest and dimension, but other vectors."""

    def __init__(self, cosine: float) -> None:
        super().__init__()
        self.cosine = cosine

    def vector(self, text: str):
        vector = super().vector(text)
        away = np.roll(vector, 1)
        away -= (away @ vector) * vector
        return self.cosine * vector + np.sqrt(1 - self.cosine**2).astype(np.float32) * away / np.linalg.norm(away)


@pytest.mark.parametrize("cosine", [1.0, 0.9995])
def test_an_encoder_that_reproduces_the_vector(cosine: float):
    verify(Turned(cosine), fingerprint(FakeEncoder()))


@pytest.mark.parametrize("cosine", [0.998, 0.9, -1.0, float("nan")])
def test_an_encoder_that_does_not(cosine: float):
    with pytest.raises(KbError, match=r"does not reproduce the vectors of this index .*0\.999 needed.* Run: kb index"):
        verify(Turned(cosine), fingerprint(FakeEncoder()))


def test_an_encoder_of_another_dimension(monkeypatch: pytest.MonkeyPatch):
    canary = fingerprint(FakeEncoder())
    monkeypatch.setattr(FakeEncoder, "dimension", 384)
    with pytest.raises(KbError, match=r"the index has 64 dimensions, the encoder 384\. Run: kb index"):
        verify(FakeEncoder(), canary)


def test_the_canary_is_one_vector_in_half_precision():
    canary = np.frombuffer(base64.b64decode(fingerprint(FakeEncoder())), "<f2")
    np.testing.assert_allclose(canary, FakeEncoder().queries([TEXT])[0], atol=1e-3)
