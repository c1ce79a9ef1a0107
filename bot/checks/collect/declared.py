"""Resources that ARM templates declare."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.checks.inventory import unwrap
from bot.checks.inventory.inventory import Inventory, Item, Place, Refusal, Unread, id_of, key_of
from bot.checks.inventory.kinds import Kind, recognise, type_of
from bot.checks.spelling import stands_in

LINKED = ("azurerm_subnet", "azurerm_virtual_network", "azurerm_application_load_balancer_subnet_association")
_CHANGED = ("clusters", "associations", "pools")
_DECLARED = (*_CHANGED, "pools", "subnets", "networks", "gateways")
Reader = Callable[[object, Place, Inventory], None]  # of one document


def read_template(raw: dict[str, Any], place: Place, into: Inventory, read: Reader) -> None:
    """What a template declares. It is not the whole world: there may be more gateways than it knows."""
    into.kinds.append(Kind.TEMPLATE)
    lists = len(into.lists)
    for held in unwrap.resources(raw, place):
        if type_of(held.value) == unwrap.DEPLOYMENT:
            if not unwrap.has_template(held.value):
                # A linked template is read nowhere: what it makes may be one more of anything.
                into.unread += [Unread(held.place, str(held.value.get("name", "?")), kind, None) for kind in LINKED]
            continue  # what it holds is read as a part of this template
        kind = recognise(held.value)
        if kind is Kind.CLUSTER and stands_in(str(key_of(key_of(held.value, "networkprofile"), "networkplugin") or "")):
            into.refused.append(Refusal(held.place, "template-expression", str(held.value.get("name", "?"))))
        declared(held.value, held.place, into, read, condition=held.condition)
    into.declared += into.lists[lists:]
    for held in unwrap.resources(raw, place, made=False):
        if recognise(held.value) is Kind.CLUSTER:
            into.refused.append(Refusal(held.place, "template-existing", str(held.value.get("name", "?"))))


def declared(
    value: dict[str, Any],
    place: Place,
    into: Inventory,
    read: Reader,
    before: Any = None,
    before_at: Place | None = None,
    created: bool = False,
    pending: bool = False,
    condition: str = "",
    verbatim: bool = True,
) -> None:
    """Add a resource that a template or a what-if names."""
    kinds, at = len(into.kinds), {name: len(getattr(into, name)) for name in _DECLARED}
    read(value, place, into)
    del into.kinds[kinds:]
    for name, start in at.items():
        kept: list[Item] = getattr(into, name)
        changed = {"before": before, "before_at": before_at, "created": created} if name in _CHANGED else {}
        for number, item in enumerate(kept[start:], start):
            word_for_word = item.verbatim and verbatim
            kept[number] = replace(item, condition=condition, pending=pending, verbatim=word_for_word, **changed)
    if created:
        subnets = into.subnets[at["subnets"] :]
        into.subnets[at["subnets"] :] = [replace(item, created=True, names=_names(item)) for item in subnets]


def _names(subnet: Item) -> tuple[str, ...]:
    """Its resource group, network and name, of a whole id."""
    parts = (id_of(subnet.value) or "").split("/")
    return (parts[3], parts[-3], parts[-1]) if len(parts) == 10 else ()
