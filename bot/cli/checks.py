"""The terminal door to the rule checks: `kb check`, `kb rules`, `kb explain`, `kb snapshot`."""

import json
import os
import shlex
import sys
from collections.abc import Callable
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from bot import checks
from bot.aligned import table_lines
from bot.checks.gather import gather
from bot.checks.gather.commands import Target
from bot.checks.inventory.inventory import Inventory
from bot.checks.report.look import Look
from bot.checks.rules.catalog import Rule
from bot.checks.words import words
from bot.cli.command import INDEX, LANG, SITE, command, existing_index
from bot.cli.command_help import terminal_lang
from bot.cli.terminal.answer import page_text
from bot.cli.terminal.pages import pages_base, with_pages
from bot.cli.terminal.screen import screen
from bot.language import say
from bot.refused_values import why_not_opened
from bot.settings import Settings, read_settings
from index.errors import KbError

PLANNED = click.option("--planned", type=click.Choice(checks.CHANGES))
FILE = click.Path(path_type=Path, allow_dash=True)
FOR_PEOPLE = ("text", "markdown")  # the formats
_MAIN = next(iter(checks.PIECES))  # stands in place of files


def piece_options(function: Callable[..., None]) -> Callable[..., None]:
    """An option for each piece that may be given beside files, in the order of their list."""
    for name, form in reversed(checks.PIECES.items()):
        kind = None if form == "text" else FILE
        function = click.option(f"--{name.replace('_', '-')}", type=kind, multiple=form == "files")(function)
    return function


@command()
@click.argument("files", type=FILE, nargs=-1)
@piece_options
@PLANNED
@click.option("--format", "form", type=click.Choice(sorted(checks.FORMATS)), default="text", show_default=True)
@click.option(
    "--schema",
    type=click.Choice([str(schema) for schema in checks.SCHEMAS]),
    default=str(checks.SCHEMA),
    show_default=True,
)
@click.option("--all", "whole", is_flag=True)
@LANG
def check(
    files: tuple[Path, ...], planned: str | None, form: str, schema: str, whole: bool, lang: str | None, **pieces: Any
) -> None:
    """Check clusters and end with the code of the worst."""
    spoken = lang or terminal_lang()
    inventory = composed(files, pieces, spoken, planned, people=form in FOR_PEOPLE)
    settings = read_settings()
    judged = checks.judge(inventory, spoken, settings.site_url)
    clusters = [cluster.findings for cluster in judged]
    for place, sentence in checks.unread_keys(inventory, spoken):
        where = " ".join(part for part in (place.file, place.pointer) if part)
        click.echo(f"kb: {where}: {sentence}", err=True)
    for place, name in checks.ignored(inventory):
        where = " ".join(part for part in (place.file, place.pointer) if part)
        click.echo(f"kb: {words(spoken, 'labels.unused', name=name, where=where or '-')}", err=True)
    source = _name(files[0] if files else pieces[_MAIN], spoken, form in FOR_PEOPLE)
    if form == "text":
        named = shlex.join(str(file) for file in files) if files and "-" not in map(str, files) else "FILE"
        remedies = checks.with_plans(checks.remedies(inventory, judged), clusters, named)
        to_plan = checks.to_gateway(clusters, named, spoken)
        echo_report(checks.report(clusters, spoken, terminal_look(whole), remedies, to_plan), settings)
    elif form == "json":
        click.echo(json.dumps(checks.as_object(clusters, int(schema)), ensure_ascii=False, indent=2))
    else:
        click.echo(checks.render(clusters, form, spoken, source))
    sys.exit(checks.exit_code(clusters))


def composed(
    files: tuple[Path, ...], pieces: dict[str, Any], lang: str, planned: str | None = None, people: bool = True
) -> Inventory:
    """All that files and the options of `piece_options` tell. `people`: who names its places."""
    if not files and pieces[_MAIN] is None:
        raise click.UsageError(say(lang, "errors", "no_files"))
    read = partial(_read_given, lang=lang, people=people)
    documents = [read(file) for file in files]
    given = {name: _read_piece(checks.PIECES[name], value, read) for name, value in pieces.items()}
    return checks.compose(documents or None, planned=planned, **given)


def nearest_rule(name: str) -> str | None:
    """The id of the rule whose id or name is most like this one."""
    ids = {known: rule.id for rule in checks.rules() for known in (rule.id.lower(), rule.name)}
    near = get_close_matches(name.lower(), ids, n=1)
    return ids[near[0]] if near else None


def _rule(name: str, lang: str) -> Rule:
    """The rule of this id or name; else KbError with the one that was meant."""
    if rule := checks.rule_named(name):
        return rule
    near = nearest_rule(name)
    raise KbError(say(lang, "errors", "no_rule_but" if near else "no_rule", rule=repr(name), near=near))


def _complete_rule(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    spoken = terminal_lang()
    named = ((rule.id, rule.title(spoken)) for rule in checks.rules())
    return [CompletionItem(name, help=title) for name, title in named if name.startswith(begun.upper())]


@command()
@click.argument("named", metavar="[RULE]...", nargs=-1, shell_complete=_complete_rule)
@LANG
def rules(named: tuple[str, ...], lang: str | None) -> None:
    """List the rules, or those that are named: id, name, severity, title."""
    spoken, shown = lang or terminal_lang(), screen()
    chosen = [_rule(name, spoken) for name in named] or checks.rules()
    listed = [(rule.id, rule.name, str(rule.severity), rule.title(spoken)) for rule in chosen]
    click.echo("\n".join(table_lines(listed, shown.width)))


@command()
@click.argument("rule_id", metavar="RULE", shell_complete=_complete_rule)
@LANG
@INDEX
@SITE
def explain(rule_id: str, lang: str | None, **given: Any) -> None:
    """Show the page of a rule, for example AGC004."""
    settings: Settings = read_settings(**given)
    spoken = lang or terminal_lang()
    rule = _rule(rule_id, spoken)
    from index.storage.store import load  # only this command needs the index

    sections = load(existing_index(settings), settings.model).sections
    page = [s for s in sections if s.page == f"rules/{rule.id.lower()}" and s.lang == spoken]
    if not page:
        raise KbError(say(spoken, "errors", "no_page", folder=settings.index_folder, rule=rule.id))
    click.echo(page_text(page, pages_base(settings, sys.stdout.isatty()), screen()))


@command()
@click.option("--resource-group", "-g", required=True)
@click.option("--name", "-n", "cluster", required=True)
@click.option("--subnet-id")
@click.option("--subscription")
@PLANNED
@click.option("--run", is_flag=True)
@LANG
def snapshot(run: bool, lang: str | None, **target: Any) -> None:
    """Print the az and kubectl commands that gather a snapshot; with --run, run them. They only read."""
    spoken = lang or terminal_lang()
    wanted = Target(**target)
    if not run:
        click.echo(gather.script(wanted, spoken))
        return
    gathered = gather.gather(wanted)
    for gap in gathered.gaps:
        click.echo(f"kb: {gap.message(spoken)}", err=True)
    click.echo(json.dumps(gathered.snapshot, ensure_ascii=False, indent=2))


def _read_given(file: Path, lang: str, people: bool) -> checks.Given:
    """The documents of a file, `-` is standard input. Raises KbError, or InputError naming the place that is wrong."""
    try:
        content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        why = why_not_opened(terminal_lang(), error)
        raise KbError(say(terminal_lang(), "errors", "unreadable", file=str(file), why=why)) from None
    name = _name(file, lang, people)
    return checks.Given(checks.read_documents(content, file=name), name)


def _read_piece(form: str, value: Any, read: Callable[[Path], checks.Given]) -> Any:
    if form == "files":
        return [read(file) for file in value] or None
    return read(value) if form == "file" and value else value


def terminal_look(whole: bool = False) -> Look:
    """As wide as the terminal; what goes into a file or a pipe is neither broken nor coloured."""
    shown = screen()
    return Look(shown.width, shown.colour, whole)


def echo_report(text: str, settings: Settings) -> None:
    """A report for people; its links lead to what is there, and can be clicked where the terminal can."""
    base = pages_base(settings, sys.stdout.isatty())
    click.echo(screen().linked(with_pages(text, settings.site_url, base)))


def _name(file: Path, lang: str, people: bool) -> str:
    """For people what they typed, and standard input in words.

    For programs a relative path: it is part of SARIF's fingerprints, which must not depend on whose machine it is.
    """
    if str(file) == "-":
        return say(lang, "errors", "standard_input") if people else "stdin.json"
    return str(file) if people else os.path.relpath(file)
