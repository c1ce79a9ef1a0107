"""Tokens to vectors in ONNX Runtime: the same for one text, for several and on any processor."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from index.encoder import engine, packaged, quantisation
from index.encoder.bert_graph import INPUT, bert_graph
from index.encoder.engine import Engine, saturates, session, silent

BEGIN, END = 0, 2  # the markers' ids


@pytest.fixture(scope="module")
def embedder() -> Engine:
    return Engine(packaged.load())


def made_tokens(texts: int, length: int) -> list[list[int]]:
    drawn = np.random.default_rng(length).integers(4, 250_000, (texts, length - 2))
    return [[BEGIN, *row, END] for row in drawn.tolist()]


@pytest.mark.parametrize("length", [2, 3, 8, 11, 28, 65, 512])
@pytest.mark.parametrize("texts", [2, 7])
def test_a_text_has_one_vector_to_the_bit_whatever_is_beside_it(embedder: Engine, texts: int, length: int):
    tokens = made_tokens(texts, length)
    together = embedder.vectors(tokens)
    assert together.shape == (texts, embedder.dimension)
    np.testing.assert_array_equal(together, np.concatenate([embedder.vectors([text]) for text in tokens]))
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)


def test_the_order_of_tokens_matters(embedder: Engine):
    (tokens,) = made_tokens(1, 12)
    forward, backward = embedder.vectors([tokens, [BEGIN, *tokens[-2:0:-1], END]])
    assert forward @ backward < 0.999


def test_unsigned_weights_give_the_same_numbers():
    """What runs on processors without VNNI: all sums of integers are equal, so all else is."""
    weights, rounded = packaged.load(), quantisation.packaged()
    drawn = np.random.default_rng(0).standard_normal((2, 9, weights.width)).astype(np.float32)
    signed, unsigned = (
        session(bert_graph(weights, rounded, saturating)).run(None, {INPUT: drawn})[0] for saturating in (False, True)
    )
    np.testing.assert_array_equal(signed, unsigned)


@pytest.mark.parametrize("saturating", [False, True])
def test_such_a_processor_gets_the_unsigned_weights(monkeypatch: pytest.MonkeyPatch, saturating: bool):
    given: list[bytes] = []
    monkeypatch.setattr(engine, "saturates", lambda: saturating)
    monkeypatch.setattr(engine, "session", given.append)
    made = Engine(weights := packaged.load())
    signed = bert_graph(weights, quantisation.packaged())
    assert (given[0] != signed) == saturating
    assert made.digest == Engine(weights).digest, "the vectors are the same"


def test_a_processor_with_vnni_does_not_saturate():
    flags = Path("/proc/cpuinfo").read_text("utf-8").split()
    if not {"avx512_vnni", "avx_vnni"} & set(flags):
        pytest.skip("this processor has no VNNI")
    assert not saturates()


def test_the_digest_tells_which_rounding_made_the_vectors(embedder: Engine, monkeypatch: pytest.MonkeyPatch):
    rounded = dict(quantisation.packaged())
    first = rounded["l0.qkv"]
    rounded["l0.qkv"] = quantisation.Rounding(first.divisors, first.low, first.high * 2)
    monkeypatch.setattr(quantisation, "packaged", lambda: rounded)
    assert Engine(packaged.load()).digest != embedder.digest


def test_what_native_code_writes_at_the_import_is_not_shown(capfd: pytest.CaptureFixture[str]):
    """No graphics card is here to warn of: another writer stands in."""
    with silent():
        os.write(2, b"[W:onnxruntime:Default] GPU device discovery failed\n")
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"


def test_a_fault_at_the_import_is_raised_all_the_same(capfd: pytest.CaptureFixture[str]):
    with pytest.raises(ImportError, match="no such"), silent():
        raise ImportError("no such library")
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"


def test_a_process_without_stderr_answers():
    program = (
        "from index.encoder.choose import answering_encoder\nprint(answering_encoder('bundled').queries(['a']).shape)"
    )
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" -c "$1" 2>&-', sys.executable, program], capture_output=True, text=True
    )
    assert (done.stdout, done.returncode) == ("(1, 384)\n", 0)


def test_the_runtime_has_no_telemetry_to_send():
    """Later versions carry the address of a collector; this service works without the internet."""
    libraries = Path(onnxruntime.__file__).parent.glob("capi/*.so*")
    assert [file.name for file in libraries if b"events.data.microsoft.com" in file.read_bytes()] == []
