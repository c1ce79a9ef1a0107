"""When the yes or no of a section is that of a question: laws on a made-up site about tea."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.decision.same_question import same_question
from bot.evidence.topics import Topics
from index.records import Section

TERMS = (
    ("copper cup", "ティーカップ"),
    ("kettle", "samovar of Tula", "urn"),
    ("tray",),
    ("jar",),
    ("box for lids", "box 4 lids", "BFL"),  # a name that is a plural
)


def titled(title: str, *phrasings: str, lang: str = "en") -> Section:
    return replace(section("a#a", "Yes.", title=title, lang=lang), phrasings=phrasings)


def site(*first: Section, common: str = "harbour") -> Topics:
    """A site of which most sections speak of one thing, and that has the terms above."""
    many = (section(f"g{n}#g", f"Of the {common}, entry {n}.", title=f"Number {n}") for n in range(20))
    return topics(*first, replace(section("glossary#terms"), synonyms=TERMS), *many)


def same(question: str, title: str, *phrasings: str, lang: str = "en") -> bool:
    asked_about = titled(title, *phrasings, lang=lang)
    over = site(asked_about)
    return same_question(asked(question, over), asked_about, over)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Can a copper cup be heated?", "Can a copper cup be heated?"),
        ("Is heating copper cups possible?", "Can a copper cup be heated?"),  # in other forms and another order
        ("Can a ティーカップ be heated?", "Can a copper cup be heated?"),  # a term under its other name
        ("Can a copper cup be heated?", "Can a ティーカップ be heated?"),
        ("Can an urn be heated?", "Can a samovar of Tula be heated?"),  # a name of several words
        ("Can a samovar of Tula be heated?", "Can an urn be heated?"),
        ("Can a copper cup be heated in the harbour?", "Can a copper cup be heated?"),  # what most sections speak of
        ("Can a copper cup be heated?", "Can a copper cup be heated in the harbour?"),
        ("Can a box for lids be heated?", "Can a BFL be heated?"),
        ("Can boxes be heated in a box for lids?", "Can boxes be heated in a BFL?"),  # the heading in another name
        ("Is it true that a copper cup can be baked?", "Can I bake a copper cup?"),
        ("Can our team heat a copper cup?", "Can a copper cup be heated?"),  # what turns no answer
        ("And to a jar?", "and to a jar"),  # the heading itself says what it means, however little
        ("I polished the spoon yesterday. Can a copper cup be heated?", "Can a copper cup be heated?"),  # the asker
        ("急須は温められますか", "急須を温められる？"),
        ("温度計は使えますか", "温度計を使える？"),
        ("急須を使って急須は温められますか", "急須を温められる？"),  # one kanji is the stem of a verb
    ],
)
def test_a_question_is_the_heading_in_other_words(question: str, title: str):
    assert same(question, title)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Can a copper cup be heated on charcoal?", "Can a copper cup be heated?"),  # a condition is added
        ("Can a copper cup be heated?", "Can a copper cup be heated on charcoal?"),  # one is dropped
        ("Can a box be heated?", "Can a BFL be heated?"),  # the first word of a longer name
        ("Can a box for pots be heated?", "Can a BFL be heated?"),
        ("Can a copper cup be polished?", "Can a copper cup be heated?"),
        ("Can a kettle be heated?", "Can a copper cup be heated?"),
        ("Can a copper cup be heated in a jar?", "Can a copper cup be heated?"),  # another term of the glossary
        ("Can a copper cup be heated?", "Can a copper cup be heated in a jar?"),
        ("Can a samovar of copper be heated?", "Can a samovar of Tula be heated?"),  # the beginning of a longer name
        ("And to a jar?", "Can tea be poured to a jar?"),  # a follow-up that says too little
        ("Can each copper cup be heated in its own jar?", "Can copper cups be heated in a jar?"),
        ("Is Cooling heated?", "Is a cooled one heated?"),  # a name has no other forms
        ("Can one tray hold two jars?", "Can two trays hold one jar?"),  # of this one, of that several
        ("急須は木炭で温められますか", "急須を温められる？"),
    ],
)
def test_what_is_added_dropped_or_exchanged_makes_another_question(question: str, title: str):
    assert not same(question, title)


def test_any_wording_of_the_section_may_be_the_question():
    other_way = ("Is a glass breakable?", "Does one tray hold two jars?", "Can a copper cup be heated?")
    assert same("Can a copper cup be heated?", *other_way)
    assert same("Does one tray hold two jars?", *other_way)
    assert not same("Does a tray hold two jars?", *other_way[1:2])  # how many trays, its heading says


def test_of_a_long_heading_a_small_part_may_be_missing():
    """Of seven parts one may be unsaid, of six none."""
    named = ["glass", "spoon", "lid", "sugar", "lemon", "honey", "milk"]

    def lacks_the_last(parts: Sequence[str]) -> bool:
        return same(f"Is there {' with '.join(parts[:-1])}?", f"Is there {' with '.join(parts)}?")

    assert [lacks_the_last(named), lacks_the_last(named[1:])] == [True, False]


def test_what_three_sections_in_ten_speak_of_is_no_given_yet():
    """What is dropped from the heading is a given only if more speak of it."""

    def given(of: int) -> bool:
        heading = titled("Can a copper cup be heated in the harbour?")
        speaking = (section(f"h{n}#h", "Of the harbour.", title="Name") for n in range(of - 1))
        silent = (section(f"s{n}#s", "Of a river.", title="Name") for n in range(10 - of))
        over = topics(heading, *speaking, *silent)
        return same_question(asked("Can a copper cup be heated?", over), heading, over)

    assert [given(of) for of in (3, 4)] == [False, True]


def test_a_heading_that_names_nothing_is_named_whole():
    assert same("Is there?", "How?") and not same("Is it a kettle?", "How?")


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("Can a copper cup be heated?", True),  # the heading itself
        ("is heating a copper cup okay", False),  # an author's wording that drops the tray
        ("is heating a copper cup okay on a tray", True),
    ],
)
def test_a_yes_under_a_condition_is_for_who_names_it_or_asks_the_heading(question: str, holds: bool):
    wordings = ("is heating a copper cup okay", "is heating a copper cup okay on a tray")
    heading = replace(
        section("a#a", "Yes.", "A copper cup can be heated on a tray.", title="Can a copper cup be heated?"),
        phrasings=wordings,
    )
    over = site(heading)
    assert same_question(asked(question, over), heading, over) is holds
