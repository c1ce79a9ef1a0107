"""A plan in the input that makes the upgrade: what it must not do in the same operation is mended first."""

from itertools import product
from typing import Any

import pytest

from bot.checks import compose
from bot.checks.plan import plans
from bot.checks.plan.records import Need, Plan

from .planfile import statuses
from .planwork import steps
from .test_laws import network
from .test_plans import VNET, change, plan

PROFILE = {
    "network_plugin": "azure",
    "network_plugin_mode": None,
    "network_policy": None,
    "network_data_plane": "azure",
}
SPACE = {**network("a", "japaneast"), "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": []}
ENGINES = (None, "azure", "calico")
PLANES = ("azure", "cilium")
RANGES = (None, "192.168.0.0/16", "10.0.128.0/17", "10.96.0.0/16")


def upgrading(now: dict[str, Any], then: dict[str, Any]) -> dict[str, Any]:
    """A cluster whose network goes from one profile to another, and to CNI Overlay."""
    pool = {"name": "np", "vnet_subnet_id": f"{VNET}/a/subnets/nodes", "pod_subnet_id": None, "os_sku": "Ubuntu"}
    own = {"id": f"{VNET.partition('/providers')[0]}/providers/Microsoft.ContainerService/managedClusters/one"}
    shared = {**own, "name": "one", "kubernetes_version": "1.31", "default_node_pool": [pool]}
    service = {"service_cidr": "10.96.0.0/12"}
    before, after = (
        {**shared, "network_profile": [{**PROFILE, **service, **profile}]}
        for profile in (now, {**then, "network_plugin_mode": "overlay"})
    )
    return plan(change("azurerm_kubernetes_cluster.main", after, {}, "update", before=before))


def planned(raw: dict[str, Any], lang: str = "en") -> Plan:
    (made,) = plans(compose([raw, SPACE]), "overlay", lang)
    return made


def mended(made: Plan) -> list[str]:
    return [step.id for step in made.steps if step.id.startswith("operation-") and step.need is Need.TODO]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    ("then", "step"),
    [
        ({"network_data_plane": "cilium"}, "operation-dataplane"),
        ({"network_policy": "calico"}, "operation-engine"),
        ({"pod_cidr": "10.0.128.0/17"}, "operation-range"),
        ({"pod_cidr": "10.96.0.0/16"}, "operation-range"),
    ],
)
def test_what_the_upgrade_must_not_do_beside_it_is_taken_out_of_the_plan_before_it_is_applied(
    then: dict[str, Any], step: str, lang: str
):
    made = planned(upgrading({}, then), lang)
    assert mended(made) == [step]
    ids = [step.id for step in made.steps]
    assert ids.index(step) < ids.index("upgrade")


def test_a_plan_that_keeps_the_policy_engine_would_bring_it_back():
    """The engine is uninstalled before the upgrade; the same plan enables it again."""
    made = planned(upgrading({"network_policy": "calico"}, {"network_policy": "calico"}))
    assert mended(made) == ["operation-engine"]
    assert ("policy", "todo") in steps(made)


def test_a_plan_that_only_upgrades_has_nothing_to_mend():
    for then in ({}, {"pod_cidr": "192.168.0.0/16"}):
        assert mended(planned(upgrading({}, then))) == []
    dropped = planned(upgrading({"network_policy": "azure"}, {"network_policy": None}))
    assert mended(dropped) == []


def test_an_upgrade_that_the_rules_do_not_pass_is_never_simply_applied():
    """Whatever AGC012 says of the plan, a blocker or a step before the upgrade answers it."""
    for engine, later, plane, pods in product(ENGINES, ENGINES, PLANES, RANGES):
        then = {"network_policy": later, "network_data_plane": plane, "pod_cidr": pods}
        raw = upgrading({"network_policy": engine}, then)
        path = statuses([raw, SPACE])["AGC012"]
        made = planned(raw)
        before = [step for step in made.steps if step.rule == "AGC012" and step.id != "upgrade"]
        answered = bool(made.blockers) or any(step.need is not Need.DONE for step in before if step.id != "window")
        assert answered or path == "pass"
