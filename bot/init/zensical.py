"""zensical.toml: `extra_javascript` of the table [project]."""

import re
import tomllib
from typing import Any

from bot.init import brackets

_TABLE = re.compile(r"^\[project\][ \t]*(?:#.*)?\n", re.MULTILINE)
_ITEM = '{{ path = "{url}", type = "module" }}'
_PATTERN = r'\{{ path = "{url}", type = "module" \}}'


def lines(url: str) -> str:
    """What belongs into the table."""
    return f"extra_javascript = [{_ITEM.format(url=url)}]\n"


def add(text: str, url: str) -> str | None:
    """The text with the script; None if it is not understood."""
    before, table = _read(text), _TABLE.search(text)
    project = (before or {}).get("project")
    if before is None or table is None or not isinstance(project, dict):
        return None
    if "extra_javascript" not in project:
        changed = f"{text[: table.end()]}{lines(url)}{text[table.end() :]}"
    elif listed := re.search(r"^extra_javascript[ \t]*=[ \t]*\[", text, re.MULTILINE):
        changed = brackets.put(text, listed.end() - 1, _ITEM.format(url=url))
    else:
        return None
    items = [{"path": url, "type": "module"}, *project.get("extra_javascript", [])]
    return changed if _read(changed) == {**before, "project": {**project, "extra_javascript": items}} else None


def remove(text: str, url: str) -> str | None:
    """The text without what `add` has added; `url` is a regular expression."""
    entry = _PATTERN.format(url=url)
    taken, count = re.subn(rf"(?m)^extra_javascript = \[{entry}\]\n", "", text)
    return taken if count == 1 else brackets.take(text, entry)


def _read(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
