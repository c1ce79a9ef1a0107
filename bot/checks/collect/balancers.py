"""ApplicationLoadBalancer objects: what they ask for, and the gateway that ALB Controller made of each."""

import re
from typing import Any

from bot.checks.collect.snapshot_parts import named
from bot.checks.errors import InputError
from bot.checks.inventory.inventory import Inventory, Item, Place, key_of
from bot.checks.spelling import resource_id

_GATEWAY = re.compile(r"\balb-id=(\S+)")


def read_balancer(raw: dict[str, Any], place: Place, into: Inventory) -> None:
    """Add the associations that a balancer asks for. Raises InputError for a name that is no text."""
    wanted = key_of(raw.get("spec"), "associations")
    name, namespace = (_text(raw.get("metadata"), part, place) for part in ("name", "namespace"))
    gateway = _gateway_of(raw)
    state = "Deleting" if key_of(raw.get("metadata"), "deletiontimestamp") else None  # with all that was made of it
    for at, subnet in enumerate(wanted if isinstance(wanted, list) else [None]):  # it always asks for some
        own, where = f"{named(raw)}/{at}/{namespace}", subnet if isinstance(subnet, str) else None
        value = {"id": own, "subnet": {"id": where}, "gateway": gateway, "object": name, "namespace": namespace}
        value |= {"provisioningState": state}
        into.balancers.append(Item(value, place.at("spec", "associations", at), verbatim=False))


def _text(metadata: object, part: str, place: Place) -> str | None:
    """A part of an object's name: it tells which object of several this is, so that nothing else can stand for it."""
    value = key_of(metadata, part)
    if value is None or isinstance(value, str):
        return value
    at = place.at("metadata", part)
    raise InputError("wrong-type", pointer=at.pointer, file=at.file, expected="string")


def _gateway_of(raw: dict[str, Any]) -> str | None:
    """As a balancer's conditions name it."""
    conditions = key_of(raw.get("status"), "conditions")
    listed = conditions if isinstance(conditions, list) else []
    stated = (_GATEWAY.search(str(key_of(condition, "message"))) for condition in listed)
    return next((resource_id(match[1]) for match in stated if match), None)
