"""The building side: the same vectors from sentence-transformers, and any other model."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from casework import html, write
from hypothesis import given
from hypothesis import strategies as st

from index.build import build
from index.encoder import packaged
from index.encoder.bundled import BundledEncoder
from index.encoder.canary import fingerprint, verify
from index.encoder.choose import answering_encoder, building_encoder
from index.encoder.protocol import BUNDLED, MAX_TOKENS, Encoder
from index.encoder.unigram import Unigram
from index.errors import KbError

pytestmark = pytest.mark.slow

TEXTS = {
    "English": "Can I upgrade a cluster from kubenet to Azure CNI Overlay?",
    "Japanese": "kubenet クラスターを CNI オーバーレイにアップグレードできますか？",
    "long vowel and iteration marks": "サーバー、人々、ゝ、ヽ",
    "mixed": "AGC 用の subnet は /24 必須? (v1.7.9 以降)",
    "half-width kana": "ｸﾗｽﾀｰ ﾉ ｻﾌﾞﾈｯﾄ",
    "full-width Latin": "ＡＫＳ　１．７．９　／２４",
    "decomposed": "Cafe\u0301 か\u3099 は\u309a",
    "emoji": "👩‍💻 upgrade 🎉 🇯🇵",
    "empty": "",
    "white space": " \t\n \u3000 ",
    "NUL": "before\0after",
    "odd characters": "\u200b\ufeff\u00ad\u2028 ﷽ ℡ ㍿ \U0001f9ff \ud7ff",
    "code": "az aks update --network-plugin-mode overlay\n  --pod-cidr 10.244.0.0/16",
    "other scripts": "Сеть 网络 네트워크 شبكة เครือข่าย",
    "long English": "The subnet must be a /24. " * 60,
    "long Japanese": "サブネットは断片化していない必要があります。" * 30,
    "one long word": "a" * 1500,
}


@pytest.fixture(scope="module")
def answering() -> Encoder:
    return BundledEncoder()


@pytest.fixture(scope="module")
def bundled() -> Encoder:
    return building_encoder(BUNDLED)


def test_both_are_one_model(answering: Encoder, bundled: Encoder):
    assert (bundled.name, bundled.digest, bundled.dimension) == (answering.name, answering.digest, answering.dimension)


@pytest.mark.parametrize("task", ["queries", "passages"])
def test_both_sides_give_the_same_vectors_to_the_bit(answering: Encoder, bundled: Encoder, task: str):
    texts = list(TEXTS.values())
    ours, theirs = getattr(answering, task)(texts), getattr(bundled, task)(texts)
    np.testing.assert_allclose(np.linalg.norm(theirs, axis=1), 1, atol=1e-5)
    assert [name for name, same in zip(TEXTS, (ours == theirs).all(axis=1), strict=True) if not same] == []


def test_both_sides_reproduce_each_others_canary(answering: Encoder, bundled: Encoder):
    verify(answering, fingerprint(bundled))
    verify(bundled, fingerprint(answering))


@pytest.fixture(scope="module")
def tokens() -> tuple[Callable[[str], list[int]], Callable[[str], list[int]]]:
    """Ours, and the library's."""
    from index.encoder.transformer import unigram_tokenizer

    weights = packaged.load()
    library = unigram_tokenizer(weights)
    ours = Unigram(weights.pieces, weights.scores.tolist(), weights.special[3])
    return ours.ids, lambda text: library.encode(text, add_special_tokens=False).ids


def test_questions_have_the_tokens_of_the_library(tokens, root: Path):
    ours, library = tokens
    lines = (root / "tests/data/questions.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["question"] for line in lines]
    assert len(texts) > 200
    assert [text for text in texts if ours(text) != library(text)] == []


@given(text=st.text(max_size=80) | st.text("aあア漢 \t　ｱ。-/𠮷👩\u200d\u0301\u3099ß\u2581", max_size=80))
def test_any_text_has_the_tokens_of_the_library(tokens, text: str):
    ours, library = tokens
    assert ours(text) == library(text)


def test_a_text_has_one_vector_whatever_is_embedded_with_it(bundled: Encoder):
    """To the bit: an index made in steps is the one made at once."""
    texts = [TEXTS["English"], "a", TEXTS["Japanese"], "The subnet must be a /24. " * 8, "b"]
    alone = [bundled.passages([text])[0] for text in texts]
    np.testing.assert_array_equal(bundled.passages(texts[::-1])[::-1], alone)


def test_both_sides_count_the_same_tokens(answering: Encoder, bundled: Encoder):
    for text in TEXTS.values():
        assert bundled.count(text) == answering.count(text) < MAX_TOKENS - 2


def test_a_question_above_the_limit_is_cut_off_alike(answering: Encoder, bundled: Encoder):
    text = "The subnet of the gateway must be a /24. " * 60
    assert bundled.count(text) > MAX_TOKENS
    np.testing.assert_array_equal(answering.queries([text]), bundled.queries([text]))


def test_questions_and_passages_have_different_prompts(bundled: Encoder):
    text = TEXTS["English"]
    assert bundled.queries([text])[0] @ bundled.passages([text])[0] < 0.999


def test_no_texts(bundled: Encoder):
    assert bundled.queries([]).shape == (0, bundled.dimension)


def test_the_library_itself_gives_unit_vectors(tmp_path: Path):
    """By its own `encode`, with its own options."""
    from index.encoder.engine import Engine
    from index.encoder.transformer import bundled_model

    model = bundled_model(Engine(weights := packaged.load()), weights)
    vectors = model.encode_query(list(TEXTS.values()), batch_size=3, show_progress_bar=False)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert model.encode_document(TEXTS["English"], show_progress_bar=False).shape == (384,)
    assert model.similarity(vectors[:1], vectors[:1]).item() == pytest.approx(1)
    with pytest.raises(NotImplementedError, match=r"deploy\.reference\.save_copy writes its weights"):
        model.save(str(tmp_path / "copy"))


# Another model: a tiny one with random weights, saved as sentence-transformers saves any.

PROMPTS = {"query": "ask: ", "document": "tell: "}
TINY_TOKENS = 32


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("tiny")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "ask", "tell", ":", *"abcdefgh"]
    tokenizer = Tokenizer(models.WordLevel({word: i for i, word in enumerate(words)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    marks = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=TINY_TOKENS, **marks)
    fast.save_pretrained(folder / "parts")
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(words), max_position_embeddings=64, **sizes)).save_pretrained(folder / "parts")
    modules = [Transformer(str(folder / "parts"), max_seq_length=TINY_TOKENS), Pooling(16, "mean")]
    SentenceTransformer(modules=modules, prompts=PROMPTS, device="cpu").save(str(folder / "model"))
    return folder / "model"


def test_another_model_with_its_own_prompts(tiny: Path):
    from sentence_transformers import SentenceTransformer

    encoder = answering_encoder(str(tiny))
    assert (encoder.name, encoder.dimension) == (str(tiny), 16)
    plain = SentenceTransformer(str(tiny), device="cpu", local_files_only=True)
    for vectors, prompt in ((encoder.queries(["a b", ""]), "ask: "), (encoder.passages(["a b", ""]), "tell: ")):
        expected = plain.encode([f"{prompt}a b", prompt], prompt="", normalize_embeddings=True, show_progress_bar=False)
        np.testing.assert_allclose(vectors, expected, atol=1e-6)
    assert encoder.count("a b c") == 5


def test_the_digest_is_that_of_the_weights(tiny: Path, bundled: Encoder):
    assert building_encoder(str(tiny)).digest == building_encoder(str(tiny)).digest != bundled.digest


def test_the_digest_changes_when_the_vectors_would(tiny: Path, tmp_path: Path):
    import shutil

    other = Path(shutil.copytree(tiny, tmp_path / "other"))
    config = json.loads((other / "config_sentence_transformers.json").read_text("utf-8"))
    config["prompts"]["query"] = "other: "
    (other / "config_sentence_transformers.json").write_text(json.dumps(config), "utf-8")
    before, after = building_encoder(str(tiny)), building_encoder(str(other))
    assert not np.allclose(before.queries(["a"]), after.queries(["a"]))
    assert before.digest != after.digest


def test_no_passage_is_above_this_models_limit(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    encoder = building_encoder(str(tiny))
    seen: list[str] = []
    monkeypatch.setattr(type(encoder), "passages", lambda self, texts: seen.extend(texts) or np.ones((len(texts), 16)))
    write(tmp_path / "site", {"index.html": html(f"<h1 id='a'>a</h1><p>{'b c. ' * TINY_TOKENS}</p>")})
    build(tmp_path / "site", tmp_path / "index", str(tiny))
    assert [text for text in seen if encoder.count(text) > TINY_TOKENS] == []


def test_a_model_that_is_not_there(tmp_path: Path):
    with pytest.raises(KbError, match=r"^KB_MODEL=.*cannot load it \(.*\)\. Give the path of a model folder, or leave"):
        building_encoder(str(tmp_path / "none"))


def test_a_folder_that_is_no_model(tmp_path: Path):
    (tmp_path / "config.json").write_text("{}", "utf-8")
    with pytest.raises(KbError, match=r"leave KB_MODEL unset for the bundled model\.$"):
        building_encoder(str(tmp_path))
