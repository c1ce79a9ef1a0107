"""What is counted per one unit says nothing of how many there are per another."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics
from teapots import titled

from bot.decision.per_unit import other_units, units_of

TERMS = (("shelf", "棚板"), ("kitchen", "キッチン"), ("oven", "オーブン"))
SITE = topics(
    titled("a#a", "Pots", "There are four pots per shelf."),
    titled("b#b", "Lids", "There are nine lids, and no more."),
    titled("c#c", "Ovens", "Only one oven is allowed in one kitchen."),
    replace(section("glossary#terms"), synonyms=TERMS),
)
POTS, LIDS, OVENS = 0, 1, 2


@pytest.mark.parametrize(
    ("question", "topic", "units"),
    [
        ("How many pots per kitchen?", POTS, ["per kitchen"]),
        ("How many pots per single kitchen can I have?", POTS, ["per single kitchen"]),
        ("How many pots fit in one kitchen?", POTS, ["in one kitchen"]),
        ("how many ovens per shelf", OVENS, ["per shelf"]),
        ("How many pots can one kitchen have?", POTS, ["one kitchen"]),
        ("how many pots does a kitchen hold", POTS, ["a kitchen"]),
        ("1つのキッチンは鍋をいくつ持てますか", POTS, ["1つのキッチン"]),
        ("1つのキッチンに鍋は何個まで？", POTS, ["1つのキッチン"]),
        ("キッチンごとに鍋はいくつ？", POTS, ["キッチンごと"]),
        ("How many pots per tray?", POTS, ["per tray"]),  # a unit of no term
    ],
)
def test_another_unit_is_not_stated(question: str, topic: int, units: list[str]):
    assert other_units(asked(question, SITE), [topic], SITE) == units


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("How many pots per shelf?", POTS),
        ("How many pots on each shelf?", POTS),
        ("How many pots can a shelf hold?", POTS),
        ("棚板ごとに鍋はいくつ？", POTS),  # under its other name
        ("How many ovens in one kitchen?", OVENS),
        ("How many lids per kitchen?", LIDS),  # a section that counts per nothing counts them all
        ("How many pots per second are washed?", POTS),  # a rate
        ("毎秒、1 秒あたりいくつの鍋を洗える？", POTS),
        ("Are pots allowed per kitchen?", POTS),  # asks for no amount
        ("How many pots are there?", POTS),
    ],
)
def test_the_same_unit_or_none_is_nothing_left_out(question: str, topic: int):
    assert other_units(asked(question, SITE), [topic], SITE) == []


def test_a_unit_is_named_as_it_is_written_without_what_follows():
    assert units_of("how many pots per kitchen can I have", SITE) == {"kitchen": "per kitchen"}


def test_a_topic_in_front_that_counts_per_nothing_hides_no_unit():
    assert other_units(asked("How many pots per kitchen?", SITE), [LIDS, POTS], SITE) == ["per kitchen"]
    assert other_units(asked("How many pots per shelf?", SITE), [LIDS, POTS], SITE) == []
