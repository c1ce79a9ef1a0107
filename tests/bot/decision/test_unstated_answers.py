"""Answers say what their sections leave out, and then no yes or no."""

import pytest

from bot.answering.ask import Bot
from bot.language import say


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("Can I upgrade from kubenet with Cilium?", "Cilium"),
        ("kubenet からオーバーレイに何分でアップグレードできますか?", "所要時間"),
    ],
)
def test_an_answer_says_first_what_it_leaves_out_and_repeats_no_verdict(bot: Bot, question: str, part: str):
    answer = bot.ask(question)
    first, _, quotes = answer.answer.partition("\n")
    assert answer.status == "answered" and answer.not_stated == (part,) and part in first
    assert not quotes.startswith(("Yes", "No", "はい", "いいえ"))
    assert quotes.split("\n")[0] == answer.citations[0].quote


def test_the_sentence_is_in_the_language_of_the_answer(bot: Bot):
    question = "Can I upgrade from kubenet with Cilium?"
    for lang, name in (("ja", "「Cilium」"), ("en", "“Cilium”")):
        sentence, _, quotes = bot.ask(question, lang).answer.partition("\n")
        assert sentence == say(lang, "answers", "not_stated", names=name) and quotes


@pytest.mark.parametrize("question", ["Can I upgrade from kubenet?", "kubenet からアップグレードできますか?"])
def test_a_question_that_is_covered_whole_gets_its_verdict(bot: Bot, question: str):
    answer = bot.ask(question)
    assert answer.not_stated == () and answer.answer.startswith(("Yes", "はい"))


def test_what_is_not_answered_leaves_nothing_out(bot: Bot):
    for question in ("What does AGC cost?", "アップグレード"):
        answer = bot.ask(question)
        assert answer.status != "answered" and answer.not_stated == ()
