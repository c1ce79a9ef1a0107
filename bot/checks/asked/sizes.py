"""Sizes of subnets as people write them: /24, 10.0.4.0/24, 255.255.255.0, "256 addresses", 10.0.4.0-10.0.4.255."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, ip_network, summarize_address_range

SIZE = re.compile(r"(?<![A-Za-z0-9_.])/(?P<size>[12][0-9]|3[0-2])(?![A-Za-z0-9_/]|\.[A-Za-z0-9])")
SUBNET = re.compile(r"subnet|サブネット|プレフィックス|prefix|(?<![A-Za-z0-9])snet(?![A-Za-z0-9])", re.IGNORECASE)
PREFIX = re.compile(
    r"(?<![A-Za-z0-9_.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}/(?P<size>[12][0-9]|3[0-2])(?![A-Za-z0-9_/]|\.[A-Za-z0-9])"
)
_MASK = re.compile(
    r"(?<![A-Za-z0-9_.])(?P<mask>255(?:\.(?:0|128|192|224|240|248|252|254|255)){3})(?![A-Za-z0-9_/]|\.[A-Za-z0-9])"
)
COUNT = re.compile(
    r"(?<![A-Za-z0-9_.,/])(?P<count>[0-9]{2,4})"
    r"(?:(?: ip| ipv4| host)? address|\s?ips\b| ?(?:個の?)?(?:IP ?)?アドレス)"
    r"|(?:IP ?)?アドレス(?:数)?(?:が|は)? ?(?P<ja_count>[0-9]{2,4})(?![0-9./])",
    re.IGNORECASE,
)
_ADDRESS = r"(?:[0-9]{1,3}\.){3}[0-9]{1,3}"
RANGE = re.compile(  # from its first address to its last
    rf"(?<![A-Za-z0-9_./])(?P<first>{_ADDRESS}) ?(?:[~〜–—-]|to|から) ?(?P<last>{_ADDRESS})"
    r"(?![A-Za-z0-9_/]|\.[A-Za-z0-9])",
    re.IGNORECASE,
)
_ADDRESSES = {1 << (32 - size): size for size in range(20, 31)}  # a subnet has a power of two


def sizes(text: str) -> Iterator[int]:
    """Every size that a text gives, as the length of a prefix; a count that no subnet has is none."""
    for pattern in (SIZE, PREFIX):
        for match in pattern.finditer(text):
            yield int(match["size"])
    for match in _MASK.finditer(text):
        try:
            yield ip_network(f"0.0.0.0/{match['mask']}").prefixlen
        except ValueError:
            continue  # bits of a mask stand in a row
    ranges = {_range(match["first"], match["last"]) for match in RANGE.finditer(text)}
    yield from (size for size in ranges if size is not None)
    for match in COUNT.finditer(text):
        size = _ADDRESSES.get(int(match["count"] or match["ja_count"]))
        if size is not None and size not in ranges:  # who writes a range may count it, too
            yield size


def _range(first: str, last: str) -> int | None:
    """The length of the prefix of a range that is a subnet."""
    try:
        networks = list(summarize_address_range(IPv4Address(first), IPv4Address(last)))
    except (AddressValueError, ValueError):
        return None
    return networks[0].prefixlen if len(networks) == 1 else None
