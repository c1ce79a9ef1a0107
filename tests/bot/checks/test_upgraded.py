"""What a plan that upgrades says of the cluster: the state after it, unless AKS cannot or a gateway is there first."""

from typing import Any

import pytest

from bot.checks import check
from bot.checks.findings import Status

from .test_before_and_after import (
    AGC,
    AKS,
    ASSOCIATION,
    GATEWAY,
    State,
    association,
    cluster,
    network,
    release,
    resource,
    statuses,
    subnet,
)
from .test_before_and_after import VNET as NET

USER = [{"type": "UserAssigned", "identity_ids": ["/i"]}]
SYSTEM = [{"type": "SystemAssigned"}]
SERVED = [
    ("azurerm_subnet", "agc", subnet("agc", "10.0.4.0/24")),
    (ASSOCIATION, "a", association(AGC)),
    ("helm_release", "alb", release("1.7.9")),
]
FAILS = (Status.FAIL, Status.FAIL)
PASSES = (Status.PASS, Status.PASS)


def kubenet(identity: list[State]) -> State:
    state = cluster(None) | {"identity": identity}
    return state | {"network_profile": [state["network_profile"][0] | {"network_plugin": "kubenet"}]}


def upgrade(before: State, *others: State) -> State:
    """A plan that makes CNI Overlay of a cluster."""
    after = cluster("overlay") | {"identity": before.get("identity")}
    around = [resource("azurerm_virtual_network", "v", network(NET), network(NET))]
    changes = [resource("azurerm_kubernetes_cluster", "aks", before, after), *around, *others]
    return {"format_version": "1.2", "resource_changes": changes}


def of_cluster(*documents: Any) -> tuple[Status, Status]:
    judged = statuses([*documents])
    return judged["AGC001"], judged["AGC002"]


def test_a_plan_from_kubenet_passes_as_it_leaves_the_cluster():
    assert of_cluster(upgrade(kubenet(USER))) == PASSES
    assert statuses(upgrade(kubenet(USER)))["AGC012"] is Status.PASS


def test_an_upgrade_that_aks_does_not_make_leaves_kubenet():
    raw = upgrade(kubenet(SYSTEM))
    assert statuses(raw)["AGC012"] is Status.FAIL
    assert of_cluster(raw) == FAILS
    finding = check(raw, "en")[0]
    assert (finding.observed, finding.pointer) == ("kubenet", "/resource_changes/0")


def test_of_a_flat_cluster_that_cannot_be_upgraded_the_mode_stays_open():
    state = cluster(None)
    calico = state | {"network_profile": [state["network_profile"][0] | {"network_policy": "calico"}]}
    assert of_cluster(upgrade(calico)) == (Status.PASS, Status.UNKNOWN)
    assert of_cluster(upgrade(state)) == PASSES


@pytest.mark.parametrize("made", [None, "create"])
def test_a_gateway_must_not_meet_kubenet(made: str | None):
    """Neither one that is there nor one that comes with the same apply."""
    others = [resource(*about, None if made else state, state, *[made or "no-op"]) for *about, state in SERVED]
    for changes in (others, others[::-1]):
        raw = upgrade(kubenet(USER), *changes)
        assert of_cluster(raw) == of_cluster([raw], {"agcAssociations": []}) == FAILS
        assert statuses(raw)["AGC011"] is (Status.FAIL if made else Status.NOT_APPLICABLE)
    assert of_cluster(upgrade(cluster(None), *others)) == PASSES, "of other plugins the source says no such thing"


def test_a_gateway_that_goes_with_the_upgrade_meets_kubenet_first():
    *_, gone = (resource(*about, state, None, "delete") for *about, state in SERVED[1:2])
    assert of_cluster(upgrade(kubenet(USER), gone)) == FAILS


def test_a_subnet_alone_is_no_gateway():
    prepared = resource(*SERVED[0][:2], SERVED[0][2], SERVED[0][2])
    assert of_cluster(upgrade(kubenet(USER), prepared)) == PASSES


def test_the_same_holds_for_a_deployment():
    def aks(plugin: str, mode: str | None) -> State:
        pools = [{"name": "one", "vnetSubnetID": f"{NET}/subnets/nodes", "osType": "Linux"}]
        profile = {"networkPlugin": plugin, "networkPluginMode": mode, "networkPolicy": "none"}
        properties = {"kubernetesVersion": "1.31", "agentPoolProfiles": pools, "networkProfile": profile}
        return {"location": "japaneast", "identity": {"type": "UserAssigned"}, "properties": properties}

    before, after = aks("kubenet", None), aks("azure", "overlay")
    change = {"resourceId": AKS, "changeType": "Modify", "before": before, "after": after}
    assert of_cluster({"status": "Succeeded", "changes": [change]}) == PASSES
    own = f"{GATEWAY}/a/associations/x"
    new = {"resourceId": own, "changeType": "Create", "before": None, "after": {"properties": {"subnet": {"id": AGC}}}}
    assert of_cluster({"status": "Succeeded", "changes": [change, new]}) == FAILS
    assert of_cluster({"status": "Succeeded", "changes": [new, change]}) == FAILS
