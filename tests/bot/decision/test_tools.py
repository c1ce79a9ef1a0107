"""Pages about a tool answer who asks about it; other questions are about the subject of the site."""

from dataclasses import replace

import numpy as np
import pytest
from handmade import ByTable, asked, section, topics

from bot.decision.decide import load_weights, rank
from bot.decision.genres import rank_topics
from bot.decision.tools import without_tools, without_unnamed
from bot.evidence.evidence import CHANNELS
from index.records import Section

TEXT = "Notes are kept for nine days."
TEAPOT = section("pots#notes", "Teapots bear notes.")
TOOL = replace(section("run#notes", TEXT, title="How long are notes kept"), tool=("kettlectl", "the kettle app"))


def order(question: str, *listed: Section) -> list[str]:
    over = topics(*listed, encoder=ByTable({"notes": 0, "teapots": 1, "kettlectl": 0}, 3))
    read = asked(question, over)
    ranking = rank_topics(read, over.score(read), load_weights(over), over)
    return [over.ids[topic] for topic in ranking.order]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("how long does kettlectl keep its notes", "run#notes"),
        ("KETTLECTL_NOTES kept", "run#notes"),
        ("are notes kept by the kettle app", "run#notes"),
    ],
)
def test_who_names_a_tool_is_answered_by_its_pages(question: str, first: str):
    assert order(question, TEAPOT, TOOL)[0] == first


def test_what_names_no_tool_and_is_asked_of_the_subject_is_not_answered_by_the_tool():
    question = "are notes of teapots kept for days"
    over = topics(TEAPOT, TOOL)
    read = asked(question, over)
    score = over.score(read)
    wording = score.raw.copy()
    wording[:, CHANNELS.index("phrasing")] = [0.9, 0.8]  # the subject's is nearer
    subject = replace(score, raw=wording)
    assert [over.ids[topic] for topic in rank(subject, load_weights(over)).order] == ["run#notes", "pots#notes"]
    ranking = rank_topics(read, subject, load_weights(over), over)
    assert [over.ids[topic] for topic in ranking.order] == ["pots#notes", "run#notes"]
    assert without_tools(read, subject, ranking, over).order.tolist() == [over.ids.index("pots#notes")]


def test_beside_a_refusal_stand_no_questions_about_a_tool_that_is_not_named():
    over = topics(TEAPOT, TOOL)
    both = np.array([1, 0])
    assert without_unnamed(asked("are notes kept", over), both, over).tolist() == [0]
    assert without_unnamed(asked("does kettlectl keep notes", over), both, over).tolist() == [1, 0]
    assert without_unnamed(asked("kettlectls", over), both, over).tolist() == [0]  # another word


def test_a_site_without_tools_ranks_as_ever():
    over = topics(TEAPOT, replace(TOOL, tool=()))
    read = asked("are notes kept", over)
    evidence = over.score(read)
    ranking = rank(evidence, load_weights(over))
    assert rank_topics(read, evidence, load_weights(over), over).order.tolist() == ranking.order.tolist()
    assert without_tools(read, evidence, ranking, over) is ranking
