"""Sizes of subnets as people write them: /24, 10.0.4.0/24, 255.255.255.0, "256 addresses"."""

import re
from collections.abc import Iterator
from ipaddress import ip_network

SIZE = re.compile(r"(?<![A-Za-z0-9_.])/(?P<size>[12][0-9]|3[0-2])(?![A-Za-z0-9_/]|\.[A-Za-z0-9])")
SUBNET = re.compile(r"subnet|サブネット|プレフィックス|prefix", re.IGNORECASE)
PREFIX = re.compile(
    r"(?<![A-Za-z0-9_.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}/(?P<size>[12][0-9]|3[0-2])(?![A-Za-z0-9_/]|\.[A-Za-z0-9])"
)
_MASK = re.compile(
    r"(?<![A-Za-z0-9_.])(?P<mask>255(?:\.(?:0|128|192|224|240|248|252|254|255)){3})(?![A-Za-z0-9_/]|\.[A-Za-z0-9])"
)
_COUNT = re.compile(
    r"(?<![A-Za-z0-9_.,/])(?P<count>[0-9]{2,4})"
    r"(?:(?: ip| ipv4| host)? address|\s?ips\b| ?(?:個の?)?(?:IP ?)?アドレス)"
    r"|(?:IP ?)?アドレス(?:数)?(?:が|は)? ?(?P<ja_count>[0-9]{2,4})(?![0-9./])",
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
    for match in _COUNT.finditer(text):
        size = _ADDRESSES.get(int(match["count"] or match["ja_count"]))
        if size is not None:
            yield size
