"""Values told in other words around them: each is judged or named, and what fails is the no to whether it will do."""

import pytest

from bot.answering.ask import Bot


@pytest.mark.parametrize(
    ("question", "verdict", "failing"),
    [
        ("no clue who made it, agc subnet is 10.3.0.0/27, overlay. can we leave it?", "no", {"AGC004"}),
        ("helm says alb-controller 1.9.1 - ok with overlay?", "yes", set()),
        ("networkPlugin is kubenet, the customer wants agc installed by friday. go?", "no", {"AGC001", "AGC002"}),
        ("agc subnet is 10.3.0.0/27, overlay. restarting the nodes. ok?", None, {"AGC004"}),  # ok to restart?
        ("networkPlugin is kubenet, agc comes after the move to overlay. go?", None, {"AGC001", "AGC002"}),
        ("three agcs in one subnet with overlay ok?", "no", {"AGC005"}),
        ("why are two agcs in one subnet with overlay ok?", None, {"AGC005"}),
        ("10.3.0.0/27のサブネットにoverlayのAGCを置いていいですか？", "no", {"AGC004"}),
        ("AGCサブネットが10.3.0.0/27、overlayです。削除していい？", None, {"AGC004"}),
        ("全プールpodSubnetIdあり、静的ブロック割り当て。AGC使える？", "yes", set()),
        ("alb-controller 1.9.3 and a /24 for the gateway on overlay, are both within the limits?", "yes", set()),
        ("alb-controller 1.9.3 and a /25 for the gateway on overlay, are both within the limits?", "no", {"AGC004"}),
        ("Controller 1.6.2 now, 1.9.3 is scheduled for May. Do we meet the overlay minimum now?", "no", {"AGC003"}),
        ("The AGC subnet was a /26 until May, now it is a /24. ok with overlay?", "yes", set()),
        ("The AGC subnet was a /24 until May, now it is a /26. ok with overlay?", "no", {"AGC004"}),
        ("Three AGCs in subnets 10.0.1.0/24, 10.0.2.0/24 and 10.0.4.0/23, overlay. Allowed?", "no", {"AGC004"}),
        ("Three AGCs in subnets 10.0.1.0/24, 10.0.2.0/24 and 10.0.4.0/24, overlay. Allowed?", None, set()),
        ('{"networkPlugin": "kubenet", "networkPolicy": null}: may I install AGC?', "no", {"AGC001", "AGC002"}),
        ("If we gave AGC a /26, would overlay accept it? Now it's a /24.", None, set()),
        ("both our AGCs live in snet-in on overlay. is that allowed?", "no", {"AGC005"}),
        ("both our AGCs could live in snet-in on overlay. is that allowed?", None, set()),
        ("The AGC subnet is a /26 on overlay. Is that a problem?", "yes", {"AGC004"}),
        ("The AGC subnet is a /24 on overlay. Is that a problem?", None, set()),  # of what else?
        ("オーバーレイで、AGCが3つとも snet-in（/24）にいる。コントローラーは1.9.3。問題ある？", "yes", {"AGC005"}),
        ("コントローラー1.9.3、AGCサブネット/26、overlay。どちらも満たしてる？", "no", {"AGC004"}),
        ("コントローラー1.9.3、AGCサブネット/26、overlay。どちらが満たしてる？", None, {"AGC004"}),
        ("AGCが2つ、snet-inとsnet-outにいる。オーバーレイで問題ある？", None, set()),
        ("two AGCs sit in snet-in and snet-out on overlay. is that ok?", None, set()),
        ("two AGCs sit in snet-in (10.0.1.0/24) on overlay. is that ok?", "no", {"AGC005"}),
        ("先月までAGCのサブネットは/26で、今は/24です。オーバーレイで問題ない？", "yes", set()),
        ("先月までAGCのサブネットは/24で、今は/26です。オーバーレイで問題ない？", "no", {"AGC004"}),
        (
            "コントローラーは今1.6.2で、来週1.9.3に上げる予定。オーバーレイの条件は今の時点で満たしてる？",
            "no",
            {"AGC003"},
        ),
        ("コントローラーは今1.6.2で、来週1.9.3に上げる予定。オーバーレイの条件は来週満たす？", None, set()),
        ("全プールpodSubnetIdあり、Windowsプールもある。AGC使える？", None, set()),
    ],
)
def test_the_verdict_of_what_is_told(bot: Bot, question: str, verdict: str | None, failing: set[str]):
    answer = bot.ask(question)
    assert (answer.verdict, {check.id for check in answer.checks if check.status == "fail"}) == (verdict, failing)


@pytest.mark.parametrize(
    ("question", "judged"),
    [
        (
            "来月overlay移行予定です。AGCサブネットが10.3.0.0/21、ALB Controller 1.9.1 でした。このままやっていい？",
            {("AGC003", "pass"), ("AGC004", "fail"), ("AGC009", "fail")},
        ),
        (
            "agc and aks vnets both uaenorth and peered; alb 1.9.1; agc subnet 10.9.1.0/24, overlay. fine?",
            {("AGC003", "pass"), ("AGC004", "pass"), ("AGC006", "fail")},
        ),
    ],
)
def test_of_several_values_each_is_judged(bot: Bot, question: str, judged: set[tuple[str, str]]):
    answer = bot.ask(question)
    assert {(check.id, check.status) for check in answer.checks} == judged
    assert answer.verdict == "no"


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("alb controller latest, agc subnet 10.0.3.0/24, overlay. fine?", "Not judged here: “latest”."),
        ("alb controller 1.9.1, VNets peered, overlay. ok?", "Not judged here: “peered”."),
        (
            "コントローラー1.9.1、VNetはピアリング済み、overlay。OK？",
            "「ピアリング」は、ここでは判定していません。",
        ),
    ],
)
def test_what_passes_does_not_stand_alone_beside_what_was_not_judged(bot: Bot, question: str, line: str):
    answer = bot.ask(question)
    assert answer.answer.split("\n")[1] == line
    assert answer.verdict is None


@pytest.mark.parametrize(
    ("before", "question", "verdict"),
    [
        ("is a /26 ok for agc on overlay", "and controller 1.6.9?", "no"),
        ("does overlay need a /24 for agc\nis /26 ok", "and controller 1.6.9?", "no"),
        ("overlayで/24のサブネットならOK？", "じゃあコントローラー1.8.2は？", "yes"),
        ("can agc use windows pools on overlay", "and controller 1.8.2?", None),  # with these?
        (
            "is peering between the agc vnet and the node vnet in the same region ok with overlay",
            "what about two different regions then",
            "no",
        ),
    ],
)
def test_what_follows_a_closed_question_is_closed(bot: Bot, before: str, question: str, verdict: str | None):
    assert bot.ask(question, history=before.split("\n")).verdict == verdict
