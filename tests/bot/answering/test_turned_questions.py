"""Questions like a heading's that ask for something else: they get its words, but not its answer."""

import pytest

from bot.answering.ask import Bot
from bot.records import Status


@pytest.mark.parametrize(
    "question",
    [
        "AGCは西日本リージョンで使えますか",
        "AGC 日本リージョン対応してる?西日本も?",
        "is AGC offered in the Japan West region?",
    ],
)
def test_a_region_in_which_it_is_offered_is_no_question_about_two_places(bot: Bot, question: str):
    answer = bot.ask(question)
    assert answer.verdict is None and answer.status is not Status.ANSWERED and answer.outside


@pytest.mark.parametrize(
    "question",
    ["overlayにアップグレードしたい", "I would like to upgrade an existing kubenet cluster to CNI Overlay"],
)
def test_a_wish_gets_no_yes(bot: Bot, question: str):
    answer = bot.ask(question)
    assert answer.status is Status.ANSWERED and answer.verdict is None


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("node subnet → overlay allowed?", "runbooks/aks-conditions#clusters"),
        ("overlay → node subnet", "agc/upgrade#cannot-be-undone"),
        ("overlayからCNIに", "agc/upgrade#cannot-be-undone"),
    ],
)
def test_the_other_way_and_the_other_side_have_their_own_sections(bot: Bot, question: str, section: str):
    assert bot.ask(question).citations[0].section == section


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("別リージョンだけどピアリングしてないVNetならOK?", "ピアリングしてない"),
        ("AGC 2つでサブネット1つ、staging と prod なんだけどflatならいい?", "CNI オーバーレイでないクラスター"),
        ("自動検出されるならバージョン上げなくていいですよね", "バージョン"),
        ("must I reinstall AGC after upgrade to overlay", "reinstall"),
        ("two AGCs in two subnets", "two subnets"),
        ("Can I access an overlay pod directly from another pod by its IP?", "from another pod"),
    ],
)
def test_a_condition_that_turns_the_answer_is_named(bot: Bot, question: str, part: str):
    answer = bot.ask(question)
    assert any(part in name for name in answer.not_stated) and answer.verdict is None


@pytest.mark.parametrize(
    ("question", "verdict", "begins"),
    [
        ("can't I just keep kubenet and put AGC on it?", "no", "No."),
        ("AGC can be installed on a kubenet cluster, right?", "no", "No."),
        ("isn't AGC supported on kubenet?", "no", "No."),
        ("AGC can't be installed on a kubenet cluster, right?", "yes", "That is right:"),
        ("kubenet のまま AGC を入れて大丈夫？", "no", "いいえ。"),
        ("kubenet のクラスターには AGC をインストールできないんですよね？", "yes", "おっしゃるとおりです。"),
        ("オーバーレイで Gateway API の構成は変えなくていい？", "yes", "おっしゃるとおりです。"),
        ("agc does not detect overlay by itself, is that correct?", "no", "That is not so:"),
        ("AGCがCNIの種類を自動検出しないって本当？", "no", "おっしゃる内容とは異なります。"),
        (
            "kubenet のクラスタは CNI オーバーレイにアップグレード不可でしたっけ？",
            "no",
            "おっしゃる内容とは異なります。",
        ),
        ("オーバーレイだと Calico 使えない、で合ってる？AGC あり", "no", "おっしゃる内容とは異なります。"),
        (
            "1 つのサブネットに AGC を 2 つデプロイするのはオーバーレイだと NG、で合ってますか？",
            "yes",
            "おっしゃるとおりです。",
        ),
    ],
)
def test_the_yes_or_no_is_that_of_the_statement_asked_about(bot: Bot, question: str, verdict: str, begins: str):
    answer = bot.ask(question)
    assert (answer.verdict, answer.not_stated) == (verdict, ())
    assert answer.answer.startswith(begins)
    quoted = answer.answer.removeprefix(begins).strip()
    assert not quoted.startswith(("No", "いいえ", "Yes", "はい"))


@pytest.mark.parametrize(
    "question",
    [
        "can't I just keep overlay and put AGC on it?",
        "can't I just keep kubenet and put AGIC on it?",
        "can I keep kubenet and upgrade it to overlay?",
        "AGC can't be installed on an overlay cluster, right?",
        "AGC can't be uninstalled on a kubenet cluster, right?",
        "overlay clusters can be upgraded to kubenet, right?",
        "オーバーレイのクラスターは kubenet にアップグレードできるでいいんだよね？",
        "kubenet のままオーバーレイにアップグレードできますか",
        "kubenet のまま AGC なしで使えんの？",
        "kubenet のクラスターに AGC はインストールできないの？",
        "CNI オーバーレイへのアップグレードでトラフィックが中断しても大丈夫？",
        "is it ok if the upgrade to overlay disrupts traffic?",
        "オーバーレイで Gateway API の構成を消さなくていい？",
        "オーバーレイをやめるとき Gateway API の構成を変更する必要はありますか",
        "isn't AGIC supported on kubenet?",
        "agc does not detect the AKS version by itself, is that correct?",
        "ノードが CNI の種類を自動検出しないって本当？",
        "CNI オーバーレイのクラスタは kubenet にアップグレード不可でしたっけ？",
        "オーバーレイだと Calico 使えない、で合ってる？AGC なし",
        "1 つのサブネットに AGC を 1 つデプロイするのはオーバーレイだと NG、で合ってますか？",
        "ノードサブネットは AGC 非対応でしたっけ",
        "オーバーレイなら別々のサブネットに AGC を 2 つ置けるんですよね？",
    ],
)
def test_a_twin_of_such_a_question_gets_neither(bot: Bot, question: str):
    assert bot.ask(question).verdict is None
