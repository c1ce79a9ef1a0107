"""What a plan takes away does not count beside what takes its place, whoever else shows it."""

from itertools import permutations
from typing import Any

import pytest

from bot.checks import check, compose
from bot.checks.findings import Status

from .test_before_and_after import (
    AGC,
    AKS,
    AROUND,
    ASSOCIATION,
    GATEWAY,
    REPAIRS,
    VNET,
    WAYS,
    WIDE,
    Repair,
    State,
    association,
    cluster,
    release,
    resource,
    statuses,
    subnet,
)

SERVICE = "Microsoft.ServiceNetworking/trafficControllers"
STORAGE = {"id": f"{VNET}x", "name": "x", "type": "Microsoft.Storage/storageAccounts", "location": "japaneast"}
OTHER = {"id": f"{VNET}/subnets/other", "name": "other", "addressPrefix": "10.0.9.0/26", "delegations": []}
MORE: list[State] = [STORAGE, OTHER]


def listed(*where: str, gateway: str = "a", name: str = "x") -> list[State]:
    """As `az network alb association list` prints associations."""
    own = f"{GATEWAY}/{gateway}/associations/{name}"
    return [{"id": own, "name": name, "type": f"{SERVICE}/associations", "subnet": {"id": each}} for each in where]


def shown(name: str, prefix: str) -> State:
    """As `az network vnet subnet show` prints a subnet."""
    return {
        "id": f"{VNET}/subnets/{name}",
        "name": name,
        "addressPrefix": prefix,
        "delegations": [{"serviceName": SERVICE}],
    }


def balancer_object(where: str) -> State:
    conditions = [{"type": "Deployment", "message": f"alb-id={GATEWAY}/a"}]
    return {
        "apiVersion": "alb.networking.azure.io/v1",
        "kind": "ApplicationLoadBalancer",
        "metadata": {"name": "b", "namespace": "n"},
        "spec": {"associations": [where]},
        "status": {"conditions": conditions},
    }


def helm(version: str) -> list[State]:
    """As `helm list -o json` prints releases."""
    about = {"name": "alb", "namespace": "azure-alb-system", "revision": "1", "status": "deployed"}
    return [about | {"chart": f"alb-controller-{version}", "app_version": version}]


# What outputs show before the apply of each repair.
SHOWN: dict[str, list[Any]] = {
    "subnet": [shown("agc", "10.0.4.0/23"), listed(AGC)],
    "subnet of azapi": [shown("agc", "10.0.4.0/23"), listed(AGC)],
    "subnet inside of its network": [shown("agc", "10.0.4.0/23"), listed(AGC)],
    "association": [listed(WIDE), shown("agc-wide", "10.0.6.0/23")],
    "association of azapi": [listed(WIDE)],
    "balancer": [listed(WIDE), balancer_object(WIDE)],
    "gateway in a peered network": [listed(f"{VNET[: VNET.rindex('/')]}/hub/subnets/agc")],
    "second gateway": [[*listed(AGC), *listed(AGC, gateway="b")]],
    "second gateway, moved": [[*listed(AGC), *listed(AGC, gateway="b")]],
    "controller": [listed(AGC), helm("1.6.7")],
}
GATED = ("AGC003", "AGC004", "AGC005", "AGC006", "AGC007")


def plan(repair: Repair, before: State | None, after: State | None, *actions: str) -> State:
    """A repair of what serves a cluster that has CNI Overlay already."""
    kind, name, _, _, beside, replaced = repair
    kept = [each for each in (*AROUND, *beside) if f"{each[0]}.{each[1]}" not in {f"{kind}.{name}", *replaced}]
    overlay = cluster("overlay")
    changes = [resource(*about, state, state) for *about, state in kept]
    changes += [resource("azurerm_kubernetes_cluster", "aks", overlay, overlay)]
    changes += [resource(kind, name, before, after, *actions)]
    return {"format_version": "1.2", "resource_changes": changes}


def open_rules(*documents: Any) -> dict[str, Status]:
    judged = statuses([*documents])
    return {rule: judged[rule] for rule in GATED if judged[rule] is not Status.PASS}


@pytest.mark.parametrize("name", SHOWN)
def test_what_there_is_before_a_repair_does_not_fail_beside_it(name: str):
    _, _, bad, good, *_ = REPAIRS[name]
    kept = open_rules(plan(REPAIRS[name], bad, bad, "no-op"), *SHOWN[name])
    assert Status.FAIL in kept.values(), "the input is right as it is"
    for way in [("delete",)] if good is None else WAYS:
        made = plan(REPAIRS[name], bad, good, *way)
        for documents in permutations([made, *SHOWN[name]]):
            assert open_rules(*documents) == {}, way
            assert open_rules(*documents, *MORE) == open_rules(*MORE, *documents) == {}


@pytest.mark.parametrize("way", WAYS)
def test_an_output_that_says_something_else_than_the_plan_finds_stands(way: tuple[str, ...]):
    """Neither is older than the other: the plan was made of another state."""
    moved = plan(REPAIRS["association"], association(WIDE), association(AGC), *way)
    elsewhere = f"{VNET}/subnets/agc-third"
    assert open_rules(moved, listed(elsewhere), shown("agc-third", "10.0.10.0/25"))["AGC004"] is not Status.PASS
    sized = plan(REPAIRS["subnet"], subnet("agc", "10.0.4.0/23"), subnet("agc", "10.0.4.0/24"), "update")
    assert open_rules(sized, listed(AGC), shown("agc", "10.0.4.0/25"))["AGC004"] is Status.FAIL
    newer = plan(REPAIRS["controller"], release("1.6.7"), release("1.7.9"), *way)
    assert open_rules(newer, listed(AGC), helm("1.6.5"))["AGC003"] is Status.FAIL


def test_another_gateway_on_the_way_is_not_taken_away():
    moved = plan(REPAIRS["association"], association(WIDE), association(AGC), "delete", "create")
    assert open_rules(moved, [*listed(WIDE), *listed(AGC, gateway="c")]) == {"AGC005": Status.FAIL}
    assert "AGC004" in open_rules(moved, [*listed(WIDE), *listed(WIDE, gateway="c")], shown("agc-wide", "10.0.6.0/23"))


def test_a_controller_beside_two_clusters_is_not_known_to_be_the_one_that_a_plan_updates():
    newer = plan(REPAIRS["controller"], release("1.6.7"), release("1.7.9"), "update")
    other = {
        "id": f"{AKS}-two",
        "name": "two",
        "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay"},
    }
    assert open_rules(newer, listed(AGC), helm("1.6.7"), other)["AGC003"] is Status.UNKNOWN


@pytest.mark.parametrize("actions", [("delete", "create"), ("create", "delete")])
def test_an_association_and_its_subnet_may_be_made_anew_together(actions: tuple[str, ...]):
    """The new subnet has no id yet, and nothing else is on it."""
    made = plan(REPAIRS["association"], association(WIDE), None, *actions)
    new = subnet("agc", "10.0.4.0/24") | {"virtual_network_name": "v", "resource_group_name": "rg"}
    changes = {change["address"]: change["change"] for change in made["resource_changes"]}
    changes["azurerm_subnet.agc"].update(
        actions=["delete", "create"],
        before=subnet("agc", "10.0.4.0/23"),
        after={key: value for key, value in new.items() if key != "id"},
        after_unknown={"id": True},
    )
    changes[f"{ASSOCIATION}.a"].update(
        before=association(AGC), after={"name": "x"}, after_unknown={"id": True, "subnet_id": True}
    )
    block = {"type": ASSOCIATION, "name": "a", "address": f"{ASSOCIATION}.a"}
    expressions = {"subnet_id": {"references": ["azurerm_subnet.agc.id", "azurerm_subnet.agc"]}}
    made["configuration"] = {"root_module": {"resources": [block | {"mode": "managed", "expressions": expressions}]}}
    assert open_rules(made, listed(AGC), shown("agc", "10.0.4.0/23")) == {}


def what_if(kind: str, before: State | None, after: State | None) -> State:
    profile = {"networkPlugin": "azure", "networkPluginMode": "overlay"}
    nodes = {"name": "one", "vnetSubnetID": f"{VNET}/subnets/nodes", "osType": "Linux"}
    aks = {"location": "japaneast", "properties": {"networkProfile": profile, "agentPoolProfiles": [nodes]}}
    own = cluster(None)["id"]
    changes = [
        {"resourceId": own, "changeType": "NoChange", "before": aks, "after": aks},
        {"resourceId": f"{GATEWAY}/a/associations/x", "changeType": kind, "before": before, "after": after},
    ]
    return {"status": "Succeeded", "changes": changes}


def put(where: str, **more: Any) -> State:
    return {"properties": {"subnet": {"id": where}}, **more}


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("NoChange", put(AGC), put(AGC)),
        ("Ignore", put(AGC), None),
        ("Modify", put(AGC), put(AGC, tags={"a": "b"})),
        ("Modify", put(WIDE), put(AGC)),
        ("Create", None, put(AGC)),
    ],
)
def test_a_list_beside_a_what_if_tells_all_associations(kind: str, before: State | None, after: State | None):
    raw = what_if(kind, before, after)
    around = [shown("agc", "10.0.4.0/24"), "1.7.9"]
    now = listed(*[put["properties"]["subnet"]["id"] for put in [before] if put])
    assert statuses([raw, *around])["AGC005"] is Status.UNKNOWN, "a what-if alone does not know of others"
    for documents in permutations([raw, {"agcAssociations": now}, *around]):
        assert open_rules(*documents) == {}
    more = [*now, *listed(AGC, gateway="b")]
    assert open_rules(raw, {"agcAssociations": more}, *around) == {"AGC005": Status.FAIL}


def test_what_a_deployment_deletes_is_not_there():
    raw = what_if("Delete", put(AGC), None)
    around = [shown("agc", "10.0.4.0/24"), "1.7.9", [*listed(AGC), *listed(AGC, gateway="b")]]
    assert open_rules(raw, *around) == {}


def test_a_list_beside_a_template_tells_all_associations():
    template = {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "resources": [{"type": f"{SERVICE}/associations", "apiVersion": "2025-01-01", **listed(AGC)[0], **put(AGC)}],
    }
    aks = what_if("Ignore", put(AGC), None)
    around = [aks, shown("agc", "10.0.4.0/24"), "1.7.9", template]
    assert statuses(around)["AGC005"] is Status.UNKNOWN
    assert open_rules(*around, listed(AGC)) == open_rules(listed(AGC), *around) == {}


def test_what_is_a_part_of_a_gateway_goes_with_it():
    raw = what_if("NoChange", put(AGC), put(AGC))
    own = {"id": f"{GATEWAY}/b", "name": "b", "type": SERVICE, "associations": [{"id": f"{GATEWAY}/b/associations/x"}]}
    around = [shown("agc", "10.0.4.0/24"), "1.7.9", [*listed(AGC), *listed(AGC, gateway="b")], [own]]
    assert open_rules(raw, *around) == {"AGC005": Status.FAIL}
    gone = {"resourceId": own["id"], "changeType": "Delete", "before": {"properties": {}}, "after": None}
    raw["changes"].append(gone)
    assert open_rules(raw, *around) == open_rules(*around, raw) == {}


def test_a_template_and_a_list_may_name_one_association_in_two_ways():
    named = {"type": f"{SERVICE}/associations", "apiVersion": "2025-01-01", "name": "A/X", **put(AGC)}
    schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
    around = [what_if("Ignore", put(AGC), None), shown("agc", "10.0.4.0/24"), "1.7.9", listed(AGC)]
    assert open_rules({"$schema": schema, "resources": [named]}, *around) == {"AGC005": Status.UNKNOWN}
    other = named | {"name": "b/x"}
    assert open_rules({"$schema": schema, "resources": [other]}, *around) == {"AGC005": Status.FAIL}


@pytest.mark.parametrize("way", WAYS)
def test_another_plan_that_leaves_things_as_they_are_is_no_older_output(way: tuple[str, ...]):
    moved = plan(REPAIRS["association"], association(WIDE), association(AGC), *way)
    stale = plan(REPAIRS["association"], association(WIDE), association(WIDE), "no-op")
    assert open_rules(moved, stale, listed(WIDE))["AGC004"] is not Status.PASS
    assert open_rules(stale, listed(WIDE), moved)["AGC004"] is not Status.PASS


def test_the_association_of_an_object_that_moves_may_go_with_it():
    """Only the object's status tells whose it is: nothing is wrong for certain with what may be on its way out."""
    moved = plan(REPAIRS["balancer"], *REPAIRS["balancer"][2:4], "update")
    alone = open_rules(moved, listed(WIDE), shown("agc-wide", "10.0.6.0/23"))
    assert alone == {"AGC004": Status.UNKNOWN}
    finding = next(each for each in check(compose([moved, listed(WIDE)]), "en") if each.id == "AGC004")
    assert "kubectl get applicationloadbalancer" in finding.fix
    assert open_rules(moved, listed(WIDE), balancer_object(WIDE)) == {}
    two = [*listed(WIDE), *listed(WIDE, gateway="c"), *listed(WIDE, gateway="d")]
    assert open_rules(moved, two, shown("agc-wide", "10.0.6.0/23")) == {"AGC004": Status.FAIL, "AGC005": Status.FAIL}
