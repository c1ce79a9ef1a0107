"""Where secrets and questions may be sent: over https, or over http within this machine or the own network."""

import ipaddress
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_OURS = (".svc", ".cluster.local", ".internal", ".local")


def is_safe(url: str, *, near: bool = False) -> bool:
    """Whether an address is plain and https, or http to this machine; with `near`, to the own network, too."""
    try:
        address = urlsplit(url)
        host = address.hostname or ""
        plain = bool(host) and not (address.username or address.query or address.fragment) and address.port != 0
    except ValueError:
        return False
    http = address.scheme == "http" and (host in LOOPBACK or (near and _is_near(host)))
    return plain and (address.scheme == "https" or http)


def _is_near(host: str) -> bool:
    """A name that no public DNS has, or a private address."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(_OURS)
