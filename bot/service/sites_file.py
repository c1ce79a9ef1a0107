"""The file that names several sites of one service, each with settings of its own.

    [[site]]
    name = "acme"
    title = "Acme manual"
    site = "acme/site"              # any setting without KB_, in small letters
    slack_signing_secret = "$ACME_SLACK_SECRET"

Paths are those beside the file. What a site does not say is as for the service, but for what is one site's only.
"""

import os
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pydantic import ValidationError

from bot.language import say
from bot.refused_settings import SECRETS, SettingsError
from bot.settings import OFF, Settings
from index.errors import KbError
from index.remote.address import is_address, is_database, shown

ALL = "all"  # as the name of a site: whichever answers best
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_PATHS = ("site", "index", "index_cache", "store")
# Settings of the process, and what one site must not have from another by way of the environment.
_OF_SERVICE = ("sites", "model", "host", "port", "drain_seconds", "client_connections", "proxy_hops")
_OWN = ("index", "index_cache", *SECRETS, "slack_human_channel")


@dataclass(frozen=True, slots=True)
class Named:
    """A site of the file."""

    name: str
    title: str
    settings: Settings


class _Refused(Protocol):
    """The error with the words of a key, and values in them."""

    def __call__(self, key: str, **values: object) -> KbError: ...


def read_sites(file: Path, service: Settings, lang: str) -> tuple[Named, ...]:
    """The sites that a file names; `service`: the settings of the process. Raises KbError in words of `lang`."""

    def refused(key: str, **values: object) -> KbError:
        return KbError(say(lang, "errors", f"sites.{key}", file=file, **values))

    named: dict[str, Named] = {}
    for entry in _entries(file, refused):
        name = _name(entry, named, refused)
        _require_known(entry, name, refused)
        try:
            settings = _settings(entry, name, file.parent, service)
        except ValidationError as error:
            raise refused("setting", name=name, why=SettingsError(error.errors()).message(lang)) from None
        except KeyError as error:
            raise refused("variable", name=name, variable=error.args[0]) from None
        site = Named(name, str(entry.get("title", name)), settings)
        _require_own_index(site, named.values(), refused)
        named[name] = site
    return tuple(named.values())


def _entries(file: Path, refused: _Refused) -> list[dict[str, Any]]:
    """The tables of the sites; the file has nothing beside them."""
    try:
        read = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise refused("unreadable", why=error) from None
    entries = read.get("site")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise refused("none")
    if beside := sorted(read.keys() - {"site"}):
        raise refused("beside", keys=", ".join(beside))
    return entries


def _name(entry: Mapping[str, Any], taken: Collection[str], refused: _Refused) -> str:
    name = entry.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name == ALL:
        raise refused("name", name=repr(name))
    if name in taken:
        raise refused("twice", name=name)
    return name


def _require_known(entry: Mapping[str, Any], name: str, refused: _Refused) -> None:
    """A site has a folder, no settings of the service, and names of secrets in place of secrets."""
    unknown = entry.keys() - Settings.model_fields.keys() - {"name", "title"} | entry.keys() & set(_OF_SERVICE)
    if unknown:
        raise refused("unknown", name=name, keys=", ".join(sorted(unknown)))
    if written := [key for key in SECRETS if not str(entry.get(key, "$")).startswith("$")]:
        raise refused("secret", name=name, keys=", ".join(written))
    if "site" not in entry:
        raise refused("folder", name=name)


def _require_own_index(site: Named, others: Iterable[Named], refused: _Refused) -> None:
    """Two folders of pages are not indexed at one place."""
    place = _index(site.settings)
    for other in others:
        if _index(other.settings) == place and other.settings.site != site.settings.site:
            raise refused("same_index", name=site.name, other=other.name, place=shown(place))


def _index(settings: Settings) -> str:
    """Where the index of a site is made."""
    return settings.index_address or str(settings.build_folder)


def _settings(entry: Mapping[str, Any], name: str, folder: Path, service: Settings) -> Settings:
    given = {key: value for key, value in entry.items() if key not in ("name", "title")}
    for key in _PATHS:
        if isinstance(given.get(key), str) and given[key] != OFF and not is_address(given[key]):
            given[key] = folder / given[key]
    for key in SECRETS:  # a file that is kept with others holds none
        if isinstance(given.get(key), str) and given[key].startswith("$"):
            given[key] = os.environ[given[key][1:]]
    base = service.site_url.rstrip("/")
    own: dict[str, Any] = {**dict.fromkeys(_OWN), "site_url": f"{base}/sites/{name}/", "model": service.model}
    if "writer_url" not in given:  # the service's endpoint has the service's key, and no other one gets it
        own["writer_key"] = service.writer_key
    own["store"] = _store(name, given, service)
    return Settings(**{**own, "proxy_hops": service.proxy_hops, **given})


def _store(name: str, given: Mapping[str, Any], service: Settings) -> Path | str | None:
    """Where the votes of a site are kept that does not say it; None: where its index is."""
    place = service.store_place
    if place is None:
        return OFF
    if service.store is None and is_database(str(given.get("index"))):
        return None
    if isinstance(place, Path):
        return place.with_name(f"{place.stem}-{name}{place.suffix}")
    return f"{place.partition('#')[0]}#{name}"  # of a database each site has a part of its own
