"""Addresses of indexes elsewhere: `s3://bucket/path` or `postgresql://host/database` instead of a folder."""

import re
from urllib.parse import unquote, urlsplit

SCHEMES = ("az", "s3", "gs", "file")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_PART = re.compile(r"[A-Za-z0-9$._ -]+")

# As libpq reads them, without passwords. What stands behind `#` is ours: one of several sites in the same database.
_PORT = r"0*(?:[1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])"  # no other is ever reached
_HOST = rf"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])?(?::{_PORT})?"
_DATABASE = re.compile(
    rf"postgres(?:ql)?://(?:[A-Za-z0-9._%-]+@)?{_HOST}(?:,{_HOST})*(?:/[A-Za-z0-9._%-]*)?"
    r"(?:\?(?P<options>[A-Za-z0-9._%/=&:,~@+-]*))?(?:#(?P<site>[A-Za-z0-9][A-Za-z0-9._-]{0,62}))?"
)
_OPTION = re.compile(
    r"(?:channel_binding|connect_timeout|dbname|gssencmode|host(?:addr)?|keepalives(?:_count|_idle|_interval)?"
    r"|load_balance_hosts|passfile|require_auth|ssl(?:cert|crl|key|mode|negotiation|rootcert|_min_protocol_version)"
    r"|target_session_attrs|tcp_user_timeout|user)=[^=]*"
    rf"|port=(?:{_PORT})?(?:,(?:{_PORT})?)*"
)
SITE = "default"  # of a database whose address names none


def is_address(text: str) -> bool:
    """Whether it names a store rather than a folder."""
    return bool(_SCHEME.match(text))


def is_database(text: str) -> bool:
    """Whether it names a PostgreSQL database."""
    return text.startswith(("postgresql://", "postgres://"))


def database_and_site(address: str) -> tuple[str, str]:
    """What libpq is given of a database's address, and the name of the site in it."""
    database, _, site = address.partition("#")
    return database, site or SITE


def refused(address: str) -> bool:
    """Whether it is none that is read here. What holds keys is none: they come from the environment."""
    if is_database(address):
        match = _DATABASE.fullmatch(address)
        options = (match["options"] or "").split("&") if match else []
        return match is None or not all(_OPTION.fullmatch(option) for option in options if option)
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
    if is_database(address) and (match := _DATABASE.fullmatch(address)) and match["site"]:
        path += f"#{match['site']}"
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"
