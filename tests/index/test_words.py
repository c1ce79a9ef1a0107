"""Text to words, by the vectors that the browser's words.js is held to as well."""

import json
from pathlib import Path

import pytest

from index.words import normalise, words

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "words.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=range(len(VECTORS)))
def test_words(vector):
    assert words(vector["text"]) == vector["words"]


@pytest.mark.parametrize("vector", VECTORS, ids=range(len(VECTORS)))
def test_words_of_normalised_text_are_the_same(vector):
    assert words(normalise(vector["text"])) == vector["words"]


def test_a_word_in_a_sentence_is_the_word_alone():
    found = words("オーバーレイでは 10.0.4.0/24 に alb-controller 1.7.9 を入れます。")
    assert {"10.0.4.0/24", "/24", "alb-controller", "controller", "1.7.9", *words("オーバーレイ")} <= set(found)
