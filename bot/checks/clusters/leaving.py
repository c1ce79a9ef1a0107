"""What plans take away: outputs of what there is now show it still, beside what takes its place.

A plan is read twice, as it leaves things and as it finds them. What only the second reading says goes with the apply;
a document that says the same is as old as that. One that says anything else stands.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.checks.clusters.links import services
from bot.checks.inventory.inventory import Inventory, Item, Place, id_of, key_of
from bot.checks.inventory.kinds import Kind
from bot.checks.inventory.snapshot import Subnet, parsed
from bot.checks.spelling import region_name, resource_id
from bot.checks.versions import alb_version

Fact = tuple[str, ...]
_CHANGING = (Kind.PLAN, Kind.WHAT_IF)
_PLAN = re.compile(r"(.*?)/(?:resource_changes|changes|potentialChanges)/\d+(?:/.*)?", re.DOTALL)


def has_plans(inventory: Inventory) -> bool:
    """Whether any document changes what there is."""
    return any(kind in label for label in inventory.kinds for kind in _CHANGING)


def leave_out(inventory: Inventory, now: Inventory) -> None:
    """Drop what its plans take away from an inventory. `now`: the same documents, with plans as they find things."""
    inventory.removed |= _removed(inventory, now)
    inventory.clusters = [
        replace(item, gone=True, verbatim=False) if _goes(item, inventory) else item for item in inventory.clusters
    ]
    _leave_networks(inventory, now)
    _leave_gateways(inventory, now)
    _leave_sizes(inventory, now)
    _leave_delegations(inventory, now)
    if len({id_of(item.value) for item in inventory.clusters}) <= 1:  # or it may run in the other one
        inventory.controllers, _ = _left(inventory.controllers, now.controllers, _version)


def _removed(inventory: Inventory, now: Inventory) -> set[str]:
    """Ids of networks and subnets that a plan has now, and that it does not have any more."""
    there, stay = (
        {
            (plan, own)
            for item in (*known.subnets, *known.networks)
            if (plan := _plan_of(item.place)) and not _is_peering(item) and (own := id_of(item.value))
        }
        for known in (now, inventory)
    )
    return {own for _, own in there - stay}


def _plan_of(place: Place) -> Place | None:
    match = _PLAN.fullmatch(place.pointer)
    return None if match is None else Place(match[1], place.file)


def _is_peering(network: Item) -> bool:
    """Whether it is said of a network only with whom it is peered."""
    return set(network.value) <= {"id", "virtualNetworkPeerings"}


def _leave_networks(inventory: Inventory, now: Inventory) -> None:
    """Drop what outputs say of subnets and networks that go, and the regions of networks that get other ones."""
    _, moved = _left(inventory.networks, now.networks, _region)
    inventory.networks = [
        _without(item, "location") if not item.name and _region(item) in moved else item
        for item in inventory.networks
        if not _goes(item, inventory)
    ]
    inventory.subnets = [item for item in inventory.subnets if not _goes(item, inventory)]


def _goes(item: Item, inventory: Inventory) -> bool:
    """Whether a plan deletes what is said here, or what it is in. Only what a plan makes anew is there afterwards."""
    return not (item.created or item.remade) and is_removed(id_of(item.value), inventory)


def is_removed(own: str | None, inventory: Inventory) -> bool:
    """Whether a plan deletes a resource, or something that it is a part of."""
    parts = (own or "").split("/") if inventory.removed else []
    return any("/".join(parts[:end]) in inventory.removed for end in range(1, len(parts) + 1))


def _leave_gateways(inventory: Inventory, now: Inventory) -> None:
    """Drop gateways and associations; with what an object asked for goes what ALB Controller made of that."""
    inventory.balancers, moved = _left(inventory.balancers, now.balancers, _association)
    inventory.associations, gone = _left(inventory.associations, now.associations, _association)
    inventory.gateways, removed = _left(inventory.gateways, now.gateways, _gateway)
    followed = {
        (item.value.get("gateway"), *fact[1:])
        for item in now.balancers
        if (fact := _association(item)) and fact in moved
    }
    away = [
        item
        for item in inventory.associations
        if _by_controller(item) in followed or _owner(item) in removed or _goes(item, inventory)
    ]
    gone_with, left_by = {id(item) for item in away}, _departures(now.balancers, moved)
    inventory.associations = [
        replace(item, departs=left_by[fact[1]]) if (fact := _association(item)) and not item.name else item
        for item in inventory.associations
        if id(item) not in gone_with
    ]
    inventory.leaving = {own for own, _ in gone} | {own for item in away if (own := id_of(item.value))}


def _leave_sizes(inventory: Inventory, now: Inventory) -> None:
    """Drop the sizes that subnets have now, where a plan says another one."""
    _, sizes = _left(inventory.subnets, now.subnets, _subnet)
    inventory.subnets, inventory.designated = (
        [_without(item, "addressprefix") if _subnet(item) in sizes else item for item in items]
        for items in (inventory.subnets, inventory.designated)
    )


def _leave_delegations(inventory: Inventory, now: Inventory) -> None:
    """Drop the services that outputs have subnets delegated to, where a plan delegates them to others."""
    _, moved = _left(inventory.subnets, now.subnets, _delegation)
    inventory.subnets, inventory.designated = (
        [
            _without(item, "delegations") if _plan_of(item.place) is None and _delegation(item) in moved else item
            for item in items
        ]
        for items in (inventory.subnets, inventory.designated)
    )


def _left(
    items: Iterable[Item], earlier: Iterable[Item], fact_of: Callable[[Item], Fact | None]
) -> tuple[list[Item], set[Fact]]:
    """The items that stay, and what is said of those that go. Another plan that leaves a thing alone contradicts it."""
    items = list(items)
    facts = [fact_of(item) for item in items]
    said = {(_teller(item.place), fact) for item, fact in zip(items, facts, strict=True)}
    gone = {fact for item in earlier if (fact := fact_of(item)) and (_teller(item.place), fact) not in said}
    kept = [
        item for item, fact in zip(items, facts, strict=True) if fact not in gone or (item.name and not item.replaced)
    ]
    return kept, gone


def _departures(balancers: Iterable[Item], moved: set[Fact]) -> Counter[str]:
    """How many objects leave each subnet, of those whose gateway nobody tells."""
    facts = {fact: item for item in balancers if (fact := _association(item))}
    stated = {fact[0] for item in balancers if item.value.get("gateway") and (fact := _association(item))}
    return Counter(fact[1] for fact in facts if fact in moved and fact[0] not in stated)


def _teller(place: Place) -> Place:
    """The plan that a place is in, which may have a thing in another place afterwards; of an output, the place."""
    return _plan_of(place) or place


def _association(item: Item) -> Fact | None:
    own, where = id_of(item.value), key_of(key_of(item.value, "subnet"), "id")
    subnet = resource_id(where) if isinstance(where, str) else None
    return (own, subnet) if own and subnet else None


def _gateway(item: Item) -> Fact | None:
    own = id_of(item.value)
    return None if own is None else (own,)


def _owner(item: Item) -> Fact:
    """The gateway: what is a part of it goes with it."""
    return ((id_of(item.value) or "").rpartition("/associations/")[0],)


def _by_controller(item: Item) -> tuple[str, ...] | None:
    """The gateway and the subnet: ALB Controller moves what it made for an object, whatever its name is."""
    fact = _association(item)
    return None if fact is None else (*_owner(item), *fact[1:])


def _subnet(item: Item) -> Fact | None:
    model = parsed(Subnet, item.value, item.place.pointer, item.place.file)
    return (model.id, *sorted(model.prefixes)) if model.id and model.prefixes else None


def _delegation(item: Item) -> Fact | None:
    own, named = id_of(item.value), services(item.value)
    return (own, *sorted(named)) if own and named is not None else None


def _region(item: Item) -> Fact | None:
    own, region = id_of(item.value), region_name(key_of(item.value, "location"))
    return (own, region) if own and region else None


def _without(item: Item, prefix: str) -> Item:
    """Without the keys that begin so. What else is said of it holds after the apply as well."""
    value = {key: part for key, part in item.value.items() if not key.lower().startswith(prefix)}
    inside = {
        key: {name: part for name, part in value[key].items() if not name.lower().startswith(prefix)}
        for key in value
        if key.lower() == "properties" and isinstance(value[key], dict)
    }
    return replace(item, value=value | inside, verbatim=False)


def _version(item: Item) -> Fact | None:
    stated = key_of(item.value, "version")
    release = alb_version(stated if isinstance(stated, str) else None)
    return None if release is None else (str(release),)
