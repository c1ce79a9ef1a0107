"""The terminal door to the questions that were not answered, one by one: `kb review`."""

import secrets
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.command import INDEX, LANG, SITE, command, load_bot
from bot.cli.command_help import terminal_lang
from bot.cli.gaps import DOCS, MOST, is_own_repository, missed_of, newest
from bot.language import say
from bot.settings import Settings, read_settings
from bot.wrap import safe

if TYPE_CHECKING:
    from bot.answering.ask import Bot
    from bot.learning.gaps import Missed
    from bot.learning.review_session import Places

TOKEN_BYTES = 24
QUESTIONS = Path("tests/data/questions.jsonl")  # of this site; those of another one lie beside its folder
_ENDS = ("q", "\x03", "\x04", "\x1b", "")


@command()
@click.argument("questions", required=False, type=click.Path(path_type=Path))
@DOCS
@click.option("--tests", type=click.Path(path_type=Path))
@click.option("--state", type=click.Path(path_type=Path), default=Path("build/reviewed"), show_default=True)
@click.option("--most", type=click.IntRange(1, MOST), default=1000, show_default=True)
@click.option("--page", "on_page", is_flag=True)
@SITE
@INDEX
@LANG
def review(
    questions: Path | None,
    docs: Path,
    tests: Path | None,
    state: Path,
    most: int,
    lang: str | None,
    *,
    on_page: bool,
    **given: Any,
) -> None:
    """Go through the questions that were not answered: each as a wording of a section, as a test, or neither."""
    from bot.learning.review import Decided
    from bot.learning.review_session import Places
    from bot.learning.sources import Docs

    settings, spoken = read_settings(**given), lang or terminal_lang()
    tests = tests or (QUESTIONS if is_own_repository(settings) else settings.questions_file)
    Docs(docs)  # or it is not there
    asked = newest(questions, settings, most, spoken)
    loaded, decided = load_bot(settings), Decided(state)
    left = decided.open(missed_of(loaded, asked, spoken))
    if on_page and left:
        return _serve(left, loaded, Places(docs, tests, decided, loaded.version), settings, spoken)
    for n, question in enumerate(left):
        _show(question, loaded, settings, spoken, f"{n + 1}/{len(left)}")
        if not _decide(question, loaded, docs, tests, spoken):
            click.echo(say(spoken, "learning", "review.left", left=len(left) - n))
            return
        decided.add(question)
    click.echo(say(spoken, "learning", "review.done", count=len(left)))


def _serve(left: "list[Missed]", loaded: "Bot", places: "Places", settings: Settings, lang: str) -> None:
    """Serve the page to this machine until it is finished or Ctrl+C is pressed."""
    from bot.api.review_app import review_app
    from bot.api.server import server
    from bot.cli.terminal.pages import page_address
    from bot.learning.review_session import Session

    session, token = Session(left, places, lang), secrets.token_urlsafe(TOKEN_BYTES)

    def end() -> None:
        served.should_exit = True

    def tell(address: str) -> None:
        click.echo(say(lang, "learning", "review.served", page=f"{address}/{token}/"))

    app = review_app(session, loaded, partial(page_address, settings.site_url), token, end)
    here = settings.model_copy(update={"host": "127.0.0.1", "port": 0, "proxy_hops": 0})
    served = server(app, here, tell)
    served.run()
    key = "left" if session.left else "done"
    click.echo(say(lang, "learning", f"review.{key}", left=session.left, count=session.count))


def _show(question: "Missed", loaded: "Bot", settings: Settings, lang: str, place: str) -> None:
    from bot.cli.terminal.answer import answer_text
    from bot.cli.terminal.pages import pages_base
    from bot.cli.terminal.screen import screen
    from bot.learning.review_session import ALTERNATIVES

    status = say(lang, "learning", f"status.{question.status}")
    answer = loaded.ask(question.question, question.lang, version=question.version)
    click.echo(f"\n{click.style(place, dim=True)}  {click.style(safe(question.question), bold=True)}  ({status})\n")
    click.echo(answer_text(answer, pages_base(settings, sys.stdout.isatty()), screen()))
    click.echo("")
    for n, section in enumerate(question.near[:ALTERNATIVES], 1):
        held = loaded.of(question.version).topics.group(section)
        shown = held.get(question.lang) or next(iter(held.values()))
        click.echo(f"  {n}  {safe(' › '.join((*shown.path[:1], shown.title)))}  {click.style(section, dim=True)}")
    click.echo(say(lang, "learning", "review.keys", last=min(ALTERNATIVES, len(question.near))))


def _decide(question: "Missed", loaded: "Bot", docs: Path, tests: Path, lang: str) -> bool:
    """Read keys until one decides; False to stop."""
    from bot.learning.review import accept_test, accept_wording
    from bot.learning.review_session import ALTERNATIVES

    near = question.near[:ALTERNATIVES]
    while True:
        key = _key()
        if key in _ENDS:
            return False
        if key == "s":
            return True
        if key.isdecimal() and 0 < int(key) <= len(near):
            file = accept_wording(docs, near[int(key) - 1], question, loaded.version)
            if file is not None:
                click.echo(say(lang, "learning", "review.worded", file=file, section=near[int(key) - 1]))
                return True
            click.echo(say(lang, "learning", "review.no_source", docs=docs, section=near[int(key) - 1]))
        elif key == "t":
            click.echo(say(lang, "learning", "review.which", last=len(near)))
            which = _key()
            if which.isdecimal() and int(which) <= len(near):
                new = accept_test(tests, question, near[int(which) - 1] if int(which) else None)
                click.echo(say(lang, "learning", "review.tested" if new else "review.had", file=tests))
                return True
        click.echo(say(lang, "learning", "review.keys", last=len(near)))


def _key() -> str:
    """One key; "" where there is nobody any more."""
    try:
        return click.getchar().lower()
    except (EOFError, KeyboardInterrupt, OSError):  # OSError: without a terminal
        return ""
