"""A Terraform plan as its apply finds things: nothing orders the changes of one apply, so that an upgrade meets them.

Only what is done to clusters stays a change; it is the upgrade that is asked about.
"""

from typing import Any

from bot.checks.inventory.kinds import type_of_id
from bot.checks.terraform import words as tf

_OF_CLUSTERS = ("azapi_resource", "azapi_update_resource")


def unapplied(raw: dict[str, Any]) -> dict[str, Any]:
    """The plan with every other resource as it is now, in its place; what it would create is not there."""
    changes = raw.get("resource_changes")
    if not isinstance(changes, list):
        return raw
    return {**raw, "resource_changes": [_unapplied(change) for change in changes]}


def _unapplied(resource: Any) -> Any:
    change = resource.get("change") if isinstance(resource, dict) else None
    if not isinstance(change, dict) or resource.get("mode", "managed") != "managed" or _is_cluster(resource, change):
        return resource
    before = change.get("after" if change.get("actions") == ["no-op"] else "before")  # a plan that was cut down
    return {**resource, "change": {"actions": ["no-op"], "before": before, "after": before}}


def _is_cluster(resource: dict[str, Any], change: dict[str, Any]) -> bool:
    if resource.get("type") == tf.CLUSTER:
        return True
    values = change.get("after") or change.get("before")
    if resource.get("type") not in _OF_CLUSTERS or not isinstance(values, dict):
        return False
    kind = str(values.get("type") or "").partition("@")[0].lower() or type_of_id(str(values.get("resource_id") or ""))
    return tf.AZAPI.get(kind or "") == tf.CLUSTER
