"""The terminal door: `kb`. Each command decodes its arguments, calls one function and prints the result."""

import time
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import click

import bot.cli.ask  # registers its commands
import bot.cli.checks
import bot.cli.completion
import bot.cli.doctor
import bot.cli.feedback
import bot.cli.gaps
import bot.cli.indexing
import bot.cli.init
import bot.cli.own_site
import bot.cli.plan
import bot.cli.quality
import bot.cli.report
import bot.cli.review
import bot.cli.search
import bot.cli.watch_source  # noqa: F401
from bot.cli.command import INDEX, SITE, command, kb, made_index
from bot.cli.command_help import terminal_lang
from bot.cli.indexing import indexed
from bot.cli.mcp import attach_agents
from bot.cli.sites import serve_sites
from bot.language import say
from bot.service.store import store_of
from bot.settings import Settings, read_settings
from index.errors import KbError


def main() -> None:
    """The `kb` program."""
    kb(prog_name="kb")


@command()
@SITE
def site(site: Path | None) -> None:
    """Build the site of this folder (mkdocs.yml and one mkdocs.<lang>.yml per further language)."""
    from index.publishing.publish import publish

    settings = read_settings(site=site)
    built = publish(Path.cwd(), settings.site)
    _tell("built" if built else "up_to_date", site=settings.site)


def _tell(key: str, **values: object) -> None:
    click.echo(say(terminal_lang(), "terminal", key, **values))


@command()
@SITE
@INDEX
@click.option("--host")
@click.option("--port", type=int)
@click.option("--watch", is_flag=True)
def serve(*, watch: bool, **given: Any) -> None:  # click passes the options
    """Serve the site at / and the bot's API beside it."""
    from bot.api import create_app, run
    from bot.service.desk import Desk
    from bot.service.following import follower
    from bot.service.live import Live
    from bot.writer.writer import writer_of

    settings = read_settings(**given)
    if settings.sites and given["site"] is None and given["index"] is None:
        if watch:
            raise KbError(say(terminal_lang(), "errors", "watch_sites", file=settings.sites))
        return serve_sites(settings, settings.sites)
    if watch and settings.index_address:
        raise KbError(say(terminal_lang(), "errors", "watch_address", address=settings.index_address))
    if watch:
        _built_first(settings)
    follow = follower(settings)
    live = Live(settings.index_folder if follow else made_index(settings), settings.model, follow=follow)
    if live.behind:
        click.echo(f"kb: {say(terminal_lang(), 'terminal', 'index_behind', why=live.behind)}", err=True)
    desk = Desk(settings, live, store_of(settings), writer=writer_of(settings))
    app = create_app(desk)
    if settings.slack_signing_secret or settings.slack_app_token:
        from bot.slack import attach

        attach(app, desk)
    click.echo(f"Slack: {slack_state(settings, terminal_lang())}")
    click.echo(attach_agents(app, desk, terminal_lang()))
    with live.watching(), _watching_docs(live, settings) if watch else nullcontext():
        run(app, desk, lambda address: click.echo(f"{address}/  (API: /api/docs)"))


def _built_first(settings: Settings) -> None:
    """Bring site and index up to date; what stops that is shown, and the old ones are served."""
    from index.publishing.publish import publish

    try:
        publish(Path.cwd(), settings.site)
        click.echo(indexed(settings))
    except KbError as error:
        if not settings.site.is_dir():
            raise
        click.echo(f"kb: {error}", err=True)


def _watching_docs(live: Any, settings: Settings) -> AbstractContextManager[None]:
    from index.publishing.watch import Refreshed, Watched, watching

    def tell(happened: Refreshed | KbError) -> None:
        now = time.strftime("%H:%M:%S")
        if isinstance(happened, KbError):
            click.echo(f"{now} {say(terminal_lang(), 'terminal', 'not_shown')}\nkb: {happened}", err=True)
        else:
            _tell("fresh", now=now, seconds=f"{happened.seconds:.1f}", embedded=happened.embedded)

    watched = Watched(Path.cwd(), settings.site, settings.build_folder, settings.model)
    return watching(watched, live.look, tell)


def slack_state(settings: Settings, lang: str = "en") -> str:
    """Which ways Slack has to this service, and why it has no other."""
    if settings.slack_signing_secret:
        return "/slack/commands, /slack/interactions, /slack/events" + (
            ", Socket Mode" * bool(settings.slack_app_token)
        )
    return say(lang, "terminal", "slack_socket" if settings.slack_app_token else "slack_off")
