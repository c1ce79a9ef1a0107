"""Topics in an order: by their scores, and with another one in front."""

from dataclasses import replace

import numpy as np
import pytest
from handmade import ranking, section, topics

from bot.decision.account import leader
from bot.decision.ranking import Ranking

OVER = topics(
    section("tea#pots", "A pot pours."),
    section("tea#code"),  # it has no sentence
    section("tea#coffee", "Coffee is not covered.", covered=False),
)


def test_of_some_scored_topics_the_order_names_topics_and_the_places_scores():
    ranking = Ranking.of(np.array([0.1, 0.9, 0.9], np.float32), np.array([4, 7, 9]))
    assert (ranking.order.tolist(), ranking.places.tolist()) == ([7, 9, 4], [1, 2, 0])


def test_a_ranking_that_is_led_by_another_keeps_its_scores_else():
    before = ranking(3.0, 2.0, 1.0)
    led = before.led(1)
    assert led.order.tolist() == [1, 0, 2] and not led.fixed
    assert replace(before, fixed=True).led(2, fixed=True).fixed
    assert led.fused[led.places].tolist() == pytest.approx([3.0, 3.0, 1.0])


@pytest.mark.parametrize(
    ("ranks", "order", "fixed"),
    [([2, 1], [2, 0, 1], True), ([1, 2], [1, 0, 2], True), ([0, 2], [0, 1, 2], False), ([], [0, 1, 2], False)],
)
def test_the_first_rank_that_is_named_leads_unless_it_leads_already(ranks: list[int], order: list[int], fixed: bool):
    led = ranking(3.0, 2.0, 1.0).led_by_first(iter(ranks))
    assert (led.order.tolist(), led.fixed) == (order, fixed)


def test_no_rank_is_asked_for_behind_the_first():
    asked: list[int] = []
    ranking(3.0, 2.0, 1.0).led_by_first(asked.append(rank) or rank for rank in (1, 2))
    assert asked == [1]


def test_the_nearest_topics_stand_behind_their_ranks():
    some = Ranking.of(np.array([0.1, 0.9, 0.5], np.float32), np.array([4, 7, 9]))
    assert some.nearest(2) == [(0, 7), (1, 9)] and some.nearest(9) == [(0, 7), (1, 9), (2, 4)]


def test_how_far_a_rank_is_behind():
    some = Ranking.of(np.array([0.5, 2.0, 1.5], np.float32), np.array([4, 7, 9]))
    assert [some.behind(rank) for rank in range(3)] == [0.0, 0.5, 1.5]


@pytest.mark.parametrize(
    ("fused", "topic"),
    [((3.0, 2.0, 1.0), 0), ((1.0, 3.0, 2.0), None), ((1.0, 2.0, 3.0), None), ((2.0, 3.0, 1.0), None)],
)
def test_only_what_can_be_quoted_leads(fused: tuple[float, ...], topic: int | None):
    assert leader(ranking(*fused), OVER) == topic


def test_what_the_question_has_put_in_front_is_no_leader_that_may_go():
    assert leader(ranking(3.0, 2.0, 1.0).led(0, fixed=True), OVER) is None
