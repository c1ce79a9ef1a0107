"""An array of documents as one snapshot, whatever their order; of two documents of one kind the later one wins."""

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from bot.checks.errors import InputError
from bot.checks.kinds import Kind, documents, image_of, recognise
from bot.checks.snapshot import Association, Subnet
from bot.checks.terraform import plan_to_snapshot
from bot.checks.vnets import Network, described, vnet_of_nodes, vnet_of_subnet, with_vnets


def merge(array: list[Any]) -> dict[str, Any]:
    """The snapshot; InputError names the first element that is no document of any kind, or says what is missing."""
    snapshot: dict[str, Any] = {}
    subnets: list[Any] = []
    networks: list[Network] = []
    associations: list[Any] | None = None
    found = [(at, recognise(document), document) for at, part in enumerate(array) for document in documents(part)]
    for at, kind, document in found:
        match kind:
            case Kind.SNAPSHOT | Kind.PLAN:
                told = _filled(document if kind is Kind.SNAPSHOT else plan_to_snapshot(document))
                snapshot |= told
                subnets = [] if "subnet" in told else subnets
                networks = [] if "vnets" in told else networks
                associations = None if "agcAssociations" in told else associations
            case Kind.CLUSTER:
                snapshot["aks"] = document
            case Kind.SUBNET:
                subnets.append(document)
            case Kind.VNET:
                networks.append(_network(document, at))
            case Kind.ASSOCIATIONS:
                associations = [*(associations or []), *(document if isinstance(document, list) else [document])]
            case Kind.CONTROLLER:
                snapshot["albController"] = {"version": image_of(document)}
            case Kind.OTHER:
                state = isinstance(document, dict) and "format_version" in document and "values" in document
                raise InputError("terraform-state" if state else "not-recognised", pointer=f"/{at}")
    if "aks" not in snapshot:
        raise InputError("needs-cluster", found=", ".join(dict.fromkeys(kind.value for _, kind, _ in found)))
    if associations is not None:
        snapshot["agcAssociations"] = associations
    if subnets:
        snapshot["subnet"] = _gateways(subnets, snapshot.get("agcAssociations"))
    if all(kind in (Kind.SNAPSHOT, Kind.PLAN) for _, kind, _ in found):
        return snapshot  # taken by its word
    return _described(snapshot, networks) if networks else with_vnets(snapshot)


def joined(raw: object) -> object:
    """One list from the lists of several gateways (`jq -s .`)."""
    if isinstance(raw, list) and raw and all(isinstance(part, list) for part in raw):
        return [item for part in raw for item in part]
    return raw


def subnet_ids(associations: object) -> set[str]:
    """The ids of the subnets that associations name, as they compare: lower case, no slash at the ends."""
    try:
        parsed = [Association.model_validate(item) for item in associations] if isinstance(associations, list) else []
    except ValidationError:  # the snapshot's own parsing will say where
        return set()
    return {item.subnet.id for item in parsed if item.subnet and item.subnet.id}


def gateways_vnet(snapshot: dict[str, Any]) -> str | None:
    """Of the gateway's subnet, or of the only one that the associations name."""
    subnet = snapshot.get("subnet")
    named = subnet_ids(snapshot.get("agcAssociations"))
    return vnet_of_subnet(subnet.get("id") if isinstance(subnet, dict) else len(named) == 1 and next(iter(named)))


def _gateways(subnets: list[Any], associations: object) -> Any:
    """The last one, or the last of those that a gateway uses: lists of a network's subnets hold the nodes' one, too."""
    used = subnet_ids(associations)
    return next((subnet for subnet in reversed(subnets) if _id(subnet) in used), subnets[-1])


def _id(subnet: object) -> str | None:
    try:
        return Subnet.model_validate(subnet).id
    except ValidationError:
        return None


def _network(document: object, at: int) -> Network:
    try:
        return Network.model_validate(document)
    except ValidationError as invalid:
        place = "".join(f"/{step}" for step in invalid.errors()[0]["loc"])
        raise InputError("not-recognised", pointer=f"/{at}{place}") from None


def _described(snapshot: dict[str, Any], networks: Iterable[Network]) -> dict[str, Any]:
    nodes, gateway = vnet_of_nodes(snapshot["aks"]), gateways_vnet(snapshot)
    if nodes is None or gateway is None:
        return snapshot
    return {**snapshot, "vnets": described(nodes, gateway, tuple(networks))}


def _filled(snapshot: dict[str, Any]) -> dict[str, Any]:
    """What a document says nothing of must not take away what another one said."""
    return {key: value for key, value in snapshot.items() if value is not None}
