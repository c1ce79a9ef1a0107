"""Keys of a snapshot that nothing reads: a slip in one of them would be silent otherwise."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from bot.checks.inventory.inventory import Place

_SNAPSHOT = ("aks", "subnet", "agcAssociations", "albController", "vnets", "planned")
_INSIDE: dict[tuple[str, ...], tuple[str, ...]] = {
    ("albcontroller",): ("version",),
    ("vnets",): ("aks", "agc", "peered"),
    ("vnets", "aks"): ("region", "id"),
    ("vnets", "agc"): ("region", "id"),
}
_LIKE = 0.6  # of difflib
_MOST = 50  # keys that are named


def unread_keys(raw: dict[str, Any], place: Place) -> list[tuple[Place, str, str | None]]:
    """Each key that a snapshot does not have, its place, and the key that it is like."""
    return [key for _, key in zip(range(_MOST), _unread(raw, place), strict=False)]


def _unread(raw: dict[str, Any], place: Place) -> Iterator[tuple[Place, str, str | None]]:
    yield from _of(raw, place, _SNAPSHOT)
    for steps, names in _INSIDE.items():
        here: Any = raw
        at = place
        for step in steps:
            key = next((key for key in here if str(key).lower() == step), None) if isinstance(here, dict) else None
            here, at = (here[key], at.at(str(key))) if key is not None else (None, at)
        if isinstance(here, dict):
            yield from _of(here, at, names)


def _of(raw: dict[str, Any], place: Place, names: tuple[str, ...]) -> Iterator[tuple[Place, str, str | None]]:
    known = {name.lower(): name for name in names}
    for key in map(str, raw):
        if key.lower() in known or key.lower() == "properties":
            continue
        near = get_close_matches(key.lower()[:100], known, n=1, cutoff=_LIKE)
        yield place.at(key), key, known[near[0]] if near else None
