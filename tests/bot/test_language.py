import pytest

from bot.language import detect, say


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("Can I upgrade from kubenet?", "en"),
        ("kubenet からアップグレードできますか?", "ja"),
        ("ｵｰﾊﾞｰﾚｲ", "ja"),
        ("AGC subnet size は?", "ja"),
        ("移行手順", "ja"),
        ("", "en"),
        ("/24?", "en"),
        ("¿kubenet?", "en"),
    ],
)
def test_any_japanese_character_makes_a_question_japanese(question: str, lang: str):
    assert detect(question, ("ja", "en")) == lang


@pytest.mark.parametrize(
    ("langs", "question", "lang"),
    [(("en",), "移行できる？", "en"), (("ja",), "why", "ja"), (("de",), "why", "de"), (("de", "en"), "why", "en")],
)
def test_a_site_answers_in_a_language_it_has(langs: tuple[str, ...], question: str, lang: str):
    assert detect(question, langs) == lang


def test_say_fills_places_and_falls_back_to_english():
    assert say("en", "errors", "too_long", limit=5) == "The question is longer than 5 characters. Please shorten it."
    assert say("ja", "errors", "too_long", limit=5).startswith("質問が 5 文字を超えています")
    assert say("de", "answers", "not_covered") == say("en", "answers", "not_covered")
