"""Ids that resources of a plan have or will have, as far as their names tell them."""

from dataclasses import replace
from typing import Any

from bot.checks.spelling import resource_id
from bot.checks.terraform import words as tf
from bot.checks.terraform.block import Block
from bot.checks.terraform.plan import Plan
from bot.checks.terraform.resource import Resource

_SUBNET_PARTS = 10  # of an id


def destroyed(plan: Plan) -> set[str]:
    """Ids of what a plan destroys, and of the resource groups that it makes anew: what is in them goes with them."""
    replaced = (replace(each, block=Block(each.was, {})) for each in plan.resources if each.was is not None)
    groups = (resource for resource in replaced if tf.is_group(resource))
    every = (resource_id(tf.text(resource, "id")) for resource in (*plan.gone, *groups))
    return {own for own in every if own and "/" in own}


def names_of(resource: Resource, subnet: dict[str, Any]) -> tuple[str | None, ...]:
    """Of a subnet, or of one inside of a network: what its id will be made of, in lower case; None: not known."""
    network = tf.text(resource, "name" if resource.type == tf.NETWORK else "virtual_network_name")
    return tuple(resource_id(name) for name in (tf.text(resource, "resource_group_name"), network, subnet.get("name")))


def same_id(resource: Resource, subnet: dict[str, Any]) -> str | None:
    """The id of a subnet that is made anew under its names, in the network where it was."""
    own = resource_id(resource.old_id)
    parts = (own or "").split("/")
    same = len(parts) == _SUBNET_PARTS and (parts[3], parts[-3], parts[-1]) == names_of(resource, subnet)
    return f"/{own}" if same else None


def association_id(association: Resource) -> str | None:
    """Azure's id; of one that is made anew, the one that its gateway and its name will make."""
    own = resource_id(tf.text(association, "id"))
    gateway = "application_load_balancer_id" if association.type == tf.ASSOCIATION else "parent_id"
    parent, name = resource_id(tf.text(association, gateway)), resource_id(tf.text(association, "name"))
    return own or (f"{parent}/associations/{name}" if association.remade and parent and name else None)


def differ(text: Any, other: Any) -> bool:
    """Whether two names that are known are not the same."""
    known = resource_id(text), resource_id(other)
    return None not in known and known[0] != known[1]
