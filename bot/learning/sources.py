"""The Markdown from which sections are built: where a section stands in it, and lines that are added to it.

Files are read when they are needed and never written here: `Docs.patch` is a unified diff, `Docs.changed` the texts.
"""

import re
import unicodedata
from collections.abc import Sequence
from difflib import unified_diff
from functools import cached_property
from pathlib import Path

from bot.wrap import safe
from index.errors import KbError, reason
from index.reading.markup import phrasings

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]*+\{:?[ \t]*+([^{}]*+)\}$")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_CODE = re.compile(r"(?<!`)(`++).*?(?<!`)\1(?!`)")
_MARK = "\ufeff"  # of the byte order, with which some editors begin a file
_OPENS = re.compile(r"[ \t]*<!--(?=[ \t]*ask\b)")
_RUN = re.compile(r"(\{(?=[{%#])|-8(?=<-))")  # templates and inclusions of files: mkdocs-macros, Jekyll, snippets
_MARKUP = re.compile(r"([\\`*_{}\[\]|~^$])")


class Docs:
    """A folder of Markdown, in a folder per language or, for one language, by itself."""

    def __init__(self, folder: Path, version: str | None = None) -> None:
        """Raises KbError where there is no such folder. `version`: which one it is, of a site that has several."""
        if not folder.is_dir():
            raise KbError(f"{folder}: no such folder. --docs names the folder of the Markdown pages.")
        self._folder, self._within = folder.resolve(), f"{version}/" if version else ""
        self._texts: dict[Path, str] = {}
        self._first: dict[Path, str] = {}

    def ask(self, section: str, lang: str, questions: Sequence[str]) -> bool:
        """Add other wordings of a section's question; False where the section's source is not there."""
        place = self._find(section, lang)
        if place is None:
            return False
        file, at, end = place
        lines = self._lines(file)
        held = {line.strip().casefold() for text in _comments(lines[at:end]) for line in phrasings(text)}
        new = [line for line in dict.fromkeys(map(as_line, questions)) if line and line.casefold() not in held]
        if not new:
            return True
        opens = next((n for n in range(at + 1, end) if lines[n].strip()), None)
        if opens is not None and _OPENS.match(lines[opens]):
            closes = next((n for n in range(opens, end) if "-->" in lines[n]), None)
            if closes is not None and lines[closes].strip() == "-->":
                self._insert(file, closes, new)
                return True
        self._insert(file, at + 1, ["", "<!-- ask", *new, "-->"])
        return True

    def note(self, section: str, lang: str, text: str) -> bool:
        """Add a comment for the author at the end of a section; False where its source is not there."""
        place = self._find(section, lang)
        if place is None:
            return False
        file, _, end = place
        lines = self._lines(file)
        while not lines[end - 1].strip():
            end -= 1
        self._insert(file, end, ["", f"<!-- {text} -->"])
        return True

    def add_section(self, after: str, lang: str, *, anchor: str, body: Sequence[str], last: bool = False) -> bool:
        """Add a section behind another one, or as the `last` of its page; False where that is not there."""
        place = self._find(after, lang)
        if place is None:
            return False
        file, _, end = place
        lines = self._lines(file)
        if any(anchor in _anchors(line) for line in lines):
            return True
        at = len(lines) if last else end
        while at and not lines[at - 1].strip():
            at -= 1
        self._insert(file, at, ["", *body])
        return True

    @cached_property
    def has_attributes(self) -> bool:
        """Whether any heading has an attribute list (`{ #id .class }`): elsewhere readers would see the braces."""
        files = sorted(self._folder.rglob("*.md"))
        return any(
            _ATTRIBUTES.search(self._lines(file)[at].rstrip())
            for file in files
            for at, *_ in _headings(self._lines(file))
        )

    @cached_property
    def root(self) -> Path:
        """The folder of the repository, or the one that holds the docs where there is none."""
        above = (self._folder, *self._folder.parents)
        return next((each for each in above if (each / ".git").exists()), self._folder.parent)

    def changed(self) -> dict[Path, str]:
        """New texts of the files that change."""
        return {file: text for file, text in self._texts.items() if text != self._first[file]}

    def patch(self) -> str:
        """What changes, as `git apply` takes it at the root."""
        parts = []
        for file, text in sorted(self.changed().items()):
            name = file.relative_to(self.root).as_posix()
            before, after = _split(self._first[file]), _split(text)
            parts += [_ended(line) for line in unified_diff(before, after, f"a/{name}", f"b/{name}")]
        return "".join(parts)

    def _find(self, section: str, lang: str) -> tuple[Path, int, int] | None:
        """The file of a section, the line of its heading, and the line behind its own text."""
        page, _, anchor = section.removeprefix(self._within).partition("#")
        names = [f"{page}.md", f"{page}/index.md", f"{page}/README.md"] if page else ["index.md", "README.md"]
        for file in (folder / name for folder in (self._folder / lang, self._folder) for name in names):
            if self._folder in file.resolve().parents and file.is_file():
                headings = _headings(self._lines(file))
                for n, (at, level, anchors) in enumerate(headings):
                    if anchor in anchors or (not anchor and level == 1):
                        return file, at, headings[n + 1][0] if n + 1 < len(headings) else len(self._lines(file))
                return None
        return None

    def _lines(self, file: Path) -> list[str]:
        if file not in self._texts:
            try:
                self._first[file] = self._texts[file] = file.read_bytes().decode("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise KbError(f"{file}: cannot be read ({reason(error)}).") from None
        return _split(self._texts[file])

    def _insert(self, file: Path, at: int, new: Sequence[str]) -> None:
        lines = self._lines(file)
        end = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
        if at == len(lines) and lines and not lines[-1].endswith("\n"):
            lines[-1] += end
        self._texts[file] = "".join((*lines[:at], *(line + end for line in new), *lines[at:]))


def as_line(question: str) -> str:
    """A question as a line of a comment: nothing in it ends the comment, or is run by what reads comments, too."""
    return re.sub(r"-(?=-+!?>)|<(?=!--)", "", re.sub(r"--+(?=!?>)", "-", _in_one_line(question)))


def as_heading(question: str) -> str:
    """A question as text of a heading: nothing in it is markup."""
    text = _in_one_line(question).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKUP.sub(r"\\\1", text)


def _in_one_line(question: str) -> str:
    return _RUN.sub(r"\1 ", " ".join(safe(question).split()))


def slug(text: str) -> str:
    """As Python-Markdown makes the id of a heading."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())


def _headings(lines: Sequence[str]) -> list[tuple[int, int, set[str]]]:
    """Lines, levels and ids of the headings outside of code, comments and what stands before the page."""
    headings, fence, comment = [], "", False
    for n, line in enumerate(lines[_begin(lines) :], _begin(lines)):
        opened = _FENCE.match(line)
        if comment:
            comment = "-->" not in line
        elif fence:  # only the same marks alone, or more of them, close it
            fence = "" if opened and opened[1].startswith(fence) and not line[opened.end() :].strip() else fence
        elif opened:
            fence = opened[1]
        elif heading := _HEADING.fullmatch(line.rstrip().removeprefix(_MARK)):
            headings.append((n, len(heading[1]), _anchors(line)))
        else:
            bare = _CODE.sub("", line)
            comment = bare.rfind("<!--") > bare.rfind("-->")
    return headings


def _begin(lines: Sequence[str]) -> int:
    """The line behind the front matter."""
    if not lines or lines[0].removeprefix(_MARK).rstrip() != "---":
        return 0
    return next((n + 1 for n in range(1, len(lines)) if lines[n].rstrip() in ("---", "...")), 0)


def _anchors(line: str) -> set[str]:
    """The id that a heading names, or that is made of its text."""
    heading = _HEADING.fullmatch(line.rstrip().removeprefix(_MARK))
    if heading is None:
        return set()
    attributes = _ATTRIBUTES.search(heading[2])
    named = {part[1:] for part in attributes[1].split() if part[0] == "#"} if attributes else set()
    return named or {slug(_ATTRIBUTES.sub("", heading[2]))}


def _comments(lines: Sequence[str]) -> list[str]:
    return re.findall(r"<!--(.*?)-->", "".join(lines), re.DOTALL)


def _split(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+$", text)


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
