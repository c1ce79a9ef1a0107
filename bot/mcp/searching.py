"""The tool `search`: the sections that come nearest, and whether they answer."""

from collections.abc import Sequence

from bot.answering.compose import all_of
from bot.language import say
from bot.mcp.answers import SHORTER
from bot.mcp.arguments import Search
from bot.mcp.budget import Shown, beginning, fitting
from bot.mcp.caller import Caller
from bot.mcp.markdown import link, quoted
from bot.mcp.outputs import Hits
from bot.records import Status
from index.records import Section


async def search(given: Search, caller: Caller) -> Shown:
    """The sections that come nearest, each with its beginning."""
    asked = (given.query, given.limit, given.lang)
    status, sections = await caller.desk.search(caller.asker, *asked, version=given.version)
    hits = [(section, all_of(section, given.query).quote) for section in sections]
    counts = range(len(hits), 0, -1)
    choices = [hits[:count] for count in counts] or [[]]
    choices += [[(section, beginning(quote, most))] for section, quote in hits[:1] for most in SHORTER]
    return fitting(
        (_hits(status, some, caller, given.lang, cut=n > 0) for n, some in enumerate(choices)), given.max_tokens
    )


def _hits(status: Status, hits: Sequence[tuple[Section, str]], caller: Caller, lang: str | None, *, cut: bool) -> Shown:
    spoken = lang or (hits[0][0].lang if hits else "en")
    fields: Hits = {"status": status.value, "results": []}
    parts = [say(spoken, "mcp", "labels.only_near" if hits else "labels.nothing")] * (
        not hits or status is Status.NOT_COVERED
    )
    for section, quote in hits:
        title = " › ".join((*section.path[:1], section.title))
        url = caller.url(section.url)
        fields["results"].append(
            {"section": section.id, "lang": section.lang, "title": title, "url": url, "quote": quote}
        )
        parts.append(f"{link(title, url)} (`{section.id}`)\n\n{quoted(quote)}")
    if cut:
        fields["truncated"] = True
        parts.append(say(spoken, "mcp", "labels.cut"))
    return Shown(fields, "\n\n".join(parts))
