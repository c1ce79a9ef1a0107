"""What outputs show of a resource from before a plan or what-if passes nothing that holds no more after it."""

from copy import deepcopy
from typing import Any

import pytest

from bot.checks.plan.records import Need

from .planwork import made
from .test_before_and_after import AGC, AROUND, ASSOCIATION, GATEWAY, VNET, State, cluster, resource
from .test_laws import deployment
from .valuework import UPGRADE, orders, passed, what_if

AKS = "azurerm_kubernetes_cluster"
POOL = "azurerm_kubernetes_cluster_node_pool"
SERVICE = "Microsoft.ServiceNetworking/trafficControllers"
GATED = {"AGC004", "AGC005", "AGC006", "AGC007", "AGC009"}
RG = VNET.partition("/providers/")[0]
NODES = f"{VNET}/subnets/nodes"


def in_azure(mode: str | None) -> dict[str, Any]:
    """What az prints of everything, by the addresses that the plan has for it."""
    tf = cluster(mode)
    profile = {
        "networkPlugin": "azure",
        "networkPluginMode": mode,
        "networkPolicy": "none",
        "networkDataplane": "azure",
    }
    pool = {"vnetSubnetId": NODES, "podSubnetId": None, "osType": "Linux", "vmSize": "Standard_D4s_v5"}
    pool |= {"type": "VirtualMachineScaleSets", "orchestratorVersion": "1.31"}
    delegations = [{"serviceName": SERVICE}]
    agc = {"id": AGC, "name": "agc", "addressPrefix": "10.0.4.0/24", "delegations": delegations}
    own = f"{GATEWAY}/a/associations/x"
    return {
        f"{AKS}.aks": {
            **{"id": tf["id"], "name": "aks", "location": "japaneast", "kubernetesVersion": "1.31"},
            **{"currentKubernetesVersion": "1.31.4", "networkProfile": profile, "identity": {"type": "UserAssigned"}},
            "agentPoolProfiles": [{"name": name, **pool} for name in ("one", "two")],
        },
        f"{POOL}.two": [{"id": f"{tf['id']}/agentPools/two", "name": "two", **pool, "type": f"{SERVICE}/x"}],
        "azurerm_subnet.agc": agc | {"type": "Microsoft.Network/virtualNetworks/subnets"},
        "azurerm_virtual_network.v": {
            **{"id": VNET, "name": "v", "type": "Microsoft.Network/virtualNetworks", "location": "japaneast"},
            **{"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": [agc], "virtualNetworkPeerings": []},
        },
        f"{ASSOCIATION}.a": [{"id": own, "name": "x", "type": f"{SERVICE}/associations", "subnet": {"id": AGC}}],
        "helm_release.alb": deployment("1.7.9"),
    }


def in_terraform(mode: str | None) -> dict[str, State]:
    """The same as Terraform has it, by address."""
    aks = deepcopy(cluster(mode)) | {"identity": [{"type": "UserAssigned"}]}
    aks["default_node_pool"][0] |= {"type": "VirtualMachineScaleSets", "vm_size": "Standard_D4s_v5"}
    aks["network_profile"][0] |= {"network_data_plane": "azure", "network_policy": "none"}
    pool = {"id": f"{aks['id']}/agentPools/two", "name": "two", "kubernetes_cluster_id": aks["id"]}
    pool |= {"vnet_subnet_id": NODES, "pod_subnet_id": None, "os_type": "Linux", "vm_size": "Standard_D4s_v5"}
    named = {f"{kind}.{name}": deepcopy(state) for kind, name, state in AROUND}
    return {f"{AKS}.aks": aks, f"{POOL}.two": pool | {"orchestrator_version": "1.31"}, **named}


def plan(states: dict[str, State], address: str, after: State | None, unknown: Any, *actions: str) -> State:
    """A plan that changes one of them, and leaves the others."""
    changes = [resource(*other.split("."), state, state) for other, state in states.items() if other != address]
    changed = resource(*address.split("."), states[address], after, *actions)
    changed["change"]["after_unknown"] = unknown
    return {"format_version": "1.2", "resource_changes": [*changes, changed]}


ATTRIBUTES = [
    (f"{AKS}.aks", ("network_profile", "network_plugin")),
    (f"{AKS}.aks", ("network_profile", "network_plugin_mode")),
    (f"{AKS}.aks", ("network_profile", "network_policy")),
    (f"{AKS}.aks", ("network_profile", "network_data_plane")),
    (f"{AKS}.aks", ("default_node_pool", "vnet_subnet_id")),
    (f"{AKS}.aks", ("default_node_pool", "pod_subnet_id")),
    (f"{AKS}.aks", ("default_node_pool", "vm_size")),
    (f"{AKS}.aks", ("default_node_pool", "type")),
    (f"{AKS}.aks", ("default_node_pool",)),
    (f"{AKS}.aks", ("network_profile",)),
    (f"{AKS}.aks", ("kubernetes_version",)),
    (f"{AKS}.aks", ("identity",)),
    (f"{POOL}.two", ("vnet_subnet_id",)),
    (f"{POOL}.two", ("pod_subnet_id",)),
    (f"{POOL}.two", ("os_type",)),
    (f"{POOL}.two", ("vm_size",)),
    (f"{POOL}.two", ("orchestrator_version",)),
    ("azurerm_subnet.agc", ("address_prefixes",)),
    ("azurerm_subnet.agc", ("delegation",)),
    ("azurerm_virtual_network.v", ("location",)),
    ("azurerm_virtual_network.v", ("id",)),
    (f"{ASSOCIATION}.a", ("subnet_id",)),
    ("helm_release.alb", ("version",)),
]


def unknown_after(state: State, path: tuple[str, ...]) -> tuple[State, Any]:
    """The state without a value, and how a plan says that only its apply will tell it."""
    after, (first, *rest) = deepcopy(state), path
    if not rest:
        after.pop(first, None)
        return after, {first: True}
    after[first][0].pop(rest[0], None)
    return after, {first: [{rest[0]: True}]}


def stale_passes(base: list[Any], stale: list[Any]) -> set[str]:
    """The rules that pass only with outputs from before."""
    with_them = [passed(documents) for documents in orders([*base, *stale])]
    return set.union(*with_them) - passed(base)


WAYS = [("update",), ("delete", "create"), ("create", "delete")]


@pytest.mark.parametrize("mode", [None, "overlay"])
@pytest.mark.parametrize("way", WAYS, ids="-".join)
@pytest.mark.parametrize(("address", "path"), ATTRIBUTES, ids=str)
def test_a_plan_that_does_not_know_what_it_changes_to(
    address: str, path: tuple[str, ...], way: tuple[str, ...], mode: str | None
):
    states, shown = in_terraform(mode), in_azure(mode)
    raw = plan(states, address, *unknown_after(states[address], path), *way)
    more = [UPGRADE] if mode is None else []
    others = [document for name, document in shown.items() if name not in (address, f"{AKS}.aks", f"{POOL}.two")]
    stale = [shown[address], *([shown[f"{AKS}.aks"]] if address == f"{POOL}.two" else [])]
    # A list of associations tells of all others, too, and no cluster goes back to an older version.
    evidence = {(f"{ASSOCIATION}.a", "subnet_id"): {"AGC005"}, (f"{AKS}.aks", "kubernetes_version"): {"AGC012"}}
    known = evidence.get((address, path[-1]), set())
    assert stale_passes([raw, *others, *more], stale) <= known


def deletions(address: str, own: str, before: Any, mode: str | None) -> dict[str, Any]:
    """A resource deleted in each way: whole or told by its id alone, and with what it is a part of."""
    states = in_terraform(mode)
    whole = before[0] if isinstance(before, list) else before
    group = {"id": RG, "name": "rg"}
    return {
        "what-if": what_if("Delete", whole, None, own),
        "what-if, ids only": what_if("Delete", None, None, own),
        "what-if, whole group": what_if("Delete", None, None, RG),
        "plan": plan(states, address, None, {}, "delete"),
        "plan, whole group": plan(
            states | {"azurerm_resource_group.rg": group}, "azurerm_resource_group.rg", None, {}, "delete"
        ),
        "plan, group replaced": plan(
            states | {"azurerm_resource_group.rg": group},
            "azurerm_resource_group.rg",
            group | {"location": "japanwest", "id": None},
            {"id": True},
            "delete",
            "create",
        ),
        "plan, whole group of azapi replaced": plan(
            states | {"azapi_resource.rg": group | {"type": "Microsoft.Resources/resourceGroups@2024-03-01"}},
            "azapi_resource.rg",
            {"type": "Microsoft.Resources/resourceGroups@2024-03-01", "name": "rg"},
            {"id": True},
            "create",
            "delete",
        ),
        "plan, under another name": plan(
            states, address, {**states[address], "name": "other", "id": None}, {"id": True}, "delete", "create"
        ),
    }


PLACES = ["azurerm_subnet.agc", "azurerm_virtual_network.v"]


@pytest.mark.parametrize("mode", [None, "overlay"])
@pytest.mark.parametrize("address", [*PLACES, f"{ASSOCIATION}.a"])
def test_what_is_deleted_is_not_there_whoever_still_shows_it(address: str, mode: str | None):
    shown = in_azure(mode)
    before = shown[address]
    own = (before[0] if isinstance(before, list) else before)["id"]
    more = [UPGRADE] if mode is None else []
    for way, change in deletions(address, own, before, mode).items():
        others = [document for name, document in shown.items() if name != address]
        evidence = {"AGC005"} if address == f"{ASSOCIATION}.a" else set()
        assert stale_passes([change, *others, *more], [before]) <= evidence, way
        if address in PLACES:
            for documents in orders([change, *others, before, *more]):
                assert GATED.isdisjoint(passed(documents)), way


@pytest.mark.parametrize("mode", [None, "overlay"])
def test_nothing_passes_of_a_cluster_that_is_deleted(mode: str | None):
    shown, own = in_azure(mode), cluster(mode)["id"]
    for way, change in deletions(f"{AKS}.aks", own, shown[f"{AKS}.aks"], mode).items():
        if way != "plan, under another name":  # which is a cluster by itself
            for documents in orders([change, *shown.values(), UPGRADE]):
                assert passed(documents) == set(), way


@pytest.mark.parametrize("mode", [None, "overlay"])
def test_a_document_that_deletes_a_group_keeps_nothing_in_it(mode: str | None):
    """Whatever else it says of that: a cluster that it leaves alone is gone all the same."""
    shown, own = in_azure(mode), cluster(mode)["id"]
    for way, change in deletions(f"{AKS}.aks", own, shown[f"{AKS}.aks"], mode).items():
        if "group" in way:
            more = [{"resourceId": own, "changeType": "NoChange", "before": shown[f"{AKS}.aks"]}]
            kept = {**change, "changes": [*change["changes"], *more]} if "changes" in change else change
            assert passed([kept, UPGRADE]) == set(), way


@pytest.mark.parametrize("address", PLACES)
def test_a_plan_calls_no_subnet_kept_that_is_deleted(address: str):
    shown = in_azure("overlay")
    own = shown[address]["id"]
    kept = [step.title for step in made([*shown.values()], "agc").steps if step.need is Need.DONE]
    assert any("keeps its subnet" in title for title in kept)
    for way, change in deletions(address, own, shown[address], "overlay").items():
        if "group" in way:
            continue  # the cluster is in it as well, so that there is nothing to plan
        for documents in orders([change, *shown.values()]):
            steps = made(documents, "agc").steps
            assert not any("keeps its subnet" in step.title for step in steps), way


def test_a_subnet_that_a_network_no_longer_has_is_deleted():
    """A deployment of a network without one of its subnets deletes it, unless it has the subnet by itself."""
    shown = in_azure("overlay")
    network, agc = shown["azurerm_virtual_network.v"], shown["azurerm_subnet.agc"]
    for subnets in ([], [{**agc, "id": f"{VNET}/subnets/more", "name": "more"}]):
        change = what_if("Modify", network, network | {"subnets": subnets}, VNET)
        assert GATED.isdisjoint(passed([change, *shown.values()]))
        kept = {"resourceId": AGC, "changeType": "NoChange", "before": agc, "after": agc}
        change["changes"].append(kept)
        assert {"AGC004", "AGC006"} <= passed([change, *shown.values()])


def test_a_subnet_inside_of_its_network_may_go_from_there_alone():
    """Or be a resource by itself afterwards."""
    states, shown = in_terraform("overlay"), in_azure("overlay")
    inline = {"name": "agc", "id": AGC, "address_prefixes": ["10.0.4.0/24"], "delegation": []}
    network = states["azurerm_virtual_network.v"] | {"subnet": [inline]}
    own, alone = (
        "azurerm_virtual_network.v",
        {key: value for key, value in states.items() if key != "azurerm_subnet.agc"},
    )
    gone = plan(alone | {own: network}, own, network | {"subnet": []}, {}, "update")
    assert GATED.isdisjoint(passed([gone, *shown.values()]))
    moved = plan(states | {own: network}, own, network | {"subnet": []}, {}, "update")
    assert {"AGC004", "AGC006"} <= passed([moved, *shown.values()])


def test_a_subnet_that_may_be_deleted_passes_nothing():
    shown = in_azure("overlay")
    change = {"resourceId": AGC, "changeType": "Delete", "before": shown["azurerm_subnet.agc"], "after": None}
    raw = {"status": "Succeeded", "changes": [], "potentialChanges": [change]}
    assert "AGC004" not in passed([raw, *shown.values()])
