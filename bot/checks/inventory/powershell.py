"""Parts of a document that PowerShell's ConvertTo-Json has written as something else."""

import re
from typing import Any

from bot.checks.inventory.inventory import Place
from bot.checks.inventory.unwrap import Held

# What is read of resources and is no text there. PowerShell writes the name of a class for it where `-Depth` ends.
_NO_TEXT = (
    *("networkprofile", "agentpoolprofiles", "identity", "subnets", "subnet", "delegations", "associations"),
    *("addressspace", "addressprefixes", "virtualnetworkpeerings", "remotevirtualnetwork", "properties"),
)
_NO_OBJECT = ("serviceassociationlinks", "resourcenavigationlinks", "podcidrs", "servicecidrs")
_CLASS = re.compile(r"(?:Microsoft\.Azure|System)(?:\.[\w`]+)+(?:\[.*\])?|@\{.*\}", re.DOTALL)


def cut_by_depth(raw: object, place: Place) -> Held | None:
    """The first part that ConvertTo-Json has written as something else: a class's name, or a list in an object."""
    if isinstance(raw, str):
        return Held(raw, place) if _CLASS.fullmatch(raw.strip()) else None
    if isinstance(raw, dict) and _is_boxed(raw):
        return Held(raw, place)
    parts = (
        enumerate(raw)
        if isinstance(raw, list)
        else [pair for pair in raw.items() if _holds_parts(*pair)]
        if isinstance(raw, dict)
        else []
    )
    return next((cut for key, part in parts if (cut := cut_by_depth(part, place.at(key)))), None)


def _holds_parts(key: object, part: object) -> bool:
    name = str(key).lower()
    return name in _NO_TEXT or (name in _NO_OBJECT and isinstance(part, dict) and _is_boxed(part))


def _is_boxed(raw: dict[str, Any]) -> bool:
    """Whether it is a list as Windows PowerShell 5.1 may write one."""
    keys = {str(key).lower(): value for key, value in raw.items()}
    return keys.keys() == {"value", "count"} and isinstance(keys["value"], list)
