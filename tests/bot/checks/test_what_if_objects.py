"""What a what-if says of Kubernetes, of clusters that it may change, and in words that nobody knows."""

from typing import Any

import pytest

from bot.checks import check

from .test_laws import deployment
from .test_what_if import AKS, BESIDE, CLUSTER, GATED, OWN, SUBNET, arm, association, change, statuses, subnet, what_if


def extended(kind: str, before: Any, after: Any) -> Any:
    """A change of what an extension of Bicep makes, which has no ID."""
    about = {"extension": {"name": "Kubernetes", "version": "1.0.0"}, "identifiers": {"name": "alb-controller"}}
    return {**about, "changeType": kind, "before": before, "after": after}


OLD, NEW = deployment("1.6.7"), deployment("1.7.9")
BALANCER = {
    "apiVersion": "alb.networking.azure.io/v1",
    "kind": "ApplicationLoadBalancer",
    "metadata": {"name": "b", "namespace": "n"},
    "spec": {"associations": [SUBNET]},
}
CONFIG = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "azure-ip-masq-agent-config"}}


@pytest.mark.parametrize(
    ("made", "status"),
    [
        (extended("Create", None, OLD), "fail"),
        (extended("Modify", NEW, OLD), "fail"),
        (extended("NoChange", OLD, OLD), "fail"),
        (extended("Ignore", OLD, None), "fail"),
        (extended("Modify", OLD, NEW), "pass"),
        (extended("Create", None, NEW), "pass"),
        (extended("Delete", OLD, None), "pass"),
        (extended("Create", None, {"apiVersion": "v1", "kind": "Namespace"}), "pass"),
        (extended("Create", None, {"metadata": {}, "spec": {}}), "unknown"),
        (extended("Create", None, None), "unknown"),
        (extended("Modify", NEW, None), "unknown"),
        (extended("Deploy", None, "***"), "unknown"),
        (extended("Other", NEW, None), "unknown"),
    ],
    ids=str,
)
def test_an_object_of_kubernetes_counts_as_it_will_be(made: Any, status: str):
    assert statuses(what_if(CLUSTER, made))["AGC003"] == status


def test_an_object_that_may_be_created_passes_nothing():
    assert statuses(what_if(CLUSTER, potentialChanges=[extended("Create", None, OLD)]))["AGC003"] == "unknown"


def test_other_objects_are_read_as_well():
    assert statuses(what_if(CLUSTER, extended("Create", None, BALANCER)))["AGC005"] != "pass"
    sides = arm(None), arm("overlay")
    for side in sides:
        side["properties"]["agentPoolProfiles"][0]["podSubnetID"] = None
    upgrade = change("Modify", *sides)
    for changed, status in (([], "pass"), ([extended("NoChange", CONFIG, CONFIG)], "unknown")):
        assert statuses(what_if(upgrade, *changed))["AGC012"] == status


@pytest.mark.parametrize("kind", ["Replace", "zzz", "", None])
@pytest.mark.parametrize("after", ["same", "absent"])
def test_a_change_of_a_type_that_nobody_knows_may_leave_anything(kind: Any, after: str):
    sides = [arm("overlay"), subnet("10.0.4.0/24"), association("one")]
    unclear = [change(kind, side, side if after == "same" else None) for side in sides]
    assert {"pass"}.isdisjoint({statuses(what_if(unclear[0]))[rule] for rule in ("AGC001", "AGC002", "AGC003", *GATED)})
    assert statuses(what_if(CLUSTER, unclear[1]))["AGC004"] == "unknown"
    assert statuses(what_if(CLUSTER, unclear[2]))["AGC005"] == "unknown"


@pytest.mark.parametrize(
    "made",
    [
        what_if(potentialChanges=[change("Modify", arm("overlay"), arm(None, "kubenet"))]),
        what_if(potentialChanges=[change("Delete", arm("overlay"))]),
        what_if({"changeType": "Modify", "resourceId": OWN}),
        what_if({"changeType": "Deploy", "resourceId": OWN}),
        what_if({"changeType": "Unsupported", "resourceId": OWN}),
    ],
    ids=str,
)
def test_of_a_cluster_that_may_get_another_cni_no_rule_passes(made: Any):
    findings = {each.id: str(each.status) for each in check([made, AKS, *BESIDE], "en")}
    assert all(findings[rule] == "unknown" for rule in ("AGC001", "AGC002", "AGC003", *GATED))
