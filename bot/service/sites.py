"""Several sites in one service, as a file names them: each with settings, an index, limits and votes of its own.

    [[site]]
    name = "acme"
    title = "Acme manual"
    site = "acme/site"              # any setting without KB_, in small letters
    slack_signing_secret = "$ACME_SLACK_SECRET"

Paths are those beside the file. What a site does not say is as for the service, but for what is one site's only.
"""

import asyncio
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.language import say
from bot.question.versions import NoVersionError
from bot.records import Answer, Status
from bot.refused_settings import SECRETS, SettingsError
from bot.service.capacity import FullError
from bot.service.desk import Desk, LongError, OftenError
from bot.service.rate import Rate
from bot.settings import OFF, Settings
from index.errors import KbError
from index.remote.address import is_address, is_database, shown

ALL = "all"  # as the name of a site: whichever answers best
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_PATHS = ("site", "index", "index_cache", "store")
# Settings of the process, and what one site must not have from another by way of the environment.
_OF_SERVICE = ("sites", "model", "host", "port", "drain_seconds", "client_connections", "proxy_hops")
_OWN = ("index", "index_cache", *SECRETS, "slack_human_channel")
_RANK = (Status.NOT_COVERED, Status.CLARIFY, Status.ANSWERED)


@dataclass(frozen=True, slots=True)
class Named:
    """A site of the file."""

    name: str
    title: str
    settings: Settings


@dataclass(frozen=True, slots=True)
class Held:
    """A site of the service; `desk` is None where its index could not be used, for the reason in `refused`."""

    named: Named
    desk: Desk | None
    refused: str = ""


class NoSiteError(Exception):
    """There is no site of this name; `names` are those that there are."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(", ".join(names))
        self.names = tuple(names)


class UnusableError(Exception):
    """The index of the site that is asked cannot be used."""


class Sites:
    """All sites of a process. Only the event loop's thread may use it."""

    def __init__(self, settings: Settings, held: Sequence[Held]) -> None:
        self.settings, self.held, self.draining = settings, tuple(held), False
        self.rate = None if settings.rate_limit == OFF else Rate(settings.rate_limit, settings.rate_store, site=ALL)

    @property
    def answering(self) -> dict[str, Desk]:
        """The desks by the names of their sites."""
        return {held.named.name: held.desk for held in self.held if held.desk}

    def join(self, usable: Held) -> None:
        """A site whose index could not be used before."""
        self.held = tuple(usable if usable.named.name == held.named.name else held for held in self.held)

    async def count(self, asker: str) -> None:
        """Count a request to all of them. Raises OftenError."""
        if self.rate and (seconds := await self.rate.wait(asker)) is not None:
            raise OftenError(seconds)

    async def ask(
        self,
        asker: str,
        question: str,
        lang: str | None = None,
        history: Sequence[str] = (),
        site: str = ALL,
        version: str | None = None,
    ) -> tuple[Named, Answer]:
        """The answer of a site, or the best of all: what is answered before choices, then by confidence.

        Of all, those answer that have the `version`, take so long a question, and have a place for it; the question
        counts as asked of the one whose answer is given. A site that is named has its own limit. Raises NoSiteError,
        UnusableError, and what a desk raises, where none does.
        """
        asked = [held for held in self.held if site in (ALL, held.named.name)]
        if not asked:
            raise NoSiteError([held.named.name for held in self.held])
        desks = [(held.named, held.desk) for held in asked if held.desk]

        async def counted(desk: Desk) -> Answer:
            if site != ALL:  # what is asked of all has the limit of the service
                await desk.count(asker)
            return await desk.ask(asker, question, lang, history, version=version, again=True)

        given = await asyncio.gather(*(counted(desk) for _, desk in desks), return_exceptions=True)
        answers = [
            (named, desk, answer)
            for (named, desk), answer in zip(desks, given, strict=True)
            if isinstance(answer, Answer)
        ]
        if faults := [fault for fault in given if isinstance(fault, BaseException)]:
            hard = [
                fault for fault in faults if not isinstance(fault, LongError | NoVersionError | FullError | OftenError)
            ]
            if hard or not answers:
                raise (hard or faults)[0]
        if not answers:
            raise UnusableError
        named, desk, best = max(answers, key=lambda each: (_RANK.index(each[2].status), each[2].confidence))
        desk.note(question, best)
        return named, await desk.phrase(best)

    def drain(self) -> None:
        """The process is about to end."""
        self.draining = True
        for desk in self.answering.values():
            desk.drain()


def read_sites(file: Path, service: Settings, lang: str) -> tuple[Named, ...]:
    """The sites that a file names; `service`: the settings of the process. Raises KbError in words of `lang`."""

    def refused(key: str, **values: object) -> KbError:
        return KbError(say(lang, "errors", f"sites.{key}", file=file, **values))

    try:
        read = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise refused("unreadable", why=error) from None
    entries = read.get("site")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise refused("none")
    if beside := sorted(read.keys() - {"site"}):
        raise refused("beside", keys=", ".join(beside))
    named: dict[str, Named] = {}
    for entry in entries:
        name = entry.get("name")
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name == ALL:
            raise refused("name", name=repr(name))
        if name in named:
            raise refused("twice", name=name)
        unknown = entry.keys() - Settings.model_fields.keys() - {"name", "title"} | entry.keys() & set(_OF_SERVICE)
        if unknown:
            raise refused("unknown", name=name, keys=", ".join(sorted(unknown)))
        if written := [key for key in SECRETS if not str(entry.get(key, "$")).startswith("$")]:
            raise refused("secret", name=name, keys=", ".join(written))
        if "site" not in entry:
            raise refused("folder", name=name)
        try:
            settings = _settings(entry, name, file.parent, service)
        except ValidationError as error:
            raise refused("setting", name=name, why=SettingsError(error.errors()).message(lang)) from None
        except KeyError as error:
            raise refused("variable", name=name, variable=error.args[0]) from None
        for other in named.values():
            if _index(other.settings) == (place := _index(settings)) and other.settings.site != settings.site:
                raise refused("same_index", name=name, other=other.name, place=shown(place))
        named[name] = Named(name, str(entry.get("title", name)), settings)
    return tuple(named.values())


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
    own = {**dict.fromkeys(_OWN), "site_url": f"{base}/sites/{name}/", "model": service.model}
    if "writer_url" not in given:  # the service's endpoint has the service's key, and no other one gets it
        own["writer_key"] = service.writer_key
    place = service.store_place
    if place is None:
        own["store"] = OFF
    elif service.store is None and is_database(str(given.get("index"))):
        own["store"] = None  # the votes are where the index is
    elif isinstance(place, Path):
        own["store"] = place.with_name(f"{place.stem}-{name}{place.suffix}")
    else:  # of a database each site has a part of its own
        own["store"] = f"{place.partition('#')[0]}#{name}"
    return Settings(**{**own, "proxy_hops": service.proxy_hops, **given})
