"""A Terraform plan that upgrades a cluster and changes what the upgrade needs."""

from typing import Any

from bot.checks import compose

from .planfile import CLUSTER, PROFILE, plan, statuses


def test_the_planned_kubernetes_version_decides_about_an_upgrade():
    flat = {f"{PROFILE}/network_plugin_mode": None, f"{PROFILE}/network_policy": None}
    for version, status in (("1.32", "pass"), ("1.26", "fail"), (None, "unknown")):
        changes = flat | {f"{CLUSTER}/after/kubernetes_version": version}
        assert statuses(compose(plan(changes), planned="upgrade-to-overlay"))["AGC012"] == status


def upgrading(**changes: Any) -> dict[str, Any]:
    """A plan that is the upgrade: the cluster goes from flat to overlay in place; `changes` are made beside it."""
    flat = {"/resource_changes/0/change/actions": ["update"]}
    raw = plan(flat)
    cluster = raw["resource_changes"][0]["change"]
    profile = {**cluster["after"]["network_profile"][0], "network_plugin_mode": None}
    cluster["before"] = {**cluster["after"], "network_profile": [profile]}
    for resource in raw["resource_changes"]:
        if before := changes.get(resource["type"]):
            resource["change"].update(actions=["update"], before={**(resource["change"]["after"] or {}), **before})
    return raw


def test_a_subnet_that_shrinks_in_the_apply_that_upgrades_is_no_pass():
    """Nothing orders the two changes: the subnet may be a /23 while the cluster is upgraded."""
    size = {"address_prefixes": ["10.60.4.0/23"]}
    assert statuses(upgrading())["AGC009"] == "pass"
    assert statuses(upgrading(azurerm_subnet=size))["AGC009"] != "pass"
    assert statuses(upgrading(azurerm_subnet=size))["AGC004"] != "pass"


def test_a_controller_that_is_updated_in_the_apply_that_upgrades_is_no_pass():
    chart = {"name": "alb", "chart": "alb-controller", "version": "1.8.0"}
    change = {"actions": ["update"], "before": {**chart, "version": "1.6.7"}, "after": chart, "after_unknown": {}}
    release = {"address": "helm_release.alb", "mode": "managed", "type": "helm_release", "name": "alb"}
    raw = upgrading()
    raw["resource_changes"].append({**release, "change": change})
    assert statuses(raw)["AGC003"] == "fail"
    raw["resource_changes"][-1]["change"]["before"]["version"] = "1.7.9"
    assert statuses(raw)["AGC003"] == "pass"
