"""Terraform's plan format, as far as it is needed: resources, what is unknown of them, and what they refer to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.checks.errors import InputError
from bot.checks.inventory.inventory import Place
from bot.checks.spelling import AFTER_APPLY
from bot.checks.terraform.references import Expressions, Home, only_dict

_SEVERAL = 2  # of one name: it is not told which


class _Json(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Change(_Json):
    actions: list[str] = []
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    after_unknown: dict[str, Any] | bool = False


class _ResourceChange(_Json):
    address: str
    module_address: str = ""
    mode: str = "managed"
    type: str
    name: str = ""
    change: _Change


class _Values(_Json):
    address: str
    mode: str = "managed"
    type: str
    name: str = ""
    values: dict[str, Any] = {}


class _Module(_Json):
    address: str = ""
    resources: list[_Values] = []
    child_modules: list["_Module"] = []


class _PlannedValues(_Json):
    root_module: _Module = _Module()


class _PriorState(_Json):
    values: _PlannedValues | None = None


class _Document(_Json):
    resource_changes: list[_ResourceChange] | None = None
    planned_values: _PlannedValues = _PlannedValues()
    prior_state: _PriorState | None = None
    configuration: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Block:
    """Attributes, which of them are unknown, and what an attribute that is not there means."""

    values: dict[str, Any]
    unknown: dict[str, Any]
    absent: str | None = None

    def text(self, name: str) -> str | None:
        """The attribute, null, or AFTER_APPLY."""
        if self.unknown.get(name):
            return AFTER_APPLY
        value = self.values.get(name, self.absent)
        return value if value is None else str(value)

    def mentions(self, name: str) -> bool:
        """Whether anything is said of the attribute, be it null or that it is not known yet."""
        return name in self.values or bool(self.unknown.get(name)) or self.absent is not None

    def strings(self, name: str) -> list[str]:
        """A list; a part of it that is unknown is there as AFTER_APPLY."""
        value, unknown = self.values.get(name), self.unknown.get(name)
        if unknown is True or (name not in self.values and self.absent):
            return [AFTER_APPLY]
        parts = [str(part) if part is not None else AFTER_APPLY for part in value] if isinstance(value, list) else []
        hidden = isinstance(unknown, list) and any(unknown)
        return [*parts, AFTER_APPLY] if hidden else parts

    def blocks(self, name: str) -> list["Block"]:
        """Nested blocks; one that is all unknown where nothing of them is known."""
        value, unknown = self.values.get(name), self.unknown.get(name)
        if unknown is True or (name not in self.values and self.absent):
            return [Block({}, {}, AFTER_APPLY)]
        values = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
        unknowns = unknown if isinstance(unknown, list) else []
        return [
            Block(item if isinstance(item, dict) else {}, only_dict(unknowns[at : at + 1]), self.absent)
            for at, item in enumerate(values)
        ]


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource as it will be, or one that a data source read."""

    address: str
    module: str
    type: str
    name: str
    created: bool
    block: Block
    pointer: str = ""
    before: dict[str, Any] | None = None  # of one that is changed in place
    data: bool = False
    remade: bool = False  # destroyed, and created anew

    @property
    def home(self) -> tuple[str, ...]:
        """The names of the module calls around it, without the numbers of their instances."""
        return tuple(re.findall(r"module\.([^.\[]+)", self.module))


@dataclass(frozen=True, slots=True)
class Plan:
    resources: tuple[Resource, ...]
    expressions: Expressions
    _named: dict[tuple[Home, str | None, str], list[Resource]] = field(default_factory=dict)

    @classmethod
    def parse(cls, raw: dict[str, Any], place: Place, label: str = "") -> Self:
        """Prefer the changes, which tell unknown from null; the planned values leave out what is unknown.

        `label` tells the resources of this plan from those of another one.
        """
        if raw.get("errored") is True or raw.get("complete") is False or raw.get("deferred_changes"):
            raise InputError("plan-incomplete", pointer=place.pointer, file=place.file)
        try:
            document = _Document.model_validate(raw)
        except ValidationError as invalid:
            first = invalid.errors(include_url=False, include_input=False, include_context=False)[0]
            at = place.at(*first["loc"])
            raise InputError("plan-shape", pointer=at.pointer, file=at.file, reason=first["msg"]) from None
        if document.resource_changes is not None:
            found = [_from_change(item, at) for at, item in enumerate(document.resource_changes) if _stays(item)]
        else:
            found = list(_from_values(document.planned_values.root_module, "/planned_values/root_module", "managed"))
        if document.prior_state is not None and document.prior_state.values is not None:
            found += _from_values(document.prior_state.values.root_module, "/prior_state/values/root_module", "data")
        found = [replace(one, address=label + one.address) for one in found] if label else found
        plan = cls(tuple(found), Expressions(document.configuration))
        for resource in found:
            if not resource.data:
                plan._keep(resource)
        return plan

    def _keep(self, resource: Resource) -> None:
        """By its name, alone and as one of several instances, in its module's instance and in any; two are several."""
        plain = f"{resource.type}.{resource.name}"
        instance = resource.address[max(resource.address.rfind(plain), 0) :]
        for module in (resource.module, None):
            for name in {plain, instance}:
                kept = self._named.setdefault((resource.home, module, name), [])
                if len(kept) < _SEVERAL:
                    kept.append(resource)

    def of_type(self, kind: str) -> list[Resource]:
        return [resource for resource in self.resources if resource.type == kind and not resource.data]

    def read(self, kind: str) -> list[Resource]:
        """What data sources of a type read."""
        return [resource for resource in self.resources if resource.type == kind and resource.data]

    def target(self, source: Resource, *attribute: str) -> Resource | None:
        """The one resource that an attribute is made of, followed through variables and outputs of modules."""
        named = self.expressions.names(source.home, f"{source.type}.{source.name}", attribute)
        if len(named) != 1:
            return None
        home, name = next(iter(named))
        found = self._named.get((home, source.module if home == source.home else None, name), [])
        return found[0] if len(found) == 1 else None

    def configures(self, source: Resource, attribute: str) -> bool:
        """Whether the configuration sets an attribute, be it one that no plan shows."""
        return self.expressions.sets(source.home, f"{source.type}.{source.name}", attribute)

    def explains(self, source: Resource, *attribute: str) -> bool:
        """Whether the configuration says what an attribute is made of."""
        return bool(self.expressions.names(source.home, f"{source.type}.{source.name}", attribute))


def _stays(item: _ResourceChange) -> bool:
    return item.mode == "managed" and _left(item.change) is not None


def _left(change: _Change) -> dict[str, Any] | None:
    """What is there after the apply. What Terraform only forgets stays in Azure as it is."""
    return change.before if change.actions == ["forget"] else change.after


def _from_change(item: _ResourceChange, at: int) -> Resource:
    unknown = item.change.after_unknown
    block = Block(_left(item.change) or {}, unknown if isinstance(unknown, dict) else {})
    created = item.change.actions == ["create"]
    before = item.change.before if item.change.actions == ["update"] else None
    place = f"/resource_changes/{at}"
    remade = {"create", "delete"} <= set(item.change.actions)
    return Resource(
        item.address, item.module_address, item.type, item.name, created, block, place, before, remade=remade
    )


def _from_values(module: _Module, pointer: str, mode: str) -> Iterator[Resource]:
    for at, item in enumerate(module.resources):
        if item.mode == mode:
            block = Block(item.values, {}, AFTER_APPLY)
            place = f"{pointer}/resources/{at}"
            yield Resource(item.address, module.address, item.type, item.name, False, block, place, data=mode == "data")
    for at, child in enumerate(module.child_modules):
        yield from _from_values(child, f"{pointer}/child_modules/{at}", mode)


def filled(value: Any, unknown: Any) -> Any:
    """A value with AFTER_APPLY wherever Terraform does not know it yet."""
    if unknown is True:
        return AFTER_APPLY
    if isinstance(unknown, dict) and isinstance(value, dict | None):
        known = value or {}
        return {key: filled(known.get(key), unknown.get(key)) for key in {**known, **unknown}}
    if isinstance(unknown, list) and isinstance(value, list):
        return [filled(item, unknown[at] if at < len(unknown) else False) for at, item in enumerate(value)]
    return value
