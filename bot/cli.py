"""The terminal door: `kb`. Each command decodes its arguments, calls one function and prints the result."""

import json
import sys
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

import bot.cli_checks  # registers its commands
import bot.cli_feedback
import bot.cli_plan  # noqa: F401
from bot.command import INDEX, SITE, command, kb
from bot.settings import Settings, read_settings
from bot.store import store_of
from bot.terminal import answer_text
from index.errors import KbError

LANG = click.option(
    "--lang", type=click.Choice(["ja", "en"]), help="Language of the answer; the question's by default."
)


def main() -> None:
    """The `kb` program."""
    kb(prog_name="kb")


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
    settings = read_settings(site=site, index=index)
    click.echo(_indexed(settings))


def _indexed(settings: Settings) -> str:
    """Index the site with a progress bar; one line about it."""
    from index.build import build

    with click.progressbar(length=1, label="embedding", file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(max(done, int(not total)) - bar.pos)

        manifest, embedded = build(settings.site, settings.index_folder, settings.model, progress)
    return (
        f"{settings.index_folder}: {manifest.sections} sections in {', '.join(manifest.langs)}, "
        f"{manifest.rows} texts, {embedded} embedded now"
    )


@command()
@SITE
@INDEX
@click.option("--host", help="Address to listen on (KB_HOST).")
@click.option("--port", type=int, help="Port to listen on (KB_PORT).")
@click.option("--watch", is_flag=True, help="For authors: build site and index again after each change of docs/.")
def serve(*, watch: bool, **given: Any) -> None:  # click passes the options
    """Serve the site at / and the bot's API beside it."""
    from bot.api import create_app, run
    from bot.live import Live

    settings = read_settings(**given)
    if watch:
        _built_first(settings)
    live = Live(settings.index_folder, settings.model)
    store = store_of(settings)
    app = create_app(settings, live, store)
    if settings.slack_signing_secret or settings.slack_app_token:
        from bot.slack import attach

        attach(app, live, store, settings)
    click.echo(f"Slack: {slack_state(settings)}")
    with live.watching(), _watching_docs(live, settings) if watch else nullcontext():
        run(app, settings, lambda address: click.echo(f"{address}/  (API: /api/docs)"))


def _built_first(settings: Settings) -> None:
    """Bring site and index up to date; what stops that is shown, and the old ones are served."""
    from index.publish import publish

    try:
        publish(Path.cwd(), settings.site)
        click.echo(_indexed(settings))
    except KbError as error:
        if not settings.site.is_dir():
            raise
        click.echo(f"kb: {error}", err=True)


def _watching_docs(live: Any, settings: Settings) -> AbstractContextManager[None]:
    from index.watch import Refreshed, Watched, watching

    def tell(happened: Refreshed | KbError) -> None:
        now = time.strftime("%H:%M:%S")
        if isinstance(happened, KbError):
            click.echo(f"{now} not shown, the site and the bot stay as they were\nkb: {happened}", err=True)
        else:
            took = f"{happened.seconds:.1f} s after the change"
            click.echo(f"{now} site and bot are fresh, {took}: {happened.embedded} texts embedded")

    watched = Watched(Path.cwd(), settings.site, settings.index_folder, settings.model)
    return watching(watched, live.look, tell)


@command()
@click.argument("question", nargs=-1)
@LANG
@INDEX
@SITE
@click.option("--json", "as_json", is_flag=True, help="Print the answer as the JSON of POST /api/ask.")
def ask(question: tuple[str, ...], lang: str | None, as_json: bool, **given: Any) -> None:
    """Answer QUESTION (or standard input) with quotes from the documentation."""
    settings = read_settings(**given)
    text = " ".join(question) or click.get_binary_stream("stdin").read().decode("utf-8", "replace")
    answer = _bot(settings).ask(text, lang)
    if as_json:
        click.echo(json.dumps(asdict(answer), ensure_ascii=False, indent=2))
    else:
        click.echo(answer_text(answer, settings.site_url))


@command()
@click.argument("questions", type=click.Path(path_type=Path), default=Path("bot/data/calibration.jsonl"))
@click.option("--out", type=click.Path(path_type=Path), default=Path("bot/data/weights.json"), show_default=True)
@click.option(
    "--pairs", multiple=True, type=click.Path(path_type=Path), help="Contrast pairs (.jsonl) to learn from as well."
)
@click.option(
    "--rows",
    type=click.Path(path_type=Path),
    multiple=True,
    help="What kb rows wrote of a site; bot/data/rows.*.jsonl.",
)
@click.option("--any-site", is_flag=True, help="Learn only the weights for any site, from --rows; the others stay.")
@INDEX
@SITE
def calibrate(
    questions: Path, out: Path, pairs: tuple[Path, ...], rows: tuple[Path, ...], any_site: bool, **given: Any
) -> None:
    """Learn the weights of ranking and decision from labelled QUESTIONS (.jsonl) and write them to a file."""
    from bot.calibrate import calibrate as learn_site
    from bot.calibrate import read_questions
    from bot.contrast import labelled, read_pairs
    from bot.other_sites import learn, read_rows

    others = learn([read_rows(file) for file in rows or sorted(Path("bot/data").glob("rows.*.jsonl"))])
    if any_site:
        weights = json.loads(out.read_text("utf-8"))
    else:
        loaded, listed = _bot(read_settings(**given)), read_questions(questions)
        weights = learn_site(listed, loaded.topics, loaded.encoder, labelled(read_pairs(pairs)))
    out.write_text(json.dumps({**weights, "any_site": others}, indent=2) + "\n", "utf-8")
    click.echo(f"{out}: written")


@command()
@click.argument("questions", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@INDEX
@SITE
def rows(questions: Path, out: Path, **given: Any) -> None:
    """Measure labelled QUESTIONS (.jsonl) on the index of another site; write to OUT what kb calibrate learns from."""
    from bot.calibrate import read_questions
    from bot.other_sites import measure, write_rows

    loaded = _bot(read_settings(**given))
    write_rows(list(measure(read_questions(questions), loaded.topics, loaded.encoder)), out)
    click.echo(f"{out}: written")


@command()
@click.argument("pairs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--learn", "out", type=click.Path(path_type=Path), help="Learn from PAIRS and write the weights there.")
@click.option(
    "--questions",
    type=click.Path(path_type=Path),
    default=Path("bot/data/calibration.jsonl"),
    show_default=True,
    help="Labelled questions to learn from as well.",
)
@INDEX
@SITE
def contrast(pairs: tuple[Path, ...], out: Path | None, questions: Path, **given: Any) -> None:
    """Measure the answers on contrast PAIRS (.jsonl): covered questions, and twins with one part exchanged."""
    from bot.calibrate import read_questions
    from bot.contrast import learn, measure, read_pairs
    from bot.terminal_eval import contrast_text

    loaded, listed = _bot(read_settings(**given)), read_pairs(pairs)
    if out:
        out.write_text(json.dumps(learn(listed, read_questions(questions), loaded), indent=2) + "\n", "utf-8")
        click.echo(f"{out}: written")
    else:
        click.echo(contrast_text(measure(listed, loaded)))


@command("eval")
@click.argument("questions", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--browser", is_flag=True, help="Also measure Material's own search, in Chromium.")
@click.option(
    "--page", type=click.Path(path_type=Path), help="Write the site's page about the answers below this docs/."
)
@click.option("--compare", type=click.Path(path_type=Path), help="The JSON of another run to compare with.")
@click.option(
    "--pairs", multiple=True, type=click.Path(path_type=Path), help="Contrast pairs (.jsonl) to measure, too."
)
@INDEX
@SITE
def evaluate(
    questions: Path,
    as_json: bool,
    compare: Path | None,
    browser: bool,
    page: Path | None,
    pairs: tuple[Path, ...],
    **given: Any,
) -> None:
    """Measure the answers on labelled QUESTIONS (.jsonl): figures with intervals, baselines, every miss."""
    from bot.calibrate import read_questions
    from bot.evaluate import read_report, report
    from bot.terminal_eval import comparison_text, report_text

    settings, asked = read_settings(**given), read_questions(questions)
    loaded = _bot(settings)
    others = {}
    if browser:
        from bot.material_search import material_ranking

        sections = {section.url: section.id for section in loaded.topics.index.sections}
        sections |= {section.url.partition("#")[0]: section.id for section in reversed(loaded.topics.index.sections)}
        others["Material's search"] = material_ranking(settings.site, asked, loaded.langs, sections)
    measured = report(loaded, asked, others)
    if pairs:
        from bot.contrast import measure, read_pairs

        measured["contrast"] = {kind: asdict(figures) for kind, figures in measure(read_pairs(pairs), loaded).items()}
    if page:
        from bot.quality_page import write_pages

        write_pages(measured, page)
    if as_json:
        click.echo(json.dumps(measured, ensure_ascii=False, indent=2))
    elif compare:
        click.echo(comparison_text(measured, read_report(compare)))
    else:
        click.echo(report_text(measured))


def slack_state(settings: Settings) -> str:
    """Which ways Slack has to this service, and why it has no other."""
    if settings.slack_signing_secret:
        return "/slack/commands, /slack/interactions, /slack/events" + (
            ", Socket Mode" * bool(settings.slack_app_token)
        )
    reason = "no addresses, KB_SLACK_SIGNING_SECRET is not set"
    return f"Socket Mode; {reason}" if settings.slack_app_token else f"off: {reason}"


def _bot(settings: Settings) -> Any:  # bot.ask is imported only where a model is really run
    from bot.ask import Bot

    return Bot.load(settings.index_folder, settings.model)
