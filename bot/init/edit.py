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
# At the end of a text: a comment that goes on. Of one over several lines each line begins with a star.
_COMMENT = re.compile(r"(?:(?:^|\s)(?:#|//)[^\n]*|(?:(?:^|\n)[ \t]*|/)\*(?:(?!\*/)[^\n])*)\Z")
_EDITS: dict[str, ModuleType | script.ScriptConfig] = {
    "MkDocs": mkdocs,
    "Zensical": zensical,
    "Sphinx": sphinx,
    "Docusaurus": script.DOCUSAURUS,
    "VitePress": script.VITEPRESS,
    "Starlight": script.STARLIGHT,
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
    if chats := _chats(text):
        for chat in reversed(chats):
            text = f"{text[: chat.start()]}{url}{text[chat.end() :]}"
        return text
    edit = _EDITS[project.generator]
    changed = edit.add(text, url)
    # What cannot be taken back exactly is not done.
    if changed is None or edit.remove(changed, re.escape(url)) != text:
        words = say(lang, "init", "unclear", file=project.file, lines=edit.lines(url).rstrip())
        raise UnclearError(words)
    return str(changed)


def removed(project: Project, text: str, lang: str) -> str:
    """The configuration without the script. Raises UnclearError where it was written otherwise."""
    if not (chats := _chats(text)):
        return text
    taken: str | None = text
    for url in dict.fromkeys(chat[0] for chat in chats):
        taken = _EDITS[project.generator].remove(taken, re.escape(url)) if taken is not None else None
    if taken is None or _chats(taken):
        line = text.count("\n", 0, chats[0].start()) + 1
        raise UnclearError(say(lang, "init", "not_ours", file=project.file, line=line))
    return str(taken)


def _chats(text: str) -> list[re.Match[str]]:
    """Addresses of the chat, whoever wrote them: loaded as a module, as another kb.js is not, and in no comment."""
    return [match for match in re.finditer(ANY, text) if _is_chat(text, match)]


def _is_chat(text: str, match: re.Match[str]) -> bool:
    before = "\n".join(text[: match.start()].rsplit("\n", 2)[-2:])
    after = "\n".join(text[match.end() :].split("\n", 3)[:3])
    if _COMMENT.search(before):
        return False
    own = re.split(r"[][(){}]|(?m:^[ \t]*-[ \t])", before)[-1]
    in_pair = before[len(before) - len(own) - 1 :][:1] == "("  # of Sphinx: an address, and what else is said of it
    return "module" in own + re.split(r"[]})]|\n[ \t]*-[ \t]" + ("" if in_pair else r"|[({[]"), after)[0]


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
    """The text with these line ends in place of the file's, which stays as it is if that fails. Raises KbError."""
    content = (text.replace("\n", ends) if ends != "\n" else text).encode("utf-8")
    try:
        before = file.read_bytes()
        try:
            _overwrite(file, content)
        except OSError:  # a full disk: what was there has room
            _overwrite(file, before)
            raise
    except OSError as error:
        raise KbError(say(lang, "errors", "unwritable", file=file, why=error.strerror)) from None


def _overwrite(file: Path, content: bytes) -> None:
    """In place: the file may be a link, or mounted by itself."""
    with file.open("r+b", buffering=0) as opened:
        left = memoryview(content)
        while left:
            left = left[opened.write(left) :]
        opened.truncate()
