"""Which one of a kind can what was asked of one of them."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.answering.ask import Bot
from bot.answering.of_a_kind import of_all

TERMS = (("copper lid", "銅のフタ"), ("oven", "オーブン"), ("pan",))
SITE = topics(
    replace(section("a#a", "It is heavy.", title="The copper lid"), path=("Lids compared",)),
    replace(section("b#b", "It is hot.", title="Oven"), path=("Kitchen",)),
    replace(section("glossary#terms"), synonyms=TERMS),
)


@pytest.mark.parametrize(
    ("question", "before", "both"),
    [
        ("which lid can?", "Can a copper lid be heated in an oven?", "Can a   be heated in an oven?\nwhich lid can?"),
        ("and which lids do?", "銅のフタは重い？", " は重い?\nand which lids do?"),
        ("which pot can?", "Can a copper lid be heated?", None),  # it is no pot
        ("which lid can?", "Can a pan be heated?", None),  # one of no kind
        ("which lid can be heated?", "Can a copper lid be heated?", None),
    ],
)
def test_the_question_before_without_its_one_of_the_kind(question: str, before: str, both: str | None):
    assert of_all(asked(question, SITE), before, SITE) == both


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Can I access overlay pods directly from outside?", "which plugin can?"),
        ("オーバーレイの Pod に外から直接アクセスできますか", "どのプラグインならできる？"),
    ],
)
def test_those_that_can_are_named(bot: Bot, before: str, question: str):
    answer = bot.ask(question, history=[before])
    assert (answer.citations[0].section, answer.not_stated) == ("choose#direct-pod-access", ())
