"""The choice of an encoder.

Both sides get the same vectors: building runs sentence-transformers, answering with the bundled model runs ONNX
Runtime alone and never loads torch (vectors of the two are equal to the bit, a test holds it). So where torch is not
installed, building runs as answering does.
"""

from functools import cache
from importlib.util import find_spec

from index.encoder.protocol import BUNDLED, Encoder


def answering_encoder(model: str) -> Encoder:
    """The encoder for questions: `bundled`, or any sentence-transformers name or path (which loads torch)."""
    if model != BUNDLED:
        return building_encoder(model)
    from index.encoder.bundled import BundledEncoder

    return BundledEncoder()


@cache
def building_encoder(model: str) -> Encoder:
    """The encoder for whole sites: sentence-transformers, if it is there. It is loaded once: that takes seconds."""
    if model == BUNDLED and find_spec("sentence_transformers") is None:
        return answering_encoder(model)
    from index.encoder.transformer import TransformerEncoder

    return TransformerEncoder(model)
