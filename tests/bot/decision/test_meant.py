"""Which topic named as not covered a question that is not answered means."""

from dataclasses import replace

import numpy as np
import pytest
from handmade import asked, section, topics

from bot.decision.meant import meant_outside
from bot.decision.ranking import Ranking
from bot.evidence.evidence import CHANNELS, Evidence

NAMES = ("pots", "mending", "prices", "care")
POTS, MENDING, PRICES, CARE = (section(f"pots#{name}", "Text.", covered=name == "pots") for name in NAMES)
OVER = topics(POTS, MENDING, PRICES, CARE)
ASKED = asked("Who mends a broken handle?")


def evidence(wording: list[float]) -> Evidence:
    raw = np.zeros((len(wording), len(CHANNELS)), np.float32)
    raw[:, CHANNELS.index("phrasing")] = wording
    return Evidence.of_all(raw, 1.0, lambda numbers: np.zeros(len(numbers), np.float32), slice(None))


def meant(named: int | None, fused: list[float], wording: list[float]) -> int | None:
    return meant_outside(ASKED, named, evidence(wording), Ranking.of(np.array(fused, np.float32), np.arange(4)), OVER)


@pytest.mark.parametrize(
    ("named", "fused", "wording", "topic"),
    [
        (None, [1, 9, 2, 1], [0.90, 0.95, 0.8, 0.8], 1),  # nearest in every way
        (None, [1, 9, 2, 1], [0.955, 0.95, 0.8, 0.8], 1),  # a covered one is asked as much alike
        (None, [1, 9, 2, 1], [0.97, 0.95, 0.8, 0.8], None),  # … more alike
        (None, [1, 9, 2, 1], [0.80, 0.88, 0.8, 0.8], None),  # not alike enough
        (None, [9, 8, 2, 1], [0.94, 0.95, 0.8, 0.8], 1),  # a covered one is nearer, and is asked less alike
        (None, [9, 8, 2, 1], [0.955, 0.95, 0.8, 0.8], None),
        (None, [1, 9, 2, 1], [0.80, 0.90, 0.95, 0.8], None),  # another one that is not covered is asked more alike
        (2, [1, 9, 8, 1], [0.80, 0.95, 0.90, 0.8], 1),  # the named one has a word in passing
        (2, [1, 9, 8, 1], [0.80, 0.91, 0.90, 0.8], 2),
        (2, [1, 7, 8, 6], [0.80, 0.80, 0.90, 0.99], 2),  # alike in form only: it is not among the nearest
        (3, [1, 9, 8, 1], [0.80, 0.95, 0.90, 0.8], 1),
    ],
)
def test_the_topic_that_is_meant(named: int | None, fused: list[float], wording: list[float], topic: int | None):
    assert meant(named, fused, wording) == topic


def test_where_nothing_is_named_as_not_covered_none_is_meant():
    ranking = Ranking.of(np.ones(1, np.float32), np.arange(1))
    assert meant_outside(ASKED, None, evidence([0.9]), ranking, topics(POTS)) is None


LIDS = [
    section(f"lids#{n}", f"The lid {word}.") for n, word in enumerate(("is hot", "is flat", "fits", "shines", "is old"))
]
KITCHEN = topics(*LIDS, section("scope#steel", "Ladles and steel lids are left out: no lid.", covered=False))


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Why is there that lid?", None),  # any lid, not the steel lids
        ("What about ladles?", 5),
        ("Why is there a copper lid?", 5),  # a word more, which only the wordings know
    ],
)
def test_a_word_shared_with_a_part_of_what_is_not_covered_does_not_name_it(question: str, topic: int | None):
    scored, order = evidence([*[0.8] * 5, 0.95]), Ranking.of(np.arange(6, dtype=np.float32), np.arange(6))
    assert meant_outside(asked(question, KITCHEN), None, scored, order, KITCHEN) == topic


MARKET = topics(
    section("pots#pots", "Text."),
    replace(section("x#a", "Text.", covered=False), phrasings=("pots at Contoso", "is Contoso dear")),
    replace(section("x#b", "Text.", covered=False), phrasings=("glass pots", "pots on a tray")),
)


@pytest.mark.parametrize(("question", "topic"), [("Pots on a Contoso tray?", 1), ("Pots on a Fabrikam tray?", 2)])
def test_a_topic_that_is_named_by_its_own_name_is_meant_whatever_is_asked_more_alike(question: str, topic: int):
    ranking = Ranking.of(np.array([1, 8, 9], np.float32), np.arange(3))
    assert meant_outside(asked(question, MARKET), 1, evidence([0.8, 0.8, 0.95]), ranking, MARKET) == topic
