"""A name that only what is not covered has: no section answers about it."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics
from teapots import titled

from bot.decision.account import Account
from bot.decision.unknown_name import asks_only_about, left_out_names, names_topic, turns_on, unknown_name
from bot.question.parts import Part

SITE = topics(titled("a#a", "Kettles", "A kettle is hot."), section("scope#sauna", "No word on Sauna.", covered=False))


def part(text: str, script: str = "latin") -> Part:
    return Part(text, 0, len(text), script, True, False)


@pytest.mark.parametrize(
    ("text", "script", "is_unknown"),
    [("sauna", "latin", True), ("kettle", "latin", False), ("蒸気室", "han", False), ("サウナ", "katakana", True)],
)
def test_a_name_is_unknown_where_no_covered_section_has_it(text: str, script: str, is_unknown: bool):
    named = part(text, script)
    assert unknown_name(Account(outside=1, outside_part=named), SITE) == (named if is_unknown else None)


def test_without_such_a_part_there_is_none():
    assert unknown_name(Account(), SITE) is None


@pytest.mark.parametrize(
    ("others", "only"),
    [([], True), (["gotchas"], True), (["running"], True), (["gotchas", "copper"], False)],
)
def test_a_question_is_only_about_it_beside_a_kind_of_thing(others: list[str], only: bool):
    name = part("sauna")
    accounted = Account(tuple((each, 0.5) for each in (name, *map(part, others))), outside=1, outside_part=name)
    assert asks_only_about(name, accounted) is only


@pytest.mark.parametrize(
    ("question", "turns"),
    [
        ("copper sauna vs kettle?", True),
        ("What is the difference between a copper kettle and a sauna?", True),
        ("銅のやかんとサウナの違いは", True),
        ("Can a copper kettle stand in a sauna?", False),
    ],
)
def test_a_comparison_with_it_has_no_answer_without_it(question: str, turns: bool):
    name = part("sauna")
    accounted = Account(((name, 0.5), (part("copper"), 0.1)), outside=1, outside_part=name)
    assert turns_on(name, asked(question, SITE), accounted) is turns


STEAM = (
    titled("x#x", "Steam", "No word on it.", phrasings=("a kettle in a Sauna", "does Sauna harm", "boss")),
    titled("x#x", "蒸気", "扱いません。", lang="ja", phrasings=("Sauna のやかん", "サウナ", "サウナの湯気")),
)
SHARED = topics(titled("a#a", "Kettles", "A kettle is hot."), *(replace(each, covered=False) for each in STEAM))


@pytest.mark.parametrize(
    ("text", "script", "is_name"),
    [
        ("Sauna", "latin", True),
        ("boss", "latin", False),  # with which its author asked, once and in one language
        ("kettle", "latin", False),
        ("サウナ", "katakana", True),
        ("扱", "han", False),
    ],
)
def test_a_name_of_a_topic_is_what_it_writes_in_each_language(text: str, script: str, is_name: bool):
    assert names_topic(part(text, script), 1, SHARED) is is_name


@pytest.mark.parametrize(
    ("question", "names", "left_out"),
    [
        ("A kettle in a Sauna?", [], ["Sauna"]),
        ("A kettle in a Sauna?", ["copper"], ["Sauna"]),
        ("A kettle in a Sauna?", ["the Sauna"], []),  # named already
        ("A kettle of the boss?", [], []),
        ("Where to buy a red, blue, green, white, black, yellow or brown kettle near the Sauna?", [], []),
        ("We have a big old Sauna at home. Is the new kettle hot then?", [], []),  # told, and not asked about
    ],
)
def test_a_name_that_a_question_is_about_is_left_out_of_any_answer(
    question: str, names: list[str], left_out: list[str]
):
    read = asked(question, SHARED)
    named = next(each for each in read.words if each.text in ("Sauna", "boss"))
    assert left_out_names(read, Account(outside=1, outside_part=named), names, SHARED) == left_out
    assert left_out_names(read, Account(), names, SHARED) == []
