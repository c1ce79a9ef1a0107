"""A value that is fine alone passes no rule where the question says something else that the rule depends on."""

import pytest

from bot.checks.asked.asked import judged


def said(question: str) -> dict[str, str]:
    return {finding.id: str(finding.status) for finding in judged(question, "en")}


@pytest.mark.parametrize(
    "question",
    [
        "ALB Controller 1.8.1 が動いていない場合、AGC003 は合格？",
        "ALB Controller 1.8.1 が停止しています。CNI オーバーレイで大丈夫？",
        "ALB Controller 1.8.1, but 0 replicas are running. CNI Overlay ok?",
        'AGC subnet has prefixes ["10.2.0.0/24","fd00:2::/64"] with CNI Overlay. Ok?',
        "CNI オーバーレイで 1 つの /24 サブネットに AGC が 2 つ。大丈夫？",
        "AGC subnet /24 but it has two AGC associations on it, CNI Overlay. Ok?",
        "CNI Overlay, AGC subnet 10.2.0.0/24 with another AGC already in it. ok?",
        "AGC subnet /24 used by Azure Bastion too, CNI Overlay. Does AGC004 pass?",
        "Our gateway subnet is a /24, but another Azure service uses it too. AGC004?",
        "AGC のサブネットは /24 で、別の Azure サービスも使っています。AGC004 は合格？",
    ],
)
def test_what_bears_on_the_rule_takes_its_pass(question: str):
    assert "pass" not in said(question).values()


@pytest.mark.parametrize(
    ("question", "findings"),
    [
        ("ALB Controller 1.8.1, CNI Overlay ok?", {"AGC003": "pass"}),
        ("AGC subnet 10.2.0.0/24 with CNI Overlay, ok?", {"AGC004": "pass"}),
        ("ALB Controller 1.8.2 and the AGC subnet is a /24, ok?", {"AGC003": "pass", "AGC004": "pass"}),  # 2 of none
        ("ALB Controller 1.8.1 で CNI オーバーレイに移行すると停止しますか？", {"AGC003": "pass"}),  # asks what will be
        ("AGC subnet /23 with two AGCs on it, CNI Overlay. ok?", {"AGC004": "fail"}),  # what fails, fails
    ],
)
def test_the_value_alone_is_judged(question: str, findings: dict[str, str]):
    assert said(question) == findings


@pytest.mark.parametrize(
    "question",
    [
        "Is a /23 AGC subnet ok on Azure CNI if I never upgrade?",
        "/23 の AGC サブネットは Azure CNI なら使えますか？",
        "ALB コントローラー 1.6.7 は Azure CNI なら使えますか？",
    ],
)
def test_what_holds_with_overlay_is_not_judged_of_other_networks(question: str):
    assert said(question) == {}


@pytest.mark.parametrize(
    "question",
    [
        "We have no Calico; upgrade kubenet to CNI Overlay?",
        "networkPolicy を calico から none に変えました。CNI オーバーレイへアップグレードできますか？",
    ],
)
def test_an_engine_that_is_not_there_fails_nothing(question: str):
    assert said(question).get("AGC012") != "fail"
