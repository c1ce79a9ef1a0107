"""`kb serve` and `kb index` over the several sites of KB_SITES."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.command_help import terminal_lang
from bot.cli.mcp import attach_agents
from bot.language import say
from bot.service.store import store_of
from bot.settings import Settings
from index.errors import KbError

if TYPE_CHECKING:
    from bot.service.live import Live
    from bot.service.sites import Held
    from bot.service.sites_file import Named
    from index.encoder.protocol import Encoder


def named_sites(settings: Settings, file: Path) -> "tuple[Named, ...]":
    """The sites that the file names."""
    from bot.service.sites_file import read_sites

    return read_sites(file, settings, terminal_lang())


def serve_sites(settings: Settings, file: Path) -> None:
    """Serve all that can be: a site whose index cannot be used takes no other with it. One model answers for all."""
    from bot.api import run
    from bot.api.sites import create_sites_app
    from bot.service.sites import Sites
    from index.encoder.choose import answering_encoder

    encoder = answering_encoder(settings.model)
    sites: list[Held] = []
    apps: dict[str, Any] = {}
    with ExitStack() as watched:
        for named in named_sites(settings, file):
            held, live = hold(named, encoder)
            sites.append(held)
            if held.desk and live:
                apps[named.name] = _app(held)
                if live.behind:
                    click.echo(f"kb: {named.name}: {_words('index_behind', why=live.behind)}", err=True)
                watched.enter_context(live.watching())
            else:
                click.echo(f"kb: {_words('site_refused', name=named.name, why=held.refused)}", err=True)
        service = Sites(settings, sites)
        if not service.answering:
            raise KbError(say(terminal_lang(), "errors", "sites.all_refused", file=file))
        app = create_sites_app(service, apps, lambda named: _joined(named, encoder))
        run(app, service, lambda address: click.echo(f"{address}/sites/: {', '.join(apps)}"))


def hold(named: "Named", encoder: "Encoder") -> "tuple[Held, Live | None]":
    """A site with its desk, and what exchanges its index; of one whose index cannot be used, why."""
    from bot.service.desk import Desk
    from bot.service.following import follower
    from bot.service.live import Live
    from bot.service.sites import Held
    from bot.writer.writer import writer_of

    own = named.settings
    try:
        live = Live(own.index_folder, own.model, follow=follower(own), encoder=encoder)
    except KbError as error:
        return Held(named, None, str(error)), None
    return Held(named, Desk(own, live, store_of(own), writer=writer_of(own), site=named.name)), live


def _joined(named: "Named", encoder: "Encoder") -> Any:
    """A site that could not be used before, if it can be now; else None."""
    from bot.api.joining import Joined

    held, live = hold(named, encoder)
    return Joined(held, _app(held), live.watching()) if live else None


def _app(held: "Held") -> Any:
    """The application of a site, with the doors that its settings open."""
    from bot.api import create_app

    assert held.desk
    app, own = create_app(held.desk), held.named.settings
    if own.slack_signing_secret or own.slack_app_token:
        from bot.slack import attach

        attach(app, held.desk)
        click.echo(f"{held.named.name}: {own.slack_command}")
    click.echo(f"{held.named.name}: {attach_agents(app, held.desk, terminal_lang())}")
    return app


def _words(key: str, **values: object) -> str:
    return say(terminal_lang(), "terminal", key, **values)
