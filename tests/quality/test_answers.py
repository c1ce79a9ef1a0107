"""The answers, on questions that calibration never saw. Floors are what was measured, less a margin."""

from pathlib import Path

import pytest

from bot.answering.ask import Bot
from bot.quality.calibrate import read_questions
from bot.quality.evaluate import judge, misses
from bot.quality.figures import figures
from bot.quality.judged import Judged

ROOT = Path(__file__).parents[2]
QUESTIONS = ROOT / "tests/data/questions.jsonl"


@pytest.fixture(scope="module")
def judged(bot: Bot) -> list[Judged]:
    return judge(bot, read_questions(QUESTIONS))


def test_questions_are_not_the_ones_of_calibration():
    calibration = {question.question for question in read_questions(ROOT / "bot/data/calibration.jsonl")}
    assert [q.id for q in read_questions(QUESTIONS) if q.question in calibration] == []


@pytest.mark.parametrize("lang", ["ja", "en", "mixed"])
def test_the_right_section_is_among_the_first_three(judged: list[Judged], lang: str):
    asked = [answered for answered in judged if answered.question.answerable and answered.question.lang == lang]
    wrong = [
        answered.question.id for answered in asked if not set(answered.ranked[:3]) & set(answered.question.sections)
    ]
    assert len(wrong) / len(asked) <= 0.06, wrong


def test_figures_hold_their_floors(judged: list[Judged]):
    measured = {name: figure.value for name, figure in figures(judged, resamples=1).items()}
    floors = {
        "first citation right, of the answered": 0.92,
        "one of three right, of the answered": 0.95,
        "first citation right, of all answerable": 0.82,
        "answered or clarified": 0.92,
        "MRR@10": 0.94,
        "AUROC": 0.96,
    }
    assert {name: measured[name] for name, floor in floors.items() if measured[name] < floor} == {}
    assert measured["false answers"] <= 0.08


def test_no_verdict_is_wrong(judged: list[Judged]):
    assert [miss.id for miss in misses(judged) if miss.kind == "wrong-verdict"] == []


def test_every_quote_is_exactly_what_is_published(judged: list[Judged], bot: Bot):
    for answered in judged:
        for citation in answered.answer.citations:
            assert citation.quote and citation.quote in bot.topics.group(citation.section)[citation.lang].text
            assert citation.lang == answered.answer.lang


def test_what_is_not_covered_cites_nothing(judged: list[Judged]):
    refused = [answered.answer for answered in judged if answered.answer.status != "answered"]
    assert refused and [answer.citations + answer.rules for answer in refused if answer.citations or answer.rules] == []
