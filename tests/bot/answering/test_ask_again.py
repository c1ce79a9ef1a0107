"""What is asked after another question: what it goes on from, and what it does not."""

import pytest

from bot.answering.ask import Bot
from bot.language import say
from bot.records import Status


@pytest.mark.parametrize(
    ("before", "question", "section"),
    [
        ("Can I deploy AGC on CNI Overlay?", "and which ALB controller version?", "alb-controller"),
        ("CNI オーバーレイで AGC を使いたい", "じゃあサブネットのサイズは？", "subnet"),
    ],
)
def test_a_follow_up_is_understood_with_the_question_before(bot: Bot, before: str, question: str, section: str):
    answer = bot.ask(question, history=[before])
    assert answer.status is Status.ANSWERED and answer.question == question
    assert section in answer.citations[0].section


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("How many pods per node does Azure CNI Overlay support?", "and with kubenet?"),
        ("Does kubenet retire?", "What's the max pods on it?"),
        ("CNI オーバーレイは 1 ノードに何 Pod まで？", "オートスケールの最大は？"),
    ],
)
def test_a_follow_up_is_not_answered_as_if_nothing_had_been_asked_before(bot: Bot, before: str, question: str):
    answer = bot.ask(question, history=[before])
    assert answer.status is not Status.ANSWERED and answer.citations == ()


def test_a_value_that_is_asked_back_is_judged_once_its_subject_is_named(bot: Bot):
    for value, rule in (("1.7.2", "AGC003"), ("/23", "AGC004"), ("プレフィックスは/25", "AGC004")):
        (named,) = bot.ask(value).suggestions
        assert [(check.id, check.status) for check in bot.ask(named).checks] == [(rule, "fail")]


def test_another_language_is_the_last_question_again(bot: Bot):
    before = "Can I upgrade from kubenet?"
    again = bot.ask("in Japanese please", history=["hello", before])
    assert (again.question, again.lang) == ("in Japanese please", "ja")
    assert again.answer == bot.ask(before, "ja").answer and again.answer.startswith("はい")


def test_thanks_after_a_question_offer_what_is_near_to_it(bot: Bot):
    offered = bot.ask("thanks", history=["Can I upgrade from kubenet?"]).suggestions
    assert "Can I install AGC on a kubenet cluster?" in offered and len(offered) == 3


@pytest.mark.parametrize(
    ("question", "lang", "name"),
    [("how long?", "en", "how long it takes"), ("何分？", "ja", "所要時間"), ("steps?", "en", "the steps")],
)
def test_a_question_that_names_nothing_is_about_the_one_before(bot: Bot, question: str, lang: str, name: str):
    answer = bot.ask(question, history=["Does the AGC subnet have to be exactly /24?"])
    assert answer.status is Status.ANSWERED and answer.citations[0].section == "faq#subnet-24-exactly"
    assert answer.not_stated == (name,) and answer.lang == lang


@pytest.mark.parametrize(
    ("before", "question", "section"),
    [
        ("When should I upgrade to CNI Overlay?", "why?", "rules/agc010#why"),
        ("Can I upgrade an existing kubenet cluster to CNI Overlay?", "whats the command?", "faq#upgrade-command"),
        ("AGC003 が不合格です。どう直せばいいですか？", "コマンドは？", "rules/agc003#how-to-fix"),
    ],
)
def test_a_reason_or_a_command_stands_where_the_section_links_to(bot: Bot, before: str, question: str, section: str):
    answer = bot.ask(question, history=[before])
    assert (answer.citations[0].section, answer.not_stated) == (section, ())


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ([], "CNI オーバーレイへのアップグレードって何分くらいかかるの"),
        ([], "how long will the kubenet to overlay upgrade take for a 60 node cluster"),
        (["Can I upgrade an existing cluster with AGC from CNI to CNI Overlay?"], "and how long does that take"),
        (["kubenet から CNI オーバーレイに上げたい"], "何時間かかる？"),
    ],
)
def test_silence_is_told_in_the_words_of_the_page_that_is_silent(bot: Bot, before: list[str], question: str):
    answer = bot.ask(question, history=before)
    assert answer.status is Status.NOT_COVERED and answer.citations == ()
    silent = "is not stated in the source" if question.isascii() else "出典の文書に書かれていません"
    assert silent in answer.answer


@pytest.mark.parametrize(
    ("before", "question", "section"),
    [
        ("What is the difference between overlay and flat?", "which one should I use?", "network-models"),
        ("Which subnet size does AGC need?", "what if it is larger?", "subnet-larger"),
        ("Does AGC work with overlay?", "and kubenet?", "kubenet"),
        ("Can AGC be in a peered VNet?", "in another region?", "peered-other-region"),
    ],
)
def test_a_question_that_points_back_keeps_the_subject(bot: Bot, before: str, question: str, section: str):
    answer = bot.ask(question, history=[before])
    assert answer.status is Status.ANSWERED and section in answer.citations[0].section


@pytest.mark.parametrize(
    ("before", "question", "rule", "status"),
    [
        ("What subnet size does AGC need?", "what about /26?", "AGC004", "fail"),
        ("AGC のサブネットのサイズは？", "うちは /24", "AGC004", "pass"),
        ("Which ALB Controller version is the minimum?", "we have 1.7.5", "AGC003", "fail"),
        ("ALB Controller 1.6, ok?", "and 1.8?", "AGC003", "pass"),
        ("alb 1.9?", "what about 1.5", "AGC003", "fail"),
        ("ALBコントローラー1.6.3で大丈夫？", "1.10なら？", "AGC003", "pass"),
        ("Does AGC work with kubenet?", "and a /22 subnet?", "AGC004", "fail"),  # names itself what it is of
        ("kubenetでも使える？", "サブネットは /24 でいい？", "AGC004", "pass"),
    ],
)
def test_a_lone_value_belongs_to_what_was_asked_before(bot: Bot, before: str, question: str, rule: str, status: str):
    answer = bot.ask(question, history=[before])
    assert answer.question == question and [(check.id, check.status) for check in answer.checks] == [(rule, status)]


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("What is CNI?", "and 1.8?"),
        ("The AGC subnet is a /24, ok?", "and 1.8?"),
        ("ALB Controller 1.6 on Kubernetes 1.29, ok?", "and 1.30?"),
        ("ALB Controller 1.6, ok?", "and Kubernetes 1.30?"),
    ],
)
def test_a_version_of_two_numbers_belongs_only_to_the_one_version_before(bot: Bot, before: str, question: str):
    assert bot.ask(question, history=[before]).checks == ()


@pytest.mark.parametrize("between", ["thanks!", "hello", "in English please", "why?"])
def test_small_talk_between_does_not_take_the_subject_away(bot: Bot, between: str):
    history = ["Which ALB Controller version is the minimum?", between]
    assert [check.id for check in bot.ask("we have 1.7.5", history=history).checks] == ["AGC003"]
    assert bot.ask("in Japanese please", history=history).citations == bot.ask(history[0], "ja").citations
    assert bot.ask("thanks", history=history).suggestions == bot.ask("thanks", history=history[:1]).suggestions


@pytest.mark.parametrize("question", ["why?", "is it supported?"])
def test_after_a_greeting_alone_there_is_nothing_to_point_back_to(bot: Bot, question: str):
    assert bot.ask(question, history=["hello"]).answer.startswith("What is your question about?")


@pytest.mark.parametrize(
    ("before", "asked", "lang"),
    [
        ("Subnet size", "why?", "en"),
        ("How large must the AGC subnet be?", "Why", "en"),
        ("サブネットのサイズ", "なんで？", "ja"),
    ],
)
def test_why_is_answered_by_the_section_that_says_so_in_its_heading(bot: Bot, before: str, asked: str, lang: str):
    """Of the only rule that the section asked about links to; if it only says the fact again, no reason is stated."""
    answer = bot.ask(asked, None, [before])
    assert (answer.status, answer.question, answer.lang) == (Status.ANSWERED, asked, lang)
    assert [citation.section for citation in answer.citations] == ["rules/agc004#why"]
    assert answer.not_stated == (say(lang, "question", "kinds.reason.name"),)
    assert answer.answer.endswith(f"\n{answer.citations[0].quote}")


@pytest.mark.parametrize(
    ("before", "asked", "section"),
    [
        ("agc subnet /25 ok?", "how to fix", "rules/agc004#how-to-fix"),
        ("AGC のサブネットは /25 でもいい？", "対処方法は？", "rules/agc004#how-to-fix"),
        ("can i move from kubenet to overlay?", "command?", "faq#upgrade-command"),
    ],
)
def test_a_short_question_that_repeats_a_heading_is_answered_by_that_section(
    bot: Bot, before: str, asked: str, section: str
):
    """Of the page that the question before leads to; commands stand where the nearest code is."""
    answer = bot.ask(asked, None, [before])
    assert answer.status is Status.ANSWERED and answer.citations[0].section == section
    # One that only introduces the steps brings the first of them, which stands below it.
    assert {citation.section.partition("#")[0] for citation in answer.citations} == {section.partition("#")[0]}
    assert any(block.kind == "code" for citation in answer.citations for block in citation.blocks)
