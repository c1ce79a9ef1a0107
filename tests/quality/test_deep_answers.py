"""Questions whose answers stand below the first paragraph of a section (a later one, a list item, a row, code).

Beside them near misses: the same words, and something that the site does not state. Neither reader nor weights have
learned from them. Floors are what was measured, less a margin.
"""

from pathlib import Path

import pytest

from bot.answering.ask import Bot
from bot.quality.calibrate import read_questions
from bot.quality.evaluate import judge
from bot.quality.judged import Judged

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def judged(bot: Bot) -> list[Judged]:
    return judge(bot, read_questions(ROOT / "tests/data/deep.jsonl"))


def share(those: list[bool]) -> float:
    return sum(those) / len(those)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_stands_further_down_is_answered_from_its_section(judged: list[Judged], lang: str):
    covered = [each for each in judged if each.question.answerable and each.question.lang == lang]
    answered = [each.answer.status == "answered" for each in covered]
    assert len(covered) == 32 and share(answered) >= 0.75
    assert share([each.first_right for each in covered]) >= 0.6


def test_it_is_among_the_first_three_that_rank(judged: list[Judged]):
    covered = [each for each in judged if each.question.answerable]
    assert share([bool(set(each.ranked[:3]) & set(each.question.sections)) for each in covered]) >= 0.86


def test_a_near_miss_is_rarely_answered_without_a_word(judged: list[Judged]):
    answers = [each.answer for each in judged if not each.question.answerable]
    answered = [answer.status == "answered" for answer in answers]
    plainly = [is_so and not answer.not_stated for is_so, answer in zip(answered, answers, strict=True)]
    assert len(answers) == 60 and share(answered) <= 0.2 and share(plainly) <= 0.09
