"""Address ranges as documents write them, and which of them overlap."""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network


def is_range(text: str) -> bool:
    """Whether a text is an address range; host bits may be set."""
    return _range(text) is not None


def overlapping(ranges: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """Those of the others that any of the ranges overlaps."""
    mine = [network for text in ranges if (network := _range(text))]
    return tuple(text for text in others if (its := _range(text)) and any(_meet(one, its) for one in mine))


def _range(text: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(text.strip(), strict=False)
    except ValueError:
        return None


def _meet(one: IPv4Network | IPv6Network, other: IPv4Network | IPv6Network) -> bool:
    return one.version == other.version and one.overlaps(other)
