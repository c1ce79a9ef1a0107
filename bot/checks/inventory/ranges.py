"""Address ranges as documents write them, and which of them overlap."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network

_Span = tuple[int, int, int]  # version, first and last address


def is_range(text: str) -> bool:
    """Whether a text is an address range; host bits may be set."""
    return _range(text) is not None


def overlapping(ranges: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """Those of the others that any of the ranges overlaps; in time that grows with their number only."""
    mine: list[_Span] = []
    for span in sorted({_span(network) for text in ranges if (network := _range(text))}, key=_outer_first):
        if not mine or not _meet(mine[-1], span):  # of two that overlap, one lies in the other
            mine.append(span)
    return tuple(text for text in others if (network := _range(text)) and _hit(mine, _span(network)))


def _span(network: IPv4Network | IPv6Network) -> _Span:
    return network.version, int(network.network_address), int(network.broadcast_address)


def _outer_first(span: _Span) -> _Span:
    version, first, last = span
    return version, first, -last


def _hit(apart: Sequence[_Span], span: _Span) -> bool:
    """Whether any of several spans, in order and apart, meets this one: then the last that begins before its end."""
    version, _, last = span
    before = bisect_right(apart, (version, last), key=lambda each: each[:2])
    return before > 0 and _meet(apart[before - 1], span)


def _meet(span: _Span, other: _Span) -> bool:
    return span[0] == other[0] and span[1] <= other[2] and other[1] <= span[2]


def _range(text: str) -> IPv4Network | IPv6Network | None:
    if "/" not in text:  # an address alone is no range
        return None
    try:
        return ip_network(text.strip(), strict=False)
    except ValueError:
        return None
