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
    from bot.service.sites import Held, Named
    from index.encoder.protocol import Encoder


def named_sites(settings: Settings, file: Path) -> "tuple[Named, ...]":
    """The sites that the file names."""
    from bot.service.sites import read_sites

    return read_sites(file, settings, terminal_lang())


def serve_sites(settings: Settings, file: Path) -> None:
    """Serve all that can be: a site whose index cannot be used takes no other with it. One model answers for all."""
    from bot.api import run
    from bot.api.sites import create_sites_app
    from bot.service.sites import Sites
    from index.encoder.choose import answering_encoder

    encoder = answering_encoder(settings.model)
    held: list[Held] = []
    apps: dict[str, Any] = {}
    with ExitStack() as watched:
        for named in named_sites(settings, file):
            one, live = _held(named, encoder)
            held.append(one)
            if one.desk and live:
                apps[named.name] = _app(one)
                watched.enter_context(live.watching())
            else:
                click.echo(f"kb: {_told('site_refused', name=named.name, why=one.refused)}", err=True)
        sites = Sites(settings, held)
        if not sites.answering:
            raise KbError(say(terminal_lang(), "errors", "sites.all_refused", file=file))
        app = create_sites_app(sites, apps, lambda named: _joined(named, encoder))
        run(app, sites, lambda address: click.echo(f"{address}/sites/: {', '.join(apps)}"))


def _held(named: "Named", encoder: "Encoder") -> "tuple[Held, Live | None]":
    from bot.service.desk import Desk
    from bot.service.following import follower
    from bot.service.live import Live
    from bot.service.sites import Held

    own = named.settings
    try:
        live = Live(own.index_folder, own.model, follow=follower(own), encoder=encoder)
    except KbError as error:
        return Held(named, None, str(error)), None
    return Held(named, Desk(own, live, store_of(own))), live


def _joined(named: "Named", encoder: "Encoder") -> Any:
    """A site that could not be used before, if it can be now; else None."""
    from bot.api.joining import Joined

    one, live = _held(named, encoder)
    return Joined(one, _app(one), live.watching()) if live else None


def _app(one: "Held") -> Any:
    """The application of a site, with the doors that its settings open."""
    from bot.api import create_app

    assert one.desk
    app, own = create_app(one.desk), one.named.settings
    if own.slack_signing_secret or own.slack_app_token:
        from bot.slack import attach

        attach(app, one.desk)
        click.echo(f"{one.named.name}: {own.slack_command}")
    click.echo(f"{one.named.name}: {attach_agents(app, one.desk, terminal_lang())}")
    return app


def _told(key: str, **values: object) -> str:
    return say(terminal_lang(), "terminal", key, **values)
