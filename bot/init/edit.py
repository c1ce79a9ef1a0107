"""The edit itself: one script line added or taken away, every other byte as it was."""

import re
from pathlib import Path
from types import ModuleType

from bot.init import mkdocs, script, sphinx, zensical
from bot.init.project import Project
from bot.language import say
from index.errors import KbError

SCRIPT = "kb.js"
# Any address of the chat, as `add` may have written it.
ANY = r"https?://[^\s\"'<>\\]+?/kb(?:-\d+)?\.js"
_EDITS: dict[str, ModuleType | script.ScriptConfig] = {
    "MkDocs": mkdocs,
    "Zensical": zensical,
    "Sphinx": sphinx,
    "Docusaurus": script.DOCUSAURUS,
    "VitePress": script.VITEPRESS,
}


class UnclearError(KbError):
    """A configuration that is not understood, so that nothing in it is touched."""


def address(service: str) -> str:
    """Where the service has the script."""
    return f"{service.rstrip('/')}/{SCRIPT}"


def tag(url: str) -> str:
    """The script in HTML."""
    return f'<script type="module" src="{url}"></script>'


def added(project: Project, text: str, url: str, lang: str) -> str:
    """The configuration with the script, once: another address of it is replaced. Raises UnclearError."""
    if re.search(ANY, text):
        return re.sub(ANY, lambda _: url, text)
    edit = _EDITS[project.generator]
    changed = edit.add(text, url)
    # What cannot be taken back exactly is not done.
    if changed is None or edit.remove(changed, re.escape(url)) != text:
        told = say(lang, "init", "unclear", file=project.file, lines=edit.lines(url).rstrip())
        raise UnclearError(told)
    return str(changed)


def removed(project: Project, text: str, lang: str) -> str:
    """The configuration without the script. Raises UnclearError where it was written otherwise."""
    if not (found := re.search(ANY, text)):
        return text
    taken = _EDITS[project.generator].remove(text, ANY)
    if taken is None or re.search(ANY, taken):
        line = text.count("\n", 0, found.start()) + 1
        raise UnclearError(say(lang, "init", "not_ours", file=project.file, line=line))
    return str(taken)


def read(file: Path, lang: str) -> tuple[str, str]:
    """The text of a file with plain line ends, and what its line ends are. Raises KbError."""
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise KbError(say(lang, "init", "not_utf8", file=file)) from None
    except OSError as error:
        raise KbError(say(lang, "errors", "unreadable", file=file, why=error.strerror)) from None
    whole = text.count("\n") == text.count("\r\n") > 0
    return (text.replace("\r\n", "\n"), "\r\n") if whole else (text, "\n")


def write(file: Path, text: str, ends: str, lang: str) -> None:
    """The text with these line ends in place of the file's. Raises KbError."""
    try:
        file.write_bytes(text.replace("\n", ends).encode("utf-8") if ends != "\n" else text.encode("utf-8"))
    except OSError as error:
        raise KbError(say(lang, "errors", "unwritable", file=file, why=error.strerror)) from None
