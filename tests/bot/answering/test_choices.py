"""Questions to choose from, on made-up sites."""

from dataclasses import replace

import pytest
from handmade import section, topics

from bot.answering.choices import FIRST, as_question, closest, near, starters


def test_starters_are_the_first_questions_each_once_and_of_what_is_covered():
    titles = ["Tea", "Is it hot?", "Is it hot?", "冷たいですか", "Is it sweet?", "Is it green?"]
    sections = [replace(section(f"p#{n}", "Text."), title=title) for n, title in enumerate(titles)]
    outside = replace(section("o#o", "Text."), title="Is it coffee?", covered=False)
    assert starters(topics(outside, *sections), "en") == ("Is it hot?", "冷たいですか", "Is it sweet?")


def test_a_site_without_questions_has_none():
    assert starters(topics(section("a#a", "Text.")), "en") == ()


def test_a_large_site_is_not_read_whole():
    plain = [replace(section(f"p{n}#p", "Text."), title=f"Page {n}") for n in range(FIRST)]
    last = replace(section("z#z", "Text."), title="Is it last?")
    assert starters(topics(*plain, last), "en") == ()


@pytest.mark.parametrize(
    ("title", "phrasings", "offered"),
    [
        ("Is it hot?", ("how hot",), "Is it hot?"),
        ("Heat", ("kettle heat", "how hot is it"), "How hot is it?"),
        ("Heat", ("how hot is it.",), "How hot is it?"),
        ("Heat", ("kettle: hot?",), "kettle: hot?"),
        ("Heat", ("kettle heat", "heating"), "Kettles › Heat"),  # words for a search are no question
        ("熱さ", ("熱いですか",), "熱いですか"),
        ("熱さ", ("ヤカン 熱さ",), "Kettles › 熱さ"),
    ],
)
def test_a_choice_is_a_question_as_a_reader_writes_it(title: str, phrasings: tuple[str, ...], offered: str):
    made = replace(section("p#a", "Text."), title=title, path=("Kettles", "Part"), phrasings=phrasings)
    assert as_question(made) == offered


@pytest.mark.parametrize(
    ("lang", "offered"), [("ja", "ヤカンは熱いですか"), ("en", "How hot is it?"), ("de", "How hot is it?")]
)
def test_a_choice_is_worded_in_the_language_of_its_section(lang: str, offered: str):
    phrasings = ("how hot is it", "ヤカンは熱いですか")
    assert as_question(replace(section("p#a", "Text.", lang=lang), title="Heat", phrasings=phrasings)) == offered


def test_where_several_come_close_the_nearest_lead_however_they_are_headed():
    worded = replace(section("a#a", "Text."), title="Pots", phrasings=("which pot is it?",))
    plain = replace(section("b#b", "Text."), title="Lids")
    asking = replace(section("c#c", "Text."), title="Is it hot?")
    over = topics(plain, worded, asking)
    assert closest([0, 1, 2], over, "en") == ("which pot is it?", "Is it hot?", "Lids")
    assert near([0, 1, 2], over, "en")[0] == "Is it hot?"
