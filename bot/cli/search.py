"""The terminal door to the sections themselves: `kb search`."""

import json
import sys
from typing import Any

import click

from bot.cli.command import INDEX, LANG, SITE, command, load_bot
from bot.cli.command_help import terminal_lang
from bot.cli.terminal.hits import hit_fields, hits_text
from bot.cli.terminal.pages import pages_base
from bot.cli.terminal.screen import screen
from bot.language import say
from bot.records import Status
from bot.settings import read_settings

MOST = 50  # sections


@command()
@click.argument("words", nargs=-1, required=True)
@LANG
@INDEX
@SITE
@click.option("--version")
@click.option("--limit", "-n", type=click.IntRange(1, MOST), default=5, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def search(
    words: tuple[str, ...], lang: str | None, version: str | None, limit: int, as_json: bool, **given: Any
) -> None:
    """List the sections that come nearest to some words."""
    settings = read_settings(**given)
    bot = load_bot(settings, version)
    from bot.answering.compose import all_of  # numpy, which the help does without

    query = " ".join(words)
    status, sections = bot.search(query, limit, lang, version)
    hits = [(section, all_of(section, query).quote) for section in sections]
    if as_json:
        results = [hit_fields(section, quote, settings.site_url) for section, quote in hits]
        click.echo(json.dumps({"status": status.value, "results": results}, ensure_ascii=False, indent=2))
        return
    if status is Status.NOT_COVERED or not hits:
        spoken = lang or (sections[0].lang if sections else terminal_lang())
        click.echo(f"{say(spoken, 'terminal', 'only_near' if hits else 'nothing_near')}\n")
    click.echo(hits_text(hits, pages_base(settings, sys.stdout.isatty()), screen()))
