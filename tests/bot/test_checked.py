"""An answer leads with what the rules say of the values in the question."""

import pytest

from bot.ask import Bot
from bot.records import Status


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("ALB controller 1.6.3, fine for overlay?", "1.6.3: AGC003 fails. Expected: ALB Controller 1.7.9 or later."),
        ("we run alb controller 1.8.2 with overlay, ok?", "1.8.2: AGC003 passes."),
        (
            "ALB コントローラー v1.7.1 のままで大丈夫？",
            "1.7.1 は AGC003 を満たしません（期待値: ALB コントローラー 1.7.9 以降）。",
        ),
    ],
)
def test_the_answer_leads_with_the_check(bot: Bot, question: str, first: str):
    answer = bot.ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.answer.split("\n")[0] == first
    assert [check.id for check in answer.checks] == ["AGC003"]


def test_every_line_after_the_check_is_a_quote(bot: Bot):
    answer = bot.ask("the AGC subnet is a /22, ok for overlay?")
    _, *lines = answer.answer.split("\n")
    quotes = "\n".join(citation.quote for citation in answer.citations)
    assert lines and all(line in quotes for line in lines)


def test_a_pasted_fragment_alone_is_answered_by_the_rules_page(bot: Bot):
    answer = bot.ask('"networkPlugin": "kubenet",')
    assert answer.status is Status.ANSWERED
    assert (answer.checks[0].id, answer.checks[0].status) == ("AGC001", "fail")
    assert answer.citations and not answer.not_stated


def test_failures_come_first_and_stand_alone(bot: Bot):
    answer = bot.ask("alb controller 1.7.9 and an agc subnet /23, overlay, ok?")
    assert [(check.id, check.status) for check in answer.checks] == [("AGC004", "fail"), ("AGC003", "pass")]
    assert answer.answer.startswith("/23: AGC004 fails.") and "passes" not in answer.answer


def test_a_question_without_values_has_no_checks(bot: Bot):
    assert bot.ask("Can I upgrade from kubenet?").checks == ()


@pytest.mark.parametrize(
    "question",
    [
        "az network vnet subnet create -n agc --address-prefixes 10.1.0.0/25 でいい？",
        "ALBコントローラー 1.7.9、サブネット /25 でoverlayにできますか",
    ],
)
def test_what_is_quoted_first_belongs_to_the_rule_that_fails(bot: Bot, question: str):
    answer = bot.ask(question)
    section = bot.topics.group(answer.citations[0].section)[answer.citations[0].lang]
    assert "rules/agc004" in (section.page, *section.links)
    assert answer.answer.startswith("/25") and not answer.not_stated
