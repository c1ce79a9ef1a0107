"""What a Terraform plan does beside the upgrade: values of later, an engine that comes along, what it destroys."""

from typing import Any

import pytest

from bot.checks import Finding, Status, check, inspect, sentence

from .test_laws import NETWORK

OWN = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/one"


def values(mode: str, **profile: Any) -> dict[str, Any]:
    pool = {"name": "np", "vnet_subnet_id": f"{NETWORK}/a/subnets/nodes", "pod_subnet_id": None}
    own = {"network_plugin": "azure", "network_plugin_mode": mode, "network_policy": "", "pod_cidr": "10.244.0.0/16"}
    own |= {"service_cidr": "10.0.0.0/16"} | profile
    whole = {"id": OWN, "name": "one", "kubernetes_version": "1.31", "identity": [{"type": "UserAssigned"}]}
    return whole | {"default_node_pool": [pool], "network_profile": [own]}


def change(
    kind: str, actions: list[str], before: Any, after: Any, unknown: Any = None, name: str = "one"
) -> dict[str, Any]:
    representation = {"actions": actions, "before": before, "after": after, "after_unknown": unknown or {}}
    return {"address": f"{kind}.{name}", "type": kind, "name": name, "change": representation}


def upgrade(unknown: Any = None, *more: Any, **profile: Any) -> dict[str, Any]:
    after = values("overlay", **profile)
    own = change("azurerm_kubernetes_cluster", ["update"], values("", pod_cidr=""), after, unknown)
    vnet = {"id": f"{NETWORK}/a", "name": "a", "address_space": ["10.1.0.0/16"]}
    networks = [each for each in more if each["type"] == "azurerm_virtual_network"]
    networks = networks or [change("azurerm_virtual_network", ["no-op"], vnet, vnet, name="nodes")]
    return {
        "format_version": "1.2",
        "resource_changes": [own, *networks, *(each for each in more if each not in networks)],
    }


def path(plan: Any) -> Finding:
    return next(finding for finding in check(plan, "en") if finding.id == "AGC012")


@pytest.mark.parametrize("name", ["pod_cidr", "service_cidr", "network_policy", "network_data_plane", "pod_cidrs"])
def test_what_is_known_after_apply_passes_nothing(name: str):
    assert path(upgrade()).status is Status.PASS
    assert path(upgrade({"network_profile": [{name: True}]}, **{name: None})).status is Status.UNKNOWN


def test_an_address_space_of_later_may_overlap():
    before = {"id": f"{NETWORK}/a", "name": "a", "address_space": ["10.1.0.0/16"]}
    for unknown, status in (({}, Status.PASS), ({"address_space": True}, Status.UNKNOWN)):
        after = before | ({"address_space": None} if unknown else {})
        vnet = change("azurerm_virtual_network", ["update"], before, after, unknown)
        assert path(upgrade(None, vnet)).status is status


@pytest.mark.parametrize("engine", ["azure", "calico", "cilium"])
def test_an_engine_that_comes_with_the_upgrade_is_open(engine: str):
    finding = path(upgrade(network_policy=engine))
    assert finding.status is Status.UNKNOWN and f"none -> {engine}" in str(finding.observed)


def test_what_goes_in_the_apply_that_upgrades_may_still_be_there():
    pool = {"name": "x", "pod_subnet_id": f"{NETWORK}/a/subnets/pods", "os_type": "Linux", "kubernetes_cluster_id": OWN}
    gone = change("azurerm_kubernetes_cluster_node_pool", ["delete"], pool | {"id": f"{OWN}/agentPools/x"}, None)
    assert path(upgrade(None, gone)).status is Status.FAIL


FATES = [(["delete"], "destroys this cluster: "), (["delete", "create"], "creates it anew")]


@pytest.mark.parametrize(("actions", "said"), FATES)
@pytest.mark.parametrize("kind", ["azurerm_kubernetes_cluster", "azapi_resource"])
def test_of_a_cluster_that_a_plan_destroys_nothing_passes(kind: str, actions: list[str], said: str):
    before = values("overlay", network_policy="cilium")
    if kind == "azapi_resource":
        profile = {"networkPlugin": "azure", "networkPluginMode": "overlay", "networkPolicy": "cilium"}
        body = {"properties": {"networkProfile": profile}}
        before = {
            "id": OWN,
            "name": "one",
            "type": "Microsoft.ContainerService/managedClusters@2025-05-01",
            "body": body,
        }
    own = change(kind, actions, before, before if len(actions) > 1 else None, {"id": True})
    whole = {"format_version": "1.2", "resource_changes": [own]}
    for documents in ([whole], [whole, {"id": OWN, "name": "one", "networkProfile": {}}]):
        clusters = inspect(documents, "en")
        assert len(clusters) == 1 and not any(finding.status is Status.PASS for finding in clusters[0].findings)
        assert said in sentence(clusters, "en")


def node_subnet(prefix: str, name: str = "nodes") -> dict[str, Any]:
    own = {"id": f"{NETWORK}/a/subnets/{name}", "name": name, "address_prefixes": [prefix]}
    return change("azurerm_subnet", ["no-op"], own, own, name=name)


def alone(*more: Any, **profile: Any) -> Finding:
    """An upgrade in a plan that does not hold the network."""
    whole = upgrade(None, *more, **profile)
    kept = [each for each in whole["resource_changes"] if each["type"] != "azurerm_virtual_network"]
    return path(whole | {"resource_changes": kept})


@pytest.mark.parametrize("name", ["nodes", "neighbour"])
def test_a_range_for_pods_that_holds_a_subnet_of_the_nodes_network_overlaps_it(name: str):
    finding = alone(node_subnet("10.244.8.0/22", name))
    assert finding.status is Status.FAIL and "10.244.8.0/22" in str(finding.observed)
    assert path(upgrade(None, node_subnet("10.1.8.0/22", name))).status is Status.PASS


def test_a_new_range_for_pods_may_overlap_a_network_that_nobody_describes():
    for finding in (alone(), alone(node_subnet("10.1.8.0/22"))):
        assert finding.status is Status.UNKNOWN and "az network vnet show" in finding.fix
    assert alone(pod_cidr="").status is Status.PASS


def test_a_range_that_pods_have_already_is_not_weighed_again():
    kubenet = values("", network_plugin="kubenet", pod_cidr="10.244.0.0/16")
    own = change("azurerm_kubernetes_cluster", ["update"], kubenet, values("overlay"))
    assert path({"format_version": "1.2", "resource_changes": [own]}).status is Status.PASS
