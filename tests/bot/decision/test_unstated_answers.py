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
        assert sentence == say(lang, "answers", "not_stated_of", names=name) and quotes


@pytest.mark.parametrize("question", ["Can I upgrade from kubenet?", "kubenet からアップグレードできますか?"])
def test_a_question_that_is_covered_whole_gets_its_verdict(bot: Bot, question: str):
    answer = bot.ask(question)
    assert answer.not_stated == () and answer.answer.startswith(("Yes", "はい"))


def test_what_is_not_answered_leaves_nothing_out(bot: Bot):
    for question in ("What does AGC cost?", "アップグレード"):
        answer = bot.ask(question)
        assert answer.status != "answered" and answer.not_stated == ()


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("moving over from Node Subnet to Pod Subnet", "Node Subnet → Pod Subnet"),
        ("how many AGCs may one have per VNet on overlay", "per VNet"),
        ("Azure CNI ノード サブネットは何ノードまでいける？", "数"),
    ],
)
def test_a_way_a_unit_and_an_amount_are_not_taken_for_others(bot: Bot, question: str, part: str):
    assert part in bot.ask(question).not_stated


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Can a pod be accessed directly from outside by its IP address?", "conditional"),  # a flat network's can
        ("Can I access a CNI Overlay pod directly from outside by its IP address?", "no"),
        ("can a CNI Overlay pod be accessed directly from outside by its IP address", "no"),
    ],
)
def test_no_is_not_said_to_who_leaves_out_its_condition(bot: Bot, question: str, said: str | None):
    assert bot.ask(question).verdict in (None, said)


@pytest.mark.parametrize(
    ("history", "question", "section"),
    [
        (["What is AGC007?"], "give me a failing example", "rules/agc007#example-fails"),
        (["What is AGC007?"], "and one which passes?", "rules/agc007#example-passes"),
        (["AGC004 は何を見るルール？"], "落ちる例は？", "rules/agc004#example-fails"),
    ],
)
def test_an_example_of_the_rule_before_is_the_one_asked_for(bot: Bot, history: list[str], question: str, section: str):
    assert bot.ask(question, history=history).citations[0].section == section


@pytest.mark.parametrize("question", ["so how do I back it up?", "can that be backed up first?"])
def test_a_verb_with_it_in_between_is_one_word(bot: Bot, question: str):
    assert bot.ask(question, history=["What size must the AGC subnet have?"]).status == "not_covered"


def test_an_add_on_is_told_by_what_is_said_of_it(bot: Bot):
    for question in (
        "ALB Controller came as the add-on, must I run helm upgrade?",
        "アドオンで入れた。helm upgrade は必要？",
    ):
        quote = bot.ask(question).citations[0].quote
        assert "kube-system" in quote.split("\n")[0] and "helm upgrade alb-controller" not in quote
