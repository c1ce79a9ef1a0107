"""The terminal door to the plans: `kb plan`."""

import sys
from pathlib import Path
from typing import Any

import click

from bot import checks
from bot.checks import plan as planning
from bot.cli.checks import FILE, composed, echo_report, piece_options, terminal_look
from bot.cli.command import LANG, command
from bot.cli.command_help import Choice, terminal_lang
from bot.settings import read_settings


@command("plan")
@click.argument("files", type=FILE, nargs=-1)
@piece_options
@click.option("--to", "goal", type=Choice(planning.GOALS), required=True)
@click.option("--format", "form", type=click.Choice(sorted(planning.FORMATS)), default="text", show_default=True)
@LANG
def plan(files: tuple[Path, ...], goal: str, form: str, lang: str | None, **pieces: Any) -> None:
    """Print the plans of clusters; end with 1 if something is in the way of one."""
    spoken = lang or terminal_lang()
    inventory = composed(files, pieces, spoken, people=form != "json")
    settings = read_settings()
    plans = planning.plans(inventory, goal, spoken, settings.site_url)
    shown = planning.render(plans, form, spoken, terminal_look())
    if form == "text":
        echo_report(shown, settings)
    else:
        click.echo(shown)
    sys.exit(checks.EXIT_FAILURE if any(each.blockers for each in plans) else checks.EXIT_OK)
