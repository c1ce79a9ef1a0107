"""conf.py of Sphinx: `html_js_files`, by a statement of its own behind the last one that sets it."""

import ast
import re

_NAME = "html_js_files"
_NO_LIST = (ast.Tuple, ast.Set, ast.Dict, ast.Constant, ast.JoinedStr)


def lines(url: str, operator: str = "=") -> str:
    """What belongs into the file."""
    return f'{_NAME} {operator} [("{url}", {{"type": "module"}})]\n'


def add(text: str, url: str) -> str | None:
    """The text with the script; None if it is not understood."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return None
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == _NAME]
    stored = [node for node in named if isinstance(node.ctx, ast.Store)]
    setting = [
        node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and _sets(node)
    ]
    if len(stored) != len(setting) or any(isinstance(node.value, _NO_LIST) for node in setting):
        return None  # set under a condition or twice in a line, or it takes no list
    if not setting and any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in tree.body):
        return None  # a list of one's own would replace the imported one
    if not setting:
        return f"{text}{lines(url)}" if text.endswith("\n") or not text else f"{text}\n{lines(url).rstrip()}"
    every = text.split("\n")
    end = setting[-1].end_lineno or len(every)
    if any(node.lineno <= end < (node.end_lineno or end) for node in tree.body if node is not setting[-1]):
        return None  # another statement goes on behind it on that line
    own = lines(url, "+=").rstrip()
    return "\n".join([*every[:end], own, *every[end:]])


def remove(text: str, url: str) -> str | None:
    """The text without what `add` has added; `url` is a regular expression."""
    own = rf'{_NAME} \+?= \[\("{url}", \{{"type": "module"\}}\)\]'
    for place in (rf"(?m)^{own}\n", rf"\n{own}\Z"):
        taken, count = re.subn(place, "", text)
        if count:
            return taken if count == 1 else None
    return None


def _sets(node: ast.Assign | ast.AnnAssign | ast.AugAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(isinstance(target, ast.Name) and target.id == _NAME for target in targets)
