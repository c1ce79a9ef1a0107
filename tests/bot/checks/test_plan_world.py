"""What plans make of the world around a cluster: what only Terraform makes, free ranges, and how the cluster is."""

from ipaddress import ip_network
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checks.plan.ranges import Space
from bot.checks.plan.records import Step

from .test_laws import association, deployment, subnet
from .test_plan_input import NO_ASSOCIATIONS, flat, made, release, step, there
from .test_plans import VNET, aks, plan
from .test_plans import association as created
from .test_plans import subnet as planned

AGC = f"{VNET}/a/subnets/agc"
NODES = f"{VNET}/a/subnets/nodes"


def need(step: Step) -> tuple[str, str]:
    return step.id, str(step.need)


def network(*subnets: dict[str, Any], space: tuple[str, ...] = ("10.0.0.0/16",), **more: Any) -> dict[str, Any]:
    kind = {"id": f"{VNET}/a", "name": "a", "type": "Microsoft.Network/virtualNetworks", "location": "japaneast"}
    return {**kind, "addressSpace": {"addressPrefixes": list(space)}, "subnets": list(subnets), **more}


def new_cluster(plugin: str = "azure", mode: str | None = "overlay") -> dict[str, Any]:
    fresh = aks(plugin, mode)
    fresh["change"]["after"] |= {"kubernetes_version": "1.31", "identity": [{"type": "UserAssigned"}]}
    fresh["change"]["after"]["network_profile"][0]["network_policy"] = None
    return fresh


def test_nothing_that_only_a_plan_makes_is_called_done():
    free = planned("agc", "10.0.4.0/24")
    free["change"]["after"] |= {"resource_group_name": "rg-net", "virtual_network_name": "a"}
    every = plan(new_cluster(), free, created("a", AGC), release("1.8.0"))
    for goal in ("overlay", "agc"):
        way = made(every, goal)
        assert [step.id for step in way.steps] == ["apply"], goal
    assert "the AGC resource" in step(made(every, "agc"), "apply").title
    kubenet = made(plan(new_cluster("kubenet", None)), "overlay")
    assert [need(step) for step in kubenet.steps if step.need == "done"] == []
    assert kubenet.steps[0].id == "apply" and "upgrade" in [step.id for step in kubenet.steps]


BORN = "needs no upgrade"


@pytest.mark.parametrize("goal", ["overlay", "agc"])
def test_a_cluster_that_is_still_to_be_created_can_be_created_with_overlay(goal: str):
    """The steps are for who creates it as it is; the remark says what spares them."""
    for plugin in ("kubenet", "azure"):
        said = [note.text for note in made(plan(new_cluster(plugin, None)), goal).notes]
        assert sum(BORN in text for text in said) == 1, plugin
    for raw in (plan(new_cluster()), flat(), plan(there())):
        assert not any(BORN in note.text for note in made(raw, goal).notes)
    template = {"$schema": "deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [flat()]}
    template["resources"][0]["type"] = "Microsoft.ContainerService/managedClusters"
    assert any(BORN in note.text for note in made(template, goal).notes)


@pytest.mark.parametrize("there_already", [True, False])
def test_a_gateway_that_a_plan_creates_is_not_created_a_second_time(there_already: bool):
    subnets = planned("agc", "10.0.4.0/24", AGC if there_already else None)
    way = made([plan(there(), subnets, created("a", AGC)), NO_ASSOCIATIONS], "agc")
    assert not {"free-subnet", "gateway", "subnet"} & {step.id for step in way.steps}
    assert "the AGC resource" in step(way, "apply").title
    assert not any("az network" in line for each in way.steps for line in each.commands)


def test_a_gateway_that_a_plan_creates_waits_for_the_upgrade():
    flat_before = {"network_profile": [{"network_plugin": "azure", "network_policy": None}]}
    upgrade = aks(actions="update", before=flat_before | {"kubernetes_version": "1.31"})
    upgrade["change"]["after"]["network_profile"][0]["network_policy"] = None
    parts = planned("agc", "10.0.4.0/24", AGC), created("a", AGC), release("1.8.0")
    for cluster, first in ((upgrade, "apply-upgrade"), (new_cluster("kubenet", None), "apply-gateway")):
        order = [step.id for step in made([plan(cluster, *parts), []], "agc").steps]
        assert order[0] == first
        assert order.index("upgrade") < order.index("gateway-planned")
        notes = " ".join(note.text for note in made([plan(cluster, *parts), []], "overlay").notes)
        assert "only after the upgrade" in notes


def test_what_a_plan_would_make_wrong_is_mended_before_it_is_applied():
    named = plan(there(), planned("agc", "10.0.4.0/23", AGC), created("a", AGC))
    way = made([named, NO_ASSOCIATIONS], "agc")
    order = [step.id for step in way.steps]
    assert order.index("configure") < order.index("apply")
    assert step(way, "configure").rule == "AGC004" and "move" not in order


def test_what_a_deployment_creates_is_deployed_and_not_applied():
    own = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ContainerService/managedClusters/new"
    profile = {"networkPlugin": "azure", "networkPluginMode": "overlay"}
    after = {"id": own, "name": "new", "properties": {"networkProfile": profile}}
    way = made({"changes": [{"changeType": "Create", "resourceId": own, "after": after}]})
    assert way.steps[0].id == "deploy" and way.steps[0].commands == ()
    assert [need(step) for step in way.steps if step.need == "done"] == []


IPV4 = st.builds(
    lambda number, length: str(ip_network((number << 8 & 0xFFFFFFFF, length), strict=False)),
    st.integers(0x0A0000, 0x0A003F),
    st.integers(20, 29),
)


@given(st.lists(IPV4, max_size=3), st.lists(IPV4, max_size=8), st.integers(0, 3))
def test_a_free_range_lies_in_the_space_overlaps_nothing_and_is_nobody_elses(
    ranges: list[str], taken: list[str], at: int
):
    space = Space(tuple(ranges), tuple(taken), True)
    blocks = [space.block(number) for number in range(at + 1)]
    free = [ip_network(block) for block in blocks if block]
    assert len(set(free)) == len(free) and all(block.prefixlen == 24 for block in free)
    assert all(any(block.subnet_of(ip_network(text)) for text in ranges) for block in free)
    assert not any(block.overlaps(ip_network(text)) for block in free for text in taken)
    every = {
        block
        for text in ranges
        if ip_network(text).prefixlen <= 24
        for block in ip_network(text).subnets(new_prefix=24)
        if not any(block.overlaps(ip_network(other)) for other in taken)
    }
    assert len(free) == min(len(every), at + 1)
    assert space.is_full(at) is (bool(ranges) and len(every) <= at)


def test_the_command_takes_a_range_that_is_free_in_the_network_of_the_nodes():
    wide = subnet("wide", "10.0.1.0/23")
    documents = [flat(), network(subnet("nodes", "10.0.0.0/24", delegated=False), wide), [association("g1", "wide")]]
    making = step(made([*documents, deployment("1.8.0")]), "subnet")
    assert "<FREE_24_PREFIX>" not in [fill.name for fill in making.fill]
    (prefix,) = [word for word in making.commands[0].split() if word.startswith("10.0.")]
    assert ip_network(prefix).prefixlen == 24
    assert not any(ip_network(prefix).overlaps(ip_network(taken)) for taken in ("10.0.0.0/24", "10.0.0.0/23"))
    assert any(prefix in note.text for note in making.notes)


def test_two_new_subnets_get_two_ranges():
    wide = subnet("wide", "10.0.2.0/23")
    both = [association("g1", "wide"), association("g2", "wide")]
    commands = [
        line
        for each in made([flat(), network(wide), both, deployment("1.8.0")]).steps
        if each.id == "subnet"
        for line in each.commands[:1]
    ]
    assert [line.partition("--address-prefixes ")[2].split()[0] for line in commands] == ["10.0.0.0/24", "10.0.1.0/24"]


def test_a_network_without_a_free_range_says_what_to_do():
    wide = subnet("wide", "10.0.0.0/23")
    way = made([flat(), network(wide, space=("10.0.0.0/23",)), [association("g1", "wide")], deployment("1.8.0")])
    making = step(way, "subnet")
    assert "<FREE_24_PREFIX>" in [fill.name for fill in making.fill]
    assert any("no free /24" in note.text and "10.0.0.0/23" in note.text for note in making.notes)
    assert "example" not in making.fill[0].what


@pytest.mark.parametrize(
    ("around", "example"),
    [
        ([], None),
        ([network(subnets=None)], "10.0.0.0/24"),
        ([network(subnet("nodes", "10.0.0.0/24", delegated=False), subnets=None)], "10.0.0.0/24"),
        ([network({"id": NODES, "name": "nodes", "addressPrefix": "[parameters('prefix')]"})], "10.0.0.0/24"),
        ([network(subnets=None, space=("172.20.4.0/22",))], "172.20.4.0/24"),
    ],
)
def test_a_range_that_may_be_taken_is_only_an_example(around: list[Any], example: str | None):
    making = step(made([flat(), *around, NO_ASSOCIATIONS], "agc"), "free-subnet")
    (fill,) = [fill for fill in making.fill if fill.name == "<FREE_24_PREFIX>"]
    assert "<FREE_24_PREFIX>" in making.commands[0]
    assert (example or "10.") in fill.what if example else "10." not in fill.what


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"provisioningState": "Failed"}, "--query provisioningState`"),
        ({"provisioningState": "Canceled"}, "has failed (provisioningState: Canceled)"),
        ({"provisioningState": "Upgrading"}, "has not ended (provisioningState: Upgrading)"),
        ({"properties": {"provisioningState": "Updating"}}, "has not ended"),
        ({"agentPoolProfiles": [{"name": "np", "powerState": {"code": "Stopped"}}]}, "stopped (powerState): np."),
        ({"agentPoolProfiles": [{"name": "np", "provisioningState": "Failed"}]}, "not Succeeded: np."),
        ({"powerState": {"code": "Running"}, "provisioningState": "Succeeded"}, None),
        ({"powerState": None, "provisioningState": "[x]"}, None),
        ({"powerState": "running", "provisioningState": ""}, None),
    ],
)
def test_a_cluster_that_does_not_run_is_named_before_the_first_step(more: dict[str, Any], said: str | None):
    notes = [note.text for note in made([flat() | {"resourceGroup": "rg"} | more, []]).notes]
    about = [text for text in notes if "powerState" in text or "provisioningState" in text]
    assert [said in text for text in about] == ([True] if said else [])


def test_a_cluster_is_said_not_to_run_even_where_nothing_leads_on():
    blocked = made([flat() | {"kubernetesVersion": "1.20", "provisioningState": "Failed"}, []])
    assert blocked.blockers and any("Failed" in note.text for note in blocked.notes)


def test_kubenet_with_a_gateway_is_called_unsupported():
    gateway = [subnet("agc", "10.0.4.0/24"), [association("g1", "agc")], deployment("1.8.0")]
    for lang, said in (("en", "kubenet does not support it (g1)"), ("ja", "（g1）")):
        notes = [note.text for note in made([flat("kubenet"), *gateway], lang=lang).notes]
        assert any(said in text for text in notes)
        assert not any(said in note.text for note in made([flat(), *gateway], lang=lang).notes)


def pools(*images: str) -> dict[str, Any]:
    return {
        "agentPoolProfiles": [
            {"name": f"w{at}", "osType": "Windows", "podSubnetId": None, "nodeImageVersion": image}
            for at, image in enumerate(images)
        ]
    }


AGED, OLD, NEW = (f"AKSWindows-{text}" for text in ("2019-containerd-17763.5122.1", "20348.1.1", "20348.2113.1"))


@pytest.mark.parametrize(
    ("images", "steps"),
    [
        ((AGED,), {"windows-2019": "todo"}),
        ((AGED, OLD), {"windows-2019": "todo", "windows": "todo"}),
        ((AGED, NEW), {"windows-2019": "todo", "windows": "done"}),
        ((OLD, NEW), {"windows": "todo"}),
        ((NEW,), {"windows": "done"}),
    ],
)
def test_pools_that_never_reach_the_build_are_replaced_and_others_are_not(images: tuple[str, ...], steps: Any):
    way = made([flat() | pools(*images), []])
    assert {each.id: str(each.need) for each in way.steps if each.id.startswith("windows")} == steps
    if "windows-2019" in steps:
        replacing = step(way, "windows-2019")
        assert replacing.title.endswith(": w0") and replacing.commands == ()
        assert "2019" in replacing.check.expected and "20348" not in replacing.check.expected
    assert not any("w0 " in line for each in way.steps if AGED in images for line in each.commands)


def test_space_is_unknown_without_a_network():
    assert Space().block(0) is None and not Space().is_full(0)


@pytest.mark.parametrize(
    ("pool", "step_needed"),
    [
        ({"type": "VirtualMachines"}, True),
        ({"vmSize": "[parameters('size')]"}, True),
        ({"type": "VirtualMachineScaleSets", "vmSize": "Standard_D4s_v5"}, False),
    ],
)
def test_pools_of_an_unknown_kind_are_found_out_before_the_upgrade(pool: dict[str, Any], step_needed: bool):
    pools = [{"name": "np", "osType": "Linux", "podSubnetId": None, **pool}]
    order = [need(each) for each in made([flat() | {"agentPoolProfiles": pools}, []]).steps]
    assert (("pool-kinds", "unclear") in order) is step_needed
    assert ("upgrade", "todo") in order


@pytest.mark.parametrize(
    ("plugin", "section"),
    [("kubenet", "runbooks/aks-conditions#node-pools"), ("azure", "agc/upgrade#maintenance-window")],
)
def test_the_window_has_the_reason_that_holds_for_this_cluster(plugin: str, section: str):
    window = step(made(flat(plugin)), "window")
    assert window.reason.section == section
