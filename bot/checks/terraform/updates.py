"""What a Terraform plan changes beside the resources that it declares: parts of them, or deployments and objects.

A change whose target is in the plan is made to it. Any other change is remembered as unread: nobody knows what holds
after it, so that no rule passes what it may concern.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.checks.inventory import unwrap
from bot.checks.inventory.inventory import Inventory, Item, Place, Unread, id_of
from bot.checks.inventory.kinds import type_of_id
from bot.checks.spelling import AFTER_APPLY, resource_id
from bot.checks.terraform import words as tf
from bot.checks.terraform.block import filled
from bot.checks.terraform.plan import Plan
from bot.checks.terraform.resource import Resource

UPDATE, ACTION = "azapi_update_resource", "azapi_resource_action"
_DEPLOYMENTS = ("azurerm_resource_group_template_deployment", "azurerm_subscription_template_deployment",
                "azurerm_management_group_template_deployment", "azurerm_template_deployment")  # fmt: skip
_WRITES = ("put", "patch", "delete")
_KEYS = {  # at which rules look
    tf.CLUSTER: {"networkprofile", "agentpoolprofiles", "kubernetesversion", "identity"},
    tf.POOL: {"vnetsubnetid", "podsubnetid", "podipallocationmode", "orchestratorversion"},
    tf.SUBNET: {"addressprefix", "addressprefixes", "delegations"},
    tf.NETWORK: {"subnets", "virtualnetworkpeerings"},
    tf.PEERING: {"remotevirtualnetwork"},
    tf.GATEWAY: {"associations"},
    tf.ASSOCIATION: {"subnet"},
}
_EVERY = frozenset(tf.AZAPI.values())


class Updates:
    """All azapi_update_resource of a plan, by what they change: looking one up does not go through all of them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._by_target: dict[tuple[str, str], list[Resource]] = {}  # kind, and id or address
        self._loose: list[Resource] = []  # of clusters; they change the only one
        self._made: set[int] = set()
        for update in plan.of_type(UPDATE):
            kinds = _concerned(plan, update)
            if len(kinds) != 1 or not _reads(plan, update):
                continue
            (kind,) = kinds
            target = self._address(update, kind)
            if target is not None:
                self._by_target.setdefault((kind, target), []).append(update)
            elif kind == tf.CLUSTER and _target(update) is None and plan.target(update, "resource_id") is None:
                self._loose.append(update)

    def made(self, item: Item, kind: str, only: bool = False) -> Item:
        """A resource of the plan with all that updates change of it; until then it is as it was.

        `only`: there is no other one of its kind.
        """
        names = dict.fromkeys(filter(None, (id_of(item.value), item.name)))
        updates = [update for name in names for update in self._by_target.get((kind, name), [])]
        for update in [*updates, *(self._loose if only else [])]:
            self._made.add(id(update))
            value = merged(item.value, _body(update) or {})
            was = item.before or (None if item.created or kind != tf.CLUSTER else item.value)
            if value != item.value:
                item = replace(item, value=value, before=was, pending=True)
        return item

    def remember(self, place: Place, into: Inventory) -> None:
        """Everything that was not made to a resource of the plan."""
        for resource in self._plan.resources:
            if resource.data or id(resource) in self._made:
                continue
            for kind in sorted(_unread_kinds(self._plan, resource)):
                at = Place(place.pointer + resource.pointer, place.file)
                change = Unread(at, resource.address, kind, _target(resource))
                if kind == tf.CLUSTER and change.target and resource.type == UPDATE and _reads(self._plan, resource):
                    into.changes.append((change, _body(resource)))
                else:
                    into.unread.append(change)

    def _address(self, update: Resource, kind: str) -> str | None:
        """The id of what is changed, or the address of the resource of this kind that the configuration names."""
        stated, named = _target(update), self._plan.target(update, "resource_id")
        if stated is not None or named is None:
            return stated
        return named.address if kind in (named.type, tf.AZAPI.get(tf.arm_type(named))) else None


def change_clusters(inventory: Inventory) -> None:
    """Changes by plans to clusters that other documents tell. A change of a cluster that nobody tells stays unread."""
    places: dict[str | None, list[int]] = {}
    for at, item in enumerate(inventory.clusters if inventory.changes else []):
        if not item.replaced:
            places.setdefault(id_of(item.value), []).append(at)
    for change, body in inventory.changes:
        shown = places.get(change.target, [])
        for at in shown:
            item = inventory.clusters[at]
            value = merged(item.value, body)
            if value != item.value:
                inventory.clusters[at] = replace(item, value=value, before=item.before or item.value, verbatim=False)
        if not shown:
            inventory.unread.append(change)


def merged(value: Any, change: Any) -> Any:
    """As azapi merges: objects key by key, lists of one length item by item; anything else is replaced."""
    if isinstance(value, list) and isinstance(change, list) and len(value) == len(change):
        return [merged(old, new) for old, new in zip(value, change, strict=True)]
    if not (isinstance(value, dict) and isinstance(change, dict)):
        return change
    spelled = {key.lower(): key for key in value}
    result = dict(value)
    for key, new in change.items():
        if key.lower() == "properties" and "properties" not in spelled:
            result = merged(result, new)
        else:
            known = spelled.get(key.lower(), key)
            result[known] = merged(value.get(known), new)
    return result


def _unread_kinds(plan: Plan, resource: Resource) -> frozenset[str]:
    """The kinds of resources that a part of the plan may change in a way that is not read."""
    block = resource.block
    if resource.type == UPDATE:
        return _concerned(plan, resource)
    if resource.type == ACTION:
        method = (block.text("method") or "post").lower()
        if block.text("action") or method not in _WRITES:
            return frozenset()
        return _concerned(plan, resource) if method == "patch" else _kinds(resource)
    if resource.type == "azapi_resource":
        if tf.arm_type(resource) == unwrap.DEPLOYMENT:
            return _of_template(_dict(_dict(_body(resource)).get("properties")).get("template"))
        return frozenset() if _reads(plan, resource) else _kinds(resource)
    if resource.type in _DEPLOYMENTS:
        return _of_template(block.text("template_content") or block.text("template_body"))
    return frozenset()


def _concerned(plan: Plan, resource: Resource) -> frozenset[str]:
    """The kinds of what is changed, if rules look at any of the keys that are."""
    body = _body(resource) if _reads(plan, resource) else None
    keys = {key.lower() for part in (body or {}, *_properties(body or {})) for key in _dict(part)}
    return frozenset(kind for kind in _kinds(resource) if body is None or keys & _KEYS[kind])


def _kinds(resource: Resource) -> frozenset[str]:
    """What an azapi resource is of; all kinds where its type is not known yet, none where no rule asks for it."""
    kind = tf.arm_type(resource) or type_of_id(str(resource.block.text("resource_id") or "")) or AFTER_APPLY
    return _EVERY if kind == AFTER_APPLY else frozenset({tf.AZAPI[kind]} if kind in tf.AZAPI else ())


def _reads(plan: Plan, resource: Resource) -> bool:
    """Whether the whole body is told; of one that holds secrets only a part is."""
    hidden = resource.block.text("sensitive_body") or plan.configures(resource, "sensitive_body")
    body = _body(resource)
    if resource.type == UPDATE and (
        body is None or any(not isinstance(properties, dict) for properties in _properties(body))
    ):
        return False
    return not hidden


def _properties(body: dict[str, Any]) -> list[Any]:
    return [value for key, value in body.items() if key.lower() == "properties"]


def _body(resource: Resource) -> dict[str, Any] | None:
    body = filled(resource.block.values, resource.block.unknown).get("body")
    if isinstance(body, str):
        try:
            body = json.loads(body)
        except ValueError:
            return None
    return body if isinstance(body, dict) else None


def _target(resource: Resource) -> str | None:
    """The id of what is changed, if the plan tells it."""
    whole, parent, name = (resource.block.text(attribute) for attribute in ("resource_id", "parent_id", "name"))
    if whole or not (parent and name):
        return resource_id(whole)
    known = resource_id(parent)
    last = tf.arm_type(resource).rsplit("/", 1)[-1]
    if known is None or resource_id(name) is None:
        return None
    return f"{known}/{last}/{name.casefold()}" if tf.arm_type(resource).count("/") > 1 else None


def _of_template(content: Any) -> frozenset[str]:
    """What a template may make; without its text, anything."""
    if isinstance(content, str):
        try:
            content = json.loads(content)
        except ValueError:
            return _EVERY
    if not isinstance(content, dict):
        return _EVERY
    return frozenset(_kinds_of_template(content))


def _kinds_of_template(template: dict[str, Any]) -> Iterator[str]:
    for held in unwrap.resources(template, Place()):
        kind = str(held.value.get("type", "")).partition("@")[0].lower()
        if kind in tf.AZAPI:
            yield tf.AZAPI[kind]
        elif kind == unwrap.DEPLOYMENT and not unwrap.has_template(held.value):
            yield from _EVERY


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
