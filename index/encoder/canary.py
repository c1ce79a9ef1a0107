"""Proof that an encoder fits an index: it must reproduce the vector of one text that the index's encoder made.

Equal names and weights do not show that tokenizer, prompts and arithmetic are equal, too; an equal vector does.
"""

import base64

import numpy as np

from index.encoder.protocol import Encoder
from index.errors import MEND, KbError

# What tokenizers treat differently: two scripts, width and composition of characters, digits, an emoji, a rare kanji.
TEXT = "Can kubenet ｸﾗｽﾀｰ１ be upgraded to CNI オーバーレイ v1.7.9? ㈱𠮷野家 Cafe\u0301 👩‍💻 サブネットは /24 ですか？"
COSINE = 0.999


def fingerprint(encoder: Encoder) -> str:
    """The vector of the canary text, as text: little-endian float16 in base64."""
    return base64.b64encode(encoder.queries([TEXT])[0].astype("<f2").tobytes()).decode()


def verify(encoder: Encoder, canary: str) -> None:
    """Raise KbError unless `encoder` reproduces the canary of an index (cosine of at least 0.999)."""
    expected = np.frombuffer(base64.b64decode(canary), "<f2").astype(np.float32)
    if expected.size != encoder.dimension:
        raise KbError(f"the index has {expected.size} dimensions, the encoder {encoder.dimension}. {MEND}")
    cosine = float(encoder.queries([TEXT])[0] @ expected / np.linalg.norm(expected))
    if not cosine >= COSINE:  # also if it is not a number
        raise KbError(
            f"the encoder does not reproduce the vectors of this index (cosine {cosine:.4f} to the one in its "
            f"manifest, {COSINE} needed): another tokenizer, prompt or version of the model. {MEND}"
        )
