"""A question about a single place is not one about two: on a made-up site about kettles, and on ours."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.answering.ask import Bot
from bot.decision.one_place import asks_of_one_place
from bot.decision.outside import silent_on
from bot.decision.unstated import missing_kinds
from bot.records import Status

SITE = topics(
    section("a#a", "Kettles that a pipe joins must not stand in another region.", title="Pipes across regions"),
    section("b#b", "Do not use another plug.", title="Plugs"),
    section("c#c", "Kettles that a pipe joins may stand in the same region.", title="Pipes within a region"),
    replace(
        section("x#x", "Where kettles are sold is told elsewhere.", title="Shops", covered=False),
        phrasings=("in which regions are kettles available?",),
    ),
    section("d#d", "Kettles boil. A hose goes to another region.", title="Boiling"),
    *(section(f"g{n}#g", f"The kettle boils, entry {n}.", title=f"Number {n}") for n in range(24)),
)


@pytest.mark.parametrize(
    ("question", "topic", "alone"),
    [
        ("Kettle in Oslo ok?", 0, True),
        ("can i have a kettle in oslo yet?", 0, True),
        ("osloでkettleもう使える？", 0, True),
        ("Kettles in Oslo with a pipe?", 0, False),  # which heads the section
        ("Kettle in Oslo, pot in Bergen?", 0, False),
        ("Kettle in Oslo and another region?", 0, False),
        ("Two kettles, both in Oslo?", 0, False),
        ("Is a kettle ok?", 0, False),  # names no place
        ("Kettle in Oslo ok?", 1, False),  # a plug is no place
        ("Kettle in Oslo ok?", 4, False),  # another region is named in passing
        ("Kettle in Oslo ok?", 2, False),  # what is in one region says nothing of another
    ],
)
def test_who_names_a_single_place_asks_nothing_of_another_one(question: str, topic: int, alone: bool):
    read = asked(question, SITE)
    assert asks_of_one_place(read, topic, SITE) is alone
    assert ("place" in [kind.key for kind in missing_kinds(read, topic, SITE)]) is alone


def test_where_there_is_a_thing_is_told_by_the_topic_that_says_so_however_far():
    missing = missing_kinds(asked("Kettle in Oslo ok?", SITE), 0, SITE)
    assert silent_on(missing, [0, *range(4, 29), 1, 2, 3], SITE) == 3


@pytest.mark.parametrize(
    "question",
    ["AGC in japaneast ok?", "can I use AGC in westeurope yet?", "japaneastでAGCもう使える？"],
)
def test_a_region_that_is_named_alone_is_not_answered_by_what_holds_for_two(bot: Bot, question: str):
    answer = bot.ask(question)
    alike = bot.ask("is AGC available in Switzerland North?", answer.lang)
    assert answer.status is Status.NOT_COVERED is alike.status
    assert (answer.answer, answer.outside) == (alike.answer, alike.outside)


def test_a_region_beside_what_the_section_is_about_keeps_its_answer(bot: Bot):
    answer = bot.ask("We are in eastus. Is global vnet peering with AGC OK?")
    assert answer.citations[0].section == "agc/limitations#global-vnet-peering"
