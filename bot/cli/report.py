"""The terminal door to what was asked: `kb report`."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from bot.cli.command import LANG, command
from bot.cli.command_help import terminal_lang
from bot.cli.feedback import existing_store
from bot.cli.gaps import written
from bot.language import say
from bot.settings import read_settings

_SPAN = re.compile(r"([1-9]\d{0,3})([dw])")


class Since(click.ParamType[str]):
    """`7d`, `4w`, or a day."""

    name = "since"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if span := _SPAN.fullmatch(str(value)):
            days = int(span[1]) * (7 if span[2] == "w" else 1)
            return (datetime.now(UTC).date() - timedelta(days=days - 1)).isoformat()
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            self.fail(say(terminal_lang(), "errors", "since", since=value), param, ctx)


@command()
@click.option("--since", type=Since(), default="7d", show_default=True)
@click.option("--html", "html_file", type=click.Path(path_type=Path))
@click.option("--slack", "as_slack", is_flag=True)
@LANG
def report(since: str, html_file: Path | None, as_slack: bool, lang: str | None) -> None:
    """Report what was asked and how it was answered, as Markdown."""
    from bot.learning.report import report as made
    from bot.learning.report_forms import html, markdown, slack

    settings, spoken = read_settings(), lang or terminal_lang()
    today = datetime.now(UTC).date().isoformat()
    summary = made(existing_store(settings, spoken), since, today, keeps_texts=settings.keep_questions)
    if html_file:
        written(html_file, html(summary, spoken), spoken)
    if as_slack:
        click.echo(slack(summary, spoken))
    elif not html_file:
        click.echo(markdown(summary, spoken), nl=False)
