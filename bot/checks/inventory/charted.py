"""ApplicationLoadBalancer objects that charts of other programs make: their values hold them, whole or as a text."""

from collections.abc import Iterator
from typing import Any

from bot.checks.errors import InputError
from bot.checks.inventory.kinds import Kind, recognise
from bot.checks.text.yaml_text import parse_yaml

_NAME = Kind.BALANCER.rpartition(" ")[2]
_DEEPEST, _TEXTS = 16, 2  # levels of values; texts in texts


def charted(values: Any, namespace: str | None) -> list[dict[str, Any]] | None:
    """The objects in a chart's values, in the release's namespace unless they say another. None: one cannot be read."""
    try:
        return [_placed(made, namespace) for made in _objects(values, 0, 0)]
    except InputError:
        return None


def _objects(value: Any, depth: int, texts: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if recognise(value) is Kind.BALANCER:
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _objects(part, depth + 1, texts)
    elif isinstance(value, str) and texts < _TEXTS and _NAME in value.lower() and "kind" in value:
        for document in parse_yaml(value):
            yield from _objects(document, depth + 1, texts + 1)


def _placed(made: dict[str, Any], namespace: str | None) -> dict[str, Any]:
    about = made.get("metadata")
    known = about if isinstance(about, dict) else {}
    return {**made, "metadata": {"namespace": namespace, **known}}
