"""`kb snapshot`: the az and kubectl commands that gather a snapshot, printed or run. They only read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from bot.checks.errors import InputError
from bot.checks.gather.commands import Target, line
from bot.checks.gather.tools import json_of, output_of
from bot.checks.inventory.keepers import ADDON_NAMESPACE, has_addon
from bot.checks.inventory.snapshot import Association
from bot.checks.inventory.vnets import Network, described, vnet_of_nodes, vnet_of_subnet
from bot.checks.words import words

Part = TypeVar("Part")
Printed = dict[str, Any]


class _Gateway(BaseModel):
    name: str
    resourceGroup: str  # noqa: N815  # as az prints it


@dataclass(frozen=True, slots=True)
class Gathered:
    """A snapshot, and why parts of it are missing."""

    snapshot: Printed
    gaps: tuple[InputError, ...]


def script(target: Target, lang: str) -> str:
    """The commands to run by hand, each below a comment that says what it is for; $NAMES are yours to fill in."""
    commands = {
        "aks": target.aks(),
        "gateways": target.gateways(),
        "associations": target.associations("$GATEWAY_RESOURCE_GROUP", "$GATEWAY"),
        "subnet": target.subnet(target.subnet_id or "$GATEWAY_SUBNET_ID"),
        "controller": target.controller(),
        "vnet-aks": target.vnet("$NODES_VNET_ID"),
        "vnet-agc": target.vnet("$GATEWAY_VNET_ID"),
    }
    return "\n".join(f"# {words(lang, f'commands.{name}')}\n{line(command)}" for name, command in commands.items())


def gather(target: Target) -> Gathered:
    """Run the commands. Without the cluster there is no snapshot (InputError); any other gap stays unknown."""
    gaps: list[InputError] = []

    def attempt(part: Callable[[], Part]) -> Part | None:
        try:
            return part()
        except InputError as gap:
            gaps.append(gap)
            return None

    aks = json_of(target.aks(), Printed)
    associations = attempt(lambda: _associations(target))
    subnet_id = target.subnet_id or attempt(lambda: _only_subnet(associations or []))
    subnet = attempt(lambda: json_of(target.subnet(subnet_id), Printed)) if subnet_id else None
    nodes, gateway = vnet_of_nodes(aks), vnet_of_subnet(subnet_id)
    image = attempt(lambda: output_of(_with_addon(target, aks).controller()))
    snapshot = {
        "aks": aks,
        "subnet": subnet,
        "agcAssociations": associations,
        "albController": {"version": image.strip()} if image else None,
        "vnets": attempt(lambda: _vnets(target, nodes, gateway)) if nodes and gateway else None,
        "planned": target.planned,
    }
    return Gathered(snapshot, tuple(gaps))


def _associations(target: Target) -> list[Printed]:
    """Of all gateways or none at all: a part of them would make a pass of missing data."""
    associations: list[Printed] = []
    for gateway in json_of(target.gateways(), list[_Gateway]):
        associations += json_of(target.associations(gateway.resourceGroup, gateway.name), list[Printed])
    return associations


def _with_addon(target: Target, aks: Printed) -> Target:
    """The add-on of AKS runs in another namespace than the chart installs ALB Controller into."""
    return replace(target, namespace=ADDON_NAMESPACE) if has_addon(aks) else target


def _only_subnet(associations: list[Printed]) -> str:
    parsed = [Association.model_validate(item) for item in associations]
    ids = {item.subnet.id for item in parsed if item.subnet and item.subnet.id}
    if len(ids) != 1:
        raise InputError("choose-subnet", count=len(ids))
    return f"/{ids.pop()}"


def _vnets(target: Target, nodes: str, gateway: str) -> Printed:
    aks = json_of(target.vnet(nodes), Network)
    return described(nodes, gateway, (aks, aks if gateway == nodes else json_of(target.vnet(gateway), Network)))
