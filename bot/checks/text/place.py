"""Where in a JSON text something stands: JSON pointer (RFC 6901), line and column.

The json module gives a place for syntax errors only. This slow second look is taken after something was refused.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

# Possessive (*+): an unclosed string must not make the scan quadratic.
_STRING = r'"(?:[^"\\]|\\.)*+"?'
_BRACKET = re.compile(_STRING + r"|[\[\]{}]", re.DOTALL)
_TOKEN = re.compile(_STRING + r'|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """Pointer, and line and column counted from 1."""

    pointer: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Token:
    """A key or a scalar as written, and whether its object has the same key already."""

    raw: str
    offset: int
    repeated: bool


@dataclass(slots=True)
class _Open:
    """An object or array that is being read."""

    is_array: bool
    key: str | None = None
    index: int = 0
    seen: set[str] = field(default_factory=set)

    def step(self) -> str:
        name = str(self.index) if self.is_array else self.key or ""
        return name.replace("~", "~0").replace("/", "~1")


def find(text: str, wanted: Callable[[Token], bool]) -> Place | None:
    """The first token that is wanted."""
    path: list[_Open] = []
    for token in _walk(text, path):
        if wanted(token):  # only now: a pointer for each token would cost their number times its length
            return Place("".join(f"/{part.step()}" for part in path), *line_and_column(text, token.offset))
    return None


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Both counted from 1, as editors do."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def too_deep(text: str, limit: int, start: int = 0) -> int | None:
    """Offset of the first bracket of the value at `start` that is nested deeper than the limit.

    Whoever reads many values in a row looks at each once: the search ends with the value.
    """
    depth = 0
    for match in _BRACKET.finditer(text, start):
        if match[0] in "[{":
            depth += 1
            if depth > limit:
                return match.start()
        elif match[0] in "]}":
            depth -= 1
            if depth <= 0:
                return None
    return None


def actual(raw: object, pointer: str) -> str:
    """The pointer as this document spells it: other case, or one `properties` further down. Missing: unchanged."""
    steps: list[str] = []
    here = raw
    for step in pointer.split("/")[1:]:
        entered = _enter(here, step)
        if entered is None:
            return pointer
        names, here = entered
        steps += names
    return "".join(f"/{step}" for step in steps)


def holds(raw: object, pointer: str) -> bool:
    """Whether a document has what a pointer leads to, under whatever spelling."""
    here = raw
    for step in pointer.split("/")[1:]:
        entered = _enter(here, step)
        if entered is None:
            return False
        here = entered[1]
    return True


def _enter(here: object, step: str) -> tuple[list[str], object] | None:
    if isinstance(here, list):
        return ([step], here[int(step)]) if step.isdecimal() and int(step) < len(here) else None
    if not isinstance(here, dict):
        return None
    entered = None
    for key, value in here.items():
        if str(key).lower() == step.lower() and (entered is None or entered[1] is None):
            entered = ([str(key)], value)
    inner = next((key for key in here if str(key).lower() == "properties"), None)
    if (entered is None or entered[1] is None) and inner is not None and isinstance(here[inner], dict):
        deeper = _enter(here[inner], step)
        if deeper is not None:
            return [str(inner), *deeper[0]], deeper[1]
    return entered


def _walk(text: str, path: list[_Open]) -> Iterator[Token]:
    """The keys and scalars of a text; `path` is kept to where each of them stands."""
    for match in _TOKEN.finditer(text):
        raw = match[0]
        top = path[-1] if path else None
        if raw in "[{":
            path.append(_Open(raw == "["))
        elif raw in "]}":
            del path[-1:]
        elif raw == ",":
            if top:
                top.index, top.key = top.index + 1, None
        elif raw != ":":
            repeated = False
            if top and not top.is_array and top.key is None:
                top.key = _key(raw)
                repeated = top.key in top.seen
                top.seen.add(top.key)
            yield Token(raw, match.start(), repeated)


def _key(raw: str) -> str:
    try:
        return str(json.loads(raw, strict=False))
    except ValueError:
        return raw
