"""What every `kb` command has in common: the group, the shared options, and errors as one clear line."""

import logging
import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from bot.checks import EXIT_BAD_INPUT, EXIT_INTERNAL, InputError
from bot.checks.report.look import colours
from bot.cli.command_help import Group, terminal_lang
from bot.language import SPOKEN, say
from bot.question.versions import NoVersionError, called
from bot.refused_settings import SettingsError
from bot.settings import Settings
from index.errors import KbError

if TYPE_CHECKING:
    from bot.answering.ask import Bot

# Which extra of the package a command needs beyond the serving set, by the name of its function.
EXTRAS = {"mcp": "mcp", **dict.fromkeys(("evaluate", "calibrate", "rows", "contrast"), "eval")}
# Which extra brings a package that a setting asks for.
PACKAGE_EXTRAS = {
    "lxml": "index",
    "obstore": "cloud",
    "httpx2": "writer",
    "psycopg": "postgres",
    **dict.fromkeys(("slack_bolt", "slack_sdk", "aiohttp", "yarl"), "slack"),
    **dict.fromkeys(("mcp", "mcp_types"), "mcp"),
}
SITE = click.option("--site", type=click.Path(path_type=Path))
INDEX = click.option("--index")  # a folder or an address

LANG = click.option("--lang", type=click.Choice(SPOKEN))


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cni-kb")
@click.pass_context
def kb(context: click.Context) -> None:
    """Ask the documentation about AKS networking, and check a cluster against its rules."""
    context.color = colours(os.environ, sys.stdout.isatty())  # of all that is shown from here on


def command(name: str | None = None) -> Callable[[Callable[..., Any]], click.Command]:
    """A command of `kb`; what the user can mend exits with 2, a fault of ours with 3, each in one line."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        @wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:  # whatever the command takes
            try:
                return function(*args, **kwargs)
            except (KbError, InputError) as error:
                spoken = isinstance(error, (InputError, SettingsError)) and error.message(terminal_lang())
                message = spoken or str(error)
                click.echo(f"kb: {message}", err=True)
                sys.exit(EXIT_BAD_INPUT)
            except ModuleNotFoundError as error:
                missing = str(error.name).partition(".")[0]
                extra = PACKAGE_EXTRAS.get(missing) or EXTRAS.get(run.__name__, "build")
                words = say(terminal_lang(), "errors", "not_installed", package=missing, extra=extra)
                click.echo(f"kb: {words}", err=True)
                sys.exit(EXIT_BAD_INPUT)
            except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
                raise
            except Exception:
                logging.getLogger("kb").exception(say(terminal_lang(), "errors", "internal_terminal"))
                sys.exit(EXIT_INTERNAL)

        return kb.command(name)(run)

    return decorate


def load_bot(settings: Settings, version: str | None = None) -> "Bot":
    """The bot of these settings, which knows this version; it is imported only where a model is really run."""
    folder = existing_index(settings)
    from bot.answering.ask import Bot

    bot = Bot.load(folder, settings.model)
    try:
        called(version, bot.versions)
    except NoVersionError as error:
        raise KbError(error.message(terminal_lang())) from None
    return bot


def existing_index(settings: Settings) -> Path:
    """The folder of the index, or KbError with the command that makes one; that of a store is brought here first."""
    from bot.service.following import follower  # numpy and FAISS, which most commands do without

    if follow := follower(settings):
        from index.encoder.choose import answering_encoder

        if why := follow(settings.index_folder, answering_encoder(settings.model)).start():
            click.echo(f"kb: {say(terminal_lang(), 'terminal', 'index_behind', why=why)}", err=True)
        return settings.index_folder
    return made_index(settings)


def made_index(settings: Settings) -> Path:
    """The folder of an index that was made here. Raises KbError with the command that makes it for this site."""
    folder = settings.index_folder
    if not folder.exists():
        named = settings.site != Settings.model_fields["site"].default and not settings.index
        command = f"kb index {quote(str(settings.site))}" if named else "kb index"
        elsewhere = not named and not settings.index and not Path("mkdocs.yml").exists()
        key = "no_index_here" if elsewhere else "no_index"
        raise KbError(say(terminal_lang(), "errors", key, folder=folder, command=command))
    return folder
