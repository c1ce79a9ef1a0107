"""The terminal door: `kb`. Each command decodes its arguments, calls one function and prints the result."""

import sys
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
import bot.cli.plan
import bot.cli.quality  # noqa: F401
from bot.cli.command import INDEX, SITE, command, kb
from bot.cli.command_help import terminal_lang
from bot.cli.mcp import attach_agents
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


@command("index")
@click.argument("site", type=click.Path(path_type=Path), required=False)
@INDEX
@click.option("--markdown", is_flag=True)
def build_index(site: Path | None, index: Path | None, *, markdown: bool) -> None:
    """Index a built site: SITE, or the one of KB_SITE. Only text that changed is embedded again."""
    settings = read_settings(site=site, index=index)
    click.echo(_indexed(settings))
    if markdown:
        from index.alternates.write import write_markdown
        from index.reading.site import read_site

        _tell("markdown", site=settings.site, files=write_markdown(settings.site, read_site(settings.site)))


def _indexed(settings: Settings) -> str:
    """Index the site with a progress bar; one line about it."""
    from index.build import build

    if not settings.site.is_dir():
        raise KbError(say(terminal_lang(), "errors", "no_site", site=settings.site))
    warnings: list[str] = []
    with click.progressbar(length=1, label=say(terminal_lang(), "terminal", "embedding"), file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(max(done, int(not total)) - bar.pos)

        manifest, embedded = build(settings.site, settings.index_folder, settings.model, progress, warnings.append)
    for warning in warnings:
        click.echo(warning, err=True)
    figures = {"sections": manifest.sections, "langs": ", ".join(manifest.langs), "texts": manifest.rows}
    return say(terminal_lang(), "terminal", "indexed", folder=settings.index_folder, embedded=embedded, **figures)


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
    from bot.service.live import Live

    settings = read_settings(**given)
    if watch:
        _built_first(settings)
    live = Live(settings.index_folder, settings.model)
    desk = Desk(settings, live, store_of(settings))
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
        click.echo(_indexed(settings))
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

    watched = Watched(Path.cwd(), settings.site, settings.index_folder, settings.model)
    return watching(watched, live.look, tell)


def slack_state(settings: Settings, lang: str = "en") -> str:
    """Which ways Slack has to this service, and why it has no other."""
    if settings.slack_signing_secret:
        return "/slack/commands, /slack/interactions, /slack/events" + (
            ", Socket Mode" * bool(settings.slack_app_token)
        )
    return say(lang, "terminal", "slack_socket" if settings.slack_app_token else "slack_off")
