"""Terraform's plan format, as far as it is needed: resources, what is unknown of them, and what they refer to."""

import re
from dataclasses import dataclass
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.checks.errors import InputError
from bot.checks.spelling import AFTER_APPLY


class _Json(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Change(_Json):
    actions: list[str] = []
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


class _Document(_Json):
    resource_changes: list[_ResourceChange] | None = None
    planned_values: _PlannedValues = _PlannedValues()
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
            Block(item if isinstance(item, dict) else {}, _dict(unknowns[at : at + 1]), self.absent)
            for at, item in enumerate(values)
        ]


@dataclass(frozen=True, slots=True)
class Resource:
    """A managed resource as it will be."""

    address: str
    module: str
    type: str
    name: str
    created: bool
    block: Block


@dataclass(frozen=True, slots=True)
class Plan:
    resources: tuple[Resource, ...]
    configuration: dict[str, Any]

    @classmethod
    def parse(cls, raw: dict[str, Any]) -> Self:
        """Prefer the changes, which tell unknown from null; the planned values leave out what is unknown."""
        try:
            document = _Document.model_validate(raw)
        except ValidationError as invalid:
            first = invalid.errors(include_url=False)[0]
            pointer = "".join(f"/{step}" for step in first["loc"])
            raise InputError("plan-shape", pointer=pointer, reason=first["msg"]) from None
        if document.resource_changes is not None:
            found = [_from_change(item) for item in document.resource_changes if _stays(item)]
        else:
            found = list(_from_values(document.planned_values.root_module))
        return cls(tuple(found), document.configuration)

    def of_type(self, kind: str) -> list[Resource]:
        return [resource for resource in self.resources if resource.type == kind]

    def refers(self, source: Resource, attribute: str, target: Resource) -> bool:
        """Whether the configuration makes an attribute of nothing but a resource of the same module."""
        if source.module != target.module:
            return False
        name = target.address.removeprefix(f"{target.module}.")
        references = self._references(source, attribute)
        return bool(references) and all(
            # Terraform lists `a.b[0].id` together with its prefixes `a.b[0]` and `a.b`.
            reference == name or reference.startswith(f"{name}.") or name.startswith(f"{reference}[")
            for reference in references
        )

    def _references(self, source: Resource, attribute: str) -> list[str]:
        module = _dict(self.configuration.get("root_module"))
        for call in re.findall(r"module\.([^.\[]+)", source.module):
            module = _dict(_dict(_dict(module.get("module_calls")).get(call)).get("module"))
        for resource in module.get("resources") or []:
            if _dict(resource).get("address") == f"{source.type}.{source.name}":
                found = _dict(_dict(_dict(resource).get("expressions")).get(attribute)).get("references")
                return [str(item) for item in found] if isinstance(found, list) else []
        return []


def _stays(item: _ResourceChange) -> bool:
    return item.mode == "managed" and item.change.after is not None


def _from_change(item: _ResourceChange) -> Resource:
    unknown = item.change.after_unknown
    block = Block(item.change.after or {}, unknown if isinstance(unknown, dict) else {})
    created = item.change.actions == ["create"]
    return Resource(item.address, item.module_address, item.type, item.name, created, block)


def _from_values(module: _Module) -> list[Resource]:
    own = [
        Resource(item.address, module.address, item.type, item.name, False, Block(item.values, {}, AFTER_APPLY))
        for item in module.resources
        if item.mode == "managed"
    ]
    return [*own, *(resource for child in module.child_modules for resource in _from_values(child))]


def _dict(value: object) -> dict[str, Any]:
    """The dict, or the only one of a list; anything else holds nothing."""
    if isinstance(value, list) and value:
        value = value[0]
    return value if isinstance(value, dict) else {}
