"""A whole answer costs no more than the size of what was asked, here and before, whatever it is made of."""

import time

import pytest

from bot.answering.ask import Bot
from bot.language import written_length
from bot.settings import Settings

from .counted import MOST, growth
from .test_growth import HOSTILE

SETTINGS = Settings()
ORDINARY = 15  # times the processor time of an ordinary question, for six thousand characters where it has fifty
LEAST = 0.03  # seconds that an ordinary one takes on an idle machine


def filled(unit: str, size: int) -> str:
    """As many characters as it is read with: wide ones stand for many."""
    return (HOSTILE[unit] * size)[: size // written_length(HOSTILE[unit][0])]


def seconds(bot: Bot, question: str, before: str) -> float:
    started = time.process_time()
    bot.ask(question, None, [before])
    return time.process_time() - started


@pytest.mark.parametrize("unit", HOSTILE)
def test_an_answer_is_made_in_proportion_to_what_was_asked_before(bot: Bot, unit: str):
    grown = growth(lambda n: lambda: bot.ask("and why?", None, [filled(unit, n)]), 300)
    assert max(grown) <= MOST, grown


@pytest.mark.measures
@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_question_costs_few_ordinary_ones(bot: Bot, unit: str):
    """As long as a door takes it, with as much before it."""
    question, before = filled(unit, SETTINGS.max_question), filled(unit, SETTINGS.max_history)
    usual = max(LEAST, min(seconds(bot, "Can it be undone?", "How do I start?") for _ in range(3)))
    took = {"both": seconds(bot, question, before), "before": seconds(bot, "and why?", before)}
    print(unit, f"{1000 * usual:.0f} ms", {name: f"{1000 * each:.0f} ms" for name, each in took.items()})  # noqa: T201
    assert max(took.values()) < ORDINARY * usual
