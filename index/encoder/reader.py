"""The reader: a small model that reads a question and a passage together.

Does the passage answer the whole question, and which of its tokens does it leave out?

A cross-encoder (Nogueira and Cho 2019) of the bundled model's first layers, distilled (Hinton et al. 2015) from all of
them and taught with questions and their twins, in which one part was exchanged: `learn/` makes it. Vectors tell what a
passage is about; what a question asks beyond it, only both together do.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from index.arrays import pack, unpack
from index.encoder import packaged
from index.encoder.bert_graph import INPUT, LARGEST, bert_graph
from index.encoder.bundled import tokens
from index.encoder.engine import give_back, saturates, session, shared
from index.encoder.packaged import Weights
from index.encoder.protocol import plain
from index.encoder.quantisation import Quantisation, Rounding

FILE = "reader.bin"  # beside this module
LAYERS = 6
MAX_QUESTION, MAX_PASSAGE = 64, 208  # tokens that are read; the model has seen no more
FACTOR = {"q": "qkv", "k": "qkv", "v": "qkv", "ao": "ao", "fi": "fi", "fo": "fo"}  # the factor that weights meet
KEPT, KEPT_READINGS = 16384, 64  # lines whose tokens are kept, and readings
LONGEST = 4096  # letters of a line, which are more tokens than are read
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """`answers`: the log odds that a passage answers the whole question. `question` is it as it was cut into tokens.

    `left_out` has of each token where it begins and ends, and the chance that the passage says nothing of it.
    """

    answers: float
    question: str
    left_out: tuple[tuple[int, int, float], ...]

    @property
    def leaves_out(self) -> float:
        """The probability that the passage does not answer the whole question."""
        return 1 / (1 + math.exp(min(self.answers, 30.0)))

    def chance(self, part: str, near: int) -> float:
        """The chance that a part of the question, which begins about there, is left out; 0 where it was not read."""
        if part not in self.question or not part:
            return 0.0
        # The last place up to there and the first from there on: a long question with many parts is read once.
        either = (self.question.rfind(part, 0, near + len(part)), self.question.find(part, near))
        start = min((at for at in either if at >= 0), key=lambda at: abs(at - near))
        over = (chance for begins, ends, chance in self.left_out if begins < start + len(part) and ends > start)
        return max(over, default=0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """What is made of the last layer: from its first token and the mean of the question's, and from each token."""

    whole: Floats  # (2 · width,)
    whole_bias: float
    token: Floats  # (width,)
    token_bias: float


class Reader:
    """Reads with the packaged weights."""

    def __init__(self) -> None:
        weights, self._head, rounded = read(files("index.encoder").joinpath(FILE).read_bytes(), packaged.load())
        self._begin, self._end, _, _ = weights.special
        self._tokens = tokens()
        self._engine = shared()
        self._session = session(bert_graph(weights, rounded, saturating=saturates()))
        self._line = lru_cache(KEPT)(self._cut)
        # A question is read again where it is looked for in parts.
        self.read = lru_cache(KEPT_READINGS)(self._read)

    def _read(self, question: str, passage: str) -> Reading:
        """A question and a passage; of a long question its end is read, of a long passage its beginning."""
        written, pieces = self._tokens.pieces(plain(question))
        pieces = pieces[-MAX_QUESTION:]
        ids = [self._begin, *(piece for _, piece in pieces), self._end, *self._passage(passage), self._end]
        (hidden,) = self._session.run(None, {INPUT: self._engine.embeddings([ids])})[0]
        asked = hidden[1 : len(pieces) + 1]
        first_and_mean = np.concatenate([hidden[0], asked.mean(axis=0) if len(asked) else hidden[0]])
        answers = float(first_and_mean @ self._head.whole) + self._head.whole_bias
        chances = 1 / (1 + np.exp(-(asked @ self._head.token + self._head.token_bias)))
        starts = [start for start, _ in pieces]
        # A mark stands for the space in front of the text, which the question does not have.
        ends = [*starts[1:], len(written)][: len(starts)]
        places = zip(starts, ends, chances.tolist(), strict=True)
        return Reading(answers, written.replace("\u2581", " "), tuple(places))

    def length(self, passage: str) -> int:
        """Tokens of a passage."""
        return sum(len(self._line(line)) for line in passage.split("\n"))

    def _passage(self, passage: str) -> list[int]:
        """Its tokens, as far as they are read. A line ends where a word does: each is cut by itself, and kept."""
        return [number for line in passage.split("\n") for number in self._line(line)][:MAX_PASSAGE]

    def _cut(self, line: str) -> tuple[int, ...]:
        return tuple(self._tokens.ids(plain(line[:LONGEST]))) if line else ()


@cache
def reader() -> Reader:
    """The reader of this process."""
    made = Reader()
    give_back()
    return made


def as_text(path: Sequence[str], title: str, text: str) -> str:
    """A section as the reader reads it: its headings, then its text."""
    return f"{' > '.join((*path, title))}: {text}"


def as_bytes(weights: Weights, head: Head, quantisation: Quantisation) -> bytes:
    """What `read` reads: matrices in the whole numbers that the graph multiplies, scales and the rest in floats."""
    held: dict[str, NDArray[np.generic]] = {}
    for layer in range(LAYERS):
        for name, factor in FACTOR.items():
            at, divisors = f"l{layer}.{name}", quantisation[f"l{layer}.{factor}"].divisors
            multiplied = packaged.floats(weights.tensors[f"{at}.w"]).reshape(-1, len(divisors)) * divisors
            scales = np.abs(multiplied).max(axis=1) / np.float32(LARGEST)
            held[f"{at}.w"] = np.rint(multiplied / scales[:, None]).astype(np.int8)
            held[f"{at}.scales"] = scales.astype("<f4")
            held[f"{at}.b"] = packaged.floats(weights.tensors[f"{at}.b"]).astype("<f4")
        for norm in ("aln", "oln"):
            held |= {f"l{layer}.{norm}.{part}": weights.tensors[f"l{layer}.{norm}.{part}"] for part in "wb"}
    for name, rounding in quantisation.items():
        held[f"{name}.divisors"] = rounding.divisors.astype("<f2")
        held[f"{name}.range"] = np.array([rounding.low, rounding.high], "<f4")
    held["head.whole"], held["head.token"] = head.whole.astype("<f4"), head.token.astype("<f4")
    held["head.bias"] = np.array([head.whole_bias, head.token_bias], "<f4")
    return pack(**held)


def read(content: bytes, bundled: Weights) -> tuple[Weights, Head, Quantisation]:
    """The reader's weights, with the embeddings, tokenizer and sizes of the bundled model's."""
    held = unpack(content)
    tensors = {name: tensor for name, tensor in bundled.tensors.items() if name.startswith("emb.")}
    rounded = {
        name.removesuffix(".range"): Rounding(
            held[name.replace(".range", ".divisors")].astype(np.float32), float(ends[0]), float(ends[1])
        )
        for name, ends in held.items()
        if name.endswith(".range")
    }
    for name, values in held.items():
        if name.endswith(".w") and values.dtype == np.int8:
            layer, product, _ = name.split(".")
            divisors = rounded[f"{layer}.{FACTOR[product]}"].divisors
            tensors[name] = (values * held[f"{layer}.{product}.scales"][:, None] / divisors).reshape(-1)
        elif name.endswith((".w", ".b")):
            tensors[name] = values
    whole_bias, token_bias = held["head.bias"].tolist()
    head = Head(held["head.whole"].copy(), whole_bias, held["head.token"].copy(), token_bias)  # not the whole file
    return replace(bundled, layers=LAYERS, tensors=tensors), head, rounded
