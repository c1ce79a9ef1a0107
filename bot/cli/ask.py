"""The terminal door to the answers: `kb ask`, one question or a conversation."""

import asyncio
import json
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from bot.cli.command import INDEX, LANG, SITE, command, load_bot
from bot.cli.command_help import terminal_lang
from bot.cli.terminal.answer import WIDTH, answer_text
from bot.cli.terminal.pages import pages_base
from bot.cli.terminal.screen import screen
from bot.language import say, written_length
from bot.question.conversation import small_talk
from bot.records import Answer
from bot.settings import Settings, read_settings
from bot.wrap import wrapped
from index.errors import KbError

if TYPE_CHECKING:
    from bot.writer.writer import Writer

REMEMBERED = 5  # questions before, as in the chat of the site
_ENDS = ("exit", "quit", "q")
_NO_TEXT = re.compile("[\ud800-\udfff]")  # bytes that are no UTF-8, in arguments and what is read
_SLASHED = re.compile(r"[/:](\w+)")  # a command, as other programs write them: /help, :q


@command()
@click.argument("question", nargs=-1)
@LANG
@INDEX
@SITE
@click.option("--version")
@click.option("--chat", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def ask(
    question: tuple[str, ...], lang: str | None, version: str | None, chat: bool, as_json: bool, **given: Any
) -> None:
    """Answer a question, or one after the other."""
    settings, shown = read_settings(**given), screen()
    base = pages_base(settings, sys.stdout.isatty())
    first = None if chat and not question else _question(question)
    if first is not None and (why := _refusal(first, settings.max_question)):
        raise KbError(why)
    bot = load_bot(settings, version)

    def reply(asked: str, history: list[str]) -> Answer:
        said_in = lang or (terminal_lang() if small_talk(asked) == "help" else None)  # a command names no language
        answer = _phrased(bot.ask(asked, said_in, history, version), settings)
        if as_json:
            click.echo(json.dumps(_fields(answer), ensure_ascii=False, indent=None if chat else 2))
        else:
            text = answer_text(answer, base, shown, numbered=chat)
            click.echo(f"{text}\n" if chat else text)
        return answer

    if not chat:
        reply(first or "", [])
        return
    history: list[str] = []
    choices: tuple[str, ...] = ()
    for line in _lines(first):
        asked = _chosen(line, choices)
        if why := _refusal(asked, settings.max_question):
            click.echo(f"kb: {why}", err=True)
            continue
        choices = reply(asked, history).suggestions
        history = [*history, asked][-REMEMBERED:]


def _phrased(answer: Answer, settings: Settings) -> Answer:
    """The answer as the writer words it, where the settings name one."""
    from bot.writer.writer import writer_of

    async def phrase(writer: "Writer") -> Answer:
        try:
            return await writer.phrase(answer)
        finally:
            await writer.close()

    writer = writer_of(settings)
    return asyncio.run(phrase(writer)) if writer else answer


def _fields(answer: Answer) -> dict[str, Any]:
    """As POST /api/ask has it."""
    return {name: value for name, value in asdict(answer).items() if name not in answer.unspoken}


def _question(words: tuple[str, ...]) -> str:
    """The arguments, what is typed, or what comes through a pipe."""
    if words and words != ("-",):
        text = " ".join(words)
    elif not words and sys.stdin.isatty():
        _editable()
        text = click.prompt(say(terminal_lang(), "terminal", "question"), prompt_suffix=" ", err=True)
    else:
        text = _decoded(click.get_binary_stream("stdin").read())
    if not text.strip():
        raise KbError(say(terminal_lang(), "errors", "no_question"))
    return text


def _decoded(read: bytes) -> str:
    """What is no UTF-8 stands as surrogates, as in the arguments."""
    return read.decode("utf-8", "surrogateescape")


def _refusal(question: str, limit: int) -> str | None:
    """Why a question is not taken, here as at the other doors."""
    if _NO_TEXT.search(question):
        return say(terminal_lang(), "errors", "question_not_utf8")
    return say(terminal_lang(), "errors", "too_long", limit=limit) if written_length(question) > limit else None


def _lines(first: str | None) -> Iterator[str]:
    """The questions of a conversation, until the input ends; a line without any is passed over."""
    if first is not None:
        yield first
    for line in _typed() if sys.stdin.isatty() else _piped():
        text = line.strip()
        if command_word := _SLASHED.fullmatch(text):
            text = command_word[1]
        if text in _ENDS:
            return
        if text:
            yield text


def _typed() -> Iterator[str]:
    hint = wrapped(say(terminal_lang(), "terminal", "chat"), screen().width or WIDTH, "")
    click.echo("\n".join(hint), err=True)
    _editable()
    with suppress(click.Abort):  # Ctrl+D or Ctrl+C
        while True:
            yield click.prompt("", "", prompt_suffix="> ", show_default=False, err=True)
    click.echo(err=True)


def _piped() -> Iterator[str]:
    return (_decoded(line).strip() for line in click.get_binary_stream("stdin"))


def _chosen(line: str, choices: tuple[str, ...]) -> str:
    """A number stands for the suggestion that has it."""
    number = line.strip().rstrip(".")
    return choices[int(number) - 1] if number in map(str, range(1, len(choices) + 1)) else line


def _editable() -> None:
    """What is typed can be edited, and called back, where Python has readline: input() uses it once it is loaded."""
    with suppress(ImportError):
        import readline  # noqa: F401
