"""Objects of Kubernetes in a Terraform plan: an ApplicationLoadBalancer asks for associations there as well.

It stands there by itself, or in the values of a chart that makes it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.checks.errors import InputError
from bot.checks.inventory.charted import charted
from bot.checks.inventory.inventory import UNREAD, UNREAD_OBJECT, Inventory, Place, Unread, key_of
from bot.checks.inventory.kinds import Kind, recognise
from bot.checks.spelling import AFTER_APPLY, resource_id, stands_in
from bot.checks.terraform import words as tf
from bot.checks.terraform.block import Block, filled
from bot.checks.terraform.plan import Plan
from bot.checks.terraform.resource import Resource
from bot.checks.text.yaml_text import parse_yaml

_ATTRIBUTES = {"kubernetes_manifest": "manifest", "kubectl_manifest": "yaml_body", tf.RELEASE: "values"}
_BESIDE = ("kubernetes_", "kubectl_", "helm_", "time_")  # what these make is no subnet
_BALANCER = Kind.BALANCER.rpartition(" ")[2]
Reader = Callable[[object, Place, Inventory], None]  # of one document


def read_objects(plan: Plan, place: Place, into: Inventory, read: Reader, subnets: Mapping[str, str]) -> None:
    """Add the balancers and workloads of a plan; what an object will be is not known where its text is not.

    `subnets`: the ids of the plan's subnets, by their addresses.
    """
    for kind, attribute in _ATTRIBUTES.items():
        for resource in plan.of_type(kind):
            at = Place(place.pointer + resource.pointer, place.file)
            objects = _objects(resource.block, attribute)
            if objects is None or any(stands_in(str(key_of(value, "kind") or "")) for value in objects):
                if not _is_other(resource.block):
                    code = UNREAD_OBJECT if resource.created else UNREAD
                    into.unread.append(Unread(at, resource.address, tf.ASSOCIATION, None, code))
                continue
            target = plan.target(resource, attribute, beside=_BESIDE)
            here = subnets.get(target.address) if target else None
            for value in objects:
                _read(_located(value, here), at, place, into, read, _asked_before(resource, attribute))


def _read(value: object, at: Place, place: Place, into: Inventory, read: Reader, before: set[str] | None) -> None:
    if recognise(value) not in (Kind.BALANCER, Kind.WORKLOAD):
        return
    kinds, ignored = len(into.kinds), len(into.ignored)
    counts = {name: len(getattr(into, name)) for name in ("balancers", "controllers")}
    read(value, at, into)
    del into.kinds[kinds:], into.ignored[ignored:]
    for name, start in counts.items():
        kept = getattr(into, name)
        kept[start:] = [replace(item, place=at, said_by=place) for item in kept[start:]]
    asked = into.balancers[counts["balancers"] :]
    into.balancers[counts["balancers"] :] = [
        replace(item, created=before is not None and _subnet(key_of(item.value, "subnet")) not in before)
        for item in asked
    ]


def _asked_before(resource: Resource, attribute: str) -> set[str] | None:
    """The subnets that an object asks for until the plan changes it. None: the plan changes nothing of it."""
    if resource.created or resource.remade:
        return set()
    if resource.before is None:
        return None
    earlier = _objects(Block(resource.before, {}), attribute) or []
    wanted = [key_of(key_of(value, "spec"), "associations") for value in earlier]
    return {
        own
        for listed in wanted
        if isinstance(listed, list)
        for text in listed
        if isinstance(text, str) and (own := resource_id(text))
    }


def _subnet(reference: object) -> str | None:
    own = key_of(reference, "id")
    return resource_id(own) if isinstance(own, str) else None


def _located(value: Any, subnet: str | None) -> Any:
    """With the only subnet that the configuration names, where the plan does not show which one is asked for."""
    spec = key_of(value, "spec")
    wanted = key_of(spec, "associations")
    if subnet is None or not isinstance(wanted, list) or wanted.count(AFTER_APPLY) != 1:
        return value
    return {**value, "spec": {**spec, "associations": [subnet if text == AFTER_APPLY else text for text in wanted]}}


def _is_other(block: Block) -> bool:
    """Whether the provider itself tells another kind of an object whose text is not known yet."""
    kind = block.text("kind")
    return bool(kind) and not stands_in(str(kind)) and str(kind).casefold() != _BALANCER


def _objects(block: Block, attribute: str) -> list[Any] | None:
    """None where they are not known yet."""
    if attribute == "values":
        texts = [text for text in block.strings("values") if text != AFTER_APPLY] if block.mentions("values") else []
        return charted([*texts, block.values.get("manifest")], block.text("namespace"))
    value = filled(block.values, block.unknown).get(attribute)
    if value is None or (isinstance(value, str) and stands_in(value)):
        return None
    if not isinstance(value, str):
        return [value]
    try:
        return list(parse_yaml(value))
    except InputError:
        return None
