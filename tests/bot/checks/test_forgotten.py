"""What Terraform only forgets stays in Azure: no plan passes more than it would if it left that alone."""

from typing import Any

import pytest

from bot.checks.findings import Status

from .test_before_and_after import REPAIRS, Repair, cluster, plan, ranks, resource, statuses
from .valuework import passed

# The repairs of objects that may be there twice.
TWICE = [name for name, (*_, after, _, _) in REPAIRS.items() if after is not None]
PAIRS = [("create", "forget"), ("forget", "create")]


def of_overlay(repair: Repair, before: Any, after: Any, *actions: str) -> dict[str, Any]:
    """The same of a cluster that has CNI Overlay already."""
    raw = plan(repair, before, after, *actions)
    state = cluster("overlay")
    kept = [each for each in raw["resource_changes"] if each["type"] != "azurerm_kubernetes_cluster"]
    return {**raw, "resource_changes": [*kept, resource("azurerm_kubernetes_cluster", "aks", state, state)]}


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
@pytest.mark.parametrize("name", TWICE)
@pytest.mark.parametrize("world", [plan, of_overlay])
def test_an_object_that_another_one_takes_the_place_of_is_there_until_somebody_deletes_it(
    world: Any, name: str, pair: tuple[str, str]
):
    _, _, bad, good, *_ = REPAIRS[name]
    alone = ranks(world(REPAIRS[name], bad, bad))
    both = ranks(world(REPAIRS[name], bad, good, *pair))
    assert all(now <= before for now, before in zip(both, alone, strict=True))
    assert all(now <= before for now, before in zip(both, ranks(world(REPAIRS[name], good, good)), strict=True))


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_both_gateways_count_and_both_controllers_run(pair: tuple[str, str]):
    raw = of_overlay(REPAIRS["second gateway"], None, None)
    for change in raw["resource_changes"]:
        if change["name"] == "a":
            before = change["change"]["before"]
            after = {**before, "id": None, "application_load_balancer_id": "b"}
            change["change"] |= {"actions": [*pair], "after": after, "after_unknown": {"id": True}}
    listed = [{"id": before["id"], "subnet": {"id": before["subnet_id"]}}]
    assert statuses([raw, listed])["AGC005"] is Status.FAIL
    assert "AGC005" in passed([of_overlay(REPAIRS["second gateway"], None, None), listed])
    _, _, old, new, *_ = REPAIRS["controller"]
    assert statuses(of_overlay(REPAIRS["controller"], old, new, *pair))["AGC003"] is Status.FAIL
