"""The terminal door to what readers said: `kb feedback`."""

import json
from collections.abc import Iterator
from dataclasses import asdict

import click

from bot.command import LANG, command, terminal_lang
from bot.feedback import FeedbackReport, feedback_report
from bot.language import say
from bot.settings import read_settings
from bot.store import Store
from bot.wrap import safe
from index.errors import KbError


@command()
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@LANG
def feedback(as_json: bool, lang: str | None) -> None:
    """Show readers' votes: by section, the down-votes with their reasons, and what the site did not answer."""
    file = read_settings().store_file
    if file is None:
        raise KbError("KB_STORE=off: no votes are kept. Set KB_STORE to the file of the service")
    if not file.is_file():
        raise KbError(f"{file}: no such file, nobody has voted yet. KB_STORE names the file of the service")
    report = feedback_report(Store(file).votes())
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(report_lines(report, lang or terminal_lang())))


def report_lines(report: FeedbackReport, lang: str) -> Iterator[str]:
    """The report as a terminal shows it."""
    yield say(lang, "feedback", "total", up=report.up, down=report.down)
    if report.sections:
        yield from ("", _title(lang, "sections"))
        for one in report.sections:
            yield f"  +{one.up:<4} -{one.down:<4} {safe(one.section or say(lang, 'feedback', 'no_section'))}"
    if report.disliked:
        yield from ("", _title(lang, "disliked"))
        for vote in report.disliked:
            reason = say(lang, "feedback", f"reasons.{vote.reason or 'none'}")
            yield f"  {vote.at[:10]}  {reason}: {_one_line(vote.question)}"
            if vote.section:
                yield f"              {safe(vote.section)}"
    if report.missed:
        yield from ("", _title(lang, "missed"))
        yield from (f"  {one.count:>4} × {_one_line(one.question)}" for one in report.missed)


def _title(lang: str, key: str) -> str:
    return click.style(say(lang, "feedback", key), bold=True, underline=True)


def _one_line(question: str) -> str:
    return " ".join(safe(question).split())
