"""A word or two name the section that they head: on a made-up site of pots, and on our pages."""

from collections.abc import Sequence

import pytest
from handmade import asked, ranking, section, topics

from bot.answering.ask import Bot
from bot.decision.bare_headings import bare_heading_first, headed_rank
from bot.records import Status
from index.records import Section


def titled(name: str, title: str, *sentences: str, lang: str = "en") -> Section:
    return section(name, *sentences, lang=lang, title=title)


SITE = topics(
    titled("a#a", "Pots and their lids", "A lid fits."),
    titled("b#b", "Clearing the shelf", "Take all pots away."),
    titled("c#c", "The teapot", "It pours."),
    titled("d#d", "Glaze", "It shines."),
    titled("e#e", "Glaze", "It is dear."),
    titled("f#f", "Storing"),
    titled("g#g", "棚の整理", "上から始めます。", lang="ja"),
)
DOWN = (7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0)


@pytest.mark.parametrize(
    ("words", "scores", "rank"),
    [
        ("clear shelf", DOWN, 1),
        ("shelf, cleared", DOWN, 1),
        ("teapot", DOWN, 2),
        ("tea pot", DOWN, 2),
        ("棚の整理", DOWN, None),  # with a particle it is no bare word
        ("pots", DOWN, None),  # a heading that says more
        ("clear teapot shelf", DOWN, None),  # three words ask
        ("glaze", DOWN, None),  # which of both
        ("storing", DOWN, None),  # nothing stands there
        ("Clear the shelf?", DOWN, None),
        ("", DOWN, None),
    ],
)
def test_a_bare_word_names_the_only_section_that_it_heads(words: str, scores: Sequence[float], rank: int | None):
    question, ranked = asked(words, SITE), ranking(*scores)
    assert headed_rank(question, ranked, SITE) == rank
    led = bare_heading_first(question, ranked, SITE)
    assert led.order[0] == (rank or 0) and sorted(led.order.tolist()) == list(range(len(DOWN)))


@pytest.mark.parametrize(
    ("words", "first"),
    [("detection delay", "agc/upgrade#detection-delay"), ("sub-net sizes", "agc/limitations#subnet-size")],
)
def test_a_page_of_ours_is_quoted_by_its_bare_heading(bot: Bot, words: str, first: str):
    answer = bot.ask(words)
    assert (answer.status, answer.citations[0].section) == (Status.ANSWERED, first)
