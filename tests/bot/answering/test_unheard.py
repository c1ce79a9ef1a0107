"""A topic that is not covered, leads, and is read to be about something else leaves the answer to what is covered."""

from dataclasses import replace

import numpy as np
import pytest
from handmade import asked, section, topics

from bot.answering.searched import Search
from bot.answering.unheard import ANSWERS, CLEARLY, without_unheard
from bot.decision.account import Account
from bot.decision.decide import Decision, Model, Weights
from bot.decision.ranking import Ranking
from bot.evidence.evidence import CHANNELS, Evidence
from bot.records import Status
from index.encoder.reader import Reading
from index.records import Section

OVER = topics(
    section("tea#settings", "Settings of kettles are not covered.", title="Settings", covered=False),
    section("tea#cleaning", "Cleaning a kettle takes the setting 3.", title="Cleaning"),
    section("tea#milk", "Milk is white.", title="Milk"),
    section("tea#price", "Prices are not covered.", title="Price", covered=False),
)
SILENCE, CLEANING, MILK, PRICE = range(4)
# Answered unless a topic that is not covered is as near as what is.
WEIGHTS = Weights({}, Model({"outside": (-10.0, 0.0, 1.0)}, -5.0, answer_from=0.5, clarify_from=0.4))
QUESTION = "Which setting does cleaning a kettle take?"


def search(fused: tuple[float, ...], covered: float, **accounted: int) -> Search:
    """A search that is not answered; `covered`: what the reader says of the best covered section."""
    raw = np.zeros((len(OVER), len(CHANNELS)), np.float32)
    raw[:, 0] = fused
    over = Evidence.of_all(raw, 1.0, raw[:, 0].__getitem__, slice(None))
    read = Account(reading=Reading(covered, QUESTION, ()), **accounted)
    return Search(over, Ranking.of(np.array(fused, np.float32), over.topics), Decision(Status.CLARIFY, 0.4), read)


def decided(before: Search, silence: float) -> tuple[Search, list[str]]:
    """The search afterwards, and which sections were read; `silence`: what the reader says of what is not covered."""
    read: list[str] = []

    def reads(question: str, passage: Section) -> Reading:
        read.append(passage.title)
        return Reading(silence, question, ())

    return without_unheard(asked(QUESTION, OVER), before, OVER, WEIGHTS, reads), read


def test_a_silence_that_is_about_something_else_is_not_heard():
    before = search((3.0, 2.5, 0.0, 0.0), covered=2.0)
    after, read = decided(before, silence=-2.0)
    assert (after.decision.status, read) == (Status.ANSWERED, ["Settings"])
    assert after.ranking is before.ranking and after.evidence is before.evidence


@pytest.mark.parametrize(("covered", "silence"), [(2.0, 1.0), (ANSWERS + 1.0, ANSWERS + 1.1 - CLEARLY)])
def test_a_silence_on_what_is_asked_stays(covered: float, silence: float):
    before = search((3.0, 2.5, 0.0, 0.0), covered)
    assert decided(before, silence)[0] is before


def test_what_is_covered_has_to_answer():
    before = search((3.0, 2.5, 0.0, 0.0), covered=ANSWERS - 0.1)
    assert decided(before, silence=-9.0) == (before, [])


def test_a_second_silence_that_is_as_near_is_heard():
    before = search((3.0, 1.0, 0.0, 2.0), covered=2.0)
    assert decided(before, silence=-2.0)[0] is before


def test_what_is_covered_and_leads_is_decided_already():
    before = search((1.0, 2.5, 0.0, 0.0), covered=2.0)
    assert decided(before, silence=-2.0) == (before, [])


def test_what_is_answered_stays_so_unread():
    before = search((3.0, 2.5, 0.0, 0.0), covered=2.0)
    answered = replace(before, decision=Decision(Status.ANSWERED, 0.9))
    assert decided(answered, silence=-2.0) == (answered, [])


def test_the_answer_names_nothing_of_what_is_not_heard():
    after, _ = decided(search((3.0, 2.5, 0.0, 0.0), covered=2.0, outside=SILENCE), silence=-2.0)
    assert after.accounted.outside is None
    after, _ = decided(search((3.0, 2.5, 0.0, 0.0), covered=2.0, outside=PRICE), silence=-2.0)
    assert after.accounted.outside == PRICE
