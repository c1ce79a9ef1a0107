"""A question for nothing but whether its value will do with CNI Overlay; one word more makes it another."""

import pytest

from bot.checks.asked.plain_ask import (
    is_about_the_gateway,
    is_plain_ask,
    knows_all,
    names_overlay_as_it_is,
    only_gives_values,
    values,
)
from bot.question.parts import plain

PLAIN = [
    "alb controller is on 1.6.7, good enough for overlay?",
    "We run ALB Controller 1.7.5. Is that good enough for CNI Overlay?",
    "is alb-controller v1.7.9 acceptable for azure cni overlay?",
    "Does ALB controller 1.8.0 meet the overlay requirement?",
    "our AGC subnet is 10.20.0.0/25, ok with overlay?",
    "AGC subnet with 128 addresses, enough for overlay?",
    "Can I use a /25 for the AGC subnet with CNI Overlay?",
    "can we move to cni overlay while on kubernetes 1.25?",
    "is networkPolicy calico ok with AGC on overlay?",
    "ALBコントローラー1.6.7だけどオーバーレイの要件満たす？",
    "AGCのサブネットは/24です。オーバーレイで足りますか？",
    "AGCサブネット/22のままオーバーレイに移行しても大丈夫？",
    "Kubernetes 1.26のままオーバーレイに上げられますか",
    "alb controller 1.8.0 and the agc subnet is a /24, overlay possible?",  # two values
    "AGCサブネット/22、ALBコントローラー1.8.0。オーバーレイの要件満たしてる？",
    "agc subnet mask 255.255.254.0, overlay, good?",
    "overlayでコントローラーが1.8.0-rc2なんだけどセーフ？",
    "コントローラー1.8.0動いてるけどoverlay行ける？",
    "networkPlugin: azure, networkPluginMode: overlay. supported with AGC?",
    "agc subnet is 10.4.0.0 mask 255.255.254.0, cluster on overlay. ok?",
    "AGCのサブネットは10.4.4.0でマスクが255.255.254.0です。overlayで使えますか？",
    "alb-controller:1.9.1というイメージが動いています。overlayで大丈夫ですか？",
    "helm list says alb-controller 1.9.1 - ok with overlay?",
    "kubectl get deploy prints registry.example.com/images/alb-controller:1.9.1 -- fine for overlay?",
    "alb controller 1.9.3 and a /24 for the gateway on overlay, are both within the limits?",
    "controller 1.6.1, agc subnet /24, overlay. all in limits?",
    "コントローラー1.9.3、AGCのサブネットは/24。overlayの条件はどっちも満たしてる？",
    "コントローラー1.6.1でoverlayの最低バージョンを満たす？",
    "コントローラーは1.6.1です。overlayの条件は今の時点で満たしてる？",
    "AGCのサブネットは 10.7.0.0～10.7.0.63 の64アドレスです。overlayで使える？",
    "snet-agc has 64 addresses, overlay. ok?",
    "Kubernetes 1.25のkubenetクラスター、今このままオーバーレイへ上げられる？",
    "kubernetes 1.25 on kubenet, can we convert this one to overlay as it is?",
    '{"networkPlugin":"kubenet","networkPluginMode":null} のクラスターにAGCを入れてOK？',
    "イメージはregistry.example.com/images/alb-controller:1.9.1。overlayで使える？",
    '{"networkPlugin": "kubenet", "podCidr": "10.0.0.0/8"} これにAGC入れていい？',  # a pasted profile may have more
]
MORE = [
    "alb controller is on 1.6.7, good enough for overlay on windows?",  # a condition
    "alb controller is on 1.6.7, not good enough for overlay?",
    "alb controller is on 1.6.7, good enough without overlay?",
    "is only alb controller 1.8.0 ok for overlay?",
    "do I have to run alb controller 1.8.0 for overlay to work?",
    "helm list does not say alb-controller 1.9.1 - ok with overlay?",
    "kubectl shows alb-controller:1.9.1 crashing -- fine for overlay?",
    "registry.example.com/images/other-controller:1.9.1 -- fine for overlay?",
    "aws-alb-controller 1.6.7, good enough for overlay?",  # another subject
    "ingress controller 1.6.7, good enough for overlay?",
    "is a /24 AGC subnet enough for two gateways with overlay?",  # a number
    "is a /24 AGC subnet on overlay ok to share?",
    "AGC subnet /24 and node subnet /22, ok with overlay?",  # two values
    "is the node subnet /25 enough for overlay?",
    "was alb controller 1.6.7 fine for overlay?",
    "is alb controller 1.6.7 ok before overlay?",
    "can we move from cni overlay while on kubernetes 1.25?",
    "can we upgrade alb controller 1.6.7 for overlay?",  # the value itself
    "alb controller 1.6.7, overlay",  # asks nothing
    "is overlay ok?",  # gives none
    "ALBコントローラー1.6.7だけどオーバーレイの要件満たさない？",
    "ALBコントローラー1.6.7でもオーバーレイでなければ大丈夫？",
    "ALBコントローラー1.6.7を上げたらオーバーレイで大丈夫？",
    "AGCのサブネットは/24です。オーバーレイで2つ置くのに足りますか？",
    "ノードのサブネットは/24です。オーバーレイで足りますか？",
    "AGCのサブネット/24、オーバーレイで共用して大丈夫？",
    "オーバーレイからALBコントローラー1.6.7に戻しても大丈夫？",
    "ALBコントローラー1.8.0しかオーバーレイで動かない？",
    "AGC subnet /24 or /25, which is ok with overlay?",
    "alb controller 1.8.0 and gateway api 1.1.0, ok with overlay?",
    '{"networkPlugin": "kubenet"} これをAGCなしで使える？',
    '{"networkPlugin": "kubenet"}',
    "alb controller 1.9.3 and a /24 for the vpn gateway on overlay, ok?",
    "alb controller 1.9.3 and a /24 for both gateways on overlay, ok?",
    "コントローラー1.6.1がoverlayの最低バージョン？",
]


@pytest.mark.parametrize("question", PLAIN)
def test_a_question_for_a_value_alone(question: str):
    assert is_plain_ask(plain(question))


@pytest.mark.parametrize("question", MORE)
def test_a_word_more_makes_it_another_question(question: str):
    assert not is_plain_ask(plain(question))


@pytest.mark.parametrize(
    ("question", "as_it_is"),
    [
        ("is alb controller 1.8.0 ok with overlay?", True),
        ("is alb controller 1.8.0 ok?", False),
        ("can I go to overlay with alb controller 1.8.0?", False),
        ("ALBコントローラー1.8.0でオーバーレイは動く？", True),
        ("ALBコントローラー1.8.0でオーバーレイに上げられる？", False),
    ],
)
def test_the_way_to_overlay_depends_on_more_than_one_value(question: str, as_it_is: bool):
    assert names_overlay_as_it_is(plain(question)) is as_it_is


@pytest.mark.parametrize(
    ("question", "seen"),
    [
        ("alb v1.8.0-RC2 and 10.4.0.0/22", ["1.8.0-rc2", "/22"]),
        ("mask 255.255.255.128", ["/25"]),
        ("a subnet of 256 addresses", ["/24"]),
        ("networkPlugin: azure, networkPluginMode=overlay, Calico", ["azure", "overlay", "calico"]),
        ("no value at all", []),
    ],
)
def test_a_value_is_read_as_the_rules_see_it(question: str, seen: list[str]):
    assert list(values(plain(question))) == seen


def test_a_key_that_no_rule_reads_may_turn_a_pass():
    known = '{"networkPlugin": "azure", "networkPluginMode": "overlay"}'
    assert knows_all(f"{known} ok with AGC?") and not knows_all(known.replace("}", ', "ipFamilies": "IPv6"}'))


@pytest.mark.parametrize(
    ("question", "of_it"),
    [
        ("kubenet, ok with AGC?", True),
        ("kubenet, ok?", False),  # what suits the gateway may not be asked
        ("kubenet, can AGC go to overlay?", False),
        ('{"networkPlugin": "kubenet", "name": "agc"} ok?', False),  # only a name in what is pasted
    ],
)
def test_who_asks_for_the_gateway(question: str, of_it: bool):
    assert is_about_the_gateway(question) is of_it


@pytest.mark.parametrize(
    ("question", "only"),
    [
        ("and controller 1.6.9?", True),
        ("what about mask 255.255.255.0", True),
        ("じゃあコントローラー1.8.2は？", True),
        ("and controller 1.6.9 on windows?", False),
        ("and without controller 1.6.9?", False),
        ("is controller 1.6.9 ok?", False),  # asks by itself
        ("and the controller?", False),  # gives none
        ("コントローラー1.8.2ではない場合は？", False),
    ],
)
def test_a_value_with_its_subject_and_nothing_asked(question: str, only: bool):
    assert only_gives_values(plain(question)) is only


@pytest.mark.parametrize(
    ("text", "known"),
    [("networkPlugin=calico ok networkPolicy: ", True), ("networkPlugin=azureでnetworkPolicy: 1", False)],
)
def test_a_key_without_a_known_value_behind_one_with_it_is_read(text: str, known: bool):
    assert knows_all(text) is known
