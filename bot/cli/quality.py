"""The terminal door to measuring and teaching the answers: `kb calibrate`, `rows`, `contrast` and `eval`."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from bot.cli.command import INDEX, SITE, command, load_bot
from bot.cli.command_help import terminal_lang
from bot.cli.own_site import calibrate_site, reviewed_only
from bot.language import say
from bot.settings import read_settings
from index.errors import KbError

QUESTIONS = click.option("--questions", "file", type=click.Path(path_type=Path))
UNREVIEWED = click.option("--unreviewed", is_flag=True)


@command()
@click.argument("questions", type=click.Path(path_type=Path), required=False)
@QUESTIONS
@UNREVIEWED
@click.option("--out", type=click.Path(path_type=Path))
@click.option("--pairs", multiple=True, type=click.Path(path_type=Path))
@click.option(
    "--rows",
    type=click.Path(path_type=Path),
    multiple=True,
)
@click.option("--any-site", is_flag=True)
@INDEX
@SITE
def calibrate(
    questions: Path | None,
    file: Path | None,
    unreviewed: bool,
    out: Path | None,
    pairs: tuple[Path, ...],
    rows: tuple[Path, ...],
    any_site: bool,
    **given: Any,
) -> None:
    """Learn the weights of ranking and decision from labeled QUESTIONS (.jsonl) and write them to a file."""
    if given["site"] is not None:
        if pairs or rows or any_site:
            raise KbError(say(terminal_lang(), "terminal", "questions.of_shipped"))
        calibrate_site(read_settings(**given), file or questions, out, unreviewed=unreviewed)
        return
    from bot.decision.decide import WEIGHTS_FILE
    from bot.decision.reading import unseen
    from bot.quality.calibrate import calibrate as learn_site
    from bot.quality.contrast import labelled, read_pairs
    from bot.quality.other_sites import learn, read_rows

    out = out or Path("bot/data/weights.json")
    others = learn([read_rows(each) for each in rows or sorted(Path("bot/data").glob("rows.*.jsonl"))])
    if any_site:
        weights = json.loads((out if out.is_file() else WEIGHTS_FILE).read_text("utf-8"))
    else:
        listed = reviewed_only(file or questions or Path("bot/data/calibration.jsonl"), unreviewed=unreviewed)
        loaded = load_bot(read_settings(**given))
        weights = learn_site(listed, loaded.topics, loaded.encoder, labelled(read_pairs(pairs)), unseen())
    out.write_text(json.dumps({**weights, "any_site": others}, indent=2) + "\n", "utf-8")
    click.echo(f"{out}: written")


@command()
@click.argument("questions", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@INDEX
@SITE
def rows(questions: Path, out: Path, **given: Any) -> None:
    """Measure labeled QUESTIONS (.jsonl) on the index of another site; write to OUT what kb calibrate learns from."""
    from bot.quality.calibrate import read_questions
    from bot.quality.other_sites import measure, write_rows

    loaded = load_bot(read_settings(**given))
    write_rows(list(measure(read_questions(questions), loaded.topics, loaded.encoder)), out)
    click.echo(f"{out}: written")


@command()
@click.argument("pairs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--learn", "out", type=click.Path(path_type=Path))
@click.option(
    "--questions",
    type=click.Path(path_type=Path),
    default=Path("bot/data/calibration.jsonl"),
    show_default=True,
)
@INDEX
@SITE
def contrast(pairs: tuple[Path, ...], out: Path | None, questions: Path, **given: Any) -> None:
    """Measure the answers on contrast PAIRS (.jsonl): covered questions, and twins with one part exchanged."""
    from bot.cli.terminal.eval import contrast_text
    from bot.decision.reading import unseen
    from bot.quality.calibrate import read_questions
    from bot.quality.contrast import learn, measure, read_pairs

    loaded, listed = load_bot(read_settings(**given)), read_pairs(pairs)
    if out:
        parts = learn(listed, read_questions(questions), loaded, unseen())
        out.write_text(json.dumps(parts, indent=2) + "\n", "utf-8")
        click.echo(f"{out}: written")
    else:
        click.echo(contrast_text(measure(listed, loaded)))


@command("eval")
@click.argument("questions", type=click.Path(path_type=Path), required=False)
@QUESTIONS
@UNREVIEWED
@click.option("--json", "as_json", is_flag=True)
@click.option("--browser", is_flag=True)
@click.option("--page", type=click.Path(path_type=Path))
@click.option("--compare", type=click.Path(path_type=Path))
@click.option("--pairs", multiple=True, type=click.Path(path_type=Path))
@INDEX
@SITE
def evaluate(
    questions: Path | None,
    file: Path | None,
    unreviewed: bool,
    as_json: bool,
    compare: Path | None,
    browser: bool,
    page: Path | None,
    pairs: tuple[Path, ...],
    **given: Any,
) -> None:
    """Measure the answers on labeled QUESTIONS (.jsonl): figures with intervals, baselines, every miss."""
    from bot.cli.terminal.eval import comparison_text, report_text
    from bot.quality.evaluate import as_json as report_json
    from bot.quality.evaluate import read_report, report

    settings = read_settings(**given)
    asked = reviewed_only(file or questions or settings.questions_file, unreviewed=unreviewed)
    loaded = load_bot(settings)
    others = {}
    if browser:
        from bot.quality.material_search import material_ranking

        sections = {section.url: section.id for section in loaded.topics.index.sections}
        sections |= {section.url.partition("#")[0]: section.id for section in reversed(loaded.topics.index.sections)}
        others["Material's search"] = material_ranking(settings.site, asked, loaded.langs, sections)
    measured = report(loaded, asked, others)
    if pairs:
        from bot.quality.contrast import measure, read_pairs

        measured["contrast"] = {kind: asdict(figures) for kind, figures in measure(read_pairs(pairs), loaded).items()}
    if page:
        from bot.quality.page import write_pages

        write_pages(measured, page)
    if as_json:
        click.echo(report_json(measured))
    elif compare:
        click.echo(comparison_text(measured, read_report(compare)))
    else:
        click.echo(report_text(measured))
