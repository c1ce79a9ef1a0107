"""The terminal door to what readers said: `kb feedback`."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from bot.cli.command import LANG, command
from bot.cli.command_help import terminal_lang
from bot.language import say
from bot.service.feedback import Feedback, FeedbackReport, feedback_report
from bot.service.kept import WAYS, delete, rows
from bot.service.store import Store, store_of
from bot.settings import Settings, read_settings
from bot.wrap import safe
from index.errors import KbError


class Deletion(click.ParamType[tuple[str, str]]):
    """`all`, `before:DAY`, `id:ID` or `text:WORDS`."""

    name = "what"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        way, _, rest = str(value).partition(":")
        try:
            known = way in WAYS and bool(rest.strip()) != (way == "all")
            if not known or (way == "before" and not date.fromisoformat(rest)):
                raise ValueError
        except ValueError:
            self.fail(say(terminal_lang(), "errors", "deletion", what=value), param, ctx)
        return way, rest


@command()
@click.option("--json", "as_json", is_flag=True)
@click.option("--export", is_flag=True)
@click.option("--delete", "deletion", type=Deletion())
@click.option("--yes", is_flag=True)
@LANG
def feedback(as_json: bool, export: bool, deletion: tuple[str, str] | None, yes: bool, lang: str | None) -> None:
    """Show readers' votes: by section, the down-votes with their reasons, and what the site did not answer."""
    spoken = lang or terminal_lang()
    store = existing_store(read_settings(), spoken)
    if export:
        for row in rows(store):
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    if deletion:
        if not yes:
            click.confirm(say(spoken, "feedback", f"sure.{deletion[0]}", value=safe(deletion[1])), abort=True, err=True)
        click.echo(say(spoken, "feedback", "deleted", count=delete(store, *deletion)))
        return
    report = feedback_report(store.votes())
    disliked = (vote for vote in store.votes(newest_first=True) if vote.vote == "down")
    for line in json_lines(report, disliked) if as_json else report_lines(report, disliked, spoken):
        click.echo(line)


def existing_store(settings: Settings, lang: str) -> Store:
    """The store of the settings. Raises KbError where nothing is kept, or nothing was yet."""
    store, place = store_of(settings), settings.store_place
    if store is None:
        raise KbError(say(lang, "errors", "no_store"))
    if isinstance(place, Path) and not place.is_file():
        raise KbError(say(lang, "errors", "no_votes", file=place))
    return store


def json_lines(report: FeedbackReport, disliked: Iterable[Feedback]) -> Iterator[str]:
    """One JSON object, a down-vote a line."""

    def written(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    fields = asdict(report)
    yield f'{{"up": {report.up}, "down": {report.down},'
    yield f'"sections": {written(fields["sections"])},'
    yield '"disliked": ['
    separator = ""
    for vote in disliked:
        yield separator + written(asdict(vote))
        separator = ","
    yield f'], "missed": {written(fields["missed"])}}}'


def report_lines(report: FeedbackReport, disliked: Iterable[Feedback], lang: str) -> Iterator[str]:
    """The report as a terminal shows it; down-votes come newest first, each as it is read."""
    yield say(lang, "feedback", "total", up=report.up, down=report.down)
    if report.sections:
        yield from ("", _title(lang, "sections"))
        for votes in report.sections:
            yield f"  +{votes.up:<4} -{votes.down:<4} {safe(votes.section or say(lang, 'feedback', 'no_section'))}"
    for n, vote in enumerate(disliked):
        if n == 0:
            yield from ("", _title(lang, "disliked"))
        reason = say(lang, "feedback", f"reasons.{vote.reason or 'none'}")
        yield f"  {vote.at[:10]}  {reason}: {_one_line(vote.question)}"
        if vote.section:
            yield f"              {safe(vote.section)}"
    if report.missed:
        yield from ("", _title(lang, "missed"))
        yield from (f"  {missed.count:>4} × {_one_line(missed.question)}" for missed in report.missed)


def _title(lang: str, key: str) -> str:
    return click.style(say(lang, "feedback", key), bold=True, underline=True)


def _one_line(question: str) -> str:
    return " ".join(safe(question).split())
