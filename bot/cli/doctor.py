"""The terminal door for authors: `kb doctor`."""

import json
import sys
from collections import Counter
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from bot.checks import EXIT_FAILURE
from bot.cli.command import SITE, command
from bot.cli.command_help import terminal_lang
from bot.language import say
from bot.settings import read_settings
from index.errors import KbError


@command()
@click.argument("docs", type=click.Path(path_type=Path), default=Path("docs"))
@click.option("--questions", type=click.Path(path_type=Path))
@click.option("--days", type=click.IntRange(1), default=180, show_default=True)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--json", "as_json", is_flag=True)
@SITE
def doctor(docs: Path, questions: Path | None, days: int, on: datetime | None, as_json: bool, **given: Any) -> None:
    """List what an author should look at: old sources, broken links, missing twins, facts without a section."""
    from bot.quality.doctor import age, examine
    from index.reading.site import read_default

    settings, lang = read_settings(**given), terminal_lang()
    if not settings.site.is_dir():
        raise KbError(say(lang, "errors", "no_site", site=settings.site))
    held = read_default(settings.site)
    oldest = age(days, on.date() if on else date.today())
    faults = examine(held.sections, held.langs, settings.site, docs, questions, oldest)
    if as_json:
        click.echo(json.dumps([asdict(fault) for fault in faults], ensure_ascii=False, indent=2))
    else:
        for fault in faults:
            click.echo(say(lang, "terminal", f"doctor.{fault.kind}", where=fault.where, what=fault.what, days=days))
        counted = Counter(fault.is_advice for fault in faults)
        click.echo(say(lang, "terminal", "doctor.sum", faults=counted[False], advice=counted[True]))
    if any(not fault.is_advice for fault in faults):
        sys.exit(EXIT_FAILURE)
