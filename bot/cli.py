"""The terminal door: `kb`. Each command decodes its arguments, calls one function and prints the result."""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import Any

import click

from bot.settings import Settings, read_settings
from bot.terminal import answer_text
from index.errors import KbError

LANG = click.option(
    "--lang", type=click.Choice(["ja", "en"]), help="Language of the answer; the question's by default."
)
SITE = click.option("--site", type=click.Path(path_type=Path), help="Folder of the built site (KB_SITE).")
INDEX = click.option("--index", type=click.Path(path_type=Path), help="Folder of the index (KB_INDEX).")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="cni-kb")
def main() -> None:
    """Ask the documentation about AKS networking, and check a cluster against its rules."""


def command(name: str | None = None) -> Callable[[Callable[..., Any]], click.Command]:
    """A command whose errors are one clear line on standard error and exit code 2."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        @wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  # whatever the command takes
            try:
                return function(*args, **kwargs)
            except KbError as error:
                click.echo(f"kb: {error}", err=True)
                sys.exit(2)

        return main.command(name)(run)

    return decorate


@command()
@SITE
def site(site: Path | None) -> None:
    """Build the site of this folder (mkdocs.yml and one mkdocs.<lang>.yml per further language)."""
    from index.publish import publish

    settings = read_settings(site=site)
    built = publish(Path.cwd(), settings.site)
    click.echo(f"{settings.site}: {'built' if built else 'up to date'}")


@command("index")
@click.argument("site", type=click.Path(path_type=Path), required=False)
@INDEX
def build_index(site: Path | None, index: Path | None) -> None:
    """Index a built site: SITE, or the one of KB_SITE. Only text that changed is embedded again."""
    from index.build import build

    settings = read_settings(site=site, index=index)
    with click.progressbar(length=1, label="embedding", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(max(done, int(not total)) - bar.pos)

        manifest, embedded = build(settings.site, settings.index_folder, settings.model, progress)
    click.echo(
        f"{settings.index_folder}: {manifest.sections} sections in {', '.join(manifest.langs)}, "
        f"{manifest.rows} texts, {embedded} embedded now"
    )


@command()
@SITE
@INDEX
@click.option("--host", help="Address to listen on (KB_HOST).")
@click.option("--port", type=int, help="Port to listen on (KB_PORT).")
def serve(**given: Any) -> None:  # noqa: ANN401  # click passes the options
    """Serve the site at / and the bot's API beside it."""
    import uvicorn

    from bot.api import create_app

    settings = read_settings(**given)
    bot = _bot(settings)
    click.echo(f"http://{settings.host}:{settings.port}/  (API: /api/docs)")
    uvicorn.run(create_app(settings, bot), host=settings.host, port=settings.port, log_level="warning")


@command()
@click.argument("question", nargs=-1)
@LANG
@INDEX
@SITE
@click.option("--json", "as_json", is_flag=True, help="Print the answer as the JSON of POST /api/ask.")
def ask(question: tuple[str, ...], lang: str | None, as_json: bool, **given: Any) -> None:  # noqa: ANN401
    """Answer QUESTION (or standard input) with quotes from the documentation."""
    settings = read_settings(**given)
    text = " ".join(question) or click.get_text_stream("stdin").read()
    answer = _bot(settings).ask(text, lang)
    if as_json:
        click.echo(json.dumps(asdict(answer), ensure_ascii=False, indent=2))
    else:
        click.echo(answer_text(answer, settings.site_url))


def _bot(settings: Settings) -> Any:  # noqa: ANN401  # bot.ask is imported only where a model is really run
    from bot.ask import Bot

    return Bot.load(settings.index_folder, settings.model)
