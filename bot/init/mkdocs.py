"""mkdocs.yml: `extra_javascript`, which Zensical reads as well."""

import re
from typing import Any

import yaml

from bot.init import brackets

KEY = "extra_javascript"
_FLOW = "{{path: {url}, type: module}}"
_BLOCK = re.compile(rf"^{KEY}:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*?(?P<indent>[ \t]*)- ", re.MULTILINE)


class _Loader(yaml.SafeLoader):  # type: ignore[misc]  # without types
    """YAML in which tags (`!ENV`, `!!python/name:`) mean nothing: only two texts are compared."""


def _plain(loader: yaml.SafeLoader, _: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    return loader.construct_sequence(node, deep=True) if isinstance(node, yaml.SequenceNode) else node.value


for _prefix in ("!", "tag:yaml.org,2002:python/"):
    _Loader.add_multi_constructor(_prefix, _plain)


def lines(url: str) -> str:
    """What belongs into the file."""
    return f"{KEY}:\n  - path: {url}\n    type: module\n"


def add(text: str, url: str) -> str | None:
    """The text with the script; None if it is not understood."""
    before = _read(text)
    if not isinstance(before, dict) or (KEY not in before and "INHERIT" in before):
        return None  # a list of one's own would replace the inherited one
    if KEY not in before:
        changed = f"{text}{lines(url)}" if text.endswith("\n") else f"{text}\n{lines(url).rstrip()}"
    elif block := _BLOCK.search(text):
        at, indent = text.index("\n", block.start()) + 1, block["indent"]
        changed = f"{text[:at]}{indent}- path: {url}\n{indent}  type: module\n{text[at:]}"
    elif flow := re.search(rf"^{KEY}:[ \t]*\[", text, re.MULTILINE):
        changed = brackets.put(text, flow.end() - 1, _FLOW.format(url=url))
    else:
        return None
    items = [{"path": url, "type": "module"}, *(before.get(KEY) or [])]
    return changed if _read(changed) == {**before, KEY: items} else None


def remove(text: str, url: str) -> str | None:
    """The text without what `add` has added; `url` is a regular expression."""
    own = rf"{KEY}:\n  - path: {url}\n    type: module"
    entry = re.escape(_FLOW.format(url="URL")).replace("URL", url)
    left = _without(_read(text), url)
    for place in (rf"(?m)^{own}\n", rf"\n{own}\Z", rf"(?m)^[ \t]*- path: {url}\n[ \t]+type: module\n"):
        taken, count = re.subn(place, "", text)
        if count == 1 and left is not None and _read(taken) == left:
            return taken
    return brackets.take(text, entry)


def _without(content: Any, url: str) -> dict[str, Any] | None:
    """What the file says without the script; a list that held nothing else goes, too."""
    items = content.get(KEY) if isinstance(content, dict) else None
    if not isinstance(items, list):
        return None
    kept = [script for script in items if not (isinstance(script, dict) and re.fullmatch(url, str(script.get("path"))))]
    return {name: kept if name == KEY else value for name, value in content.items() if name != KEY or kept}


def _read(text: str) -> Any:
    try:
        return yaml.load(text, _Loader)
    except (yaml.YAMLError, ValueError):
        return None
