"""Texts are cut into the same tokens by the answering side and by the library that builds the index."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import packaged
from index.unigram import Unigram

PIECES = [("<unk>", 0.0), ("\u2581", -2.0), ("a", -3.0), ("b", -3.0), ("ab", -4.0), ("\u2581a", -3.5), ("ba", -9.0)]
SMALL = Unigram([piece for piece, _ in PIECES], [score for _, score in PIECES], 0)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("a", ["\u2581a"]),  # more probable than "\u2581" and "a"
        ("ab", ["\u2581", "ab"]),  # -6.0, against -6.5
        ("ba", ["\u2581", "b", "a"]),  # two likely pieces beat a rare one
        (" a", ["\u2581a"]),
        ("a  a", ["\u2581a", "\u2581a"]),  # spaces in a row are one
        ("a\ta\u200ba", ["\u2581a", "\u2581a", "\u2581a"]),
        ("a\x07b", ["\u2581", "ab"]),  # a control character is left out
        ("xyz", ["\u2581", "<unk>"]),  # unknown letters in a row
        ("axb", ["\u2581a", "<unk>", "b"]),
    ],
)
def test_the_most_probable_pieces(text: str, pieces: list[str]):
    assert [PIECES[number][0] for number in SMALL.ids(text)] == pieces


@pytest.fixture(scope="module")
def both():
    from index.transformer import _tokenizer

    weights = packaged.load()
    return Unigram(weights.pieces, weights.scores.tolist(), weights.special[3]), _tokenizer(weights)


@pytest.mark.slow
def test_questions_have_the_tokens_of_the_library(both, root: Path):
    ours, library = both
    lines = (root / "tests/data/questions.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["question"] for line in lines]
    assert len(texts) > 200
    assert [text for text in texts if ours.ids(text) != library.encode(text, add_special_tokens=False).ids] == []


@pytest.mark.slow
@given(text=st.text(max_size=80) | st.text("aあア漢 \t　ｱ。-/𠮷👩\u200d\u0301\u3099ß\u2581", max_size=80))
def test_any_text_has_the_tokens_of_the_library(both, text: str):
    ours, library = both
    assert ours.ids(text) == library.encode(text, add_special_tokens=False).ids
