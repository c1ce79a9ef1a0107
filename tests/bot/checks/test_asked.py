"""Values in a question are judged by the rules that they concern, and nothing else is."""

import pytest

from bot.checks.asked.asked import belongs_to_a_value, counts_of_gateways, judged
from bot.checks.asked.profile import pasted_profile, profile
from bot.checks.findings import Status


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
        ("the AGC subnet is a /23 and the Bastion subnet a /26", "AGC004", "fail", "/23"),
        ("we have our AGC in 10.4.0.0/23, ok?", "AGC004", "fail", "/23"),
        ("can i go from alb controller 1.5.2 to 1.7.9 then enable overlay?", "AGC003", "pass", "1.7.9"),
        ("ALBコントローラーを1.8から1.7.8に落としてもoverlay大丈夫？", "AGC003", "fail", "1.7.8"),
        ("ALBコントローラー 1.8.0→1.7.5 でoverlay使える？", "AGC003", "fail", "1.7.5"),
        ("a /25 for the gateway on overlay, ok?", "AGC004", "fail", "/25"),
        ("/25をAGC用に切りました。overlayでOK？", "AGC004", "fail", "/25"),
        ("snet-agc has 512 addresses, overlay, ok?", "AGC004", "fail", "/23"),
        ("AGCのサブネットは10.7.0.0-10.7.0.63です。overlayでOK？", "AGC004", "fail", "/26"),
    ],
)
def test_a_value_with_its_subject_is_judged(question: str, rule: str, status: str, observed: str):
    assert statuses(question)[rule] == (status, observed)


@pytest.mark.parametrize(
    "question",
    [
        "1.7.5 ok?",
        "is /23 fine?",
        "a /25 for the VPN gateway, AGC on overlay, ok?",
        "snet-nodes has 512 addresses, AGC on overlay, ok?",
        "AGC subnet in VNet 10.0.0.0/16, overlay, ok?",
        "AGCサブネットのあるVNetは10.0.0.0-10.0.255.255です。overlayでOK？",
        "Can I upgrade from kubenet?",
        "the node subnet is a /22, does AGC mind?",
        "AGC で使うポッド サブネットは /26 です",
        "Azure Bastion subnet /26 next to AGC",
        "Which size does overlay want for the AGC subnet, /24 or /23?",
        "ALB controller 1.6.3 on a kubenet cluster",
        "AGC subnet is a /26 on a pod subnet cluster",
        "we stay on dynamic ip, can the agc subnet be a /22?",
        "動的IPのクラスターでAGCのサブネットは/23",
        "Terraform 1.6.3 with the azurerm provider 4.1.0",
        "the controller listens on 10.0.0.4",
        "networkPlugin: null",
        "our alb controller is not 1.7.8, it's 1.7.9. is overlay supported?",
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


@pytest.mark.parametrize(
    "behind", ["です", "だ", "で、", "の環境", "がある", "を使う", "に設定", "は", "も", "なのですが", "。", "、", "」"]
)
@pytest.mark.parametrize(
    ("given", "rule", "observed"),
    [
        ("AGC。networkPolicyはcalico", "AGC008", "calico"),
        ("うちのnetworkPluginがkubenet", "AGC001", "kubenet"),
        ("networkPolicy: weave", "AGC008", "weave"),
        ("ALBコントローラーは1.9.2", "AGC003", "1.9.2"),
        ("ALBコントローラーは1.7.9-rc2", "AGC003", "1.7.9-rc2"),
        ("AGCのサブネットは/26", "AGC004", "/26"),
        ("AGC用に10.50.2.0/26", "AGC004", "/26"),
    ],
)
def test_what_stands_behind_a_value_is_none_of_it(given: str, behind: str, rule: str, observed: str):
    assert statuses(given + behind)[rule][1] == observed


@pytest.mark.parametrize(
    "question",
    [
        "networkPolicy is required?",
        "networkPolicyはAGCと併用できますか",
        "does the networkPlugin matter for AGC",
        "nginx ingress controller 1.9.2, overlay",
        "Ingressコントローラー 1.9.2 とオーバーレイ",
        "AGC beside a VNet of 10.4.0.0/20",
        "AGC with pod CIDR 10.244.0.0/16",
    ],
)
def test_what_is_said_of_something_else_is_no_value(question: str):
    assert statuses(question) == {}


@pytest.mark.parametrize("question", ["We run ALB controller 1.7.3. Does overlay work?", "ALB controller is at 1.7.3."])
def test_a_stop_ends_a_version(question: str):
    assert statuses(question) == {"AGC003": ("fail", "1.7.3")}


@pytest.mark.parametrize(
    "question",
    [
        "how many addresses does a /24 AGC subnet have",
        "what does the AGC subnet /24 cost",
        "when was ALB controller 1.9.2 released",
        "ALB controller 1.9.2 release notes",
        "is ALB controller 1.9.2 the newest",
        "where can I download ALB controller 1.9.2",
        "until when is ALB controller 1.9.2 supported",
        "why does ALB controller 1.9.2 restart",
        "ALB controller 1.9.2 crashes at night",
        "ALB controller 1.9.2 on overlay answers 503",
        "AGC の /24 サブネットにアドレスは何個ありますか",
        "ALBコントローラー1.9.2の保守期限を教えて",
        "ALBコントローラー1.9.2はいつ出ましたか",
        "ALBコントローラー1.9.2の変更点は？",
        "ALBコントローラー1.9.2は最新版ですか",
        "ALBコントローラー1.9.2の料金は",
        "ALBコントローラー1.9.2でタイムアウトになります。",
        "ALBコントローラー1.9.2が落ちる理由は?",
    ],
)
def test_a_value_about_which_something_else_is_asked_is_not_judged(question: str):
    assert statuses(question) == {}


@pytest.mark.parametrize(
    "question",
    [
        "ALB controller 1.6.8, overlay",
        "ALB controller 1.6.8 with overlay: what should we do?",
        "would ALB controller 1.6.8 return errors with overlay?",
        "an old node crashed. Is ALB controller 1.6.8 enough for overlay?",
        "why does overlay stay down with ALB controller 1.6.8",  # what fails may be why
        "is ALB controller 1.6.8 enough for overlay, and how long does an update take?",
        "ALBコントローラー1.6.8で足りますか。更新は何分かかりますか",
        "ALBコントローラー1.6.8だとオーバーレイでエラーになりますか",
        "ALBコントローラー1.6.8ですが、オーバーレイにするにはどうすればいいですか",
        "来月オーバーレイに移行する予定がありますが、ALBコントローラー1.6.8で足りますか",
    ],
)
def test_a_value_whose_fitness_is_asked_is_judged(question: str):
    assert statuses(question)["AGC003"] == ("fail", "1.6.8")


def test_words_of_a_pasted_object_ask_nothing():
    pasted = '{"networkPlugin": "kubenet", "releaseNotes": "error, price, how many"}'
    assert statuses(f"{pasted} AGC ok?")["AGC001"] == ("fail", "kubenet")


@pytest.mark.parametrize(
    "question",
    [
        "can application gateway ingress controller (AGIC) use a /23 subnet with overlay",
        "Our nginx ingress controller sits behind a gateway in a /26 subnet. Fine?",
        "AGIC 用のゲートウェイのサブネットが /25 だけど大丈夫？",
        "Does the internal load balancer of the gateway need a bigger subnet than /28?",
    ],
)
def test_a_size_beside_another_product_is_not_judged(question: str):
    assert judged(question, "en") == ()


def test_another_product_beside_the_gateway_changes_nothing():
    (finding,) = judged("We leave AGIC for AGC, whose subnet is a /23. Is that ok with overlay?", "en")
    assert (finding.id, finding.status, finding.observed) == ("AGC004", Status.FAIL, "/23")


def test_of_the_rules_those_that_a_question_names_judge():
    assert "AGC008" in statuses("networkPolicy is calico on overlay, fine?")
    assert statuses("AGC012 is red since networkPolicy is calico. Fine on overlay?") == {}
    assert set(statuses("networkPolicy is calico, what says AGC008?")) <= {"AGC008"}


@pytest.mark.parametrize("word", ["after", "since", "have", "has", "had", "already", "just", "been"])
def test_an_upgrade_that_has_happened_is_none_that_is_planned(word: str):
    assert statuses("we perhaps upgrade to overlay, AGC subnet is a /24, ok?").keys() == {"AGC004", "AGC009"}
    assert statuses(f"we {word} upgraded to overlay, AGC subnet is a /24, ok?").keys() == {"AGC004"}


@pytest.mark.parametrize("part", ["1.7.9", "/24", "networkPlugin", "az", "kubectl", "helm", "create", "update", "null"])
def test_what_stands_around_a_value_belongs_to_it(part: str):
    assert belongs_to_a_value(part)
    assert not belongs_to_a_value("subnet") and not belongs_to_a_value("creates") and not belongs_to_a_value("azure")


@pytest.mark.parametrize(
    "question",
    [
        '{"networkProfile": {"networkPlugin": "kubenet"}} fine?',  # from the first letter on
        'is {it} ok? {"networkProfile": {"networkPlugin": "kubenet"}}',
        '{"networkProfile": {"networkPlugin": "kubenet"}} beside {"name": "a"} and {b}',
    ],
)
def test_json_is_found_wherever_it_stands_in_a_question(question: str):
    assert statuses(question)["AGC001"] == ("fail", "kubenet")


def test_all_that_is_said_around_a_pasted_profile_is_plain_text():
    given = '{"networkPlugin": "kubenet"}'
    _, spoken = pasted_profile(f'Why {given} beside {{"name": "a"}}, and {given} here?')
    assert spoken.split("\n") == ["Why ", ' beside {"name": "a"}, and ', " here?"]


def test_of_two_profiles_the_first_counts():
    both = '{"networkProfile": {"networkPlugin": "kubenet"}} or {"networkProfile": {"networkPlugin": "azure"}}?'
    assert statuses(both)["AGC001"] == ("fail", "kubenet")


@pytest.mark.parametrize(
    "value", ["azure", "calico", "cilium", "kubenet", "overlay", "none", "null", "antrea", "weave", "flannel"]
)
def test_a_sentence_gives_a_key_a_value_that_people_know(value: str):
    assert profile(f"our networkPolicy is {value}, ok?") == {"networkPolicy": None if value == "null" else value}
    assert profile(f"our networkPolicy is {value}-like") == {}


WORDS = ["to", "from", "not", "is", "was", "its", "it's", "it’s", "then", "and", "or", "by", "at", "on", "via", "with"]
WORDS += ["than", "currently", "that's", "maybe", "say", "actually", "we're on", "Sorry", "now", "Or"]


@pytest.mark.parametrize("word", WORDS)
def test_a_second_version_behind_no_name_may_be_the_one_that_is_meant(word: str):
    assert statuses("ALB controller 1.7.9, Cilium 1.6.3")["AGC003"] == ("pass", "1.7.9")
    assert statuses(f"ALB controller 1.7.9, {word} 1.6.3") == {}


@pytest.mark.parametrize(
    ("version", "status"),
    [("1.8", "pass"), ("2.0", "pass"), ("1.10", "pass"), ("1.6", "fail"), ("0.9", "fail"), ("1.7", "unknown")],
)
@pytest.mark.parametrize(
    "asks", ["Is {} ok for alb", "albコントローラ{}でいい？", "alb controller v{}, fine for overlay?"]
)
def test_of_a_version_of_two_parts_the_patch_decides_only_beside_the_least(version: str, status: str, asks: str):
    assert statuses(asks.format(version)) == {"AGC003": (status, version)}


@pytest.mark.parametrize("question", ["is helm 3.2 ok for alb", "Istio 1.8 with alb controller", "aws alb 1.8 ok?"])
def test_a_version_of_another_program_is_not_the_controllers(question: str):
    assert statuses(question) == {}


def test_a_size_that_the_network_owns_is_not_that_of_the_gateway():
    assert statuses("AGC用に/23を切った。overlayで使える？")["AGC004"] == ("fail", "/23")
    assert statuses("AGC用に/23のVNetを切った。overlayで使える？") == {}


@pytest.mark.parametrize(
    "question",
    [
        "AGC を入れる AKS ノード用サブネットは /24 です",
        "AKS ノード用サブネットは /24 で、AGC はオーバーレイで使います",
        "AGC クラスターのノードのサブネットが /23 です",
        "AGC with a system pool subnet of /23 on overlay, ok?",
        "our AKS subnet is a /22, AGC on overlay, fine?",
        "the subnet of the workers is /22, can AGC go with overlay?",
    ],
)
def test_a_subnet_of_the_nodes_is_none_of_the_gateway(question: str):
    assert "AGC004" not in {finding.id for finding in judged(question, "en")}


OWNERS = ["node", "workers'", "pod", "pool", "AKS", "cluster's", "VM", "bastion", "firewall", "app service", "endpoint"]


@pytest.mark.parametrize("owner", OWNERS)
def test_a_subnet_is_that_of_whose_name_it_has(owner: str):
    assert statuses(f"our {owner} subnet is a /22, AGC on overlay, fine?") == {}
    assert statuses(f"the subnet of the {owner} is a /22, can AGC go with overlay?") == {}
    assert statuses(f"beside the {owner}, our AGC subnet is a /22, overlay, fine?").keys() == {"AGC004"}


@pytest.mark.parametrize("way", ["dynamic", "static"])
@pytest.mark.parametrize("what", ["IP", "block", "allocation", "pod IP", "pod block"])
def test_of_a_cluster_that_stays_on_pod_subnets_no_size_is_judged(way: str, what: str):
    assert statuses(f"we stay on {way} {what}, can the AGC subnet be a /22?") == {}
    assert statuses("we stay on this, can the AGC subnet be a /22?").keys() == {"AGC004"}


@pytest.mark.parametrize(
    "question",
    [
        "The AKS cluster's AGC subnet is /23, overlay",
        "subnet for AGC in our cluster is /23",
        "AKS の AGC サブネットは /23",
        "ノード用サブネットは /22、AGC 用サブネットは /23",
    ],
)
def test_the_gateways_subnet_stays_its_own_beside_the_nodes(question: str):
    (judgement,) = (finding for finding in judged(question, "en") if finding.id == "AGC004")
    assert (str(judgement.status), judgement.observed) == ("fail", "/23")


@pytest.mark.parametrize(
    ("part", "counts"),
    [
        ("Three AGCs", True),
        ("two subnets", True),
        ("AGC が 2 つ", True),
        ("サブネットは3つ", True),
        ("two nodes", False),
        ("two AGCs in hubs", False),
        ("AGC", False),
    ],
)
def test_what_counts_gateways_or_their_subnets(part: str, counts: bool):
    assert counts_of_gateways(part) is counts
