"""A resource of a Terraform plan, and which of several instances it is."""

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bot.checks.terraform.block import Block

_MODULE = re.compile(r'module\.([^.\[]+)(\[(?:\d+|"(?:[^"\\]|\\.)*")\])?')


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
    gone: bool = False  # destroyed
    old_id: str | None = None  # of one that is created anew under its name
    was: dict[str, Any] | None = None  # of one that is created anew, as it is until then

    @property
    def home(self) -> tuple[str, ...]:
        """The names of the module calls around it, without the numbers of their instances."""
        return tuple(match[1] for match in _MODULE.finditer(self.module))

    @property
    def keys(self) -> tuple[str, ...]:
        """Which instance it is, `["blue"]`, `[0]` or empty: of each module around it, and then of its own."""
        plain = f"{self.type}.{self.name}"
        own = self.address[self.address.rfind(plain) + len(plain) :]
        return (*(match[2] or "" for match in _MODULE.finditer(self.module)), own)

    def around(self, level: int) -> str:
        """The address of the module around it at a level; the root module has none."""
        return ".".join(match[0] for match in islice(_MODULE.finditer(self.module), level))
