"""The way that a question asks for leads, and where it is the other way round, the way back."""

from dataclasses import replace

import pytest
from handmade import asked, ranking, section, topics
from teapots import titled

from bot.decision.directed import asked_direction_first

TERMS = (("cellar", "basement"), ("attic",), ("garden",))
SITE = topics(
    titled("a#a", "Moving", "Move the tea from cellar to attic."),
    titled("b#b", "The garden", "From the garden to the attic there are steps.", phrasings=("garden -> attic",)),
    titled("c#c", "A way back", "Nothing comes down again."),
    titled("d#d", "Elsewhere", "Tea is green.", phrasings=("garden -> cellar",)),
    replace(section("glossary#terms"), synonyms=TERMS),
)


@pytest.mark.parametrize(
    ("question", "scores", "first"),
    [
        ("cellar → attic?", (4.0, 3.0, 2.0, 1.0, 0.0), 0),
        ("garden → attic?", (4.0, 3.0, 2.0, 1.0, 0.0), 1),
        ("attic → cellar?", (4.0, 3.0, 2.0, 1.0, 0.0), 2),  # the other way round
        ("from the attic to the basement?", (4.0, 3.0, 2.0, 1.0, 0.0), 2),
        ("move it to the attic first and later move it to the basement?", (4.0, 3.0, 2.0, 1.0, 0.0), 2),
        ("after moving to the attic, can I change to the cellar?", (4.0, 3.0, 2.0, 1.0, 0.0), 2),
        ("attic に茶を入れたあと cellar に変えられる？", (4.0, 3.0, 2.0, 1.0, 0.0), 2),
        ("attic へ上げてから cellar へ移せますか", (4.0, 3.0, 2.0, 1.0, 0.0), 2),
        ("cellar に移したあと茶を attic で飲む", (4.0, 3.0, 2.0, 1.0, 0.0), 0),  # to which nothing is moved
        ("garden → cellar?", (4.0, 3.0, 2.0, 1.0, 0.0), 0),  # its wording names the way, its text does not
        ("Is there an attic and a cellar?", (4.0, 3.0, 2.0, 1.0, 0.0), 0),
    ],
)
def test_the_section_on_the_way_that_is_asked_for_leads(question: str, scores: tuple[float, ...], first: int):
    ranked = asked_direction_first(asked(question, SITE), ranking(*scores), SITE)
    assert ranked.order[0] == first and sorted(ranked.order.tolist()) == [0, 1, 2, 3, 4]
