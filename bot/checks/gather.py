"""`kb snapshot`: the az and kubectl commands that gather a snapshot, printed or run. They only read."""

import shlex
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.checks.compose import vnet_of_nodes, vnet_of_subnet
from bot.checks.errors import InputError
from bot.checks.snapshot import Association
from bot.checks.tools import json_of, output_of
from bot.checks.words import words

Part = TypeVar("Part")
Printed = dict[str, Any]
CONTROLLER_NAMESPACE = "azure-alb-system"


@dataclass(frozen=True, slots=True)
class Target:
    """The cluster to look at; the gateway's subnet by its resource id, if several gateways share the subscription."""

    resource_group: str
    cluster: str
    subnet_id: str | None = None
    subscription: str | None = None
    namespace: str = CONTROLLER_NAMESPACE
    planned: str | None = None

    def az(self, *arguments: str) -> tuple[str, ...]:
        chosen = ("--subscription", self.subscription) if self.subscription else ()
        return ("az", *arguments, *chosen, "--output", "json")

    def aks(self) -> tuple[str, ...]:
        return self.az("aks", "show", "--resource-group", self.resource_group, "--name", self.cluster)

    def gateways(self) -> tuple[str, ...]:
        return self.az("network", "alb", "list")

    def associations(self, resource_group: str, gateway: str) -> tuple[str, ...]:
        named = ("--resource-group", resource_group, "--alb-name", gateway)
        return self.az("network", "alb", "association", "list", *named)

    # An id names its subscription itself, and az refuses to be told twice.
    def subnet(self, subnet_id: str) -> tuple[str, ...]:
        return ("az", "network", "vnet", "subnet", "show", "--ids", subnet_id, "--output", "json")

    def vnet(self, vnet_id: str) -> tuple[str, ...]:
        return ("az", "network", "vnet", "show", "--ids", vnet_id, "--output", "json")

    def controller(self) -> tuple[str, ...]:
        image = "jsonpath={.spec.template.spec.containers[0].image}"
        return ("kubectl", "get", "deployment", "alb-controller", "--namespace", self.namespace, "--output", image)


class _Gateway(BaseModel):
    name: str
    resourceGroup: str  # noqa: N815  # as az prints it


class _Remote(BaseModel):
    id: str


class _Peering(BaseModel):
    remoteVirtualNetwork: _Remote | None = None  # noqa: N815


class _Vnet(BaseModel):
    id: str
    location: str
    virtualNetworkPeerings: list[_Peering] = []  # noqa: N815

    def peers_with(self, vnet_id: str) -> bool:
        remotes = [item.remoteVirtualNetwork for item in self.virtualNetworkPeerings]
        return any(remote.id.casefold().strip("/") == vnet_id.strip("/") for remote in remotes if remote)


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
    return "\n".join(f"# {words(lang, f'commands.{name}')}\n{_line(command)}" for name, command in commands.items())


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
    image = attempt(lambda: output_of(target.controller()))
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
    found: list[Printed] = []
    for gateway in json_of(target.gateways(), list[_Gateway]):
        found += json_of(target.associations(gateway.resourceGroup, gateway.name), list[Printed])
    return found


def _only_subnet(associations: list[Printed]) -> str:
    try:
        parsed = [Association.model_validate(item) for item in associations]
    except ValidationError:  # the snapshot's own parsing will say where
        parsed = []
    ids = {item.subnet.id for item in parsed if item.subnet and item.subnet.id}
    if len(ids) != 1:
        raise InputError("choose-subnet", count=len(ids))
    return f"/{ids.pop()}"


def _vnets(target: Target, nodes: str, gateway: str) -> Printed:
    aks = json_of(target.vnet(nodes), _Vnet)
    agc = aks if gateway == nodes else json_of(target.vnet(gateway), _Vnet)
    return {
        "aks": {"id": aks.id, "region": aks.location},
        "agc": {"id": agc.id, "region": agc.location},
        "peered": aks.peers_with(gateway) or agc.peers_with(nodes),
    }


def _line(command: tuple[str, ...]) -> str:
    """Quoted for a POSIX shell; the names that the reader fills in stay bare."""
    return " ".join(word if word.startswith("$") else shlex.quote(word) for word in command)
