"""Addresses of indexes in object stores: `s3://bucket/path` instead of a folder."""

import re
from urllib.parse import unquote, urlsplit

SCHEMES = ("az", "s3", "gs", "file")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_PART = re.compile(r"[A-Za-z0-9$._ -]+")


def is_address(text: str) -> bool:
    """Whether it names a store rather than a folder."""
    return bool(_SCHEME.match(text))


def refused(address: str) -> bool:
    """Whether it is none that is read here. What holds keys is none: they come from the environment."""
    try:
        parts = urlsplit(address)
        extra = parts.username is not None or parts.port is not None or parts.query or parts.fragment
    except ValueError:
        return True
    place = parts.path if parts.scheme == "file" else f"{parts.netloc}{parts.path}"
    names = [name for name in unquote(place).split("/") if name]
    fits = parts.scheme in SCHEMES and names and (parts.scheme == "file") != bool(parts.netloc)
    strange = any(name in (".", "..") or not (parts.scheme == "file" or _PART.fullmatch(name)) for name in names)
    return not fits or bool(extra) or strange or not address.isprintable()


def shown(address: str) -> str:
    """What may be repeated of it: a person may have put a key into its end, or in front of its host."""
    scheme, there, rest = re.split(r"[?#]", address, maxsplit=1)[0].partition("://")
    if not there:
        return address
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"
