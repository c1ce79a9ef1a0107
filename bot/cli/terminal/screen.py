"""What the terminal can show: its width, whether in colour, and whether links can be clicked."""

import os
import re
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from bot.checks.report.look import NARROWEST, WIDEST, colours
from bot.wrap import safe

_LINKING_PROGRAMS = ("iTerm.app", "WezTerm", "vscode", "Hyper", "ghostty", "rio", "Tabby")  # by TERM_PROGRAM
_LINKING_TERMS = ("xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour")  # TERM begins so
_VTE_WITH_LINKS = 5000  # GNOME Terminal, Tilix and others, from VTE 0.50 on
_URL = re.compile(r"(?:https?|file)://[^\s\x1b<>\"'）。、]+[^\s\x1b<>\"'）。、.,;:)]")


@dataclass(frozen=True, slots=True)
class Screen:
    """Without a width nothing is broken."""

    width: int | None = None
    colour: bool = False
    links: bool = False

    def link(self, text: str, address: str) -> str:
        """The text as a hyperlink (OSC 8), where links can be clicked."""
        return f"\x1b]8;;{safe(address)}\x1b\\{text}\x1b]8;;\x1b\\" if self.links else text

    def linked(self, text: str) -> str:
        """The text with each address in it as a hyperlink."""
        return _URL.sub(lambda match: self.link(match[0], match[0]), text)


def screen() -> Screen:
    """Of this process: what goes into a file or a pipe is neither broken nor linked."""
    terminal = sys.stdout.isatty()
    width = max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns)) if terminal else None
    return Screen(width, colours(os.environ, terminal), links(os.environ, terminal))


def links(environment: Mapping[str, str], terminal: bool) -> bool:
    """As other tools do: FORCE_HYPERLINK says it, else a terminal that is known to show links does."""
    if forced := environment.get("FORCE_HYPERLINK"):
        return forced != "0"
    if not terminal or environment.get("TERM") == "dumb":
        return False
    vte = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM") in _LINKING_PROGRAMS
        or environment.get("TERM", "").startswith(_LINKING_TERMS)
        or "WT_SESSION" in environment
        or "KONSOLE_VERSION" in environment
        or (vte.isdigit() and int(vte) >= _VTE_WITH_LINKS)
    )
