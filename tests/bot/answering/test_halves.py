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


@pytest.mark.parametrize(
    ("question", "sections"),
    [
        # By itself the second question only has choices: "take off" what?
        (
            "CalicoはAGCで使えますか。オーバーレイへのアップグレードの前に外す必要はありますか。",
            ["faq#network-policies", "runbooks/aks-conditions#network-policy-engine"],
        ),
        (
            "Azure のネットワーク ポリシーは AGC で使えますか。"
            "オーバーレイへのアップグレードの前にアンインストールしておくべきですか。",
            ["faq#network-policies", "runbooks/aks-conditions#network-policy-engine"],
        ),
        # What the second leaves out by itself, the first names.
        (
            "kubenetのサポート終了はいつ？終了まではkubenetでもAGCを使える？",
            ["agc/disagreements#kubenet-end", "faq#kubenet-install"],
        ),
        # It only puts another network in the place of the first's.
        (
            "ALBコントローラー1.7.9以降が必要なのはオーバーレイだけ？フラットではどうなの？",
            ["faq#alb-controller-minimum", "agc/limitations#without-overlay"],
        ),
        (
            "Must ALB Controller be 1.7.9 with overlay? And how is it on a flat network?",
            ["agc/limitations#alb-controller-version", "agc/limitations#without-overlay"],
        ),
        # The first asks how long; the second does not.
        (
            "How long does the upgrade to overlay take, and does traffic stop during it?",
            ["faq#detection-time", "faq#downtime"],
        ),
    ],
)
def test_a_question_that_hangs_on_the_one_before_has_a_quote_of_its_own(bot: Bot, question: str, sections: list[str]):
    answer = bot.ask(question)
    assert [each.section for each in answer.citations[:2]] == sections
    assert not any(name in question for name in answer.not_stated), "nothing is said to be not stated"
    assert answer.verdict is None


@pytest.mark.parametrize(
    "question",
    [
        "Is Calico supported by AGC? Does it cost extra per month?",
        "Calico は AGC で使えますか？月額料金はいくらですか？",
        "Azure のネットワーク ポリシーは AGC で使えますか。事前にノードを増やす必要はありますか。",
    ],
)
def test_a_question_of_which_the_site_is_silent_is_named_beside_the_one_before(bot: Bot, question: str):
    assert bot.ask(question).not_stated


def test_beside_an_uncovered_question_it_is_answered_by_the_subject_of_that_one(bot: Bot):
    answer = bot.ask("How much does AGC cost, and does it work with kubenet?")
    assert answer.citations[0].section == "agc/kubenet#kubenet-not-supported"
    assert (answer.verdict, answer.not_stated) == (None, ("How much does AGC cost",))


def test_what_is_answered_only_behind_another_question_names_that_one(bot: Bot):
    """By itself the second one has no answer to name anything in."""
    answer = bot.ask("AGC のサブネット引っ越しで失敗したら元に戻せる？戻すときの手順知りたい")
    assert answer.not_stated == ("AGC のサブネット引っ越しで失敗したら元に戻せる?",)
    assert answer.not_stated[0] in answer.answer and answer.verdict is None and answer.certainty != "high"


@pytest.mark.parametrize(
    "question",
    [
        "先月チームが変わり、引き継いだクラスターはkubenetです。AGCを使うにはまず何をすべき？",
        "We run 40 services behind AGC on plain Azure CNI. Should the switch to overlay go into a maintenance window?",
    ],
)
def test_what_only_tells_is_not_said_to_be_not_stated(bot: Bot, question: str):
    answer = bot.ask(question)
    assert (answer.status, answer.not_stated) == (Status.ANSWERED, ())
