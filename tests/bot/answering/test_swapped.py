"""A follow-up that puts something in the place of a part of the question before."""

import pytest

from bot.answering.ask import Bot
from bot.records import Answer, Status


def last(bot: Bot, *turns: str) -> Answer:
    *before, question = turns
    return bot.ask(question, history=before)


@pytest.mark.parametrize(
    ("turns", "section"),
    [
        (("which network policies can I use with AGC in overlay?", "and not in overlay?"), "faq#network-policy-in-cni"),
        (
            ("オーバーレイで使えるネットワーク ポリシーは？", "オーバーレイじゃない場合は？"),
            "faq#network-policy-in-cni",
        ),
        (("must the AGC subnet be exactly /24 in overlay?", "and without overlay?"), "agc/limitations#without-overlay"),
    ],
)
def test_a_condition_that_is_taken_away_is_not_the_answers(bot: Bot, turns: tuple[str, ...], section: str):
    assert last(bot, *turns).citations[0].section == section


@pytest.mark.parametrize(
    ("turns", "section"),
    [
        (("which sources disagree about peering?", "and about the kubernetes version?"), "kubernetes-version"),
        (("where do documents disagree on the controller version?", "and on sharing a subnet?"), "gateways-per-subnet"),
        (("VNet ピアリングについて文書の矛盾はある？", "Kubernetes のバージョンについては？"), "kubernetes-version"),
    ],
)
def test_what_is_asked_about_takes_the_place_of_what_was(bot: Bot, turns: tuple[str, ...], section: str):
    assert last(bot, *turns).citations[0].section == f"agc/disagreements#{section}"


def test_what_no_such_section_is_headed_by_takes_no_place(bot: Bot):
    answer = last(bot, "which sources disagree about peering?", "and about the price?")
    assert answer.status is Status.NOT_COVERED and "prices" in answer.answer


@pytest.mark.parametrize(
    ("turns", "section"),
    [
        (
            ("can AGC and the nodes be in peered VNets of two regions?", "we already built it, how to fix"),
            "rules/agc007",
        ),
        (("can I put two AGCs in one subnet?", "already did that. how do I repair it"), "rules/agc005"),
        (("オーバーレイで AGC のサブネットに 2 つ目を置ける？", "もう置いちゃってる。どう直す？"), "rules/agc005"),
    ],
)
def test_what_is_done_already_is_mended_as_what_was_asked(bot: Bot, turns: tuple[str, ...], section: str):
    assert last(bot, *turns).citations[0].section == f"{section}#how-to-fix"


@pytest.mark.parametrize(
    ("turns", "section"),
    [
        (
            ("minimum ALB Controller version for overlay?", "where do I see which version I run"),
            "rules/agc003#how-to-fix",
        ),
        (("ALB コントローラーは何以上が必要？", "うちのバージョンの確認方法は"), "rules/agc003#how-to-fix"),
        (("does AGC support kubenet?", "how can I check whether my cluster uses it"), "rules#which-cni"),
    ],
)
def test_where_a_value_is_seen_is_told_by_the_section_with_its_command(bot: Bot, turns: tuple[str, ...], section: str):
    answer = last(bot, *turns)
    assert answer.citations[0].section == section
    assert any(block.kind == "code" for block in answer.citations[0].blocks)


@pytest.mark.parametrize(
    ("turns", "checks"),
    [
        (("the AGC subnet is 10.1.0.0/23", "is our subnet size ok for overlay?"), [("AGC004", "fail")]),
        (("AGC のサブネットは 10.2.0.0/24 です", "サブネットの大きさは問題ない？"), [("AGC004", "pass")]),
        (("we run alb controller 1.6.7", "which policies are there?", "is that version enough?"), [("AGC003", "fail")]),
        (("k8s 1.25, node subnet, going to overlay", "is our k8s version fine for that?"), [("AGC012", "fail")]),
        (("we run alb controller 1.6.7", "is kubenet supported?"), []),
        (("we run alb controller 1.6.7", "is our subnet size ok?"), []),  # of which no value was given
        (("we run alb controller 1.6.7", "what is the minimum version?"), []),  # asks for no verdict
    ],
)
def test_a_value_given_before_is_judged_where_it_is_asked_about(
    bot: Bot, turns: tuple[str, ...], checks: list[tuple[str, str]]
):
    assert [(check.id, check.status) for check in last(bot, *turns).checks] == checks


@pytest.mark.parametrize(
    ("turns", "section"),
    [
        (("can I undo the upgrade to overlay?", "why not"), "agc/upgrade#cannot-be-undone"),
        (("can the upgrade be undone?", "why is that not possible"), "agc/upgrade#cannot-be-undone"),
        (("AGC のサブネットは /25 でもいい？", "なぜだめなの"), "rules/agc004#why"),
    ],
)
def test_why_asks_for_the_reason_of_what_was_answered(bot: Bot, turns: tuple[str, ...], section: str):
    answer = last(bot, *turns)
    assert answer.citations[0].section == section
    assert len(answer.not_stated) == 1 and answer.not_stated[0] in ("the reason", "理由")


@pytest.mark.parametrize(
    ("turns", "section"),
    [
        (("how do I move AGC to a new /24?", "and how long is the outage?"), "rules/agc004#how-to-fix"),
        (("AGC004 が不合格です。どう直せばいい？", "その間は何分止まる？"), "rules/agc004#how-to-fix"),
    ],
)
def test_how_long_a_remedy_takes_is_told_where_the_remedy_is(bot: Bot, turns: tuple[str, ...], section: str):
    answer = last(bot, *turns)
    assert answer.citations[0].section == section and "5" in answer.citations[0].quote


def test_how_long_something_else_takes_is_not_what_a_remedy_says(bot: Bot):
    assert last(bot, "does the overlay upgrade disrupt traffic?", "and for how long?").status is Status.NOT_COVERED
