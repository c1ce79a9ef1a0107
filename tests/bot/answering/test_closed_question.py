"""The section whose heading is the closed question leads those that state the fact under another heading."""

from dataclasses import replace

import pytest
from handmade import asked, evidence, ranking, section, topics

from bot.answering.closed_question import closed_question_first
from bot.answering.compose import NEARLY, PHRASING
from bot.answering.searched import Search
from bot.decision.account import Account
from bot.decision.decide import Decision
from bot.decision.logistic import Logistic
from bot.decision.same_meaning import SURE
from bot.records import Status
from index.encoder.reader import Reading
from index.records import Section

PARTS = Logistic({}, -9.0)
OVER = topics(
    section("a#pots", "A pot goes into the oven.", title="Pots in the oven"),
    section("f#oven", "Yes.", "A pot may stand in the oven.", title="Can a pot stand in the oven?"),
    section("a#cups", "A cup holds tea.", title="Cups"),
)
UNREAD = Account()
ANSWERED = Decision(Status.ANSWERED, 0.9)
FIRST, SECOND = "Pots in the oven", "Can a pot stand in the oven?"
HOLDS = "Does the oven support the pot?"


def leads(
    question: str,
    answers: float = 6.0,
    cosine: float = 0.95,
    scores: tuple[float, ...] = (3.0, 2.9, 0.0),
    decision: Decision = ANSWERED,
    accounted: Account = UNREAD,
) -> tuple[str, list[str]]:
    """The heading that leads, and those that were read."""
    read: list[str] = []

    def reads(text: str, passage: Section) -> Reading:
        read.append(passage.title)
        return Reading(answers, text, ())

    scored = evidence(OVER, {})
    scored.raw[:, PHRASING] = cosine
    search = Search(scored, ranking(*scores), decision, accounted)
    led = closed_question_first(asked(question, OVER), search, OVER, PARTS, reads)
    return OVER.in_language(int(led.ranking.order[0]), "en").title, read


def test_the_heading_that_asks_the_question_leads():
    assert leads("Can a pot stand in the oven?") == (SECOND, [])  # its own wording needs no reading
    assert leads("Can the pot stand in our oven?") == (SECOND, [SECOND])


def test_so_does_one_that_the_reader_is_sure_of():
    assert leads("Could a pot be shoved into the oven?", SURE) == (SECOND, [SECOND])
    assert leads("Could a pot be shoved into the oven?", SURE - 0.1) == (FIRST, [SECOND])


def test_but_not_of_one_that_answers_less_than_the_first():
    first = Account(reading=Reading(SURE + 0.1, "", ()))
    assert leads("Could a pot be shoved into the oven?", SURE, accounted=first) == (FIRST, [SECOND])
    assert leads("Could a pot be shoved into the oven?", SURE + 0.1, accounted=first) == (SECOND, [SECOND])


@pytest.mark.parametrize(
    ("question", "changed"),
    [
        ("Can a pot not stand in the oven?", {}),  # it turns the other way
        ("Can a pot stand in the oven?", {"cosine": 0.8}),
        ("Can a pot stand in the oven?", {"scores": (3.0, 2.0, 0.0)}),  # not as near
        ("Can a pot stand in the oven?", {"decision": Decision(Status.CLARIFY, 0.4)}),
        ("Can a pot stand in the oven?", {"decision": Decision(Status.ANSWERED, 0.4, hedged=True)}),
    ],
)
def test_what_is_no_answer_to_it_stays_behind(question: str, changed: dict):
    assert leads(question, **changed) == (FIRST, [])


def test_a_first_section_that_says_yes_or_no_stays():
    assert leads("Can a pot stand in the oven?", scores=(2.9, 3.0, 0.0)) == (SECOND, [])


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        (("Yes.", "It does."), True),
        (("The pot is supported by the oven.",), True),  # a plain sentence that states just that
        (("The lid is supported by the oven.",), False),
    ],
)
def test_so_does_a_first_section_of_another_heading_that_says_it(text: tuple[str, ...], stays: bool):
    over = topics(
        section("a#pots", *text, title="Oven: pot"),
        section("f#f", "Yes.", "So it is.", title=HOLDS),
        replace(section("glossary#terms"), synonyms=(("oven",), ("pot",), ("lid",))),
    )
    scored = evidence(over, {})
    scored.raw[:, PHRASING] = 0.95
    search = Search(scored, ranking(3.0, 2.9, 0.0), ANSWERED, UNREAD)
    reads = lambda text, passage: Reading(6.0, text, ())  # noqa: E731
    led = closed_question_first(asked(HOLDS, over), search, over, PARTS, reads)
    assert led.ranking.order[0] == (0 if stays else 1)


def test_one_that_is_just_near_enough_leads():
    assert leads(SECOND, scores=(4.0, 4.0 * NEARLY, 0.0)) == (SECOND, [])


def test_another_source_says_neither():
    other = replace(OVER.in_language(1, "en"), other_source=True)
    over = topics(OVER.in_language(0, "en"), other)
    scored = evidence(over, {})
    scored.raw[:, PHRASING] = 0.95
    search = Search(scored, ranking(3.0, 2.9), ANSWERED, Account())
    reads = lambda text, passage: Reading(6.0, text, ())  # noqa: E731
    assert closed_question_first(asked(SECOND, over), search, over, PARTS, reads) is search
