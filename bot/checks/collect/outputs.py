"""Outputs that people have named, of Terraform or of a deployment: `{"name": {"type": …, "value": …}}`."""

from collections.abc import Callable
from typing import Any

from bot.checks.inventory import unwrap
from bot.checks.inventory.inventory import Inventory, Place, Refusal, key_of
from bot.checks.inventory.kinds import Kind, recognise, type_of

_KEYS = {"type", "value", "sensitive"}
_FEW = 6  # names that a sentence lists


def outputs_in(raw: dict[str, Any], place: Place) -> tuple[dict[str, Any], Place] | None:
    """Such a map, alone or in what `az deployment group show` prints; None where there is none."""
    if is_outputs(raw):
        return raw, place
    outputs = key_of(raw, "outputs") if type_of(raw) == unwrap.DEPLOYMENT else None
    return (outputs, place.at("properties", "outputs")) if isinstance(outputs, dict) and is_outputs(outputs) else None


def is_outputs(raw: dict[str, Any]) -> bool:
    """Whether a document is nothing but such a map. A secret has no value."""
    entries = [{str(key).lower() for key in entry} for entry in raw.values() if isinstance(entry, dict)]
    typed = all("type" in keys and keys <= _KEYS for keys in entries)
    return len(entries) == len(raw) and typed and any("value" in keys for keys in entries)


def read_outputs(
    raw: dict[str, Any], place: Place, into: Inventory, read: Callable[[object, Place, Inventory], None]
) -> None:
    """Values that are whole documents are read; all others are named."""
    into.kinds.append(Kind.OUTPUTS)
    left = []
    for name, entry in raw.items():
        value = key_of(entry, "value")
        if _is_document(value):
            read(value, place.at(name, next(key for key in entry if str(key).lower() == "value")), into)
        else:
            left.append(name)
    if left:
        names = ", ".join([*left[:_FEW], *(["…"] if len(left) > _FEW else [])])
        into.refused.append(Refusal(place, "output-values", names))


def _is_document(value: object) -> bool:
    """A resource or a page as az prints it. Bare texts and numbers do not say what they are."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(item, dict) and _is_document(item) for item in value)
    if not isinstance(value, dict) or ("id" in value and any("_" in str(key) for key in value)):
        return False  # Terraform's own form of a resource has other keys
    return unwrap.unwrapped(value, Place("")) is not None or recognise(value) is not Kind.OTHER
