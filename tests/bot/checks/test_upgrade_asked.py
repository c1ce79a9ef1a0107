"""Whether AKS upgrades the cluster of a question: what the question plainly says of it, judged by AGC012."""

import pytest

from bot.checks.asked.asked import judged


def upgrade(question: str) -> tuple[str, str | None] | None:
    """Status and observed value of AGC012."""
    return next(
        ((str(each.status), each.observed) for each in judged(question, "en") if each.id == "AGC012"),
        None,
    )


@pytest.mark.parametrize(
    ("question", "observed"),
    [
        ("may we move to CNI overlay on Kubernetes 1.25?", "Kubernetes 1.25"),
        ("K8s 1.24.9 のクラスターをオーバーレイに切り替えたい", "Kubernetes 1.24.9"),
        ("1.25 の Kubernetes でオーバーレイ化できますか", "Kubernetes 1.25"),
        ("AKS 1.25 to overlay?", "Kubernetes 1.25"),
        ("kubenet cluster on 1.25, can it go to overlay?", "Kubernetes 1.25"),
        ("our 1.24 cluster to overlay ok?", "Kubernetes 1.24"),
        ("kubenetクラスタ 1.25 だけどoverlayに上げられる?", "Kubernetes 1.25"),
        ("サービスプリンシパルのクラスタkubenetだけどoverlayいける?", "サービスプリンシパル"),
        ("migrate to overlay while calico is enabled", "calico"),
        ("convert to Azure CNI overlay, network policy is azure", "azure"),
        ("Azure ネットワーク ポリシーのままオーバーレイへ移行できますか", "azure"),
        ("networkPolicy=calico のノード サブネットを overlay に変更できる?", "calico"),
        ("--network-policy azure のクラスターを overlay に上げます", "azure"),
        ("pod subnet -> overlay", "pod subnet"),
        ("動的 IP 割り当てからオーバーレイへ移行できますか", "動的 IP 割り当て"),
        ("az aks update --network-plugin-mode overlay with calico on it", "calico"),
        ("pod subnet, calico, Kubernetes 1.26: switch to overlay?", "pod subnet, calico, Kubernetes 1.26"),
        ("kubenet and Kubernetes 1.26, upgrade to overlay?", "Kubernetes 1.26"),
        ('{"networkPlugin": "azure", "networkPolicy": "calico"} - upgrade this to overlay?', "networkPolicy=calico"),
    ],
)
def test_what_stands_in_the_way_fails(question: str, observed: str):
    assert upgrade(question) == ("fail", observed)


@pytest.mark.parametrize(
    "question",
    [
        '"currentKubernetesVersion": "1.26.10", azure cni node subnet. allowed to go overlay like this?',
        '"currentKubernetesVersion": "1.26.10" の Azure CNI です。このままオーバーレイへ行けますか',
        "Our cluster sits on Kubernetes 1.26, can it become overlay?",
        "pod subnet cluster, the head of IT wants overlay",
        "we have a pod subnet and the auditors insist on CNI overlay, what now",
        "calico on the nodes. product asks for Azure CNI overlay",
        "podsubnet today, overlay next quarter",
        "k8s 1.26, the plan is overlay by Q3",
        "Pod サブネットの構成ですが、部長がオーバーレイにしろと言っています",
        "Pod サブネットなのに今期中にオーバーレイにしなければならない",
    ],
)
def test_people_go_to_overlay(question: str):
    assert [(str(finding.status), finding.id) for finding in judged(question, "en")] == [("fail", "AGC012")]


def test_a_pass_needs_mode_policy_and_version():
    assert upgrade("node subnet, network policy none, Kubernetes 1.30: upgrade to overlay?") == (
        "pass",
        "node subnet, none, Kubernetes 1.30",
    )
    assert upgrade("node subnet, Kubernetes 1.30: upgrade to overlay?") is None
    assert upgrade("upgrade from kubenet to overlay?") is None
    assert upgrade("kubenet, network policy none, Kubernetes 1.30: upgrade to overlay?") is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("kubenet with a system-assigned identity, upgrade to overlay?", ("fail", "system-assigned identity")),
        (
            "システム割り当て ID の kubenet クラスターをオーバーレイにアップグレードできますか",
            ("fail", "システム割り当て"),
        ),
        ("kubenet on a service principal: can it become overlay?", ("fail", "service principal")),
        (
            "kubenet, user-assigned identity, network policy none, Kubernetes 1.30: upgrade to overlay?",
            ("pass", "kubenet, none, Kubernetes 1.30, user-assigned identity"),
        ),
        ("kubenet to overlay: swap system-assigned for user-assigned first?", None),
        ("kubenet to overlay, upgrade once the service principal is removed?", None),
        ("node subnet with a system-assigned identity, upgrade to overlay?", None),
    ],
)
def test_with_kubenet_the_identity_counts(question: str, expected: tuple[str, str] | None):
    assert upgrade(question) == expected


def test_of_cilium_the_rule_says_nothing():
    assert upgrade("upgrade to overlay with cilium network policies?") == ("unknown", "cilium")


@pytest.mark.parametrize(
    "question",
    [
        "calico を外した後にオーバーレイへ移行できますか",
        "calico をアンインストールする手順とオーバーレイへの移行",
        "upgrade to overlay once calico is uninstalled",
        "calico を使っていないクラスターをオーバーレイに移行",
        "upgrade to overlay, then enable calico",
        "after the upgrade to overlay we use calico",
        "overlay から pod subnet に戻せますか",
        "can we go from overlay to pod subnet",
        "upgrade Kubernetes from 1.26 to 1.29, then move to overlay",
        "Kubernetes 1.26 以降ならオーバーレイに移行できますか",
        "is Kubernetes 1.26 the minimum for the upgrade to overlay?",
        "add calico to an overlay cluster",
        "calico with AGC on overlay",
        "Kubernetes 1.25 with AGC",
        "how long does the upgrade to overlay with calico take?",
        "Azure CNI powered by Cilium: upgrade to overlay",
        "do I want overlay or pod subnet for AGC?",
        "does AGC with a pod subnet need overlay?",
        "Pod サブネットのままオーバーレイにしないで AGC を使えますか",
    ],
)
def test_a_cluster_of_another_time_or_another_question_is_not_judged(question: str):
    assert upgrade(question) is None


def test_a_policy_engine_is_judged_for_what_is_asked():
    assert [each.id for each in judged("networkPolicy: calico, upgrade to overlay?", "en")] == ["AGC012"]
    assert [each.id for each in judged("networkPolicy: calico, AGC on overlay?", "en")] == ["AGC008"]


@pytest.mark.parametrize(
    "question", ["Kubernetes 1.30 with ALB controller 1.6.8", "1.30 の Kubernetes、ALB controller 1.6.8"]
)
def test_a_version_of_kubernetes_is_none_of_the_controllers(question: str):
    assert [(each.id, each.observed) for each in judged(question, "en")] == [("AGC003", "1.6.8")]


@pytest.mark.parametrize(
    "question",
    [
        "Ciliumのままoverlayに",
        "Cilium を使ったままオーバーレイへ移行できますか",
        "can I stay on Cilium while going to overlay",
    ],
)
def test_a_cilium_that_is_kept_is_judged(question: str):
    assert upgrade(question) == ("unknown", "cilium")


@pytest.mark.parametrize("question", ["Is Cilium ok with overlay?", "AGC on overlay, cluster 1.7.9 of the controller"])
def test_a_cilium_and_a_number_beside_another_question_are_not(question: str):
    assert upgrade(question) is None
