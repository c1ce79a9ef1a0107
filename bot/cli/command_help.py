"""Help and usage errors in the reader's language (bot/words/<lang>/help.toml), in lines of the terminal's width.

What click itself says is translated by its own means, gettext: bot/data/locale.
"""

import gettext
import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from bot.checks.report.look import NARROWEST
from bot.language import SPOKEN, pack
from bot.wrap import columns, padded, wrapped

WIDEST = 100
_FIRST_SENTENCE = re.compile(r".*?(?:。|\.(?=\s|$)|$)")
_chosen: ContextVar[str | None] = ContextVar("chosen", default=None)  # by --lang


def terminal_lang() -> str:
    """The reader's language: that of --lang, else of the shell, in the order that gettext knows."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    preferred = [] if locale in ("", "C", "POSIX") else os.environ.get("LANGUAGE", "").split(":")
    spoken = (name[:2].lower() for name in (_chosen.get() or "", *preferred, locale))
    return next((lang for lang in spoken if lang in SPOKEN), "en")


def choose_language(arguments: Sequence[str]) -> None:
    """What these arguments choose, before anything of them can be wrong."""
    given = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    named = [after for name, after in pairwise(given) if name == "--lang"]
    named += [name.removeprefix("--lang=") for name in given if name.startswith("--lang=")]
    _chosen.set(next((lang for lang in named if lang in SPOKEN), None))
    os.environ["LANGUAGE"] = terminal_lang()  # of gettext, and so of click
    gettext.bindtextdomain("click", str(Path(__file__).parents[1] / "data/locale"))
    gettext.textdomain("click")


class Formatter(click.HelpFormatter):
    """East Asian characters take two columns and break almost anywhere, which click's own does not know."""

    def __init__(self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None) -> None:
        wide = width or max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns))
        super().__init__(indent_increment, wide, max_width)

    def write_text(self, text: str) -> None:
        indent = " " * self.current_indent
        paragraphs = [wrapped(paragraph.replace("\n", " "), self.width, indent) for paragraph in text.split("\n\n")]
        self.write("\n\n".join("\n".join(lines) for lines in paragraphs) + "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2, col_min: int = 0
    ) -> None:
        rows = [(" " * self.current_indent + term, words) for term, words in rows]
        longest = max(col_min + self.current_indent, *(columns(term) for term, _ in rows))
        at = min(longest, self.width // 3, col_max) + col_spacing
        for term, words in rows:
            beside = columns(term) + col_spacing <= at
            if not beside:
                self.write(f"{term}\n")
            self.write("\n".join(wrapped(words, self.width, " " * at, padded(term if beside else "", at))) + "\n")


class Context(click.Context):
    """A context whose help is formatted as above."""

    formatter_class = Formatter


class Choice(click.Choice[str]):
    """A choice that has to be made: what there is stands in one line."""

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        """List the choices, without click's line and tab for each."""
        return " ".join(super().get_missing_message(param, ctx).split())


class Command(click.Command):
    """A command of the group."""

    context_class = Context


class Group(click.Group):
    """The group: it gives all its commands their words once the language is known."""

    context_class = Context
    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the words: what readers need, then operators, then who measures and teaches."""
        return [name for name in pack("en", "help") if name in self.commands]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """In groups, each under its title: who asks need not read past what measures and teaches."""
        assert isinstance(formatter, Formatter)
        titles = pack(terminal_lang(), "help")["kb"]["groups"]  # by the first command of each
        groups: list[tuple[str, list[tuple[str, str]]]] = []
        for name in self.list_commands(ctx):
            if name in titles:
                groups.append((titles[name], []))
            groups[-1][1].append((name, self.commands[name].short_help or ""))
        for title, rows in groups:
            with formatter.section(title):
                formatter.write_dl(rows, col_min=max(map(columns, self.commands)))

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        choose_language(args)
        words = pack(terminal_lang(), "help")
        speak(self, words["kb"], words["options"])
        for name, command in self.commands.items():
            speak(command, words[name], words["options"])
        return super().make_context(info_name, args, parent, **extra)


def speak(command: click.Command, words: Mapping[str, Any], shared: Mapping[str, str]) -> None:
    """Give a command and its options their words; `shared` are those of options that several commands have."""
    first = _FIRST_SENTENCE.match(words["help"])
    command.help, command.short_help = words["help"], first[0] if first else ""
    options = {**shared, **words.get("options", {})}
    for option in command.params:
        if isinstance(option, click.Option) and option.name != "help":
            option.help = options[str(option.name)]
