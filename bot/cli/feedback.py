"""The terminal door to what readers said: `kb feedback`."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import click

from bot.cli.command import LANG, command
from bot.cli.command_help import terminal_lang
from bot.language import say
from bot.service.feedback import FeedbackReport, feedback_report
from bot.service.store import Feedback, store_of
from bot.settings import read_settings
from bot.wrap import safe
from index.errors import KbError


@command()
@click.option("--json", "as_json", is_flag=True)
@LANG
def feedback(as_json: bool, lang: str | None) -> None:
    """Show readers' votes: by section, the down-votes with their reasons, and what the site did not answer."""
    settings, spoken = read_settings(), lang or terminal_lang()
    store, place = store_of(settings), settings.store_place
    if store is None:
        raise KbError(say(spoken, "errors", "no_store"))
    if isinstance(place, Path) and not place.is_file():
        raise KbError(say(spoken, "errors", "no_votes", file=place))
    report = feedback_report(store.votes())
    disliked = (vote for vote in store.votes(newest_first=True) if vote.vote == "down")
    for line in json_lines(report, disliked) if as_json else report_lines(report, disliked, spoken):
        click.echo(line)


def json_lines(report: FeedbackReport, disliked: Iterable[Feedback]) -> Iterator[str]:
    """One JSON object, a down-vote a line."""

    def written(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    found = asdict(report)
    yield f'{{"up": {report.up}, "down": {report.down},'
    yield f'"sections": {written(found["sections"])},'
    yield '"disliked": ['
    separator = ""
    for vote in disliked:
        yield separator + written(asdict(vote))
        separator = ","
    yield f'], "missed": {written(found["missed"])}}}'


def report_lines(report: FeedbackReport, disliked: Iterable[Feedback], lang: str) -> Iterator[str]:
    """The report as a terminal shows it; down-votes come newest first, each as it is read."""
    yield say(lang, "feedback", "total", up=report.up, down=report.down)
    if report.sections:
        yield from ("", _title(lang, "sections"))
        for one in report.sections:
            yield f"  +{one.up:<4} -{one.down:<4} {safe(one.section or say(lang, 'feedback', 'no_section'))}"
    for n, vote in enumerate(disliked):
        if n == 0:
            yield from ("", _title(lang, "disliked"))
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
