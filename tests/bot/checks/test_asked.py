"""Values in a question are judged by the rules that they concern, and nothing else is."""

import pytest

from bot.checks.asked import judged


def statuses(question: str) -> dict[str, tuple[str, str | None]]:
    return {finding.id: (str(finding.status), finding.observed) for finding in judged(question, "en")}


@pytest.mark.parametrize(
    ("question", "rule", "status", "observed"),
    [
        ("ALB controller 1.6.3, fine for overlay?", "AGC003", "fail", "1.6.3"),
        ("we run version 1.8.2 of the alb-controller", "AGC003", "pass", "1.8.2"),
        ("image is mcr.example/alb-controller:1.7.9", "AGC003", "pass", "1.7.9"),
        ("ALB コントローラー v1.7.1 のままで大丈夫？", "AGC003", "fail", "1.7.1"),
        ("コントローラーは 1.9.0 です。オーバーレイの条件は満たしますか", "AGC003", "pass", "1.9.0"),
        ("the AGC subnet is a /22, ok?", "AGC004", "fail", "/22"),
        ("AGC のサブネットは /24 で切りました", "AGC004", "pass", "/24"),
        ("association wants a subnet, we have 10.8.4.0/25", "AGC004", "fail", "/25"),
        ('"networkPlugin": "kubenet" - can we install it?', "AGC001", "fail", "kubenet"),
        (
            "networkPlugin=azure networkPluginMode=overlay",
            "AGC002",
            "pass",
            "networkPlugin=azure networkPluginMode=overlay",
        ),
        ("az aks update --network-plugin-mode overlay --network-plugin azure", "AGC001", "pass", "azure"),
        ('{"name": "a", "networkProfile": {"networkPlugin": "kubenet"}} これで動く？', "AGC001", "fail", "kubenet"),
        ("networkPolicy: calico です", "AGC008", "pass", "calico"),
        ("networkPolicy: weave, supported?", "AGC008", "unknown", "weave"),
        ("Gateway API v1.1.0 and alb-controller 1.8.2, overlay ok?", "AGC003", "pass", "1.8.2"),
        ("alb-controller 1.9.1、Cilium 1.6.5 で overlay OK？", "AGC003", "pass", "1.9.1"),
        ("1.7.9-beta の alb-controller は overlay OK？", "AGC003", "fail", "1.7.9-beta"),
        ("1.7.8-rc1 のALBコントローラーで CNI overlay は使えますか？", "AGC003", "fail", "1.7.8-rc1"),
        ("ALBコントローラー 1.7.9、サブネット /25 でoverlayにできますか", "AGC004", "fail", "/25"),
        ("node subnet is /22 and agc subnet is /24, can I use overlay?", "AGC004", "pass", "/24"),
        ("agcのサブネット/24、ノード/22でoverlay使える？", "AGC004", "pass", "/24"),
    ],
)
def test_a_value_with_its_subject_is_judged(question: str, rule: str, status: str, observed: str):
    assert statuses(question)[rule] == (status, observed)


@pytest.mark.parametrize(
    "question",
    [
        "1.7.5 ok?",
        "is /23 fine?",
        "Can I upgrade from kubenet?",
        "the node subnet is a /22, does AGC mind?",
        "AGC で使うポッド サブネットは /26 です",
        "Azure Bastion subnet /26 next to AGC",
        "Which size does overlay want for the AGC subnet, /24 or /23?",
        "ALB controller 1.6.3 on a kubenet cluster",
        "AGC subnet is a /26 on a pod subnet cluster",
        "Terraform 1.6.3 with the azurerm provider 4.1.0",
        "the controller listens on 10.0.0.4",
        "networkPlugin: null",
        "our alb controller is not 1.7.8, it's 1.7.9. is overlay supported?",
        "can i go from alb controller 1.5.2 to 1.7.9 then enable overlay?",
        "Is the AGC subnet required to be /24 with Azure CNI dynamic IP allocation?",
        "overlay じゃない CNI でも AGC のサブネットは /24 必須？",
        "AGC subnet must not be /25, right?",
        '{"networkProfile": "none"}',
        '{"networkProfile": {"networkPlugin": ["azure"]}}',
        "{" * 5000,
        "",
    ],
)
def test_a_value_without_its_subject_is_not(question: str):
    assert statuses(question) == {}


def test_what_a_question_does_not_say_is_no_finding():
    """No rule about peering, controllers or upgrades is judged by a subnet's size."""
    assert set(statuses("our agc subnet is a /24")) == {"AGC004"}
    assert set(statuses("alb controller 1.7.9 and an agc subnet /23 for overlay")) == {"AGC003", "AGC004"}


@pytest.mark.parametrize(
    "question",
    [
        "Can the AGC subnet be smaller than /24?",
        "may the AGC subnet be a /22 or larger?",
        "AGC のサブネットは /24 より小さくできますか",
        "AGC のサブネットは /24 以上ならいいですか",
        "up to /22 for the AGC subnet?",
        "ALB コントローラーは 1.7.9 より古くても平気？",
        "ALB コントローラー 1.7.9 未満だとどうなりますか",
        "is an ALB controller older than 1.7.9 ok",
        "the AGC subnet was a /23",  # it may be another now
        "AGC subnet has 10.1.8.0/24 and 10.1.9.0/24",  # of two prefixes the rule says nothing
        "AGC subnet /23 when the cluster uses pod subnet instead of overlay?",
    ],
)
def test_a_bound_a_past_value_and_one_of_several_are_not_judged(question: str):
    assert statuses(question) == {}


def test_of_two_subnets_the_gateways_is_judged():
    given = "node pool 10.0.0.0/22 and AGC subnet 10.0.4.0/24, fine?"
    assert statuses(given) == {"AGC004": ("pass", "/24")}


@pytest.mark.parametrize(
    ("question", "rules"),
    [
        ("we plan to upgrade to overlay, the AGC subnet is a /22", {"AGC004": "fail", "AGC009": "fail"}),
        ("AGC サブネット /24 のままオーバーレイに移行します", {"AGC004": "pass", "AGC009": "pass"}),
        ("after we upgraded to overlay the AGC subnet is a /22", {"AGC004": "fail"}),
        ("netmask of the AGC subnet is 255.255.254.0", {"AGC004": "fail"}),
        ("AGC subnet has 256 addresses", {"AGC004": "pass"}),
    ],
)
def test_a_size_before_an_upgrade_is_judged_by_both_rules(question: str, rules: dict[str, str]):
    assert {rule: status for rule, (status, _) in statuses(question).items()} == rules
