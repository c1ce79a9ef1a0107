"""Vectors of a build that has not ended: one that is killed goes on where it was.

    <folder>/.embedded     records of vectors, appended to; removed with all else that builders leave

A record is the SHA-256 of the model and what follows, how many vectors there are, the digests of their texts, and the
vectors. What another model wrote, or what was cut off or damaged, is not read, nor is anything behind it.
"""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder.protocol import Encoder
from index.storage.disk import KEPT

DIGEST = 16  # bytes
_SUM, _COUNT = 32, 4

Vector = NDArray[np.float32]


def keep(folder: Path, encoder: Encoder, vectors: Mapping[bytes, Vector]) -> None:
    """Append vectors, by the digests of their texts. On a disk that takes no more, the build goes on without."""
    stacked = np.stack(list(vectors.values())).astype("<f4")
    body = len(vectors).to_bytes(_COUNT, "little") + b"".join(vectors) + stacked.tobytes()
    with suppress(OSError), (folder / KEPT).open("ab") as file:
        file.write(_sum(encoder, body) + body)


def kept(folder: Path, encoder: Encoder) -> dict[bytes, Vector]:
    """The vectors that this model has made there; what cannot be read is cut off. For the holder of `only_builder`."""
    held: dict[bytes, Vector] = {}
    with suppress(OSError), (folder / KEPT).open("r+b") as file:
        content, good = memoryview(file.read()), 0
        while record := _record(content[good:], encoder):
            vectors, size = record
            held |= vectors
            good += size
        file.truncate(good)
    return held


def _record(content: memoryview, encoder: Encoder) -> tuple[dict[bytes, Vector], int] | None:
    """The first record and its length; None where there is none, or no whole one."""
    count = int.from_bytes(content[_SUM : _SUM + _COUNT], "little")
    vectors_at = _SUM + _COUNT + count * DIGEST
    end = vectors_at + count * encoder.dimension * 4
    if not count or end > len(content) or content[:_SUM] != _sum(encoder, content[_SUM:end]):
        return None
    digests = [bytes(content[at : at + DIGEST]) for at in range(_SUM + _COUNT, vectors_at, DIGEST)]
    rows = np.frombuffer(content[vectors_at:end], "<f4").astype(np.float32).reshape(count, encoder.dimension)
    return dict(zip(digests, rows, strict=True)), end


def _sum(encoder: Encoder, body: bytes | memoryview) -> bytes:
    model = f"{encoder.name}\0{encoder.digest}\0{encoder.dimension}\0".encode()
    return hashlib.sha256(model + bytes(body)).digest()
