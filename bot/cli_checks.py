"""The terminal door to the rule checks: `kb check`, `kb rules`, `kb explain`, `kb snapshot`."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from bot import checks
from bot.checks import gather
from bot.checks.commands import Target
from bot.checks.report.look import Look
from bot.checks.words import words
from bot.command import INDEX, LANG, SITE, command, terminal_lang
from bot.language import say
from bot.settings import Settings, read_settings
from bot.terminal import page_text
from bot.terminal_pages import pages_base, with_pages
from bot.terminal_screen import screen
from bot.terminal_table import table_lines
from index.errors import KbError

PLANNED = click.option(
    "--planned", type=click.Choice(["upgrade-to-overlay", "install-agc"]), help="What you plan to do."
)
FILE = click.Path(path_type=Path, allow_dash=True)


@command()
@click.argument("files", type=FILE, nargs=-1)
@click.option("--aks", type=FILE, help="Output of: az aks show -o json")
@click.option("--subnet", type=FILE, help="Output of: az network vnet subnet show -o json")
@click.option("--associations", type=FILE, multiple=True, help="Output of: az network alb association list -o json")
@click.option("--alb-version", help="Version or image of the ALB Controller.")
@PLANNED
@click.option("--format", "form", type=click.Choice(sorted(checks.FORMATS)), default="text", show_default=True)
@click.option(
    "--schema",
    type=click.Choice([str(one) for one in checks.SCHEMAS]),
    default=str(checks.SCHEMA),
    show_default=True,
    help="Version of the JSON form; 1 has one list of findings for all clusters.",
)
@click.option("--all", "whole", is_flag=True, help="Show every rule in full, also what passes.")
@LANG
def check(files: tuple[Path, ...], form: str, schema: str, whole: bool, lang: str | None, **pieces: Any) -> None:
    """Check clusters: FILES hold snapshots, outputs of az and kubectl, or Terraform plans; - is standard input.

    Each file may hold several documents, in a row or as an array, as JSON or YAML.

    Exit code: 0 no failure, 1 a failure, 2 bad input or usage, 3 internal error.
    """
    spoken = lang or terminal_lang()
    if not files and pieces["aks"] is None:
        raise click.UsageError("give a file or --aks; kb snapshot prints the commands that gather a snapshot")
    inventory = checks.compose(
        [read_given(file) for file in files] or None,
        aks=read_given(pieces["aks"]) if pieces["aks"] else None,
        subnet=read_given(pieces["subnet"]) if pieces["subnet"] else None,
        associations=[read_given(file) for file in pieces["associations"]] or None,
        alb_version=pieces["alb_version"],
        planned=pieces["planned"],
    )
    settings = read_settings()
    judged = checks.judge(inventory, spoken, settings.site_url)
    clusters = [one.findings for one in judged]
    for place, name in checks.ignored(inventory):
        where = " ".join(part for part in (place.file, place.pointer) if part)
        click.echo(f"kb: {words(spoken, 'labels.unused', name=name, where=where or '-')}", err=True)
    source = _name(files[0] if files else pieces["aks"])
    if form == "text":
        echo_report(checks.report(clusters, spoken, terminal_look(whole), checks.remedies(inventory, judged)), settings)
    elif form == "json":
        click.echo(json.dumps(checks.as_object(clusters, int(schema)), ensure_ascii=False, indent=2))
    else:
        click.echo(checks.render(clusters, form, spoken, source))
    sys.exit(checks.exit_code(clusters))


@command()
@LANG
def rules(lang: str | None) -> None:
    """List the rules: id, name, severity, title."""
    spoken, shown = lang or terminal_lang(), screen()
    listed = [(rule.id, rule.name, str(rule.severity), rule.title(spoken)) for rule in checks.rules()]
    click.echo("\n".join(table_lines(listed, shown.width)))


@command()
@click.argument("rule_id")
@LANG
@INDEX
@SITE
def explain(rule_id: str, lang: str | None, **given: Any) -> None:
    """Show the page of a rule, for example AGC004."""
    rule = next((rule for rule in checks.rules() if rule_id.lower() in (rule.id.lower(), rule.name)), None)
    if rule is None:
        known = ", ".join(rule.id for rule in checks.rules())
        raise KbError(f"there is no rule {rule_id!r}. The rules are: {known}")
    settings: Settings = read_settings(**given)
    spoken = lang or terminal_lang()
    from index.store import load  # only this command needs the index

    sections = load(settings.index_folder, settings.model).sections
    page = [s for s in sections if s.page == f"rules/{rule.id.lower()}" and s.lang == spoken]
    if not page:
        raise KbError(f"{settings.index_folder}: the indexed site has no page of {rule.id}. Run: kb site && kb index")
    click.echo(page_text(page, pages_base(settings, sys.stdout.isatty()), screen()))


@command()
@click.option("--resource-group", "-g", required=True, help="Resource group of the cluster.")
@click.option("--name", "-n", "cluster", required=True, help="Name of the cluster.")
@click.option("--subnet-id", help="Resource id of the gateway's subnet, if there are several.")
@click.option("--subscription", help="Subscription of the cluster.")
@PLANNED
@click.option("--run", is_flag=True, help="Run the commands and print the snapshot instead.")
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


def read_given(file: Path) -> checks.Given:
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise KbError(say(terminal_lang(), "errors", "unreadable", file=str(file), why=error.strerror)) from None
    name = _name(file)
    return checks.Given(checks.read_documents(data, file=name), name)


def terminal_look(whole: bool = False) -> Look:
    """As wide as the terminal; what goes into a file or a pipe is neither broken nor coloured."""
    shown = screen()
    return Look(shown.width, shown.colour, whole)


def echo_report(text: str, settings: Settings) -> None:
    """A report for people; its links lead to what is there, and can be clicked where the terminal can."""
    base = pages_base(settings, sys.stdout.isatty())
    click.echo(screen().linked(with_pages(text, settings.site_url, base)))


def _name(file: Path) -> str:
    """A relative path: it is part of SARIF's fingerprints, which must not depend on whose machine it is."""
    return "stdin.json" if str(file) == "-" else os.path.relpath(file)
