"""Objects of Kubernetes in a Terraform plan: an ApplicationLoadBalancer asks for associations there as well."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.checks.errors import InputError
from bot.checks.inventory.inventory import Inventory, Place, Unread
from bot.checks.inventory.kinds import Kind, recognise
from bot.checks.spelling import AFTER_APPLY
from bot.checks.terraform import words as tf
from bot.checks.terraform.block import filled
from bot.checks.terraform.plan import Plan, Resource
from bot.checks.text.yaml_text import parse_yaml

_ATTRIBUTES = {"kubernetes_manifest": "manifest", "kubectl_manifest": "yaml_body"}
Reader = Callable[[object, Place, Inventory], None]  # of one document


def read_objects(plan: Plan, place: Place, into: Inventory, read: Reader) -> None:
    """Add the balancers and workloads of a plan; what an object will be is not known where its text is not."""
    for kind, attribute in _ATTRIBUTES.items():
        for resource in plan.of_type(kind):
            at = Place(place.pointer + resource.pointer, place.file)
            objects = _objects(resource, attribute)
            if objects is None:
                into.unread.append(Unread(at, resource.address, tf.ASSOCIATION, None))
                continue
            for value in objects:
                _read(value, at, place, into, read)


def _read(value: object, at: Place, place: Place, into: Inventory, read: Reader) -> None:
    if recognise(value) not in (Kind.BALANCER, Kind.WORKLOAD):
        return
    kinds, ignored = len(into.kinds), len(into.ignored)
    counts = {name: len(getattr(into, name)) for name in ("balancers", "controllers")}
    read(value, at, into)
    del into.kinds[kinds:], into.ignored[ignored:]
    for name, start in counts.items():
        kept = getattr(into, name)
        kept[start:] = [replace(item, place=at, said_by=place) for item in kept[start:]]


def _objects(resource: Resource, attribute: str) -> list[Any] | None:
    """None where they are not known yet."""
    value = filled(resource.block.values, resource.block.unknown).get(attribute)
    if value is None or value == AFTER_APPLY:
        return None
    if not isinstance(value, str):
        return [value]
    try:
        return list(parse_yaml(value))
    except InputError:
        return None
