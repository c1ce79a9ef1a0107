"""A module that gives back a map of its subnets: what a reference to the map means, the delegations tell."""

from typing import Any

import pytest

from bot.checks import check
from bot.checks.findings import Status

from .test_before_and_after import ASSOCIATION, State, cluster, resource, subnet

UNKNOWN_ID = {"id": True, "subnet_id": True, "default_node_pool": [{"vnet_subnet_id": True}]}


def reference(*names: str) -> State:
    return {"references": [*names]}


def configured(kind: str, name: str, **expressions: Any) -> State:
    return {"address": f"{kind}.{name}", "mode": "managed", "type": kind, "name": name, "expressions": expressions}


def plan(*subnets: State) -> State:
    """All new: subnets of a module, and a cluster and an association that refer to the map of their ids."""
    aks = cluster("overlay") | {"default_node_pool": [{"name": "one"}]}
    changes = [
        resource("azurerm_kubernetes_cluster", "aks", None, aks | {"id": None}, "create"),
        resource("azurerm_virtual_network", "v", None, {"name": "v", "address_space": ["10.0.0.0/16"]}, "create"),
        resource(ASSOCIATION, "a", None, {"name": "x"}, "create"),
    ]
    for state in subnets:
        about = {key: value for key, value in state.items() if key != "id"} | {"virtual_network_name": "v"}
        change = resource("azurerm_subnet", "this", None, about | {"resource_group_name": "rg"}, "create")
        address = f'module.net.azurerm_subnet.this["{state["name"]}"]'
        changes.append(change | {"address": address, "module_address": "module.net", "index": state["name"]})
    for change in changes:
        change["change"]["after_unknown"] = UNKNOWN_ID
    ids = "module.net.ids"
    outputs = {"ids": {"expression": reference("azurerm_subnet.this")}}
    module = {"outputs": outputs, "resources": [configured("azurerm_subnet", "this")]}
    nodes = [{"vnet_subnet_id": reference(f'{ids}["nodes"]', ids, "module.net")}]
    resources = [
        configured("azurerm_kubernetes_cluster", "aks", default_node_pool=nodes),
        configured(ASSOCIATION, "a", subnet_id=reference(f'{ids}["agc"]', ids, "module.net")),
    ]
    root = {"resources": resources, "module_calls": {"net": {"source": "./net", "module": module}}}
    return {"format_version": "1.2", "resource_changes": changes, "configuration": {"root_module": root}}


def sized(raw: State) -> tuple[Status, str]:
    finding = next(finding for finding in check(raw, "en") if finding.id == "AGC004")
    return finding.status, f"{finding.observed} {finding.fix}"


@pytest.mark.parametrize(("prefix", "status"), [("10.0.4.0/24", Status.PASS), ("10.0.4.0/26", Status.FAIL)])
def test_of_the_subnets_of_a_map_the_delegated_one_takes_the_association(prefix: str, status: Status):
    subnets = [subnet("nodes", "10.0.0.0/22"), subnet("agc", prefix), subnet("pods", "10.0.8.0/22")]
    for order in (subnets, subnets[::-1]):
        assert sized(plan(*order))[0] is status


def test_of_two_delegated_ones_and_of_none_it_is_not_known():
    """And no message calls the nodes' subnet the one to be delegated."""
    nodes = subnet("nodes", "10.0.0.0/22")
    for others in ([subnet("agc", "10.0.4.0/24"), subnet("agc-b", "10.0.5.0/24")], [subnet("pods", "10.0.8.0/24")]):
        status, text = sized(plan(nodes, *others))
        assert status is Status.UNKNOWN
        assert "nodes" not in text
