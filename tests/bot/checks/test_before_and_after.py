"""Nothing orders the changes of one apply: an upgrade meets what is there before it as well as what it leaves."""

from typing import Any

import pytest

from bot.checks import check
from bot.checks.findings import Status, worst_first

RG = "/subscriptions/0/resourceGroups/rg/providers"
VNET = f"{RG}/Microsoft.Network/virtualNetworks/v"
HUB = f"{RG}/Microsoft.Network/virtualNetworks/hub"
AKS = f"{RG}/Microsoft.ContainerService/managedClusters/aks"
GATEWAY = f"{RG}/Microsoft.ServiceNetworking/trafficControllers"
TO_SERVICE = [{"service_delegation": [{"name": "Microsoft.ServiceNetworking/trafficControllers"}]}]
State = dict[str, Any]
POOL = {"name": "two", "kubernetes_cluster_id": AKS, "vnet_subnet_id": f"{VNET}/subnets/nodes", "os_type": "Linux"}


def cluster(mode: str | None) -> State:
    profile = {"network_plugin": "azure", "network_plugin_mode": mode, "network_policy": None}
    nodes = {"name": "one", "vnet_subnet_id": f"{VNET}/subnets/nodes", "pod_subnet_id": None}
    return {
        "id": AKS,
        "name": "aks",
        "location": "japaneast",
        "kubernetes_version": "1.31",
        "default_node_pool": [nodes],
        "network_profile": [profile | {"pod_cidr": "10.244.0.0/16" if mode else ""}],
    }


def subnet(name: str, prefix: str, network: str = VNET) -> State:
    delegation = TO_SERVICE if name.startswith("agc") else []
    return {
        "id": f"{network}/subnets/{name}",
        "name": name,
        "address_prefixes": [prefix],
        "delegation": delegation,
    }


def azapi(kind: str, own: str, **properties: Any) -> State:
    parent, _, name = own.rpartition("/")
    return {
        "type": f"Microsoft.{kind}@2025-01-01",
        "id": own,
        "name": name,
        "parent_id": parent.rpartition("/")[0],
        "body": {"properties": properties},
    }


def network(own: str, *subnets: State, location: str = "japaneast") -> State:
    space = ["10.9.0.0/16"] if own == HUB else ["10.0.0.0/16"]
    return {
        "id": own,
        "name": own.rpartition("/")[2],
        "location": location,
        "address_space": space,
        "subnet": [*subnets],
    }


def peering() -> State:
    own = f"{VNET}/virtualNetworkPeerings/p"
    return {"id": own, "name": "p", "virtual_network_name": "v", "remote_virtual_network_id": HUB}


def association(subnet_id: str, gateway: str = "a") -> State:
    return {"id": f"{GATEWAY}/{gateway}/associations/x", "name": "x", "subnet_id": subnet_id}


def release(version: str, **more: Any) -> State:
    chart = "oci://mcr.microsoft.com/application-lb/charts/alb-controller"
    return {"name": "alb", "chart": chart, "version": version, "status": "deployed"} | more


def balancer(subnet_id: str) -> State:
    about = {"apiVersion": "alb.networking.azure.io/v1", "kind": "ApplicationLoadBalancer"}
    return {"manifest": about | {"metadata": {"name": "b", "namespace": "n"}, "spec": {"associations": [subnet_id]}}}


def resource(kind: str, name: str, before: State | None, after: State | None, *actions: str) -> State:
    actions = actions or (("no-op",) if before == after else ("update",))
    change = {"actions": [*actions], "before": before, "after": after, "after_unknown": {}}
    return {"address": f"{kind}.{name}", "mode": "managed", "type": kind, "name": name, "change": change}


ASSOCIATION = "azurerm_application_load_balancer_subnet_association"
AGC, WIDE = f"{VNET}/subnets/agc", f"{VNET}/subnets/agc-wide"
AROUND = [
    ("azurerm_virtual_network", "v", network(VNET)),
    ("azurerm_subnet", "nodes", subnet("nodes", "10.0.0.0/22")),
    ("azurerm_subnet", "agc", subnet("agc", "10.0.4.0/24")),
    (ASSOCIATION, "a", association(AGC)),
    ("helm_release", "alb", release("1.7.9")),
]
# What forbids or disturbs the upgrade, and what mends it: kind, name, the states before and after, what else is there,
# and whose place it takes.
Repair = tuple[str, str, State | None, State | None, list[tuple[str, str, State]], set[str]]
WIDE_SUBNET = ("azurerm_subnet", "wide", subnet("agc-wide", "10.0.6.0/23"))
HUBS = [
    ("azurerm_virtual_network", "hub", network(HUB)),
    ("azurerm_subnet", "hub", subnet("agc", "10.9.4.0/24", HUB)),
    ("azurerm_virtual_network_peering", "p", peering()),
]
REPAIRS: dict[str, Repair] = {
    "subnet": ("azurerm_subnet", "agc", subnet("agc", "10.0.4.0/23"), subnet("agc", "10.0.4.0/24"), [], set()),
    "subnet of azapi": (
        "azapi_resource",
        "agc",
        azapi("Network/virtualNetworks/subnets", AGC, addressPrefix="10.0.4.0/23"),
        azapi("Network/virtualNetworks/subnets", AGC, addressPrefix="10.0.4.0/24"),
        [],
        {"azurerm_subnet.agc"},
    ),
    "subnet inside of its network": (
        "azurerm_virtual_network",
        "v",
        network(VNET, subnet("agc", "10.0.4.0/23")),
        network(VNET, subnet("agc", "10.0.4.0/24")),
        [],
        {"azurerm_subnet.agc"},
    ),
    "association": (ASSOCIATION, "a", association(WIDE), association(AGC), [WIDE_SUBNET], set()),
    "association of azapi": (
        "azapi_resource",
        "a",
        azapi("ServiceNetworking/trafficControllers/associations", f"{GATEWAY}/a/associations/x", subnet={"id": WIDE}),
        azapi("ServiceNetworking/trafficControllers/associations", f"{GATEWAY}/a/associations/x", subnet={"id": AGC}),
        [WIDE_SUBNET],
        {f"{ASSOCIATION}.a"},
    ),
    "balancer": ("kubernetes_manifest", "b", balancer(WIDE), balancer(AGC), [WIDE_SUBNET], {f"{ASSOCIATION}.a"}),
    "gateway in a peered network": (
        ASSOCIATION, "a", association(f"{HUB}/subnets/agc"), association(AGC), HUBS, set()),
    "second gateway": (ASSOCIATION, "b", association(AGC, "b"), None, [], set()),
    "second gateway, moved": (
        ASSOCIATION,
        "b",
        association(AGC, "b"),
        association(f"{VNET}/subnets/agc-more", "b"),
        [("azurerm_subnet", "more", subnet("agc-more", "10.0.8.0/24"))],
        set(),
    ),
    "controller": ("helm_release", "alb", release("1.6.7"), release("1.7.9"), [], set()),
    "node pool with pod subnet": (
        "azurerm_kubernetes_cluster_node_pool",
        "two",
        POOL | {"pod_subnet_id": f"{VNET}/subnets/pods"},
        POOL | {"pod_subnet_id": None},
        [],
        set(),
    ),
    "old node pool": (
        "azurerm_kubernetes_cluster_node_pool",
        "two",
        POOL | {"orchestrator_version": "1.26.3"},
        POOL | {"orchestrator_version": "1.31.1"},
        [],
        set(),
    ),
    "old node pool, removed": (
        "azurerm_kubernetes_cluster_node_pool", "two", POOL | {"orchestrator_version": "1.26.3"}, None, [], set()),
}  # fmt: skip
WAYS = [("update",), ("delete", "create"), ("create", "delete")]


def plan(repair: Repair, before: State | None, after: State | None, *actions: str) -> State:
    """The upgrade of a flat cluster, and a change of another resource in the same apply."""
    kind, name, _, _, beside, replaced = repair
    kept = [each for each in (*AROUND, *beside) if f"{each[0]}.{each[1]}" not in {f"{kind}.{name}", *replaced}]
    changes = [resource(*about, state, state) for *about, state in kept]
    changes.append(resource("azurerm_kubernetes_cluster", "aks", cluster(None), cluster("overlay")))
    if before is not None or after is not None:
        changes.append(resource(kind, name, before, after, *actions))
    return {"format_version": "1.2", "resource_changes": changes}


def statuses(document: object) -> dict[str, Status]:
    return {finding.id: finding.status for finding in check(document, "en")}


def ranks(document: object) -> list[int]:
    """Of each rule, by how bad its finding is."""
    return [worst_first(status)[0] for status in statuses(document).values()]


@pytest.mark.parametrize("name", REPAIRS)
def test_what_the_apply_repairs_is_no_better_than_what_it_leaves_alone(name: str):
    _, _, bad, good, *_ = REPAIRS[name]
    as_it_was, repaired = ranks(plan(REPAIRS[name], bad, bad)), ranks(plan(REPAIRS[name], good, good))
    assert as_it_was != repaired, "the repair changes no finding"
    worst = [min(pair) for pair in zip(as_it_was, repaired, strict=True)]
    ways = [("delete",)] if good is None else WAYS
    for way in ways:
        met = ranks(plan(REPAIRS[name], bad, good, *way))
        assert all(now <= rank for now, rank in zip(met, worst, strict=True)), way


@pytest.mark.parametrize("name", REPAIRS)
def test_what_the_apply_breaks_is_no_better_than_what_it_leaves(name: str):
    _, _, bad, good, *_ = REPAIRS[name]
    broken = ranks(plan(REPAIRS[name], bad, bad))
    met = ranks(plan(REPAIRS[name], good, bad, *(["create"] if good is None else [])))
    assert all(now <= rank for now, rank in zip(met, broken, strict=True))


def test_another_name_or_a_new_object_repairs_nothing_before_the_apply():
    """A release under a new name, a pool in the place of another: the old one runs until the apply ends."""
    raw = plan(REPAIRS["controller"], release("1.6.7"), None, "delete")
    raw["resource_changes"].append(resource("helm_release", "new", None, release("1.7.9", name="new"), "create"))
    assert statuses(raw)["AGC003"] is Status.FAIL


def test_what_only_the_apply_makes_is_judged_as_it_makes_it():
    """Before it there is no gateway and no controller: nothing is missing for that reason."""
    raw = plan(REPAIRS["controller"], None, release("1.7.9"), "create")
    for change in raw["resource_changes"]:
        if change["type"] == ASSOCIATION:
            change["change"].update(actions=["create"], before=None)
    by_rule = statuses([raw, {"agcAssociations": []}])
    assert [by_rule[rule] for rule in ("AGC003", "AGC004", "AGC005", "AGC012")] == [Status.PASS] * 4


def what_if(before: State | None, after: State | None) -> State:
    """A deployment that makes the upgrade, and changes the association of a gateway."""

    def aks(mode: str | None) -> State:
        pool = {"name": "one", "vnetSubnetID": f"{VNET}/subnets/nodes", "osType": "Linux"}
        profile = {"networkPlugin": "azure", "networkPluginMode": mode, "networkPolicy": "none"}
        version = {"kubernetesVersion": "1.31", "agentPoolProfiles": [pool], "networkProfile": profile}
        return {"location": "japaneast", "properties": version}

    def changed(own: str, was: State | None, will_be: State | None) -> State:
        kind = "Create" if was is None else "Delete" if will_be is None else "Modify" if was != will_be else "NoChange"
        return {"resourceId": own, "changeType": kind, "before": was, "after": will_be}

    def sized(prefix: str) -> State:
        services = [{"properties": {"serviceName": "Microsoft.ServiceNetworking/trafficControllers"}}]
        return {"properties": {"addressPrefix": prefix, "delegations": services}}

    changes = [
        changed(AKS, aks(None), aks("overlay")),
        *(changed(own, sized(size), sized(size)) for own, size in ((AGC, "10.0.4.0/24"), (WIDE, "10.0.6.0/23"))),
        changed(f"{GATEWAY}/a/associations/x", before, after),
    ]
    return {"status": "Succeeded", "changes": changes}


def test_the_same_holds_for_a_deployment():
    wide, right = ({"properties": {"subnet": {"id": own}}} for own in (WIDE, AGC))
    assert statuses(what_if(right, right))["AGC009"] is Status.PASS
    assert statuses(what_if(wide, right))["AGC009"] is Status.FAIL
    assert statuses(what_if(right, wide))["AGC009"] is Status.FAIL
    assert statuses(what_if(wide, None))["AGC009"] is Status.FAIL
    assert statuses(what_if(None, right))["AGC009"] is Status.PASS
