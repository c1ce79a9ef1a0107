"""Never a guess dressed as an answer: what asks nothing is not answered, alone or after a real question."""

import pytest

from bot.answering.ask import Bot
from bot.records import Status

BEFORE = {"en": "Can I upgrade from kubenet?", "ja": "kubenet からアップグレードできますか?"}

NOISE = [
    *("\n" * 100, "😀" * 500, "?" * 200, "а" * 1000, "ha" * 200, "\u202e\u200b" * 50, "- - -"),
    *(" " * 1000, "。" * 500),
]


@pytest.mark.parametrize("question", NOISE, ids=lambda question: f"{question[:2]!a}x{len(question)}")
def test_noise_is_not_answered(bot: Bot, question: str):
    answer = bot.ask(question)
    assert (answer.status is Status.ANSWERED, answer.citations) == (False, ())


@pytest.mark.parametrize("question", ["What is the weather today?", "How do I bake bread?", "how much does AGC cost?"])
def test_another_topic_after_a_real_question_is_not_answered(bot: Bot, question: str):
    assert bot.ask(question, history=[BEFORE["en"]]).status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("lang", "question"),
    [("en", "thanks"), ("en", "asdf qwer"), ("en", "🤖"), ("ja", "ありがとう"), ("ja", "料金はいくら？")],
)
def test_the_answer_before_is_not_given_again_to_what_asks_nothing_new(bot: Bot, lang: str, question: str):
    """Joined with the question before it, anything scores as that question does."""
    answer = bot.ask(question, history=[BEFORE[lang]])
    assert answer.status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("before", "question", "sections"),
    [
        ("Can I deploy AGC on CNI Overlay?", "and the subnet?", ("subnet", "24")),
        ("CNI オーバーレイで AGC を使いたい", "じゃあサブネットは？", ("subnet", "24")),
    ],
)
def test_a_follow_up_is_answered_about_its_own_word(bot: Bot, before: str, question: str, sections: tuple[str, ...]):
    cited = [citation.section for citation in bot.ask(question, history=[before]).citations]
    assert cited and any(word in cited[0] for word in sections), cited


@pytest.mark.parametrize("before", ["", " ", "\0", "a" * 10_000, "\ud800", "🤖" * 2000])
def test_an_odd_earlier_question_does_no_harm(bot: Bot, before: str):
    assert bot.ask("Can I upgrade from kubenet?", history=[before]).status is Status.ANSWERED
    assert bot.ask("and why?", history=[before]).status is not Status.ANSWERED
