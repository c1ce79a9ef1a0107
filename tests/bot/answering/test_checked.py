"""An answer leads with what the rules say of the values in the question."""

import pytest

from bot.answering.ask import Bot
from bot.answering.checked import asked_back, checked, judged_together, speaks_of, with_subject
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


@pytest.mark.parametrize(
    ("question", "rule", "observed"),
    [
        ("ＡＬＢコントローラー１．６．８でオーバーレイは使えますか", "AGC003", "1.6.8"),
        ("ＡＧＣのサブネットは１０．９．０．０／２２です", "AGC004", "/22"),
        ("AGC用に10.9.0.0／22を切ってある", "AGC004", "/22"),
        ("ALBｺﾝﾄﾛｰﾗｰ1.6.8", "AGC003", "1.6.8"),
        ("Ｋｕｂｅｒｎｅｔｅｓ１．２５からオーバーレイへ移行できますか", "AGC012", "Kubernetes 1.25"),
    ],
)
def test_full_width_values_are_values(question: str, rule: str, observed: str):
    assert [(check.id, check.status, check.observed) for check in checked(question, "ja")] == [(rule, "fail", observed)]


def test_a_full_width_value_alone_is_asked_back_and_goes_with_the_subject_before():
    assert (asked_back("／２３を切ってあります", "ja") or [""])[0] == "/23"
    assert (asked_back("１．７．８で大丈夫でしょうか", "ja") or [""])[0] == "1.7.8"
    assert "1.7.8" in (with_subject("１．７．８だと？", "ＡＬＢコントローラーの条件は", "ja") or "")


@pytest.mark.parametrize(
    ("question", "before", "named"),
    [
        ("is a /25 subnet ok?", "Does AGC support CNI Overlay?", True),  # the subnet of AGC
        ("/25 のサブネットは？", "AGC はオーバーレイに対応していますか", True),
        ("is a /25 ok?", "Does AGC support CNI Overlay?", False),  # it may be of anything
        ("is a /25 subnet ok?", "What is an overlay network?", True),  # the only subnet that has a rule
        ("is a /25 subnet ok?", "", True),
        ("is a /25 prefix ok?", "", False),
        ("/25 のサブネットは？", "kubenet は使えますか", True),
        ("/25 で大丈夫？", "AGC は kubenet で使えますか", False),
        ("is a /25 subnet ok?", "Does AGC work with Pod Subnet?", False),  # for which no size is stated
        ("is a /25 ok?", "How large must the AGC subnet be?", True),
        ("is 1.7.8 ok?", "Does AGC support CNI Overlay?", False),
    ],
)
def test_a_value_alone_goes_with_what_the_question_before_names(question: str, before: str, named: bool):
    assert (with_subject(question, before, "en") is not None) is named


@pytest.mark.parametrize(
    ("question", "before", "asked"),
    [
        ("and if it's a /26?", "Can the AGC subnet be a /23 here?", "Can the AGC subnet be a /26 here?"),
        ("/26 なら？", "AGC サブネットは /23 で大丈夫？", "AGC サブネットは /26 で大丈夫？"),
        ("and 1.8.1?", "We run ALB Controller 1.6.3 on overlay, ok?", "We run ALB Controller 1.8.1 on overlay, ok?"),
    ],
)
def test_a_value_alone_takes_the_place_of_the_only_one_of_its_kind(question: str, before: str, asked: str):
    assert with_subject(question, before, "en") == asked


@pytest.mark.parametrize(
    ("question", "status"),
    [("subnet /22 ok?", "fail"), ("is a /24 subnet enough", "pass"), ("サブネットが/25です", "fail")],
)
def test_a_value_whose_subject_the_question_names_is_judged(bot: Bot, question: str, status: str):
    answer = bot.ask(question)
    assert [(check.id, check.status) for check in answer.checks] == [("AGC004", status)]
    assert answer.status is Status.ANSWERED and answer.question == question


@pytest.mark.parametrize(
    ("question", "pages"),
    [
        (
            "AGC went dark after the upgrade to overlay, its subnet is a /21. What do I do with it now?",
            ("agc/upgrade#", "faq#what-if"),
        ),
        ("Is a /21 subnet for AGC fine after the upgrade to overlay?", ("agc/upgrade#", "rules/agc004#")),
        ("Is a /21 subnet for AGC fine?", ("faq#subnet-24-exactly", "rules/agc004#")),
    ],
)
def test_the_rules_page_comes_behind_what_is_asked_beside_a_value(bot: Bot, question: str, pages: tuple[str, ...]):
    answer = bot.ask(question)
    assert answer.checks[0].status == "fail"
    assert answer.citations[0].section.startswith(pages)


def test_an_upgrade_that_aks_refuses_is_answered_by_its_rule(bot: Bot):
    answer = bot.ask("Can a cluster with calico network policies be upgraded to CNI overlay?")
    assert answer.answer.startswith("calico: AGC012 fails.")
    assert "AGC012" in [rule.id for rule in answer.rules]


@pytest.mark.parametrize(
    ("name", "lang", "spoken_of"),
    [
        ("サブネット", "ja", True),  # its subject
        ("subnet", "en", True),
        ("subnets", "en", False),
        ("/25", "en", True),
        ("Windows", "en", False),
        ("traffic", "en", False),  # how it is mended goes on with it
        ("sub", "en", False),
    ],
)
def test_what_a_judged_value_is_of_is_not_left_out(name: str, lang: str, spoken_of: bool):
    checks = checked("AGC subnet /25 with overlay, ok?", lang)
    assert [check.id for check in checks] == ["AGC004"]
    assert speaks_of(name, checks) is spoken_of and not speaks_of(name, ())


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("can I upgrade kubenet to overlay?", "and with calico?"),
        ("kubenetからオーバーレイに上げられる？", "calicoを使っている場合は？"),
    ],
)
def test_a_value_that_a_follow_up_adds_is_judged_with_what_was_asked_before(bot: Bot, before: str, question: str):
    answer = bot.ask(question, history=[before])
    assert [(check.id, check.status) for check in answer.checks] == [("AGC012", "fail")]
    assert answer.question == question and not bot.ask(question).checks


def test_what_each_question_gives_by_itself_is_not_judged_together():
    assert judged_together("and with calico?", "does tea need milk?", "en") is None
    assert judged_together("and a /26?", "the AGC subnet is a /25, ok?", "en") is None
