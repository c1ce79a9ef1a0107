"""A modifier belongs to its noun: laws on a made-up site about tea."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.decision.modifiers import other_nouns
from bot.evidence.topics import Topics
from index.records import Section

TERMS = (("copper cup", "銅のカップ"), ("slow steam brewing", "遅延ブロック抽出", "slow brewing"), ("tray",))
TEXT = "The pot is made for slow steam brewing, with a copper cup. 遅延ブロック抽出 も使えます。"


def site(text: str = TEXT, *phrasings: str) -> Topics:
    first: Section = replace(section("a#a", text, title="Brewing"), phrasings=phrasings)
    return topics(first, replace(section("glossary#terms"), synonyms=TERMS))


def others(question: str, over: Topics) -> list[str]:
    return other_nouns(asked(question, over), 0, over)


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("Is slow cooking supported?", ["slow cooking"]),
        ("Is SLOW COOKING supported?", ["SLOW COOKING"]),
        ("Is a copper kettle supported?", ["copper kettle"]),
        ("Does it do steam ironing?", ["steam ironing"]),  # a word within a term
        ("遅延カメラは使えますか", ["遅延カメラ"]),
    ],
)
def test_a_word_of_a_term_before_another_noun_names_another_thing(question: str, other: list[str]):
    assert others(question, site()) == other


@pytest.mark.parametrize(
    "question",
    [
        "Is slow steam brewing supported?",
        "Is slow brewing supported?",  # another name of it
        "Is slow brewin supported?",  # misspelt
        "Is a copper cups set supported?",  # in the plural
        "Is it slow? Cooking is nice.",  # two sentences
        "Is it slow with cooking?",  # no neighbours
        "Is slow 42 supported?",  # a number is no noun
        "Are cups heavy?",  # the last word of a term is a noun itself
        "Is a tray clean?",  # a term of one word
        "Is a pot clean?",  # a word of no term
        "遅延ブロックは使えますか",
    ],
)
def test_what_names_the_term_or_goes_with_no_noun_names_nothing_else(question: str):
    assert others(question, site()) == []


def test_a_section_that_says_the_word_by_itself_speaks_of_it():
    assert others("Is slow cooking supported?", site("Slow steam brewing is for slow people.")) == []


def test_a_section_that_says_the_noun_speaks_of_it():
    assert others("Is slow cooking supported?", site("Slow steam brewing. No cooking.")) == []


def test_how_people_ask_for_a_section_does_not_make_the_word_its_own():
    assert others("Is slow cooking supported?", site(TEXT, "slow or fast?")) == ["slow cooking"]


def test_a_section_without_the_word_is_left_to_the_learned_part():
    assert others("Is slow cooking supported?", site("A pot.")) == []


def test_a_noun_that_stands_within_another_term_alone_is_not_that_of_the_modifier():
    terms = (("warm cup serving",), ("cold tea serving",), ("tray",))
    text = "It does warm cup serving or cold tea serving."
    over = topics(section("a#a", text), replace(section("glossary#terms"), synonyms=terms))
    assert others("Does it do warm tea?", over) == ["warm tea"]
    assert others("Does it do cold tea?", over) == []
