"""What belongs to a step beside its reason: sentences of this site and of other documents, and what the input says."""

from bot.checks.clusters.assemble import Case
from bot.checks.inventory.inventory import key_of
from bot.checks.plan.beside import Beside
from bot.checks.plan.idea import Idea
from bot.checks.plan.ranges import Space, ranges_of
from bot.checks.plan.records import Note
from bot.checks.plan.words import has, words
from bot.checks.printable import printable
from bot.checks.spelling import id_part


def notes(key: str, lang: str, more: tuple[str, ...] = (), commands: bool = True) -> tuple[Note, ...]:
    """Sentences of this site's rule pages, with the document that they follow; of commands only where there are any."""
    names = words(lang, f"{key}.notes").split() if has(lang, f"{key}.notes") else []
    ordered = sorted([*names, *more], key=lambda name: name != _BEFORE_ALL)
    return tuple(_note(name, lang) for name in ordered if commands or not name.endswith("-command"))


_MOST = 16  # ranges that are shown
_BEFORE_ALL = "owner"  # what is to be made sure of before anything is deleted
# Source: Microsoft Learn, "Overview of Azure CNI Overlay", edition of 2026-07-31.
_NAMED, _LONGEST_NAME = ("resourcegroups", "virtualnetworks", "subnets"), 63


def seen(idea: Idea, case: Case, known: Beside, space: Space, lang: str) -> tuple[Note, ...]:
    """What the input says about this cluster that the notes of every such step only mention."""
    if idea.id in ("subnet", "free-subnet"):
        free = tuple(own.rpartition("/")[2] for own in known.free.get(case.vnet or "", ()))
        there = (_note("subnet-there", lang, subnets=_listed(free)),) if free and not known.listed_whole else ()
        return (*_space(space, idea.number, lang), *there)
    if idea.id != "upgrade":
        return ()
    ranges, notes = ranges_of(case, known), []
    if taken := ranges.taken:
        notes.append(_note("ranges", lang, ranges=_listed(taken)))
    if not ranges.whole:
        notes.append(_note("ranges-missing", lang))
    if ranges.overlaps:
        notes.append(_note("ranges-overlap", lang, pods=_listed(ranges.pods), ranges=_listed(ranges.overlaps)))
    if ranges.rejected:
        notes.append(_note("ranges-rejected", lang, pods=_listed(ranges.pods), ranges=_listed(ranges.rejected)))
    elif ranges.public:
        notes.append(_note("ranges-public", lang, pods=_listed(ranges.public)))
    if len(ranges.pods) > 1:
        notes.append(_note("ranges-several", lang, pods=_listed(ranges.pods)))
    if ranges.small:
        notes.append(_note("ranges-small", lang, pods=_listed(ranges.small), nodes=str(ranges.nodes)))
    if long := _long_names(case):
        notes.append(_note("name-length", lang, names=_listed(long)))
    return tuple(notes)


def _long_names(case: Case) -> tuple[str, ...]:
    """Names of the nodes' subnets, of their networks and of the groups of these that CNI Overlay does not take."""
    pools = key_of(case.item.value, "agentpoolprofiles")
    subnets = [key_of(pool, "vnetsubnetid") for pool in (pools if isinstance(pools, list) else [])]
    named = (id_part(own, part) for own in subnets if isinstance(own, str) for part in _NAMED)
    return tuple(dict.fromkeys(name for name in named if name and len(name) > _LONGEST_NAME))


def _space(space: Space, at: int, lang: str) -> tuple[Note, ...]:
    """Which range is free, or that none is."""
    if space.is_full(at):
        return (_note("space-full", lang, ranges=_listed(space.ranges)),)
    free = space.block(at)
    return (_note("space-free", lang, free=free, ranges=_listed(space.ranges)),) if free and space.whole else ()


def _note(name: str, lang: str, **values: str) -> Note:
    source = words(lang, f"notes.{name}.source") if has(lang, f"notes.{name}.source") else ""
    about = {part: words(lang, f"sources.{source}.{part}") if source else "" for part in ("title", "url", "edition")}
    return Note(words(lang, f"notes.{name}.text", **values), **about)


def _listed(ranges: tuple[str, ...]) -> str:
    return ", ".join([*map(printable, ranges[:_MOST]), *(["…"] if len(ranges) > _MOST else [])])
