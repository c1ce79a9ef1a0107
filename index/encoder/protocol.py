"""What embeds text, as the rest of the code sees it."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.normal_form import nfkc

BUNDLED = "bundled"
MAX_TOKENS = 512
MAX_QUERY = 256  # tokens of a question that the bundled model embeds: more cost far more and add little
QUERY, PASSAGE = "query: ", "passage: "  # the bundled model's prompts
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


def plain(text: str) -> str:
    """NFKC without NUL, which no tokenizer treats like another."""
    return nfkc(text).replace("\0", " ")
