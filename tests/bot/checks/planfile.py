"""A Terraform plan with edits, and what it becomes."""

import json
from typing import Any

from bot.checks import check, compose
from bot.checks.clusters.assemble import cases

from .casework import CASES, edited

AGC = "/resource_changes/2/change"
CLUSTER = "/resource_changes/0/change"
PROFILE = "/resource_changes/0/change/after/network_profile/0"
ASSOCIATION = "/resource_changes/4/change"
SUBNET_ID = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/snet-agc"


def plan(changes: dict[str, Any] | None = None, dropped: list[str] | None = None) -> dict[str, Any]:
    return edited(json.loads((CASES / "plan.json").read_text("utf-8")), changes or {}, dropped)


def statuses(raw: object) -> dict[str, str]:
    return {finding.id: str(finding.status) for finding in check(raw, "en")}


def plan_to_snapshot(raw: object) -> dict[str, Any]:
    """What the first view of the plan's cluster shows, in the words of a snapshot."""
    inventory = compose(raw)
    (case,) = cases(inventory)
    view = case.views[0].snapshot
    subnet = view.subnet and {"id": view.subnet.id, "addressPrefixes": view.subnet.address_prefixes}
    associations = view.agc_associations
    return {
        "aks": {
            **case.item.value,
            "agentPoolProfiles": [{"name": pool.name} for pool in view.aks.agent_pool_profiles or []],
        },
        "subnet": subnet if subnet and subnet["addressPrefixes"] is not None else None,
        "agcAssociations": associations
        and [{"subnet": {"id": association.subnet and association.subnet.id}} for association in associations],
        "planned": next((item.value for item in inventory.planned), None),
    }


def existing(address: str, subnet_id: str = SUBNET_ID) -> dict[str, Any]:
    kind, name = address.split(".")
    change = {"actions": ["no-op"], "after": {"name": name, "subnet_id": subnet_id}, "after_unknown": {}}
    return {"address": address, "mode": "managed", "type": kind, "name": name, "change": change}
