"""Where a follow-up leads: to the section about both, to how a thing is done, to what was just said."""

import pytest

from bot.answering.ask import Bot
from bot.records import Answer, Status


def last(bot: Bot, *turns: str) -> Answer:
    *before, question = turns
    return bot.ask(question, history=before)


@pytest.mark.parametrize(
    ("turns", "section"),
    [
        (("how do we do the upgrade to overlay", "can we still go back later?"), "agc/upgrade#cannot-be-undone"),
        (("オーバーレイへ上げる手順は？", "あとで戻せますか？"), "agc/upgrade#cannot-be-undone"),
        (("May I put AGC on a kubenet cluster?", "so what now?"), "rules/agc001#how-to-fix"),
        (("kubenetのクラスターにAGCは入れられる？", "では、どうしましょう"), "rules/agc001#how-to-fix"),
        (("what about downtime when upgrading to overlay", "how can we prevent that?"), "rules/agc010#how-to-fix"),
        (("upgrade the cluster to CNI Overlay?", "and windows?"), "runbooks/aks-conditions#windows"),
        (("クラスターをアップグレードできますか", "windowsは？"), "runbooks/aks-conditions#windows"),
        (("explain AGC007 please", "show me an example that fails"), "rules/agc007#example-fails"),
        (("which ALB Controller version is needed", "how do i raise it"), "rules/agc003#how-to-fix"),
        (("コントローラーのバージョンは？", "どうやって上げる？"), "rules/agc003#how-to-fix"),
        (("can we move from kubenet to overlay?", "and how would we move then?"), "runbooks/kubenet-to-overlay#steps"),
        (("can I upgrade to overlay?", "ok how do i upgrade it"), "faq#upgrade-command"),
        (("オーバーレイに移行できますか", "どうやって移行しますか"), "runbooks/cni-to-overlay#steps"),
        (("peered vnets in the same region, ok?", "and different regions?"), "faq#peered-other-region"),
        (("AGCとノードは同じVNet？", "別リージョンは？", "なんで？"), "rules/agc007#why"),
    ],
)
def test_a_follow_up_leads_to(bot: Bot, turns: tuple[str, ...], section: str):
    answer = last(bot, *turns)
    assert answer.status is Status.ANSWERED
    assert answer.citations[0].section == section


@pytest.mark.parametrize(
    ("turns", "names"),
    [
        (("CNI オーバーレイにアップグレードできる？", "料金は？"), "料金"),
        (("can AGC run on CNI Overlay?", "and the price?"), "prices"),
        (("which controller version do I need", "how do I uninstall it"), "ALB Controller"),
        (("how many pods per node on overlay", "and IPv6?"), "IPv6"),
    ],
)
def test_what_is_not_covered_names_itself(bot: Bot, turns: tuple[str, ...], names: str):
    answer = last(bot, *turns)
    assert answer.status is Status.NOT_COVERED
    assert names in answer.answer


def test_what_is_asked_of_one_thing_has_no_verdict_for_several_of_them(bot: Bot):
    answer = last(bot, "1つのサブネットにゲートウェイ2つ置ける？", "別々のサブネットなら？")
    assert answer.verdict is None and not answer.answer.startswith("いいえ")


def test_a_whole_question_about_the_same_subject_is_asked_by_itself(bot: Bot):
    assert last(bot, "compare the CNI options", "can I upgrade?").status is Status.ANSWERED
    assert last(bot, "compare the CNI options", "which permissions?").status is Status.NOT_COVERED
    assert last(bot, "does moving to overlay cause downtime", "how many minutes?").status is not Status.ANSWERED


@pytest.mark.parametrize(
    "turns",
    [
        ("can i install agc on overlay?", "how do i install it"),
        ("does agc support overlay?", "how can agc support overlay"),
    ],
)
def test_how_one_thing_is_done_is_not_how_another_is(bot: Bot, turns: tuple[str, ...]):
    assert all(citation.section != "faq#upgrade-command" for citation in last(bot, *turns).citations[:1])


@pytest.mark.parametrize("question", ["how do I delete it", "how do I monitor it?"])
def test_how_to_mend_a_thing_is_not_how_something_else_is_done_to_it(bot: Bot, question: str):
    assert last(bot, "which subnet size does AGC need", question).status is not Status.ANSWERED


@pytest.mark.parametrize("question", ["Does AGC support kubenet?", "AGCはkubenetに対応していますか？"])
def test_a_plain_question_for_support_has_the_no_of_the_plain_sentence(bot: Bot, question: str):
    answer = bot.ask(question)
    assert answer.verdict == "no" and answer.citations[0].section == "agc/kubenet#kubenet-not-supported"
