"""Who asks: the address that the farthest proxy of ours saw.

Proxies add one entry each to `X-Forwarded-For` (as an address, or with a port as Azure Application Gateway does) or to
`Forwarded` (RFC 7239); what stands further left may have been sent by anyone.
"""

import ipaddress
import re
from collections.abc import Mapping
from typing import Any

Scope = Mapping[str, Any]  # of ASGI, whose names of headers are lower case

# One element of Forwarded, with its comma: name=value pairs, a value being a token or a quoted string.
_VALUE = r'(?:[^\s",;=]+|"(?:[^"\\]|\\.)*")'
_PAIR = rf"[A-Za-z-]+={_VALUE}"
_ELEMENT = re.compile(rf"[ \t]*+({_PAIR}(?:[ \t]*;[ \t]*{_PAIR})*)?[ \t]*(?:,|$)")
_FOR = re.compile(rf"(?:^|;[ \t]*)for=({_VALUE})", re.IGNORECASE)
_PORT = r"(?::(?:\d{1,5}|_[A-Za-z0-9._-]+))?"  # RFC 7239: a number, or a name that says nothing
_NODE = re.compile(
    rf"\[([0-9A-Fa-f:.]+)\]{_PORT}|(\d{{1,3}}(?:\.\d{{1,3}}){{3}}){_PORT}|([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)"
)


def inside(scope: Scope) -> str:
    """The path of a request as this application has it, wherever it is mounted."""
    return str(scope["path"]).removeprefix(scope.get("root_path", ""))


def client(scope: Scope, hops: int) -> str:
    """One client's name in counts: its IPv4 address, or its IPv6 network of /64, all of which is usually one client's.

    `hops`: how many proxies of ours stand in front. Where the headers do not say, or contradict each other, it is the
    peer: the nearest proxy, for all such requests together.
    """
    peer = str(scope["client"][0]) if scope.get("client") else ""
    return _network((hops and _forwarded(scope, hops)) or peer)


def _forwarded(scope: Scope, hops: int) -> str | None:
    """What the headers name at this distance; None if nothing, if it is no address, or if the two headers differ."""
    plain = [part.strip() for part in _header(scope, b"x-forwarded-for").split(",")]
    standard = _elements(_header(scope, b"forwarded"))
    named = {_address(nodes[-hops]) for nodes in (plain, standard) if nodes != [""] and len(nodes) >= hops}
    # A proxy that writes one of them passes the other on as the client wrote it.
    return named.pop() if len(named) == 1 else None


def _header(scope: Scope, name: bytes) -> str:
    """Its value; of several lines, one after the other."""
    return ", ".join(value.decode("latin-1") for key, value in scope["headers"] if key == name)


def _elements(header: str) -> list[str]:
    """The `for` of each element of Forwarded, "" where there is none; [""] where the header is misshapen."""
    nodes, at = [], 0
    while at < len(header):
        element = _ELEMENT.match(header, at)
        if element is None or element.end() == at:
            return [""]
        match = _FOR.search(element[1] or "")
        nodes.append(re.sub(r"\\(.)", r"\1", match[1].strip('"')) if match else "")
        at = element.end()
    return nodes or [""]


def _address(node: str) -> str | None:
    """The address of `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:80`."""
    match = _NODE.fullmatch(node)
    try:
        return str(ipaddress.ip_address(match[1] or match[2] or match[3])) if match else None
    except ValueError:
        return None


def _network(text: str) -> str:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.IPv6Network((int(address), 64), strict=False))
    return str(address)
