"""The choice of an encoder.

Both sides get the same vectors: building runs sentence-transformers, answering with the bundled model runs ONNX
Runtime and never loads torch (cosine of the two >= 0.999, a test holds it).
"""

from functools import cache

from index.encoder.protocol import BUNDLED, Encoder


def answering_encoder(model: str) -> Encoder:
    """The encoder for questions: `bundled`, or any sentence-transformers name or path (which loads torch)."""
    if model != BUNDLED:
        return building_encoder(model)
    from index.encoder.bundled import BundledEncoder

    return BundledEncoder()


@cache
def building_encoder(model: str) -> Encoder:
    """The encoder for whole sites: always sentence-transformers. It is loaded once: that takes seconds."""
    from index.encoder.transformer import TransformerEncoder

    return TransformerEncoder(model)
