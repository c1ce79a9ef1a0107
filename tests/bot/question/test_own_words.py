"""A site's own languages are known by the words of its pages."""

import pytest
from handmade import section

from bot.language import detect
from bot.question.own_words import own_words
from index.records import Section

TEXTS = {
    "de": (
        "Die Lampe ist warm und wird mit der Hand angezündet.",
        "Was die Lampe löscht und wie, steht in der Anleitung.",
    ),
    "en": ("The lamp is warm and is lit by hand.", "The guide says how to put the lamp out."),
    "zh": ("这盏灯很暖，用手点亮。", "怎么熄灭这盏灯，请看说明。"),
    "ja": ("ランプは手で灯します。", "ランプの消し方は手引きにあります。"),
}


def site(*langs: str) -> list[Section]:
    """Ten sections of each language; "Lumen" is in all of them."""
    return [
        section(f"p{n}#a", f"{TEXTS[lang][n % 2]} Lumen {lang}{n}.", lang=lang) for n in range(10) for lang in langs
    ]


@pytest.mark.parametrize(
    ("langs", "question", "lang"),
    [
        (("en", "de"), "Wie wird die Lampe angezündet?", "de"),
        (("en", "de"), "How is the lamp lit?", "en"),
        (("en", "de"), "Lumen", "en"),
        (("de", "en"), "Lumen", "de"),
        (("de", "en"), "How do I put it out?", "en"),
        (("en", "de"), "was wird mit der Lampe", "de"),
        (("en", "zh"), "怎么点亮这盏灯？", "zh"),
        (("en", "zh"), "is the lamp warm", "en"),
        (("ja", "en", "de"), "Lumen はどう灯す？", "ja"),
        (("ja", "en", "de"), "Lampe mit der Hand", "de"),
    ],
)
def test_a_question_is_in_the_language_whose_words_it_uses(langs: tuple[str, ...], question: str, lang: str):
    assert detect(question, langs, own_words(langs, site(*langs))) == lang


def test_what_stands_in_both_languages_is_of_neither():
    words = own_words(("en", "de"), site("en", "de"))
    assert {"die", "lampe", "wird", "was"} <= words["de"] and "lumen" not in words["de"]
    assert "how" in words["en"] and "was" not in words["en"]


@pytest.mark.parametrize("langs", [("ja", "en"), ("en",), ("de",)])
def test_where_the_bot_knows_the_languages_or_there_is_one_nothing_is_read(langs: tuple[str, ...]):
    assert own_words(langs, ()) == {}


def test_a_language_without_sections_in_the_sample_has_no_words():
    assert own_words(("en", "de"), site("en"))["de"] == frozenset()
