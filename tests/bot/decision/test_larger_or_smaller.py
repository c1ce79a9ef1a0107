"""Who asks for more than a bound is not answered by the section headed by less."""

import pytest
from handmade import asked, ranking
from handmade import topics as site
from teapots import titled

from bot.decision.larger_or_smaller import compared_side_first

SITE = site(
    titled("a#a", "Can a lid be smaller than 9?", "A lid smaller than 9 falls in. One larger than 9 stays out."),
    titled("b#b", "Colours", "A lid is green."),
    titled("c#c", "Sizes of lids", "A lid larger than 9, as one smaller than 9, does not fit."),
    titled("d#d", "Why is a pot bigger than 9?", "It holds more."),
)


@pytest.mark.parametrize(
    ("question", "scores", "first"),
    [
        ("Can a lid be bigger than 9?", (4.0, 3.0, 2.0, 1.0), 2),
        ("Can a lid be shorter than 9?", (4.0, 3.0, 2.0, 1.0), 0),
        ("フタは 9 より大きくできますか", (4.0, 3.0, 2.0, 1.0), 2),
        ("Can a lid be smaller than 9?", (1.0, 2.0, 3.0, 4.0), 2),  # the pot is headed by the other side
        ("Can a lid be bigger than 9?", (1.0, 4.0, 3.0, 2.0), 1),  # no heading takes the other side
        ("Is a lid larger than 9 or smaller than 9?", (4.0, 3.0, 2.0, 1.0), 0),  # asks for both
        ("Can a lid be green?", (4.0, 3.0, 2.0, 1.0), 0),
    ],
)
def test_the_side_that_is_asked_for_leads(question: str, scores: tuple[float, ...], first: int):
    ranked = compared_side_first(asked(question, SITE), ranking(*scores), SITE)
    assert ranked.order[0] == first and sorted(ranked.order.tolist()) == [0, 1, 2, 3]
