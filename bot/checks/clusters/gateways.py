"""Which subnets gateways use: associations decide first, then a delegation to the gateway's service."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

from bot.checks.clusters.merging import shown
from bot.checks.inventory.cluster import UNCLEAR
from bot.checks.inventory.inventory import Inventory, Item, Place, id_of, key_of
from bot.checks.inventory.snapshot import Association, Subnet, parsed
from bot.checks.spelling import stands_in

_FEW = 8  # statements that are named
SERVICE = "microsoft.servicenetworking/trafficcontrollers"


@dataclass
class Site:
    """A subnet: all that is said of it, and the associations on it."""

    id: str | None
    items: list[Item] = field(default_factory=list)
    associations: list[tuple[Association, Item]] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)  # what documents say of an association that is elsewhere as well
    contradictions: list[str] = field(default_factory=list)

    @cached_property
    def said(self) -> list[tuple[Subnet, Item]]:
        """The statements of now, and of what a plan makes, and who makes each of them first.

        Of several that speak of one time, nobody knows which is right: they are none.
        """
        models = [(parsed(Subnet, item.value, item.place.pointer, item.place.file), item) for item in self.items]
        made: dict[tuple[str, ...], tuple[Subnet, Item]] = {}
        for pending in (False, True):
            distinct: dict[tuple[str, ...], tuple[Subnet, Item]] = {}
            for model, item in models:
                if model.prefixes and item.pending is pending:
                    distinct.setdefault(tuple(sorted(model.prefixes)), (model, item))
            if len(distinct) > 1:
                contradicting = [
                    (", ".join(prefixes), item.place) for prefixes, (_, item) in sorted(distinct.items())[:_FEW]
                ]
                self.contradictions.append(f"addressPrefix: {shown(contradicting)}")
                unclear = Subnet.model_construct(id=self.id, address_prefix=UNCLEAR, address_prefixes=None)
                distinct = {unclear.prefixes: (unclear, next(iter(distinct.values()))[1])}
            made |= distinct
        return [made[prefixes] for prefixes in sorted(made)] or models[:1]

    @cached_property
    def whole(self) -> bool:
        """KnownCluster by snapshots alone, or by nobody."""
        return all(item.whole for item in self.items)

    @cached_property
    def snapshots(self) -> set[Place]:
        """That designate it."""
        return {item.scope for item in self.items if item.whole}

    @cached_property
    def scopes(self) -> set[Place]:
        """The parts of the input that speak of it."""
        return {item.scope for item in self.items}

    @cached_property
    def statements(self) -> list[Subnet]:
        """What is said of its prefixes; more than one where documents contradict each other."""
        return [model for model, _ in self.said]

    @cached_property
    def delegated(self) -> bool | None:
        """To the gateway's service. None: nobody says so, or documents contradict each other."""
        states = {_delegated(item.value) for item in self.items} - {None}
        return states.pop() if len(states) == 1 else None

    @cached_property
    def undelegated(self) -> bool:
        """To no service at all: nobody uses it yet, and the gateway's service cannot."""
        return self.delegated is False and not any(key_of(item.value, "delegations") for item in self.items)

    @cached_property
    def owners(self) -> list[str]:
        """Services whose links the subnet holds: a link is there as long as a service uses it."""
        links = (link for item in self.items for link in _links(item.value))
        return sorted({str(link).strip().lower() for link in links if isinstance(link, str) and link.strip()})

    @cached_property
    def unborn(self) -> bool:
        return any(item.unborn for item in self.items)

    @cached_property
    def name(self) -> str:
        """As the documents spell it."""
        spelled = (item.name or key_of(item.value, "name") or key_of(item.value, "id") for item in self.items)
        asked = (key_of(key_of(item.value, "subnet"), "id") for _, item in self.associations)
        named = next((text for text in chain(spelled, asked) if isinstance(text, str)), self.id or "?")
        return named.strip("/").rsplit("/", 1)[-1]

    @property
    def created(self) -> list[tuple[Association, Item]]:
        return [pair for pair in self.associations if pair[1].created]

    def groups(self) -> set[str]:
        """The resource groups of its gateways."""
        groups = ((model.id or "").partition("resourcegroups/")[2].partition("/")[0] for model, _ in self.associations)
        return {group for group in groups if group}


@dataclass(slots=True)
class Gateways:
    """All subnets, those without an id apart, and the associations of which nobody knows where they are."""

    sites: dict[str, Site]
    nameless: list[Site]
    unplaced: list[tuple[Association, Item]]
    known: bool  # whether the associations are known at all
    partial: bool  # whether there may be more of them
    untied: list[Item] = field(default_factory=list)  # what balancers ask for and no list holds


def gateways(inventory: Inventory) -> Gateways:
    """Everything that is said of gateways and subnets, sorted by subnet."""
    sites: dict[str, Site] = {}
    nameless: list[Site] = []
    for item in [*inventory.subnets, *inventory.designated]:
        own = id_of(item.value)
        if own is None:
            nameless.append(Site(None, [item]))
        else:
            sites.setdefault(own, Site(own)).items.append(item)
    unplaced: list[tuple[Association, Item]] = []
    listed = _distinct(inventory.associations)
    for model, item in listed:
        _put(model, item, sites, unplaced)
    for seen, where in _torn(listed):
        sites[where].torn.append(seen)
    unplaced += _unlisted(inventory, [model for model, _ in listed])
    untied = _add_balancers(inventory.balancers, sites, unplaced)
    known = inventory.listed or bool(inventory.balancers)
    cut = bool(inventory.partial) or any(kind in ("gateways", "associations") for _, kind in inventory.cut)
    return Gateways(sites, nameless, unplaced, known, cut or not inventory.listed or bool(untied), untied)


def _torn(listed: list[tuple[Association, Item]]) -> Iterator[tuple[str, str]]:
    """Associations of which documents that speak of one time say that they are on several subnets, for each subnet."""
    by_association: dict[str, dict[str, Item]] = {}
    for model, item in listed:
        where = model.subnet.id if model.subnet else None
        if model.id and where:
            by_association.setdefault(model.id, {})[where] = item
    for own, sites in by_association.items():
        if max(Counter(item.pending for item in sites.values()).values()) > 1:
            places = [(where.rsplit("/", 1)[-1], item.place) for where, item in list(sites.items())[:_FEW]]
            yield from ((f"{own.rsplit('/', 1)[-1]}: {shown(places)}", where) for where in sites)


def _put(model: Association, item: Item, sites: dict[str, Site], unplaced: list[tuple[Association, Item]]) -> None:
    where = model.subnet.id if model.subnet else None
    if where is None:
        unplaced.append((model, item))
    else:
        sites.setdefault(where, Site(where)).associations.append((model, item))


def _distinct(items: Iterable[Item]) -> list[tuple[Association, Item]]:
    """Lists gathered per gateway may overlap. One that is said to be in two places is in both."""
    associations: dict[tuple[str, str], tuple[Association, Item]] = {}
    for at, item in enumerate(items):
        model = parsed(Association, item.value, item.place.pointer, item.place.file)
        where = model.subnet.id if model.subnet else None
        associations.setdefault((model.id or f"#{at}", where or ""), (model, item))
    placed = {own for own, where in associations if where}
    return [pair for (own, where), pair in associations.items() if where or own not in placed]


def _unlisted(inventory: Inventory, listed: list[Association]) -> list[tuple[Association, Item]]:
    """Associations that gateways name, or must have, and no list holds."""
    ids = {model.id for model in listed}
    owners = {(own or "").rpartition("/associations/")[0] for own in ids}
    unlisted: list[tuple[Association, Item]] = []
    for gateway in inventory.gateways:
        own, named = id_of(gateway.value), key_of(gateway.value, "associations")
        refs = {id_of(ref) for ref in named} if isinstance(named, list) else set() if own in owners else {own}
        unlisted += [
            (Association.model_construct(id=ref, subnet=None), gateway) for ref in refs if ref and ref not in ids
        ]
    return unlisted


def _add_balancers(
    items: Iterable[Item], sites: dict[str, Site], unplaced: list[tuple[Association, Item]]
) -> list[Item]:
    """An ApplicationLoadBalancer's association is in Azure's list as well, under another name, once it exists.

    Returns those that no list holds: the lists are of other gateways then, or older.
    """
    untied: list[Item] = []
    wanted: dict[str, list[tuple[Association, Item]]] = {}
    for model, item in _distinct(items):
        where = model.subnet.id if model.subnet else None
        if where is None:
            unplaced.append((model, item))
        else:
            wanted.setdefault(where, []).append((model, item))
    for where, asked in wanted.items():
        site = sites.setdefault(where, Site(where))
        if len(asked) > len(site.associations):
            site.associations = asked
            untied.append(asked[0][1])
    return untied


def _delegated(value: Any) -> bool | None:
    listed = key_of(value, "delegations")
    if not isinstance(listed, list):
        return None
    services = [entry if isinstance(entry, str) else key_of(entry, "servicename") for entry in listed]
    names = [service.strip().lower() if isinstance(service, str) else "" for service in services]
    if SERVICE in names:
        return True
    return None if any(not name or stands_in(name) for name in names) else False


def _links(value: Any) -> list[Any]:
    """The types that service associations of a subnet name; one that says nothing links something unknown."""
    types = []
    for kind in ("serviceassociationlinks", "resourcenavigationlinks"):
        listed = key_of(value, kind)
        links = (
            listed if isinstance(listed, list) else [listed] if listed else []
        )  # PowerShell may cut a list to a text
        types += [key_of(link, "linkedresourcetype") or "?" for link in links]
    return types


def places(pairs: Iterable[tuple[Association, Item]]) -> list[Place]:
    """Where associations were found."""
    return [item.place for _, item in pairs]
