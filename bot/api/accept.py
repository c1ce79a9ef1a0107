"""What a client prefers to get, by its Accept header (RFC 9110, 12.5.1)."""

import re
from collections.abc import Sequence

EVENTS = "text/event-stream"
MARKDOWN = "text/markdown"
LONGEST = 1000  # characters of a header that are read: browsers send 150
_JSON = ("application/json", "application/*", "*/*")
_PAGE = ("text/html", "text/*", "*/*")
_WEIGHT = re.compile(r"(?i)\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*")


def prefers_markdown(accept: str) -> bool:
    """Whether it names Markdown and gives no page a greater weight."""
    markdown, page = _weights(accept, (MARKDOWN,), _PAGE)
    return markdown > 0 and markdown >= page


def takes_events(accept: str, *, gains: bool) -> bool:
    """Whether an answer is sent as events: named, and weighed above JSON, or more is to come than JSON at once has."""
    events, json = _weights(accept, (EVENTS,), _JSON)
    return events > 0 and (gains or events > json)


def _weights(accept: str, *kinds: Sequence[str]) -> list[float]:
    """Of each kind, the weight of the first of its media ranges that the header names; 0 where it names none."""
    ranges = dict(map(_weighed, accept[:LONGEST].split(",")))
    return [next((ranges[name] for name in names if name in ranges), 0.0) for names in kinds]


def _weighed(part: str) -> tuple[str, float]:
    """A media range and its weight; a weight that is none counts as 1, as if it were not there."""
    kind, *parameters = part.lower().split(";")
    weights = [float(match[1]) for match in map(_WEIGHT.fullmatch, parameters) if match]
    return kind.strip(), weights[0] if weights else 1.0
