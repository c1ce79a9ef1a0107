"""Questions of people who had not seen the bot, about this site: neither reader nor weights have learned from them.

Floors are what was measured, less a margin.
"""

from pathlib import Path

import pytest

from bot.answering.ask import Bot
from bot.quality.calibrate import read_questions
from bot.quality.evaluate import judge
from bot.quality.judged import Judged

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", params=[4, pytest.param(1, marks=pytest.mark.nightly)], ids=["quarter", "whole"])
def judged(bot: Bot, request: pytest.FixtureRequest) -> list[Judged]:
    """Every fourth question; at night each of them."""
    return judge(bot, read_questions(ROOT / "tests/data/strangers.jsonl")[:: request.param])


def share(those: list[bool]) -> float:
    return sum(those) / len(those)


def test_what_the_site_states_is_answered_from_the_right_section(judged: list[Judged]):
    covered = [each for each in judged if each.question.answerable]
    right = [
        bool(each.answer.citations) and each.answer.citations[0].section in each.question.sections for each in covered
    ]
    plainly = [is_right and not each.answer.not_stated for is_right, each in zip(right, covered, strict=True)]
    assert len(covered) > 75 and share(right) >= 0.78 and share(plainly) >= 0.57


def test_what_it_does_not_state_is_rarely_answered_without_a_word(judged: list[Judged]):
    uncovered = [each.answer for each in judged if not each.question.answerable]
    answered = [answer.status == "answered" for answer in uncovered]
    plainly = [is_answered and not answer.not_stated for is_answered, answer in zip(answered, uncovered, strict=True)]
    assert len(uncovered) > 60 and share(answered) <= 0.33 and share(plainly) <= 0.08
