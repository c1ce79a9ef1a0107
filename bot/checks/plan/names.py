"""The names that a cluster's documents tell, for its commands. What they do not tell is a placeholder to fill in."""

import re
import shlex
from dataclasses import dataclass, field
from itertools import count, islice

from bot.checks.clusters.assemble import Case
from bot.checks.clusters.kin import NEW_GATEWAY
from bot.checks.gather.arguments import plain, plain_id, subscription_of
from bot.checks.inventory.inventory import id_of, key_of
from bot.checks.plan.beside import Beside
from bot.checks.plan.gateways import Gateway
from bot.checks.plan.ranges import Space, ranges_of, space_of
from bot.checks.plan.vacancies import NEW_SUBNET
from bot.checks.spelling import id_part, region_name, resource_id

_YOURS = re.compile(r"\$([A-Z_]+)")
NEW_ASSOCIATION = "as-24"
NETWORK_ROLE = "Network Contributor"


@dataclass(frozen=True)
class Names:
    """As the documents spell them, by the ids that compare."""

    cluster: str | None
    group: str | None
    subscription: str | None
    region: str | None
    nodes_vnet: str | None  # whole ids
    spelled: dict[str, str] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()  # names of subnets and gateways
    pods: str | None = None  # the range of the pods, where it may stay
    space: Space = field(default_factory=Space)  # of the network of the nodes
    regions: dict[str, set[str | None]] = field(default_factory=dict)  # of networks and gateways, by their ids
    tables: tuple[str, ...] = ()  # ids of the route tables of the nodes' subnets

    def region_of(self, known: str | None) -> str | None:
        """The one region that documents tell of a network or a gateway."""
        return _region_of(known, self.regions)

    def id(self, known: str | None) -> str | None:
        """A whole id as it is written in the documents."""
        return plain_id(self.spelled.get(known, f"/{known}") if known else None)

    def subnet(self, at: int) -> str:
        """A name for each new subnet: one of its own, that no known subnet has."""
        return self._free(NEW_SUBNET, at)

    def new_subnet_id(self, at: int) -> str | None:
        """Of the same subnet, where the network of the nodes is known."""
        return f"{self.nodes_vnet}/subnets/{self.subnet(at)}" if self.nodes_vnet else None

    def gateway(self, at: int) -> str:
        """The same for a new gateway."""
        return self._free(NEW_GATEWAY, at)

    def _free(self, first: str, at: int) -> str:
        every = (first + (f"-{number}" if number > 1 else "") for number in count(1))
        return next(islice((name for name in every if name not in self.taken), at, None))


def names_of(case: Case, known: Beside) -> Names:
    """Of one cluster, and of everything beside it."""
    raw = case.item.value
    own = key_of(raw, "id")
    own = own if isinstance(own, str) else None
    pools = key_of(raw, "agentpoolprofiles")
    subnets = [key_of(pool, "vnetsubnetid") for pool in (pools if isinstance(pools, list) else [])]
    vnets = {
        subnet.rpartition("/subnets/")[0] for subnet in subnets if isinstance(subnet, str) and "/subnets/" in subnet
    }
    nodes = {vnet.strip("/").casefold(): vnet for vnet in vnets}
    return Names(
        plain(key_of(raw, "name")) or plain(id_part(own, "managedclusters")),
        plain(key_of(raw, "resourcegroup")) or plain(id_part(own, "resourcegroups")),
        subscription_of(own),
        plain(region_name(key_of(raw, "location"))) or _region_of(case.vnet, known.regions),
        plain_id(nodes.popitem()[1] if len(nodes) == 1 else known.spelled.get(case.vnet or "")),
        known.spelled,
        known.taken,
        plain(ranges_of(case, known).kept),
        space_of(case, known),
        known.regions,
        _tables(subnets, known),
    )


def _tables(subnets: list[object], known: Beside) -> tuple[str, ...]:
    """Of the subnets of the nodes, as documents tell them: only whole ids are named."""
    nodes = {resource_id(subnet) for subnet in subnets if isinstance(subnet, str)}
    parts = [key_of(item.value, "routetable") for item in known.inventory.subnets if id_of(item.value) in nodes]
    ids = {resource_id(own): own for part in parts if isinstance(own := key_of(part, "id"), str)}
    return tuple(sorted(own for text in ids.values() if (own := plain_id(text))))


def _region_of(known: str | None, regions: dict[str, set[str | None]]) -> str | None:
    stated = {plain(region_name(region)) for region in regions.get(known or "", ())}
    return stated.pop() if len(stated) == 1 else None


class Line:
    """A command, word by word: names of the documents are quoted, and what is not known is a placeholder."""

    def __init__(self, *words: str) -> None:
        self._words = list(words)
        self._file = ""
        self.fill: list[str] = []

    def option(self, option: str, value: str | None, placeholder: str) -> "Line":
        """An option with a name from the documents, or with a placeholder such as RESOURCE_GROUP."""
        if value is None:
            self.fill.append(placeholder)
        self._words += [option, value if value is not None else f"<{placeholder}>"]
        return self

    def of_subscription(self, subscription: str | None) -> "Line":
        """The option that names a subscription, where the documents tell it; else that of the context counts."""
        return self.option("--subscription", subscription, "") if subscription else self

    def option_only(self, placeholder: str) -> "Line":
        """A placeholder without an option."""
        self.fill.append(placeholder)
        return self.add(f"<{placeholder}>")

    def add(self, *words: str) -> "Line":
        self._words += words
        return self

    def written_to(self, file: str) -> "Line":
        """The output goes into a file."""
        self._file = file
        return self

    @property
    def text(self) -> str:
        text = " ".join(shlex.quote(word) for word in self._words)
        return f"{text} > {shlex.quote(self._file)}" if self._file else text


@dataclass(frozen=True, slots=True)
class Written:
    """Lines to run, further placeholders in them, and a line that shows what came of it."""

    lines: tuple[Line, ...]
    fill: tuple[str, ...]
    check: Line | None


def reading(command: tuple[str, ...]) -> Line:
    """A command of `bot.checks.commands`: what readers fill in is written as in all commands of a plan."""
    line = Line()
    for word in command:
        yours = _YOURS.fullmatch(word)
        if yours:
            line.fill.append(yours[1])
        line.add(f"<{yours[1]}>" if yours else word)
    return line


def aks(names: Names, *verb: str) -> Line:
    """`az aks VERB` on the cluster."""
    return of_cluster(Line("az", "aks", *verb), names)


def of_cluster(line: Line, names: Names) -> Line:
    """A command with the options that name the cluster."""
    line.option("--resource-group", names.group, "RESOURCE_GROUP").option("--name", names.cluster, "CLUSTER")
    return line.of_subscription(names.subscription)


def role(assignee: str, name: str, scope: str | None, placeholder: str) -> Line:
    """Give a managed identity, named by a placeholder for its principal ID, a role on a scope."""
    line = Line("az", "role", "assignment", "create").option("--assignee-object-id", None, assignee)
    line.add("--assignee-principal-type", "ServicePrincipal", "--role", name)
    return line.option("--scope", scope, placeholder)


def of_gateway(names: Names, gateway: Gateway) -> tuple[str | None, str | None, str | None, str | None]:
    """Resource group, gateway, association and subscription, as far as the association's id tells them."""
    own = names.id(gateway.association if "/associations/" in (gateway.association or "") else gateway.owner or None)
    parts = [plain(id_part(own, name)) for name in ("resourcegroups", "trafficcontrollers", "associations")]
    return parts[0], parts[1], parts[2], subscription_of(own)
