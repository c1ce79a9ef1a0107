"""The tool `search`: the sections that come nearest, and whether they answer."""

from collections.abc import Sequence

from bot.answering.ask import Bot
from bot.answering.compose import all_of
from bot.language import say
from bot.mcp.answers import SHORTER
from bot.mcp.arguments import Search
from bot.mcp.budget import Shown, beginning, fitting
from bot.mcp.caller import Caller
from bot.mcp.held import Held, held
from bot.mcp.markdown import link, quoted
from bot.mcp.outputs import Hits, Quote
from bot.records import Status


async def search(given: Search, caller: Caller) -> Shown:
    """The sections that come nearest, each with its beginning."""
    length = caller.desk.measure(given.query)
    status, near = await caller.desk.look(caller.asker, lambda bot: _near(given, bot), length)
    hits = [(each, all_of(each.section, given.query).quote) for each in near]
    counts = range(len(hits), 0, -1)
    choices = [hits[:count] for count in counts] or [[]]
    choices += [[(each, beginning(quote, most))] for each, quote in hits[:1] for most in SHORTER]
    return fitting(
        (_hits(status, some, caller, given.lang, cut=n > 0) for n, some in enumerate(choices)), given.max_tokens
    )


def _near(given: Search, bot: Bot) -> tuple[Status, Sequence[Held]]:
    status, sections = bot.search(given.query, given.limit, given.lang, given.version)
    return status, held(sections, bot)


def _hits(status: Status, hits: Sequence[tuple[Held, str]], caller: Caller, lang: str | None, *, cut: bool) -> Shown:
    spoken = lang or (hits[0][0].section.lang if hits else "en")
    fields: Hits = {"status": status.value, "results": []}
    parts = [say(spoken, "mcp", "labels.only_near" if hits else "labels.nothing")] * (
        not hits or status is Status.NOT_COVERED
    )
    for each, quote in hits:
        section = each.section
        title = " › ".join((*section.path[:1], section.title))
        url = caller.url(section.url)
        hit: Quote = {
            "section": section.id,
            "lang": section.lang,
            "title": title,
            "url": url,
            "quote": quote,
            **each.beside(caller),
        }
        fields["results"].append(hit)
        parts.append(f"{link(title, url)} (`{section.id}`)\n\n{quoted(quote)}")
        parts += filter(None, [each.stale])
    if cut:
        fields["truncated"] = True
        parts.append(say(spoken, "mcp", "labels.cut"))
    return Shown(fields, "\n\n".join(parts))
