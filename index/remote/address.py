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
    return not (_fits_database(address) if is_database(address) else _fits_store(address))


def _fits_database(address: str) -> bool:
    match = _DATABASE.fullmatch(address)
    options = (match["options"] or "").split("&") if match else []
    return match is not None and all(_OPTION.fullmatch(option) for option in options if option)


def _fits_store(address: str) -> bool:
    """Whether it has a scheme, a place, and nothing else; a folder has no host."""
    try:
        parts = urlsplit(address)
        if parts.username is not None or parts.port is not None or parts.query or parts.fragment:
            return False
    except ValueError:
        return False
    is_folder = parts.scheme == "file"
    names = [name for name in unquote(parts.netloc + parts.path).split("/") if name]
    if parts.scheme not in SCHEMES or not names or is_folder == bool(parts.netloc) or not address.isprintable():
        return False
    return all(name not in (".", "..") and (is_folder or _PART.fullmatch(name)) for name in names)


def shown(address: str) -> str:
    """What may be repeated of it: a person may have put a key into its end, or in front of its host."""
    scheme, there, rest = re.split(r"[?#]", address, maxsplit=1)[0].partition("://")
    if not there:
        return address
    host, slash, path = rest.partition("/")
    if is_database(address) and (match := _DATABASE.fullmatch(address)) and match["site"]:
        path += f"#{match['site']}"
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"
