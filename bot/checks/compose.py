"""Recognise what was given and make the one snapshot of it: a snapshot, pieces that az printed, a Terraform plan."""

from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from bot.checks.errors import InputError
from bot.checks.snapshot import Cluster
from bot.checks.terraform import plan_to_snapshot


class Kind(StrEnum):
    """What a JSON document is, told from its shape."""

    SNAPSHOT = "snapshot"
    CLUSTER = "az aks show"
    SUBNET = "az network vnet subnet show"
    ASSOCIATIONS = "az network alb association list"
    PLAN = "terraform show -json"
    OTHER = "?"


def recognise(raw: object) -> Kind:
    """The first kind whose marks the document bears."""
    if isinstance(raw, list):
        return Kind.ASSOCIATIONS
    if not isinstance(raw, dict):
        return Kind.OTHER
    keys = {str(key).lower() for key in raw}
    inner = next((value for key, value in raw.items() if str(key).lower() == "properties"), None)
    if isinstance(inner, dict):
        keys |= {str(key).lower() for key in inner}
    kind_of_resource = str(raw.get("type", "")).lower()
    if "aks" in keys:
        return Kind.SNAPSHOT
    if keys & {"resource_changes", "planned_values"}:
        return Kind.PLAN
    if keys & {"networkprofile", "agentpoolprofiles"} or kind_of_resource.endswith("/managedclusters"):
        return Kind.CLUSTER
    if keys & {"addressprefix", "addressprefixes"} or kind_of_resource.endswith("/subnets"):
        return Kind.SUBNET
    return Kind.OTHER


def to_snapshot(raw: object) -> dict[str, Any]:
    """The document as a snapshot; pieces that are missing stay missing."""
    kind = recognise(raw)
    if not isinstance(raw, dict):
        code = "needs-cluster" if kind is Kind.ASSOCIATIONS else "wrong-type"
        raise InputError(code, pointer="", expected="object", found=kind.value)
    match kind:
        case Kind.CLUSTER:
            return {"aks": raw}
        case Kind.PLAN:
            return _with_vnets(plan_to_snapshot(raw))
        case Kind.SUBNET:
            raise InputError("needs-cluster", found=kind.value)
    if "format_version" in raw and "values" in raw:
        raise InputError("terraform-state")
    return raw


def compose(
    base: object = None,
    *,
    aks: object = None,
    subnet: object = None,
    associations: object = None,
    alb_version: str | None = None,
    planned: str | None = None,
) -> dict[str, Any]:
    """A snapshot from a document, from pieces, or from both: a piece replaces what the document says."""
    snapshot = {} if base is None else dict(to_snapshot(base))
    if aks is not None:
        snapshot["aks"] = _piece(aks, Kind.CLUSTER, "--aks")
    if subnet is not None:
        snapshot["subnet"] = _piece(subnet, Kind.SUBNET, "--subnet")
    if associations is not None:
        snapshot["agcAssociations"] = _joined(_piece(associations, Kind.ASSOCIATIONS, "--associations"))
    if alb_version is not None:
        snapshot["albController"] = {"version": alb_version}
    if planned is not None:
        snapshot["planned"] = planned
    return snapshot if aks is None and subnet is None else _with_vnets(snapshot)


def vnet_of_nodes(aks: object) -> str | None:
    """The one VNet that the ids of the node pools' subnets name."""
    try:
        pools = Cluster.model_validate(aks).agent_pool_profiles or []
    except ValidationError:  # the snapshot's own parsing will say where
        return None
    named = {vnet_of_subnet(pool.vnet_subnet_id) for pool in pools}
    return named.pop() if len(named) == 1 else None


def vnet_of_subnet(subnet_id: object) -> str | None:
    """The first part of a subnet's id, in lower case so that it can be compared; Azure does not care."""
    vnet, found, _ = str(subnet_id).casefold().partition("/subnets/")
    return f"/{vnet.strip('/')}" if found else None


def _with_vnets(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Add the VNets that the pieces' own ids name; regions and peering are not in there."""
    subnet = snapshot.get("subnet")
    nodes, gateway = vnet_of_nodes(snapshot.get("aks")), vnet_of_subnet(isinstance(subnet, dict) and subnet.get("id"))
    if "vnets" in snapshot or nodes is None or gateway is None:
        return snapshot
    return {**snapshot, "vnets": {"aks": {"id": nodes}, "agc": {"id": gateway}, "peered": None}}


def _piece(raw: object, kind: Kind, option: str) -> object:
    """Refuse a mix-up early; an odd piece is left to the snapshot's own types."""
    found = recognise(raw)
    if found not in (kind, Kind.OTHER):
        raise InputError("wrong-kind", option=option, expected=kind.value, found=found.value)
    return raw


def _joined(raw: object) -> object:
    """One list from the lists of several gateways (`jq -s .`)."""
    if isinstance(raw, list) and raw and all(isinstance(part, list) for part in raw):
        return [item for part in raw for item in part]
    return raw
