"""The bundled model on the answering side: unit vectors, two prompts, and no torch."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.encoder import packaged
from index.encoder.bundled import BundledEncoder
from index.encoder.choose import answering_encoder, building_encoder
from index.encoder.protocol import BUNDLED, MAX_QUERY, MAX_TOKENS
from index.errors import KbError

ASKED = "kubenet から移行できますか?"


@pytest.fixture(scope="module")
def encoder() -> BundledEncoder:
    return BundledEncoder()


def test_what_it_is(encoder: BundledEncoder):
    assert (encoder.name, encoder.dimension) == (BUNDLED, 384)
    assert isinstance(answering_encoder(BUNDLED), BundledEncoder)


def test_it_builds_indexes_too_where_torch_is_not_installed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("index.encoder.choose.find_spec", lambda name: None)
    assert isinstance(building_encoder.__wrapped__(BUNDLED), BundledEncoder)


def test_a_model_file_that_is_not_the_packaged_one_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "e5-small-q4.bin").write_bytes(b"E5S1 and other weights")
    monkeypatch.setattr(packaged, "model_file", lambda: tmp_path / "e5-small-q4.bin")
    packaged.digest.cache_clear()
    with pytest.raises(KbError, match="SHA-256 is"):
        BundledEncoder()
    packaged.digest.cache_clear()


@pytest.mark.parametrize("texts", [[], [""], [ASKED], [ASKED, "", "\0", "👩‍💻", "a" * 300]])
def test_one_unit_vector_for_each_text(encoder: BundledEncoder, texts: list[str]):
    for vectors in (encoder.queries(texts), encoder.passages(texts)):
        assert vectors.shape == (len(texts), encoder.dimension)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_has_one_vector_whatever_it_is_encoded_with(encoder: BundledEncoder):
    alone = encoder.passages([ASKED])[0]
    np.testing.assert_array_equal(encoder.passages(["word " * 30, ASKED, ""])[1], alone)


def test_a_question_has_one_vector_however_many_are_embedded_at_once(encoder: BundledEncoder):
    texts = [f"kubenet からアップグレードできますか? {number}" for number in range(24)]
    alone = [encoder.queries([text])[0] for text in texts]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: encoder.queries([text])[0], texts))
    np.testing.assert_array_equal(together, alone)


def test_what_is_too_long_is_cut_before_its_end(encoder: BundledEncoder):
    long = "word " * 600
    assert encoder.count(long) > MAX_TOKENS
    # Without the markers, and the two tokens of "query:" or "passage:".
    asked, stated = encoder.queries(["word " * (MAX_QUERY - 2 - 2)]), encoder.passages(["word " * (MAX_TOKENS - 2 - 2)])
    np.testing.assert_array_equal(encoder.queries([long]), asked)
    np.testing.assert_array_equal(encoder.passages([long]), stated)


@pytest.mark.measures
def test_what_was_asked_before_leaves_no_memory_behind(encoder: BundledEncoder):
    def resident() -> int:
        return int(Path("/proc/self/status").read_text("utf-8").partition("VmRSS:")[2].split()[0]) // 1024

    encoder.queries(["word " * 400])
    before = resident()
    encoder.queries([f"{'word ' * length} {length}" for length in range(0, 400, 2)])  # each of another length
    assert resident() - before < 20


def test_questions_and_passages_have_different_prompts(encoder: BundledEncoder):
    query, passage = encoder.queries([ASKED])[0], encoder.passages([ASKED])[0]
    assert query @ passage < 0.999


def test_width_and_composition_of_characters_do_not_matter(encoder: BundledEncoder):
    np.testing.assert_array_equal(encoder.queries(["ｸﾗｽﾀｰ１ Cafe\u0301"]), encoder.queries(["クラスター1 Caf\u00e9"]))


def test_near_in_meaning_across_languages(encoder: BundledEncoder):
    (question,) = encoder.queries(["Can I move from kubenet to overlay?"])
    near, far = encoder.passages(["kubenet クラスターはオーバーレイに移行できます。", "りんごは赤い果物です。"])
    assert question @ near > question @ far


def test_tokens_with_the_markers_at_both_ends(encoder: BundledEncoder):
    assert [encoder.count(text) for text in ("a", "a a")] == [3, 4]


def test_a_query_finds_torch_nowhere():
    """In a process of its own: what answers must not load what only building needs."""
    heavy = ("torch", "transformers", "sentence_transformers", "tokenizers", "lxml", "mkdocs")
    program = (
        "import sys\n"
        "import index.storage.store, index.dense.vectors, index.lexical.bm25, index.lexical.words\n"
        "from index.encoder.choose import answering_encoder\n"
        "answering_encoder('bundled').queries(['a question'])\n"
        f"print(*(name for name in {heavy} if name in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr, done.returncode) == ("", "", 0)
