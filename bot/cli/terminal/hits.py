"""Sections that a search comes upon, as text for a terminal or as fields of JSON."""

from collections.abc import Sequence

import click

from bot.answering.said import place_of, titled
from bot.cli.terminal.answer import WIDTH
from bot.cli.terminal.pages import page_address
from bot.cli.terminal.screen import Screen
from bot.language import say
from bot.wrap import columns, wrapped
from index.records import Section

LINES = 3  # of a section on a screen: whether it is the right one shows in its beginning
Hit = tuple[Section, str]  # and its beginning


def hits_text(hits: Sequence[Hit], site_url: str, screen: Screen) -> str:
    """Each section with its page, its beginning and its address, the nearest first."""
    width = screen.width or WIDTH
    lines: list[str] = []
    for n, (section, quote) in enumerate(hits, 1):
        mark, address = f"{n}. ", page_address(site_url, section.url)
        indent = " " * columns(mark)
        title = wrapped(_title(section), width, indent, mark)
        lines += [screen.link(click.style(line, bold=True), address) for line in title]
        beginning = wrapped(quote, width, indent)
        if screen.width and len(beginning) > LINES:
            more = say(section.lang, "terminal", "more_lines", n=len(beginning) - LINES + 1)
            beginning = [*beginning[: LINES - 1], click.style(f"{indent}{more}", dim=True)]
        lines += [*beginning, f"{indent}{screen.linked(address)}", ""]
    return "\n".join(lines).rstrip()


def hit_fields(section: Section, quote: str, site_url: str) -> dict[str, str]:
    """A section as the tool `search` of MCP has it."""
    return {
        **{"section": section.id, "lang": section.lang, "title": _title(section)},
        **{"url": page_address(site_url, section.url), "quote": quote},
    }


def _title(section: Section) -> str:
    return titled(place_of(section))
