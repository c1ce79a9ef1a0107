"""Which subnets gateways use: associations decide first, then a delegation to the gateway's service."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from bot.checks.clusters.merging import shown
from bot.checks.clusters.namesakes import compare_by_name, find_namesakes
from bot.checks.clusters.owners import tied
from bot.checks.clusters.site import Site
from bot.checks.clusters.states import unsettled
from bot.checks.inventory.inventory import Inventory, Item, Place, id_of, key_of
from bot.checks.inventory.snapshot import Association, parsed
from bot.checks.spelling import hides_place

_FEW = 8  # statements that are named
_SEGMENTS = 16  # of an id that are compared


@dataclass(slots=True)
class Gateways:
    """All subnets, those without an id apart, and the associations of which nobody knows where they are."""

    sites: dict[str, Site]
    nameless: list[Site]
    unplaced: list[tuple[Association, Item]]
    known: bool  # whether the associations are known at all
    partial: bool  # whether there may be more of them
    declared: bool = False  # whether nobody lists them but plans
    untied: list[Item] = field(default_factory=list)  # what balancers ask for and no list holds
    unsettled: dict[str, Item] = field(default_factory=dict)  # associations and gateways that go, or that failed
    cut: bool = False  # whether a list lacks some, beside what objects ask for


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
    _part_nicknames(sites, unplaced)
    untied = _add_balancers(inventory.balancers, sites, unplaced)
    find_namesakes(sites)
    compare_by_name(sites, nameless)
    known = inventory.listed or bool(inventory.balancers)
    made = [replace(item, value={**item.value, "id": item.value.get("gateway")}) for item in inventory.balancers]
    states = unsettled([*inventory.associations, *inventory.gateways, *made])  # a gateway goes with its object
    cut = bool(inventory.partial) or any(kind in ("gateways", "associations") for _, kind in inventory.cut)
    lacking = cut or not inventory.listed or _may_be_two(inventory)
    declared = inventory.lists == inventory.declared
    return Gateways(sites, nameless, unplaced, known, lacking or bool(untied), declared, untied, states, lacking)


def _may_be_two(inventory: Inventory) -> bool:
    """Whether one id is said twice, of which a part is hidden: of one association, or of two of one name."""
    said = Counter(own for item in inventory.associations if (own := id_of(item.value)))
    return any(count > 1 and hides_place(own) for own, count in said.items())


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


def _part_nicknames(sites: dict[str, Site], unplaced: list[tuple[Association, Item]]) -> None:
    """A name, or the end of an id, may be any subnet whose id ends so: what is said of it has no place."""
    ends: dict[str, str] = {}
    for own in sites:
        parts = own.rsplit("/", _SEGMENTS)
        ends |= {"/".join(parts[at:]): own for at in range(1, len(parts))}
    for short, whole in [(own, ends[own]) for own in sites if own in ends]:
        for site in [sites[short], *([sites[whole]] if sites[short].items else [])]:
            unplaced += [(model.model_copy(update={"subnet": None}), item) for model, item in site.associations]
            site.associations = []


def _distinct(items: Iterable[Item]) -> list[tuple[Association, Item]]:
    """Lists gathered per gateway may overlap. One that is said to be in two places is in both.

    Of what a plan and a list say alike the plan's word counts: it tells what it makes. Of one object, the word that
    tells its gateway.
    """
    associations: dict[tuple[str, str], tuple[Association, Item]] = {}
    for at, item in enumerate(sorted(items, key=_standing)):
        model = parsed(Association, item.value, item.place.pointer, item.place.file)
        where = model.subnet.id if model.subnet else None
        associations.setdefault((model.id or f"#{at}", where or ""), (model, item))
    placed = {own for own, where in associations if where}
    ends = {(own.rpartition("/trafficcontrollers/")[2], where) for own, where in associations}
    return [
        pair
        for (own, where), pair in associations.items()
        if (where or own not in placed) and (_end(pair[1]), where) not in ends
    ]


def _standing(item: Item) -> tuple[bool, bool, bool]:
    return item.created, bool(item.name), key_of(item.value, "gateway") is None


def _end(item: Item) -> str | None:
    """Of what a template declares by names: the end of the id that it will have."""
    gateway, _, name = str(key_of(item.value, "name") or "").casefold().partition("/")
    return f"{gateway}/associations/{name}" if name and id_of(item.value) is None else None


def _unlisted(inventory: Inventory, listed: list[Association]) -> list[tuple[Association, Item]]:
    """Associations that gateways name, or must have, and no list holds."""
    ids = {model.id for model in listed}
    owners = {(own or "").rpartition("/associations/")[0] for own in {*ids, *inventory.leaving}}
    unlisted: list[tuple[Association, Item]] = []
    for gateway in inventory.gateways:
        own, named = id_of(gateway.value), key_of(gateway.value, "associations")
        refs = {id_of(ref) for ref in named} if isinstance(named, list) else set() if own in owners else {own}
        missing = [ref for ref in refs if ref and ref not in ids and ref not in inventory.leaving]
        if own and isinstance(named, list) and _has_more(own, named, {*ids, *inventory.leaving, *missing}):
            missing.append(f"{own}/associations/?")
        unlisted += [(Association.model_construct(id=ref, subnet=None), gateway) for ref in missing]
    return unlisted


def _has_more(gateway: str, named: list[object], known: Iterable[str | None]) -> bool:
    """Whether a gateway names more associations than are known of it, as where an id is hidden."""
    hidden = any(id_of(ref) is None for ref in named)
    return hidden and len(named) > sum((own or "").rpartition("/associations/")[0] == gateway for own in known)


def _add_balancers(
    items: Iterable[Item], sites: dict[str, Site], unplaced: list[tuple[Association, Item]]
) -> list[Item]:
    """An ApplicationLoadBalancer's association is in Azure's list as well, under another name, once it exists.

    Returns those that no list holds, or holds as another gateway's: the lists are of other gateways then, or older.
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
        ties = tied(asked, site.associations)
        site.associations = [*site.associations, *ties.more]
        site.unidentified = ties.unidentified
        untied += ties.untied[:1]
    return untied


def places(pairs: Iterable[tuple[Association, Item]]) -> list[Place]:
    """Where associations were found."""
    return [item.place for _, item in pairs]
