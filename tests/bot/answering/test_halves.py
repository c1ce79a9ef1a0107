"""Of two questions in one text, one of which the site does not cover, the other is answered."""

import pytest

from bot.answering.ask import Bot
from bot.records import Status


@pytest.mark.parametrize(
    ("question", "section", "left_out"),
    [
        (
            "Does AGC support Calico with overlay and can it terminate mTLS?",
            "agc/overlay#overlay-network-policies",
            "can it terminate mTLS?",
        ),
        (
            "How much does AGC cost and is kubenet supported?",
            "agc/kubenet#kubenet-not-supported",
            "How much does AGC cost",
        ),
        ("AGC は kubenet で使えますか？ それと WAF は使えますか？", "faq#kubenet-install", "WAF は使えますか?"),
        (
            "オーバーレイ化は元に戻せますか？ あと WAF は使えますか？",
            "agc/upgrade#cannot-be-undone",
            "WAF は使えますか?",
        ),
    ],
)
def test_the_half_that_is_covered_is_answered_and_the_other_is_named(
    bot: Bot, question: str, section: str, left_out: str
):
    answer = bot.ask(question)
    assert (answer.status, answer.question, answer.verdict) == (Status.ANSWERED, question, None)
    assert answer.citations[0].section == section
    assert answer.not_stated == (left_out,) and left_out in answer.answer


@pytest.mark.parametrize("question", ["Which WAF rules exist and what does the SLA say?", "WAF の料金は？ SLA は？"])
def test_where_no_half_is_covered_nothing_is_answered(bot: Bot, question: str):
    assert bot.ask(question).status is not Status.ANSWERED


@pytest.mark.parametrize(
    "question",
    [
        "Answer in two sentences, I have 5 minutes: which network policies work with AGC on overlay?",
        "I have 10 minutes before my call: is kubenet supported by AGC?",
        "30 分後の会議で聞かれます。AGC は kubenet に対応していますか",
    ],
)
def test_the_askers_own_time_is_no_duration(bot: Bot, question: str):
    answer = bot.ask(question)
    assert (answer.status, answer.not_stated) == (Status.ANSWERED, ())


@pytest.mark.parametrize(
    ("before", "question", "section"),
    [
        ("What does AGC006 check?", "and if it fails, how do I fix it?", "rules/agc006#how-to-fix"),
        ("What does AGC004 check?", "ok so when that fails, how should we resolve it?", "rules/agc004#how-to-fix"),
        ("AGC004 は何を確認しますか", "もしそれが失敗した場合は、どう直せばいいですか？", "rules/agc004#how-to-fix"),
    ],
)
def test_how_to_mend_it_is_the_section_of_this_name(bot: Bot, before: str, question: str, section: str):
    answer = bot.ask(question, history=[before])
    assert (answer.citations[0].section, answer.not_stated) == (section, ())


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("AGC004 fail, addressPrefix 10.60.4.0/23, what commands do I run", "rules/agc004#how-to-fix"),
        ("AGC005 が fail。サブネットに AGC が 2 つある。対処は？", "rules/agc005#how-to-fix"),
        ("AGC009 が不合格です。どのコマンドを打てばいい？", "rules/agc009#how-to-fix"),
    ],
)
def test_what_to_do_about_a_failure_is_how_to_fix_it(bot: Bot, question: str, section: str):
    answer = bot.ask(question)
    assert (answer.citations[0].section, answer.not_stated) == (section, ())


def test_a_reason_that_so_introduces_is_stated(bot: Bot):
    answer = bot.ask("alb controller came with the aks addon, helm upgrade does nothing. why")
    assert "the reason" not in answer.not_stated
