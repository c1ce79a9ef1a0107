"""Make the one snapshot of what was given: a snapshot, a Terraform plan, outputs of az, or an array of all these."""

from typing import Any

from bot.checks.errors import InputError
from bot.checks.kinds import Kind, recognise
from bot.checks.pieces import joined, merge
from bot.checks.terraform import plan_to_snapshot
from bot.checks.vnets import with_vnets


def to_snapshot(raw: object) -> dict[str, Any]:
    """The document as a snapshot; pieces that are missing stay missing. Of an array, later documents win."""
    kind = recognise(raw)
    if isinstance(raw, list) and kind is not Kind.ASSOCIATIONS:
        return merge(raw)
    match kind:
        case Kind.CLUSTER:
            return {"aks": raw}
        case Kind.PLAN:
            return with_vnets(plan_to_snapshot(_object(raw)))
        case Kind.ASSOCIATIONS | Kind.SUBNET | Kind.VNET | Kind.GATEWAY | Kind.CONTROLLER:
            raise InputError("needs-cluster", found=kind.value)
    document = _object(raw)
    if "format_version" in document and "values" in document:
        raise InputError("terraform-state")
    return document


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
        snapshot["agcAssociations"] = joined(_piece(associations, Kind.ASSOCIATIONS, "--associations"))
    if alb_version is not None:
        snapshot["albController"] = {"version": alb_version}
    if planned is not None:
        snapshot["planned"] = planned
    return snapshot if aks is None and subnet is None else with_vnets(snapshot)


def _piece(raw: object, kind: Kind, option: str) -> object:
    """Refuse a mix-up early; an odd piece is left to the snapshot's own types."""
    found = recognise(raw)
    if found not in (kind, Kind.OTHER):
        raise InputError("wrong-kind", option=option, expected=kind.value, found=found.value)
    return raw


def _object(raw: object) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise InputError("wrong-type", pointer="", expected="object")
    return raw
