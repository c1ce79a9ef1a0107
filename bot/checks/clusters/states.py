"""What Azure says of a resource that it shows: one that is being deleted, or that it failed to make, proves nothing."""

from collections.abc import Iterable, Iterator

from bot.checks.clusters.owners import owner_of
from bot.checks.clusters.site import SEATED, Site
from bot.checks.findings import Doubt
from bot.checks.inventory.inventory import Item, id_of, key_of
from bot.checks.inventory.states import is_deleting, provisioning_state
from bot.checks.printable import printable

UNSETTLED, DELETING = "unsettled-state", "deleting"  # the second: of a whole cluster
_GOES = "deleting"
_STATES = (_GOES, "failed", "canceled")


def unsettled(items: Iterable[Item]) -> dict[str, Item]:
    """Resources in such a state, by their ids."""
    return {own: item for item in items if _state(item) and (own := id_of(item.value))}


def of_states(cluster: Iterable[Item], site: Site | None, elsewhere: dict[str, Item]) -> Iterator[Doubt]:
    """Doubts about a cluster, a subnet and the associations on it. What is wrong with them stays wrong.

    `elsewhere`: associations and gateways of which any document says such a state. An association that goes is there
    until it is gone; where no other one is on a subnet, nobody knows which subnet the gateway will use. One that failed
    leaves open whether it is there, and not what its subnet is.
    """
    cluster = list(cluster)
    if any(is_deleting(item.value) for item in cluster):
        yield Doubt(DELETING, "provisioningState: Deleting", "", fails_stand=True)
    else:
        yield from _doubts(cluster, "")
    if site is None:
        return
    yield from _doubts(site.items, *SEATED)
    bad = []
    for model, item in site.associations:
        known = (elsewhere.get(model.id or ""), elsewhere.get(owner_of(model)), item if _state(item) else None)
        bad += [each for each in known if each is not None][:1]
    goes = len(bad) == len(site.associations) and any(_state(item).lower() == _GOES for item in bad)
    yield from _doubts(bad[:1], *(SEATED if goes else SEATED[1:2]))


def _doubts(items: Iterable[Item], *pointers: str) -> Iterator[Doubt]:
    for item in items:
        if state := _state(item):
            own = id_of(item.value) or key_of(item.value, "name") or item.name or "?"
            seen = printable(f"{str(own).rsplit('/', 1)[-1]}: provisioningState={state}")
            yield from (Doubt(UNSETTLED, seen, pointer, fails_stand=True) for pointer in pointers)
            return


def _state(item: Item) -> str:
    stated = provisioning_state(item.value)
    return stated if stated.lower() in _STATES else ""
