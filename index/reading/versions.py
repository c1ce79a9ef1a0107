"""Versions of a documentation that one built site holds: which folder is which version's, and which is read by default.

mike and the like write `versions.json` beside `1.0/` and `2.0/`; Docusaurus says on each page which version it belongs
to. Without either, folders side by side that are named as versions and are each a built site of its own are versions.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import KbError
from index.html_files import html_files
from index.reading.listings import Listings
from index.records import Version

LIST = "versions.json"
# What is read by default: what a list calls so; else the folder of this name. The `latest` of Read the Docs, beside
# its `stable`, is what nobody has released yet.
_ALIASES, _FOLDERS = ("latest", "stable"), ("stable", "latest")
_NAME = re.compile(r"[\w+-][\w.+-]{0,60}")
_VERSION = re.compile(
    r"(?:v|version-|release-)?\d+(?:\.(?:\d+|x))*(?:[-._+]?[a-z][\w.+-]{0,20})?"
    r"|latest|stable|main|master|trunk|dev|devel|develop|next|current|nightly|edge|unstable",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\D*(\d+(?:\.\d+)*)(?:\.x)?(.*)")
_ON_PAGE = re.compile(rb"<meta [^>]*?\bname=.?docusaurus_version.? [^>]*?\bcontent=[\"']?([\w.+-]{1,60})")
_HEAD = 1 << 14  # bytes of a page in which its generator names the version


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder of a version's pages, and the folder whose place it takes; of several languages there are several."""

    version: Version
    folder: str  # from the site's root, with a slash behind
    base: str


@dataclass(frozen=True, slots=True)
class Part:
    """What is read of a built site: the pages of one version; all of them where there are none (`version` None).

    `places`: the folders of all versions, `copies`: those that only repeat one, `unlisted`: those that are named as
    versions and that the list of them does not name; nobody is answered from them.
    """

    version: Version | None = None
    places: Mapping[str, _Place] = field(default_factory=dict)
    copies: frozenset[str] = frozenset()
    unlisted: tuple[str, ...] = ()

    def holds(self, name: str, site: Path) -> bool:
        """Whether a page belongs to it: its own, and those of no version that no version has written for itself."""
        if self.version is None:
            return True
        folder = self._folder(name)
        if folder is not None:
            return folder in self.places and self.places[folder].version == self.version
        return not any(
            name.startswith(place.base) and (site / place.folder / name.removeprefix(place.base)).is_file()
            for place in self.places.values()
        )

    @property
    def folders(self) -> tuple[str, ...]:
        """Those of its pages, from the site's root: one for each language that has its own."""
        return tuple(place.folder for place in self.places.values() if place.version == self.version)

    def within(self, path: str) -> str:
        """A path from the site's root as if this version were the only one: `/2.0/faq/` is `/faq/`."""
        name = path.removeprefix("/")
        place = self.places.get(self._folder(name) or "")
        if place is None or place.version != self.version:
            return path
        return f"/{place.base}{name.removeprefix(place.folder)}"

    def id(self, page: str) -> str:
        """The name of a page, which no page of another version has."""
        return f"{self.version.name}/{page}" if self.version else page

    def _folder(self, name: str) -> str | None:
        folders = (folder for folder in (*self.places, *self.copies, *self.unlisted) if name.startswith(folder))
        return max(folders, key=len, default=None)


def parts(site: Path, listings: Listings) -> tuple[Part, ...]:
    """The versions of a built site, the one that is read by default first; none where there are not several.

    That is the one whose pages lie around the folders of the others, whatever it is called: readers get there first.
    """
    listed = _listed(site)
    located = listed or _on_pages(site) or _side_by_side(listings)
    names = dict.fromkeys(place.version.name for place in located)
    if len(names) < 2:
        return ()
    versions = [_whole(name, located) for name in names]
    by_name = {version.name: version for version in versions}
    places = {place.folder: _Place(by_name[place.version.name], place.folder, place.base) for place in located}
    copies = {f"{place.base}{alias}/" for place in located for alias in place.version.aliases} - places.keys()
    unlisted = tuple(sorted(_unlisted(listed, listings) - places.keys() - copies))
    ordered = sorted(versions, key=lambda version: age(version.name), reverse=True)
    around = next((place.version.name for place in located if place.folder == place.base), None)
    first = by_name[around] if around else _default(ordered)
    rest = (version for version in ordered if version is not first)
    return tuple(Part(version, places, frozenset(copies), unlisted) for version in (first, *rest))


def age(name: str) -> tuple[bool, bool, tuple[int, ...], str]:
    """Sorts versions from the oldest on: what has no number and what is not released yet before all others."""
    number = _NUMBER.fullmatch(name)
    if number is None:
        return False, False, (), name
    return True, not number[2], tuple(map(int, number[1].split("."))), name


def _default(versions: Sequence[Version]) -> Version:
    """`versions`: the newest first."""
    called = (version for alias in _ALIASES for version in versions if alias in version.aliases)
    named = (version for name in _FOLDERS for version in versions if version.name == name)
    return next(called, None) or next(named, versions[0])


def _whole(name: str, located: Sequence[_Place]) -> Version:
    """A version with its other names in all languages."""
    aliases = (alias for place in located if place.version.name == name for alias in place.version.aliases)
    return Version(name, tuple(dict.fromkeys(aliases)))


def _listed(site: Path) -> list[_Place]:
    """The versions of lists, at the root or in a language's folder, that lie beside them."""
    located: list[_Place] = []
    for file in (*site.glob(LIST), *sorted(site.glob(f"*/{LIST}"))):
        base = f"{file.parent.relative_to(site).as_posix()}/".removeprefix("./")
        for version in _named(file):
            if html_files(site / base / version.name):
                located.append(_Place(version, f"{base}{version.name}/", base))
    return located


def _unlisted(listed: Sequence[_Place], listings: Listings) -> set[str]:
    """Folders of built sites beside those of listed versions that are named as versions, too."""
    bases = {listings.site / place.base for place in listed}
    beside = (folder for folder in listings.by_folder if folder.parent in bases and _VERSION.fullmatch(folder.name))
    return {f"{folder.relative_to(listings.site).as_posix()}/" for folder in beside}


def _named(file: Path) -> Iterator[Version]:
    """The entries of a list: mike's objects, or plain names. Other programs have files of this name, too."""
    try:
        entries = json.loads(file.read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        if not any(_VERSION.fullmatch(beside.name) for beside in file.parent.iterdir()):
            return
        raise KbError(f"{file}: not a list of versions ({error}). Publish the versions again.") from error
    for entry in entries if isinstance(entries, list) else ():
        named = entry if isinstance(entry, dict) else {"version": entry}
        name, aliases = named.get("version"), named.get("aliases")
        aliases = aliases if isinstance(aliases, list) else ()
        if _is_name(name):
            yield Version(str(name), tuple(alias for alias in aliases if _is_name(alias)))


def _is_name(name: object) -> bool:
    return isinstance(name, str) and _NAME.fullmatch(name) is not None


def _on_pages(site: Path) -> list[_Place]:
    """Versions as the pages of Docusaurus name them; the newest lies in the folder that holds those of the others."""
    files = html_files(site)
    by_file = {file: match[1].decode() for file in files if (match := _ON_PAGE.search(_head(file)))}
    folders: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for file, name in by_file.items():
        parts = file.relative_to(site).parent.parts
        at = next((n for n, part in enumerate(parts) if part == ("next" if name == "current" else name)), None)
        folders[name].add(() if at is None else parts[: at + 1])
    own = [name for name, places in folders.items() if places == {()}]
    if len(folders) < 2 or len(own) != 1:
        return []
    located = [
        _Place(
            Version(name, ("next",) if name == "current" else ()), "/".join((*place, "")), "/".join((*place[:-1], ""))
        )
        for name, places in folders.items()
        for place in sorted(places - {()})
    ]
    bases = dict.fromkeys(place.base for place in located)
    return [*(_Place(Version(own[0]), base, base) for base in bases), *located]


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_HEAD)


def _side_by_side(listings: Listings) -> list[_Place]:
    """Folders with a search index each, at the root or in a language's folder, all of which are named as versions."""
    beside: dict[Path, list[Path]] = defaultdict(list)
    for folder in sorted(listings.by_folder):
        if folder != listings.site and _VERSION.fullmatch(folder.name):
            beside[folder.parent].append(folder)
    located: list[_Place] = []
    for parent, folders in beside.items():
        if len(folders) > 1 and any(_NUMBER.fullmatch(folder.name) for folder in folders):
            base = f"{parent.relative_to(listings.site).as_posix()}/".removeprefix("./")
            located += [_Place(Version(folder.name), f"{base}{folder.name}/", base) for folder in folders]
    return located
