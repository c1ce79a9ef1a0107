"""A heading that names another of a kind does not lead: on a made-up site, and on ours."""

from dataclasses import replace

import pytest
from handmade import asked, ranking, section, topics
from teapots import titled

from bot.answering.ask import Bot
from bot.decision.siblings import asked_sibling_first

TERMS = (("red tea",), ("green tea", "gt"), ("copper kettle",))
SITE = topics(
    titled("a#a", "Red tea", "It is brewed."),
    titled("b#b", "Copper kettles", "A copper kettle boils."),
    titled("c#c", "Brewing", "It takes long.", phrasings=("brewing gt",)),
    replace(section("glossary#terms"), synonyms=TERMS),
)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("How is red tea brewed?", 0),
        ("How is green tea brewed?", 2),
        ("How is gt brewed?", 2),
        ("Red tea or green tea?", 0),  # both are asked for
        ("Is a copper kettle brewed?", 0),  # of no kind with tea
        ("teas: none, gt: null, brewed?", 0),  # there is none of it
    ],
)
def test_a_section_about_the_term_that_is_asked_for_leads(question: str, first: int):
    ranked = asked_sibling_first(asked(question, SITE), ranking(4.0, 3.0, 2.0, 1.0), SITE)
    assert ranked.order[0] == first


@pytest.mark.parametrize("question", ["does AGC run on a pod subnet", "ポッドサブネットの AKS で AGC は使えますか"])
def test_a_pod_subnet_is_no_node_subnet(bot: Bot, question: str):
    assert "node-subnet" not in bot.ask(question).citations[0].section
