"""Covered questions and twins with one part exchanged, of which learning never saw any. Floors less a margin."""

from pathlib import Path

import pytest

from bot.answering.ask import Bot
from bot.quality.contrast import Figures, Pair, measure, read_pairs

ROOT = Path(__file__).parents[2]


def pairs(folder: str) -> list[Pair]:
    return read_pairs(sorted((ROOT / folder).glob("contrast.*.jsonl")))


@pytest.fixture(scope="module", params=[2, pytest.param(1, marks=pytest.mark.nightly)], ids=["half", "whole"])
def measured(bot: Bot, request: pytest.FixtureRequest) -> dict[str, Figures]:
    """Of every second pair; at night of each of them."""
    return measure(pairs("tests/data")[:: request.param], bot)


def test_pairs_are_not_the_ones_of_learning():
    learned = {text for pair in pairs("bot/data") for text in (pair.a, pair.b)}
    assert [pair.id for pair in pairs("tests/data") if learned & {pair.a, pair.b or pair.a}] == []


def test_every_kind_is_measured_in_both_languages():
    parts = [pair for pair in pairs("tests/data") if pair.part]
    kinds = {lang: {pair.kind for pair in parts if pair.lang == lang} for lang in ("ja", "en")}
    assert kinds["ja"] == kinds["en"] and len(kinds["en"]) == 9


def test_figures_hold_their_floors(measured: dict[str, Figures]):
    every = measured["all"]
    assert every.pairs >= 50
    assert (every.covered >= 0.82, every.twins >= 0.70, every.both >= 0.55) == (True, True, True), every


def test_a_verdict_is_hardly_ever_false(measured: dict[str, Figures]):
    assert measured["all"].false_verdicts <= 2
