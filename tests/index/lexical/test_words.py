"""Text to words, by the vectors that the browser's words.js is held to as well."""

import json
from pathlib import Path

import pytest

from index.lexical.words import grams, latin, normalise, trigrams, words

VECTORS = json.loads((Path(__file__).parents[2] / "data" / "words.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=range(len(VECTORS)))
def test_words(vector):
    assert words(vector["text"]) == vector["words"]


@pytest.mark.parametrize("vector", VECTORS, ids=range(len(VECTORS)))
def test_words_of_normalised_text_are_the_same(vector):
    assert words(normalise(vector["text"])) == vector["words"]


def test_a_word_in_a_sentence_is_the_word_alone():
    tokens = words("オーバーレイでは 10.0.4.0/24 に alb-controller 1.7.9 を入れます。")
    assert {"10.0.4.0/24", "/24", "alb-controller", "controller", "1.7.9", *words("オーバーレイ")} <= set(tokens)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("//24", ["24"]),  # a prefix length stands alone
        ("x_/24", ["x", "24"]),
        ("サイズ/24", ["サイ", "イズ", "/24"]),
        ("/1234", ["1234"]),
        ("/24.5", ["24.5"]),
        ("1.7.9_beta", ["1.7.9_beta", "1", "7", "9", "beta"]),  # no version: it goes on
        ("v1.7.9", ["v1.7.9", "1.7.9"]),
        ("1.7.9-rc.1", ["1.7.9-rc.1"]),
        ("10.0.0.0/16", ["10.0.0.0/16", "10.0.0.0", "/16"]),
        ("10.0.0.0/x", ["10.0.0.0/x", "10.0.0.0", "x"]),
        ("a/b:v1.2", ["a/b:v1.2", "a", "b", "v1.2", "1.2"]),
        ("alb-controller", ["alb-controller", "alb", "controller"]),
        ("漢", ["漢"]),
        ("ＡＫＳ", ["aks"]),
    ],
)
def test_identifiers_come_whole_and_in_parts(text: str, tokens: list[str]):
    assert words(text) == tokens


def test_character_trigrams_mark_both_ends():
    assert grams("kub 1 a Ｎ1あx2") == ["_ku", "kub", "ub_", "_n1", "n1_", "_x2", "x2_"]
    assert trigrams(["a", "kube"]) == ["_a_", "_ku", "kub", "ube", "be_"]


def test_a_latin_word_begins_with_a_letter_and_has_two():
    assert latin("kube-net 1a 24 b c3 ク") == ["kube", "net", "c3"]


def test_kana_of_both_kinds_and_widths_are_one():
    assert normalise("さぶねっとー ｻﾌﾞﾈｯﾄｰ ゖぁ") == "サブネットー サブネットー ヶァ"
