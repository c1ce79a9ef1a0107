"""Labelling and learning for one site: `kb questions`, and what `kb calibrate --site` does."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.cli.command import INDEX, SITE, command, load_bot
from bot.cli.command_help import terminal_lang
from bot.language import say
from bot.settings import Settings, read_settings
from index.errors import KbError

if TYPE_CHECKING:  # which loads numpy
    from bot.quality.calibrate import LabelledQuestion

Result = TypeVar("Result")


@command()
@click.option("--out", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True)
@INDEX
@SITE
def questions(out: Path | None, *, force: bool, **given: Any) -> None:
    """Propose 40 questions about a site to label, from its own sections."""
    from bot.quality.questions import propose, reviewed, write

    settings = read_settings(**given)
    file = out or settings.questions_file
    if file.exists() and not force:
        lines, done = reviewed(file)
        raise KbError(_say("there", file=file, lines=lines, reviewed=done))
    proposals = propose(load_bot(settings).topics)
    if not proposals:
        raise KbError(_say("nothing", site=settings.site))
    kept = _writing(file, lambda: write(proposals, file))
    _tell("proposed", file=file, count=len(proposals), uncovered=sum(not p.question.answerable for p in proposals))
    if kept:
        _tell("kept", count=kept)
    _tell("next")


def calibrate_site(settings: Settings, file: Path | None, out: Path | None, *, unreviewed: bool) -> None:
    """The weights of one site: kept with it, and taken into its index, if they are better."""
    from bot.cli.indexing import indexed
    from bot.decision.decide import load_weights
    from bot.decision.own_weights import write
    from bot.quality.own_site import teach

    asked, loaded = reviewed_only(file or settings.questions_file, unreviewed=unreviewed), load_bot(settings)
    lesson = teach(asked, loaded, load_weights(loaded.topics))
    for key, held in (("first", lesson.first), ("answered", lesson.answered), ("refused", lesson.refused)):
        _tell(key, shipped=held.shipped, learned=held.learned, of=held.of)
    place, own = out or settings.weights_file, lesson.own
    if own is None:
        _tell("not_better_there" if place.exists() else "not_better", file=place)
        return
    _writing(place, lambda: place.write_text(write(own), "utf-8"))
    _tell("better", file=place)
    if out is None and settings.site.is_dir() and not settings.index_address:
        click.echo(indexed(settings))
    else:
        _tell("index_next", site=settings.site, file=settings.weights_file)


def reviewed_only(file: Path, *, unreviewed: bool) -> "list[LabelledQuestion]":
    """The labelled questions of a file; those that nobody reviewed only if they are asked for."""
    from bot.quality.calibrate import read_questions

    if not file.exists():
        raise KbError(_say("none_yet", file=file))
    listed = read_questions(file)
    wanted = [question for question in listed if question.reviewed or unreviewed]
    if not wanted:
        raise KbError(_say("none_reviewed", file=file, count=len(listed)))
    if len(wanted) < len(listed):
        click.echo(_say("left_out", file=file, count=len(listed) - len(wanted), of=len(listed)), err=True)
    return wanted


def _say(key: str, **values: object) -> str:
    return say(terminal_lang(), "terminal", f"questions.{key}", **values)


def _tell(key: str, **values: object) -> None:
    click.echo(_say(key, **values))


def _writing(file: Path, write: Callable[[], Result]) -> Result:
    try:
        return write()
    except OSError as error:
        raise KbError(say(terminal_lang(), "errors", "unwritable", file=file, why=error.strerror)) from None
