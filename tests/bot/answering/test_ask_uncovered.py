"""What the site does not cover is refused, with the topic where it has a name."""

import pytest

from bot.answering.ask import Bot
from bot.records import Status


@pytest.mark.parametrize(
    "question", ["How much does AGC cost?", "今日の天気は？", "", " \n", "。", "\0", "🤖🤖", "<blink>"]
)
def test_what_is_not_covered_cites_nothing(bot: Bot, question: str):
    answer = bot.ask(question)
    assert (answer.status, answer.citations, answer.rules) == (Status.NOT_COVERED, (), ())
    assert answer.answer and len(answer.suggestions) <= 3


def test_a_topic_named_as_not_covered_is_named_in_the_answer(bot: Bot):
    assert "料金" in bot.ask("Application Gateway for Containers の料金を知りたい").answer


def test_it_keeps_the_link_to_where_the_topic_is_covered(bot: Bot):
    for question in ("How much does AGC cost?", "Application Gateway for Containers の料金を知りたい"):
        (document,) = bot.ask(question).outside
        assert document.url.startswith("https://learn.microsoft.com/") and document.title in bot.ask(question).answer
    assert bot.ask("BGP").outside == ()


def test_of_joined_questions_the_one_that_is_not_covered_keeps_its_link(bot: Bot):
    (alone,) = bot.ask("How much does AGC cost?").outside
    joined = bot.ask("Can I upgrade from kubenet and how much does AGC cost?")
    assert joined.status is Status.ANSWERED and joined.outside == (alone,) and alone.title in joined.answer


def test_a_follow_up_that_names_what_is_not_covered_keeps_its_link(bot: Bot):
    refused = bot.ask("and the price?", history=["What is AGC?"])
    assert refused.status is Status.NOT_COVERED and refused.outside == bot.ask("How much does AGC cost?").outside


def test_what_is_covered_has_no_links_elsewhere(bot: Bot):
    assert bot.ask("Can I upgrade from kubenet?").outside == ()


@pytest.mark.parametrize("question", ["qwertyuiop", "BGP"])
def test_words_that_the_site_never_uses_are_not_taken_for_a_topic_of_its(bot: Bot, question: str):
    assert bot.ask(question).answer == "This site does not cover that."


def test_what_is_not_covered_has_no_runners_up(bot: Bot):
    assert bot.ask("What does AGC cost?").runners_up == ()


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("IPv4/IPv6デュアルスタックのオーバーレイです。AGCのサブネットはやっぱり/24？", "IPv6"),
        ("we bring flannel ourselves (networkPlugin none). is AGC supported on it", "BYO CNI"),
    ],
)
def test_a_judged_value_of_what_is_not_covered_says_so(bot: Bot, question: str, named: str):
    answer = bot.ask(question)
    assert answer.checks and named in answer.answer and answer.not_stated and answer.certainty != "high"
    assert [check.status for check in answer.checks] == sorted(
        (check.status for check in answer.checks), key=["fail", "unknown", "pass"].index
    )


def test_a_choice_names_the_topic_that_is_not_covered(bot: Bot):
    answer = bot.ask("can application gateway ingress controller (AGIC) use a /23 subnet with overlay")
    assert answer.status is not Status.ANSWERED and "AGIC" in answer.answer


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Does AGC work with KEDA?", "KEDA"),
        ("Does AGC work with Windows containers?", "Windows"),
        ("AGC の料金を知りたい", "料金"),
    ],
)
def test_a_refusal_names_the_topic_that_the_question_names(bot: Bot, question: str, named: str):
    answer = bot.ask(question)
    assert answer.status is Status.NOT_COVERED and named in answer.answer and "Microsoft" in answer.answer


@pytest.mark.parametrize("question", ["パンの焼き方は？", "how do I bake bread"])
def test_a_refusal_names_no_topic_that_the_question_does_not_name(bot: Bot, question: str):
    answer = bot.ask(question)
    assert answer.status is Status.NOT_COVERED
    assert answer.answer in ("This site does not cover that.", "このサイトでは取り扱っていない内容です。")


@pytest.mark.parametrize(
    "question",
    [
        *("AGC ってどこのリージョンで使えるの？", "Which regions is AGC available in?"),
        *("権限って何が要る？", "what rights do I need?"),
        "オーバーレイでノードは自動スケールする？",
    ],
)
def test_what_a_near_section_does_not_state_is_not_answered_by_it(bot: Bot, question: str):
    answer = bot.ask(question)
    assert answer.status is not Status.ANSWERED and answer.outside and answer.verdict is None
