"""The yes or no of an answer: of a judged value, or of the section that is quoted first."""

import pytest
from handmade import asked, section, topics

from bot.answering.checked import beyond_verdict, checked, facts_verdict, plain_verdict, value_verdict
from bot.answering.compose import Quoted
from bot.answering.yes_or_no import DENIED, of_statement, yes_or_no
from bot.decision.account import Account
from bot.records import Verdict
from index.encoder.reader import Reading

UNREAD = Account()
POT = section("a#a", "Yes.", "A pot is deep.", title="Is a pot deep?")


def test_a_section_that_begins_with_it_says_it():
    over = topics(POT)
    assert yes_or_no(asked("Is a pot deep?", over), Quoted(POT, POT.sentences), (), UNREAD, over) == ("yes", 1)
    assert yes_or_no(asked("Is a pot deep?", over), Quoted(POT, POT.sentences[1:]), (), UNREAD, over) == (None, 0)


def test_beside_a_judged_value_the_section_says_nothing():
    over = topics(POT)
    question = "Is ALB controller 1.6.7 enough for CNI Overlay in the cellar?"
    values = checked(question, "en")
    assert yes_or_no(asked(question, over), Quoted(POT, POT.sentences), values, UNREAD, over) == ("no", 0)
    for answers, verdict in ((DENIED, "no"), (DENIED - 0.1, None)):  # the reader tells whether it is about the value
        read = Account(reading=Reading(answers, "", ()))
        assert yes_or_no(asked(question, over), Quoted(POT, POT.sentences), values, read, over) == (verdict, 0)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is ALB controller 1.6.7 enough for CNI Overlay?", "no"),
        ("ALB コントローラー 1.6.7 でオーバーレイは動きますか？", "no"),
        ("ALB コントローラー 1.6.7 なんだけどオーバーレイで大丈夫かな", "no"),
        ("Is ALB controller 1.8.4 enough for CNI Overlay?", None),  # one rule that passes is no yes
        ("Is ALB controller 1.6.7 not supported with CNI Overlay?", None),
        ("Will ALB controller 1.6.7 fail with CNI Overlay?", None),
        ("Can we upgrade ALB controller 1.6.7 for CNI Overlay, is that ok?", None),  # asks for something else
        ("What works with ALB controller 1.6.7 and CNI Overlay?", None),
        ("ALB コントローラー 1.6.7 だとオーバーレイはだめですか？", None),
        ("ALB コントローラー 1.6.7 ではオーバーレイに不十分？", None),
        ("Our ALB controller reports 1.6.7; does that clear the bar for overlay in the cellar?", "no"),
        ("We only got ALB controller 1.6.7 in the cellar, ok for overlay?", "no"),  # what there is limits nothing
        ("Is only ALB controller 1.6.7 in the cellar ok for overlay?", None),
        ("ALB コントローラー 1.6.7 しかもらえないけど地下のオーバーレイで動く？", "no"),
        ("地下のオーバーレイは ALB コントローラー 1.6.7 でしか動かない？", None),
        ("ALB controller 1.6.7, CNI Overlay", None),  # asks nothing
    ],
)
def test_a_value_that_fails_will_not_do(question: str, verdict: Verdict | None):
    assert value_verdict(asked(question), checked(question, "en")) == verdict


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Is ALB controller 1.8.4 enough for CNI Overlay?", "yes"),
        ("Is ALB controller 1.6.7 enough for CNI Overlay?", "no"),
        ("Is ALB controller 1.8.4 enough?", None),  # without the network that the rule is about
        ("Is ALB controller 1.8.4 enough for CNI Overlay in the cellar?", None),  # which may turn it
        ("Can I go to overlay with ALB controller 1.8.4?", None),  # which depends on more than this
        ("Can I go to overlay with ALB controller 1.6.7?", "no"),
        ("networkPolicy weave, ok with CNI Overlay?", None),  # no rule decides it
        ("ALB コントローラー 1.6.7 のままオーバーレイに上げられる？", "no"),
        ("ALB コントローラー 1.8.4 でオーバーレイは大丈夫？", "yes"),
        ("ALB コントローラー 1.8.4 でオーバーレイは地下でも大丈夫？", None),
        ("ALB controller 1.8.4 and AGC subnet /24, ok with CNI Overlay?", "yes"),  # several are treated like one
        ("ALB controller 1.8.4 and AGC subnet /25, ok with CNI Overlay?", "no"),
        ("ALB controller 1.8.4 and Kubernetes 1.30, ok with CNI Overlay?", None),  # of which one is not judged
        ("ALB controller 1.8.4 and AGC subnet /24, can I go to overlay?", None),
        ("AGC サブネット /24、コントローラー 1.6.4-rc1。オーバーレイで行ける？", "no"),
        ("networkPlugin=azure networkPluginMode=overlay networkPolicy=cilium, does AGC support that?", "yes"),
        ("networkPlugin=kubenet networkPolicy=calico, does AGC support that?", "no"),
        ("networkPlugin=kubenet, ok?", None),  # not a question for what the rule is about
        ("networkPlugin=kubenet, can I go to overlay?", None),
        ('{"networkPlugin": "kubenet", "podCidr": "10.0.0.0/8"} AGC を入れていい？', "no"),
        ('{"networkPlugin": "azure", "networkPluginMode": "overlay", "a": 1} AGC を入れていい？', None),
    ],
)
def test_a_question_for_nothing_but_a_value_is_decided_by_its_rule(question: str, verdict: Verdict | None):
    over = topics(POT)
    values, denies = checked(question, "en"), Account(reading=Reading(DENIED - 1, "", ()))
    assert plain_verdict(asked(question), values) == verdict
    if verdict:  # whatever the reader says of the section
        assert yes_or_no(asked(question, over), Quoted(POT, POT.sentences), values, denies, over) == (verdict, 0)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Can the AGC subnet be larger than /24 with CNI Overlay?", "no"),
        ("オーバーレイの AGC サブネットは /24 より大きくてもよいですか", "no"),
        ("Is an ALB controller older than 1.7.9 ok with CNI Overlay?", "no"),
        ("Is an ALB controller newer than 1.7.9 ok with CNI Overlay?", "yes"),
        ("Can the AGC subnet be larger than /24?", None),  # without the network that the rule is about
        ("Can the AGC subnet be larger than /24 with CNI Overlay in the cellar?", None),
        ("Must the AGC subnet be larger than /24 with CNI Overlay?", None),
        ("オーバーレイの AGC サブネットは /24 より大きくないとだめですか", None),
        ("Can the pod subnet be larger than /24 with CNI Overlay?", None),
    ],
)
def test_all_that_lies_beyond_a_bound_gets_what_each_of_it_gets(question: str, verdict: Verdict | None):
    over = topics(POT)
    values = checked(question, "en")
    assert (values, beyond_verdict(asked(question))) == ((), verdict)
    assert yes_or_no(asked(question, over), Quoted(POT, POT.sentences[1:]), (), UNREAD, over) == (verdict, 0)


@pytest.mark.parametrize(
    ("asks", "verdict"),
    [
        ("is that supported?", "no"),
        ("いけますか", "no"),
        ("good to go?", "no"),
        ("is DNS supported?", None),  # what else is asked is not what was judged
        ("is that not supported?", None),
        ("can we move to overlay?", None),
        ("which one answers?", None),
    ],
)
@pytest.mark.parametrize("context", ["two AGCs in the same subnet", "AGC in eastus, nodes in westus, peered"])
def test_what_is_told_and_fails_will_not_do(context: str, asks: str, verdict: Verdict | None):
    question = f"{context}, overlay. {asks}"
    assert facts_verdict(asked(question), checked(question, "en")) == verdict


def test_a_section_that_says_the_opposite_of_a_bound_says_nothing():
    over, question = topics(POT), asked("Can the AGC subnet be larger than /24 with CNI Overlay?")
    assert yes_or_no(question, Quoted(POT, POT.sentences), (), UNREAD, over)[0] is None


@pytest.mark.parametrize(
    ("question", "said", "spelled"),
    [
        ("Is a pot deep?", "yes", False),
        ("A pot is deep, right?", "yes", False),
        ("Isn't a pot deep?", "yes", False),  # asks whether it is
        ("A pot isn't deep, right?", "no", True),
        ("Is a pot flat?", "yes", False),
    ],
)
def test_a_yes_or_no_is_that_of_the_statement_that_is_asked_about(question: str, said: Verdict, spelled: bool):
    assert of_statement(asked(question), POT, "yes") == (spelled, said)


def test_what_depends_on_a_condition_is_neither_yes_nor_no_to_a_denial():
    assert of_statement(asked("A pot isn't deep, right?"), POT, "conditional") == (True, None)
    assert of_statement(asked("A pot isn't deep, right?"), section("a#a", "A pot is deep."), None) == (False, None)


@pytest.mark.parametrize(
    ("question", "spelled"),
    [("A pot supports no lid, right?", False), ("A pot doesn't support a lid, right?", True), ("A pot fits?", False)],
)
def test_the_yes_or_no_of_a_plain_sentence_is_spelled_out_to_a_denial(question: str, spelled: bool):
    assert of_statement(asked(question), section("a#a", "A pot does not support a lid."), "yes") == (spelled, "yes")


def test_what_need_not_be_done_is_what_the_section_speaks_of():
    washed = section("a#a", "いいえ。", "鍋を変える必要はありません。", title="鍋を変える必要がありますか？")
    assert of_statement(asked("鍋は変えなくていい？"), washed, "no") == (True, "yes")
    assert of_statement(asked("鍋は触らなくて大丈夫？"), washed, "no") == (True, "yes")  # to touch is to change
    assert of_statement(asked("鍋は消さなくていい？"), washed, "no") == (True, None)
