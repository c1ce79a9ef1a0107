"""Release notes and a reference come after guides, unless they are asked for."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.decision.decide import load_weights, rank
from bot.decision.genres import rank_topics
from index.records import Genre

TEXT = "Lamps are lit by hand."
GUIDE = section("guide#a", TEXT)
RELEASES = replace(section("news#a", TEXT), genre=Genre.RELEASES)
REFERENCE = replace(section("api#a", TEXT), genre=Genre.REFERENCE)


def order(question: str, *listed) -> list[str]:
    over = topics(*listed)
    read = asked(question, over)
    ranking = rank_topics(read, over.score(read), load_weights(over), over)
    return [over.ids[topic] for topic in ranking.order]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("how are lamps lit", "guide#a"),
        ("what changed about lamps", "news#a"),
        ("has the light of lamps changed", "news#a"),
        ("what has changed between lamps", "news#a"),
        ("are lamps lit by hand in 2.1", "news#a"),
        ("ランプの変更点は？", "news#a"),
        ("are lamps lit by hand with one part changed", "guide#a"),
        ("can a lit lamp be changed by hand", "guide#a"),
        ("which parameters do lamps have", "api#a"),
        ("what does light() do with lamps", "api#a"),
        ("lamps of lamp.room", "api#a"),
        ("lamps of lamp_room", "api#a"),
        ("are lamps of LampRoom lit", "guide#a"),
        ("ランプの引数は？", "api#a"),
    ],
)
def test_what_is_asked_for_comes_first_of_what_is_equally_good(question: str, first: str):
    other = {"news#a": REFERENCE, "api#a": RELEASES, "guide#a": REFERENCE}[first]
    wanted = {"news#a": RELEASES, "api#a": REFERENCE, "guide#a": GUIDE}[first]
    assert order(question, other, wanted) == [wanted.id, other.id]


def test_release_notes_come_after_the_reference_and_both_after_guides():
    assert order("how are lamps lit", RELEASES, REFERENCE, GUIDE) == ["guide#a", "api#a", "news#a"]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("how are lamps lit", "guide#a"),
        ("post a lamp by hand", "guide#a"),
        ("what did the blog say about lamps", "blog/a#a"),
        ("what is new about lamps", "blog/a#a"),
        ("are lamps lit by hand in 2.1", "blog/a#a"),
        ("ランプのお知らせ", "blog/a#a"),
        ("how do I contribute a lamp", "contributing#a"),
        ("where do I report bugs of lamps", "contributing#a"),
        ("ランプのプルリクエスト", "contributing#a"),
    ],
)
def test_posts_and_what_contributors_read_come_after_guides_unless_they_are_asked_for(question: str, first: str):
    post = replace(section("blog/a#a", TEXT), genre=Genre.NEWS)
    project = replace(section("contributing#a", TEXT), genre=Genre.PROJECT)
    assert order(question, post, project, *([GUIDE] if first == GUIDE.id else []))[0] == first


def test_a_site_of_guides_is_ranked_as_before():
    over = topics(GUIDE, section("guide#b", "Rooms are dark."))
    question, weights = asked("dark rooms", over), load_weights(over)
    evidence = over.score(question)
    before, now = rank(evidence, weights), rank_topics(question, evidence, weights, over)
    assert now.fused.tolist() == before.fused.tolist()
