"""The only file that runs onnxruntime: tokens of the bundled model to vectors, without torch, for both sides.

A batch runs on the thread that asks for it, and batches run beside each other: two threads for one question would take
longer than one.
"""

import ctypes
import hashlib
import os
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache

import numpy as np
from numpy.typing import NDArray

from index.encoder import packaged, quantisation
from index.encoder.bert_graph import INPUT, bert_graph
from index.encoder.onnx_graph import MICROSOFT, Graph
from index.installed import require_installed

require_installed("onnxruntime", "onnxruntime")  # before the import, which runs what it finds


@contextmanager
def silent() -> Iterator[None]:
    """What native code writes to stderr is dropped."""
    try:
        kept = os.dup(2)
    except OSError:  # this process has no stderr
        yield
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


# On WSL and on virtual machines its import warns of a screen that is no graphics card, which nothing can switch off
# (microsoft/onnxruntime issues 26763, 27092). What goes wrong is raised, not written.
with silent():
    import onnxruntime

onnxruntime.disable_telemetry_events()  # this version has none on Linux, and shall have none anywhere


class Engine:
    """The packaged weights in ONNX Runtime. The 54 MB of word vectors stay in their file: a text reads a few."""

    def __init__(self, weights: packaged.Weights) -> None:
        self.dimension = weights.width
        self._file = os.open(packaged.model_file(), os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        self._words, self._row = weights.starts["emb.word"], weights.width // packaged.WEIGHTS * packaged.BLOCK.itemsize
        types = packaged.floats(weights.tensors["emb.type"]).reshape(-1, weights.width)
        self._place = packaged.floats(weights.tensors["emb.pos"]).reshape(-1, weights.width) + types[0]
        rounded = quantisation.packaged()
        model = bert_graph(weights, rounded)
        self.digest = hashlib.sha256(packaged.SHA256.encode() + hashlib.sha256(model).digest()).hexdigest()
        self._session = session(bert_graph(weights, rounded, saturating=True) if saturates() else model)

    def vectors(self, texts: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """(texts, dimension) unit vectors of texts that have as many tokens each, markers included.

        A text has the same vector, to the bit, whatever it is embedded beside.
        """
        hidden: NDArray[np.float32] = self._session.run(None, {INPUT: self.embeddings(texts)})[0]
        means = (text.mean(axis=0) for text in hidden)
        return np.array([mean / np.linalg.norm(mean) for mean in means], np.float32)

    def embeddings(self, texts: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        """(texts, tokens, dimension) sums of word, place and type, before any layer."""
        shape = (len(texts), len(texts[0]), self.dimension)
        rows = b"".join(
            os.pread(self._file, self._row, self._words + self._row * token) for text in texts for token in text
        )
        words = packaged.floats(np.frombuffer(rows, packaged.BLOCK)).reshape(shape)
        return np.asarray(words + self._place[: shape[1]], np.float32)


@cache
def shared() -> Engine:
    """The engine of this process: both sides of a build run the same one."""
    engine = Engine(packaged.load())
    give_back()
    return engine


def give_back() -> None:
    """The memory in which a graph was built goes back to the system: glibc would keep 80 MB of it for later."""
    with suppress(OSError, AttributeError, TypeError):  # another library of C has no such function
        ctypes.CDLL(None).malloc_trim(0)


def session(model: bytes) -> onnxruntime.InferenceSession:
    """A model in ONNX Runtime, on the thread that runs it."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # a plan for each length of text would be kept for good
    return onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])


@cache
def saturates() -> bool:
    """True on a processor that adds two products of 8 bits in 16: it has AVX2, but no VNNI (ONNX Runtime's MLAS)."""
    inner, largest, weight = 64, 255, 127
    graph = Graph()
    constants: dict[str, NDArray[np.generic] | np.generic] = {
        "row": np.full((1, inner), largest, np.uint8),
        "weights": np.full((inner, 1), weight, np.int8),
        "step": np.float32(1),
        "scales": np.ones(1, np.float32),
    }
    inputs = [graph.constant(name, values) for name, values in constants.items()]
    total = graph.node("MatMulIntegerToFloat", inputs, MICROSOFT, "sum")
    (sums,) = session(graph.model(("unused", (1,)), (total, (1, 1)))).run(None, {"unused": np.zeros(1, np.float32)})
    return int(sums[0, 0]) != inner * largest * weight
