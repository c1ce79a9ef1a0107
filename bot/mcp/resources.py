"""Pages and sections as resources: `kb://en/faq` is a page, `kb://en/faq#upgrade` a section of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from bot.answering.ask import Bot
from bot.mcp.held import held
from bot.mcp.markdown import section as written
from bot.mcp.pages import RESOURCE, SCHEME, named

AT_ONCE = 100  # pages of one answer to resources/list
TEMPLATE = f"{SCHEME}{{lang}}/{{+section}}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A page in one language."""

    uri: str
    name: str
    title: str


def listed(bot: Bot, start: int) -> tuple[Sequence[Listed], int | None]:
    """The pages from a place on, in the order of the site, and the next place, if there are more."""
    known = bot.topics.catalogue
    first: dict[str, int] = {}
    for section_id, number in known.names.items():
        page, topic = section_id.partition("#")[0], int(known.named[number])
        first[page] = min(topic, first.get(page, topic))
    entries = [(page, lang) for page in sorted(first, key=first.__getitem__) for lang in bot.langs]
    resources = []
    for page, lang in entries[start : start + AT_ONCE]:
        section = bot.topics.in_language(first[page], lang)
        if section.lang == lang:
            resources.append(Listed(f"{SCHEME}{lang}/{page}", page, (*section.path[:1], section.title)[0]))
    return resources, start + AT_ONCE if start + AT_ONCE < len(entries) else None


def read(bot: Bot, uri: str) -> str | None:
    """The page or section of an address as Markdown; None if there is none."""
    address = RESOURCE.fullmatch(uri)
    if address is None or address[1] not in bot.langs:
        return None
    sections = [section for section in named(bot, address[2], address[1], "") if section.lang == address[1]]
    texts = ((written(each.section), each.stale) for each in held(sections, bot))
    return "\n\n".join(filter(None, chain.from_iterable(texts))) or None
