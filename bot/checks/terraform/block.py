"""Attributes of a resource in a plan, and which of them nobody knows yet."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from bot.checks.spelling import AFTER_APPLY
from bot.checks.terraform.references import only_dict


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
            return [self.absent or AFTER_APPLY]
        parts = [str(part) if part is not None else AFTER_APPLY for part in value] if isinstance(value, list) else []
        hidden = isinstance(unknown, list) and any(unknown)
        return [*parts, AFTER_APPLY] if hidden else parts

    def blocks(self, name: str) -> list["Block"]:
        """Nested blocks; one that is all unknown where nothing of them is known."""
        value, unknown = self.values.get(name), self.unknown.get(name)
        if unknown is True or (name not in self.values and self.absent):
            return [Block({}, {}, self.absent or AFTER_APPLY)]
        values = value if isinstance(value, list) else [value] if isinstance(value, dict) else []
        unknowns = unknown if isinstance(unknown, list) else []
        return [
            Block(item if isinstance(item, dict) else {}, only_dict(unknowns[at : at + 1]), self.absent)
            for at, item in enumerate(values)
        ]


def filled(value: Any, unknown: Any) -> Any:
    """A value with AFTER_APPLY wherever Terraform does not know it yet."""
    if unknown is True:
        return AFTER_APPLY
    if isinstance(unknown, dict) and isinstance(value, dict | None):
        known = value or {}
        return {key: filled(known.get(key), unknown.get(key)) for key in {**known, **unknown}}
    if isinstance(unknown, list) and (isinstance(value, list) or (value is None and any(unknown))):
        return [filled(*pair) for pair in zip_longest(value or [], unknown)]
    return value
