"""Objects of Kubernetes in a Terraform plan: they ask for associations, run ALB Controller, or have it deployed.

They stand there by themselves, or in the values of a chart that makes them.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.checks.errors import InputError
from bot.checks.inventory.charted import charted
from bot.checks.inventory.gitops import GROUPS
from bot.checks.inventory.inventory import UNREAD, UNREAD_OBJECT, Inventory, Place, Unread, key_of
from bot.checks.inventory.kinds import WORKLOADS, Kind, recognise
from bot.checks.spelling import AFTER_APPLY, resource_id, stands_in
from bot.checks.terraform import words as tf
from bot.checks.terraform.block import Block, filled
from bot.checks.terraform.kubernetes import TYPES, object_of
from bot.checks.terraform.plan import Plan
from bot.checks.terraform.resource import Resource
from bot.checks.text.yaml_text import parse_yaml

_ATTRIBUTES = {
    "kubernetes_manifest": "manifest",
    "kubectl_manifest": "yaml_body",
    "kustomization_resource": "manifest",
    tf.RELEASE: "values",
}
_READ = (Kind.BALANCER, Kind.WORKLOAD, Kind.GITOPS, Kind.MASQ_AGENT)
_KEPT = ("balancers", "controllers", "masq_agents")  # what they are read into
_BESIDE = ("kubernetes_", "kubectl_", "helm_", "time_")  # what these make is no subnet
_BALANCER = Kind.BALANCER.rpartition(" ")[2]
Reader = Callable[[object, Place, Inventory], None]  # of one document


def read_objects(plan: Plan, place: Place, into: Inventory, read: Reader, subnets: Mapping[str, str]) -> None:
    """Add the objects of a plan that rules ask for; what an object will be is not known where its text is not.

    `subnets`: the ids of the plan's subnets, by their addresses.
    """
    for kind, attribute in _ATTRIBUTES.items():
        for resource in plan.of_type(kind):
            at = Place(place.pointer + resource.pointer, place.file)
            objects = _objects(resource.block, attribute)
            if objects is None or any(stands_in(str(key_of(value, "kind") or "")) for value in objects):
                code = UNREAD_OBJECT if resource.created else UNREAD
                may_be = _may_be(resource)
                into.unread += [Unread(at, resource.address, concerned, None, code) for concerned in may_be]
                continue
            target = plan.target(resource, attribute, beside=_BESIDE)
            here = subnets.get(target.address) if target else None
            for value in objects:
                _read(_located(value, here), at, place, into, read, _asked_before(resource, attribute))

    for kind in TYPES:
        for resource in plan.of_type(kind):
            at = Place(place.pointer + resource.pointer, place.file)
            _read(object_of(resource), at, place, into, read, None)


def _read(value: object, at: Place, place: Place, into: Inventory, read: Reader, before: set[str] | None) -> None:
    if (kind := recognise(value)) not in _READ:
        return
    kinds, ignored = len(into.kinds), len(into.ignored)
    counts = {name: len(getattr(into, name)) for name in _KEPT}
    read(value, at, into)
    del into.kinds[kinds:], into.ignored[ignored:]
    for name, start in counts.items():
        kept = getattr(into, name)
        kept[start:] = [replace(item, place=at, said_by=place) for item in kept[start:]]
    if kind is Kind.GITOPS and key_of(value, "status") is None:  # a plan shows none: what is wanted may be there
        wanted = into.controllers[counts["controllers"] :]
        into.controllers[counts["controllers"] :] = [replace(item, silent=True) for item in wanted]
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


def _may_be(resource: Resource) -> list[str]:
    """What an object whose text is not known yet may concern; the provider itself may tell its kind."""
    stated = resource.block.text("kind")
    kind = "" if stands_in(stated or "") else (stated or "").casefold()
    concerned = {_BALANCER: tf.ASSOCIATION, **dict.fromkeys((*WORKLOADS, *GROUPS), tf.MANIFEST)}
    if resource.type == tf.RELEASE:
        return [tf.ASSOCIATION]
    return list(dict.fromkeys(concerned.values())) if not kind else [concerned[kind]] if kind in concerned else []


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
