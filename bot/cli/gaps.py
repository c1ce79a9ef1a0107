"""The terminal door to what readers miss: `kb gaps`."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from bot.cli.command import INDEX, LANG, SITE, command, load_bot
from bot.cli.command_help import terminal_lang
from bot.cli.feedback import existing_store
from bot.language import say
from bot.refused_values import why_not_opened
from bot.service.kept import rows
from bot.settings import Settings, read_settings
from index.errors import KbError

if TYPE_CHECKING:
    from bot.answering.ask import Bot
    from bot.learning.gaps import Missed
    from bot.learning.wanted import Row, Wanted

MOST = 20_000  # questions at once; as many as KB_KEEP_MOST keeps by default
DOCS = click.option("--docs", type=click.Path(path_type=Path), default=Path("docs"), show_default=True)


@command()
@click.argument("questions", required=False, type=click.Path(path_type=Path))
@DOCS
@click.option("--patch", "patch_file", type=click.Path(path_type=Path))
@click.option("--html", "html_file", type=click.Path(path_type=Path))
@click.option("--smallest", type=click.IntRange(1), default=3, show_default=True)
@click.option("--most", type=click.IntRange(1, MOST), default=1000, show_default=True)
@click.option("--json", "as_json", is_flag=True)
@SITE
@INDEX
@LANG
def gaps(
    questions: Path | None,
    docs: Path,
    patch_file: Path | None,
    html_file: Path | None,
    smallest: int,
    most: int,
    as_json: bool,
    lang: str | None,
    **given: Any,
) -> None:
    """Show what was asked and not answered, by what it is about; write a patch to the docs."""
    from bot.learning.gaps import find_gaps
    from bot.learning.gaps_text import gap_lines, gaps_page
    from bot.learning.patch import patch
    from bot.learning.sources import Docs

    settings, spoken = read_settings(**given), lang or terminal_lang()
    asked = newest(questions, settings, most, spoken)
    if patch_file:
        Docs(docs)  # or it is not there
    loaded = load_bot(settings)
    unanswered = missed_of(loaded, asked, spoken)
    with progress(2 * len(unanswered), say(spoken, "learning", "gaps.grouping")) as done:
        listed = find_gaps(loaded, unanswered, smallest, done)
    if patch_file:
        patched = patch(listed, Docs(docs, loaded.version), loaded.langs)
        written(patch_file, patched.text, spoken)
    if html_file:
        written(html_file, gaps_page(listed, len(asked), loaded.langs, spoken), spoken)
    if as_json:
        click.echo(json.dumps([asdict(gap) for gap in listed], ensure_ascii=False, indent=2))
        return
    for line in gap_lines(listed, len(asked), spoken):
        click.echo(line)
    if patch_file:
        click.echo("")
        for gap in patched.left:
            click.echo(say(spoken, "learning", "gaps.left", title=gap.title, docs=docs))
        key = ("next" if is_own_repository(settings) else "next_own") if patched.text else "no_patch"
        click.echo(_what_next(key, settings, Docs(docs).root, patch_file, spoken, names_index=bool(given["index"])))


def _what_next(key: str, settings: Settings, root: Path, patch_file: Path, lang: str, *, names_index: bool) -> str:
    """How a patch is applied and tried; `names_index`: the command that wrote it did."""
    return say(
        lang,
        "learning",
        f"gaps.{key}",
        patch=quote(str(patch_file)),
        site=quote(str(settings.site)),
        apply=apply_command(root, patch_file),
        index=f" --index {quote(str(settings.index_folder))}" if names_index else "",
    )


def apply_command(root: Path, patch_file: Path) -> str:
    """What applies a patch to the files below a folder, from the folder in which one is."""
    if root == Path.cwd():
        return f"git apply {quote(str(patch_file))}"
    return f"git -C {quote(str(root))} apply {quote(str(patch_file.resolve()))}"


def missed_of(loaded: "Bot", asked: "Sequence[Wanted]", lang: str) -> "list[Missed]":
    """Those that the site does not answer as it should; a terminal sees how far it is."""
    from bot.learning.gaps import missed

    with progress(len(asked), say(lang, "learning", "gaps.asking")) as done:
        return missed(loaded, asked, done)


def is_own_repository(settings: Settings) -> bool:
    """Whether the site is the one that `kb site` builds here, with its labelled questions; another has its own."""
    return bool(settings.site == Settings.model_fields["site"].default)


@contextmanager
def progress(length: int, label: str) -> Iterator[Callable[[int], None]]:
    """A bar on stderr, which stays out of what is printed."""
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield bar.update


def newest(questions: Path | None, settings: Settings, most: int, lang: str) -> "list[Wanted]":
    """The questions to look at, the newest last; that there are older ones is said."""
    from bot.learning.wanted import wanted

    known = wanted(asked_rows(questions, settings, lang))
    if len(known) > most:
        click.echo(say(lang, "learning", "gaps.older", left=len(known) - most, most=most), err=True)
    return known[-most:]


def asked_rows(questions: Path | None, settings: Settings, lang: str) -> "Iterable[Row]":
    """The rows of a file, or of the store."""
    from bot.learning.wanted import read_rows

    return read_rows(questions) if questions else rows(existing_store(settings, lang))


def written(file: Path, text: str, lang: str) -> None:
    """Write a file. Raises KbError that says why it cannot be."""
    try:
        file.write_text(text, "utf-8", newline="")
    except OSError as error:
        raise KbError(f"{file}: {why_not_opened(lang, error)}") from None
