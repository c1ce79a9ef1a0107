"""Who leaves the condition of a fact open is told yes or no with it, never alone."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.answering.ask import Bot
from bot.answering.compose import Quoted
from bot.answering.conditional import under_condition
from bot.language import say
from index.records import Section

TERMS = (("oven", "オーブン"), ("lid", "フタ"))


def heading(verdict: str, fact: str = "A lid is of glass when you use an oven.") -> Section:
    asks = section("a#a", verdict, fact, "It is heavy.", title="Is a lid of glass?")
    return replace(asks, phrasings=("is the lid of glass",))


def under(question: str, about: Section, first: int = 1, lang: str = "en") -> str | None:
    over = topics(about, replace(section("glossary#terms"), synonyms=TERMS))
    fact = Quoted(about, about.sentences[first:])
    return under_condition(asked(question, over), Quoted(about, about.sentences), fact, lang, over)


@pytest.mark.parametrize(
    ("question", "verdict", "sentence"),
    [
        ("is the lid of glass", "Yes.", "Yes, with oven:"),
        ("is the lid of glass", "No.", "No, with oven:"),
        ("is the lid of glass", "Yes, with conditions.", None),  # of which there may be more
        ("is the lid of iron", "Yes.", None),  # another question
        ("I want to take a lid of glass", "Yes.", None),  # no question
        ("Is a lid of glass?", "Yes.", None),  # the heading's own, whose yes is bare
    ],
)
def test_the_sentence_before_the_fact(question: str, verdict: str, sentence: str | None):
    assert under(question, heading(verdict)) == sentence


def test_in_the_language_of_the_answer():
    assert under("is the lid of glass", heading("Yes."), lang="ja") == "はい。ただし、ovenの場合です。"


def test_it_stands_before_the_fact_alone():
    assert under("is the lid of glass", heading("Yes."), first=2) is None


def test_a_fact_that_sets_no_condition_has_no_such_sentence():
    assert under("is the lid of glass", heading("Yes.", "A lid is of glass.")) is None


@pytest.mark.parametrize(
    ("question", "key", "condition"),
    [
        ("does the subnet have to be /24", "yes", "CNI Overlay"),
        ("May I put three AGCs into the same subnet?", "no", "CNI Overlay"),
        ("1 つのサブネットに AGC を 2 つデプロイできる？", "no", "CNI オーバーレイ"),
    ],
)
def test_an_answer_begins_with_its_condition_and_quotes_the_fact(bot: Bot, question: str, key: str, condition: str):
    answer = bot.ask(question)
    first, second = answer.answer.split("\n")[:2]
    assert (answer.verdict, answer.not_stated) == ("conditional", ())
    assert first == say(answer.lang, "answers", f"under.{key}", condition=condition)
    assert second.startswith(answer.citations[0].quote.split("\n")[0]) and condition in second
