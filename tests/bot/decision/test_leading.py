"""The reader reads the second topic where it doubts the first, and the one that answers leads."""

from dataclasses import replace

import pytest
from handmade import asked, ranking, section, topics

from bot.decision.account import Account
from bot.decision.leading import NEAR, SURE, read_best
from bot.decision.logistic import Logistic
from bot.decision.ranking import Ranking
from index.encoder.reader import Reading
from index.records import Section

PARTS = Logistic({}, 0.0)
OVER = topics(
    section("tea#pots", "A pot pours.", title="Pots"),
    section("tea#cups", "A cup holds.", title="Cups"),
    section("tea#milk", "Milk is white.", title="Milk"),
)


def lead(answers: dict[str, float], ranks: Ranking, over=OVER) -> tuple[str, float, list[str]]:
    """The section that leads, what the reader said of it, and the sections that were read."""
    read: list[str] = []

    def reads(question: str, passage: Section) -> Reading:
        read.append(passage.title)
        return Reading(answers[passage.title], question, ())

    led, accounted = read_best(asked("Does it pour?", over), ranks, Account(), over, PARTS, reads)
    assert accounted.reading is not None
    return over.in_language(int(led.order[0]), "en").title, accounted.reading.answers, read


def test_a_first_section_that_answers_is_the_only_one_that_is_read():
    assert lead({"Pots": SURE}, ranking(3.0, 2.9, 0.0)) == ("Pots", SURE, ["Pots"])


def test_the_second_leads_where_it_answers_and_the_first_does_not():
    assert lead({"Pots": -3.0, "Cups": 2.0}, ranking(3.0, 2.0, 0.0)) == ("Cups", 2.0, ["Pots", "Cups"])


@pytest.mark.parametrize(("second", "leads"), [(0.2, "Pots"), (0.3, "Cups")])
def test_how_near_they_are_counts_as_well(second: float, leads: str):
    """A log odd is worth 0.8 of the fused score: 1.25 make up for 1."""
    assert lead({"Pots": -1.0, "Cups": second}, ranking(3.0, 2.0, 0.0))[0] == leads


def test_a_second_that_is_far_behind_is_not_read():
    assert lead({"Pots": -6.0}, ranking(NEAR + 1.1, 1.0, 0.0)) == ("Pots", -6.0, ["Pots"])


def test_a_second_that_is_just_near_enough_is_read():
    assert lead({"Pots": -6.0, "Cups": -6.0}, ranking(NEAR + 1.0, 1.0, 0.0)) == ("Pots", -6.0, ["Pots", "Cups"])


def test_of_two_that_answer_alike_the_first_leads():
    assert lead({"Pots": -1.0, "Cups": -1.0}, ranking(3.0, 3.0, 0.0))[0] == "Pots"


def test_log_odds_beyond_the_surest_say_nothing_more():
    assert lead({"Pots": -60.0, "Cups": -6.0}, ranking(3.0, 2.9, 0.0))[0] == "Pots"


def test_what_the_question_names_leads_whatever_is_read():
    named = ranking(3.0, 2.9, 0.0).led(1, fixed=True)
    assert lead({"Cups": -3.0}, named) == ("Cups", -3.0, ["Cups"])


def test_behind_a_topic_that_is_named_as_not_covered_nothing_changes_places():
    over = topics(
        section("tea#coffee", "Coffee is not covered.", title="Coffee", covered=False),
        section("tea#pots", "A pot pours.", title="Pots"),
        section("tea#cups", "A cup holds.", title="Cups"),
    )
    assert lead({"Pots": -3.0, "Cups": 5.0}, ranking(3.0, 2.9, 2.8), over) == ("Coffee", -3.0, ["Pots"])


def test_a_second_that_answers_does_not_lead_a_section_about_a_sibling_of_what_is_asked():
    over = topics(
        section("tea#pots", "A pot pours.", title="Pots"),
        section("tea#red", "It is hot.", title="Red tea"),
        section("tea#green", "It is warm.", title="Green tea"),
        replace(section("glossary#terms"), synonyms=(("red tea",), ("green tea",))),
    )
    read: list[str] = []

    def reads(question: str, passage: Section) -> Reading:
        read.append(passage.title)
        return Reading({"Pots": -3.0, "Red tea": 2.0, "Green tea": -1.0}[passage.title], question, ())

    question = asked("Is green tea warm?", over)
    led, accounted = read_best(question, ranking(3.0, 2.9, 2.8, 0.0), Account(), over, PARTS, reads)
    assert (led.order[0], led.fixed, read) == (2, True, ["Pots", "Red tea", "Green tea"])
    assert accounted.reading is not None and accounted.reading.answers == -1.0
