"""conf.py of Sphinx: `html_js_files`, by a statement of its own behind the last one that sets it."""

import ast
import re

_NAME = "html_js_files"
_Assignment = ast.Assign | ast.AnnAssign | ast.AugAssign
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
    assigned = [node for node in tree.body if isinstance(node, _Assignment) and _sets(node)]
    if _stores(tree) != len(assigned) or any(isinstance(node.value, _NO_LIST) for node in assigned):
        return None  # set under a condition or twice in a line, or it takes no list
    return _behind(assigned[-1], tree, text, url) if assigned else _at_the_end(tree, text, url)


def _behind(last: ast.stmt, tree: ast.Module, text: str, url: str) -> str | None:
    """The text with the script behind the last statement that sets the list; None if another goes on on its line."""
    every = text.split("\n")
    end = last.end_lineno or len(every)
    if any(node.lineno <= end < (node.end_lineno or end) for node in tree.body if node is not last):
        return None
    return "\n".join([*every[:end], lines(url, "+=").rstrip(), *every[end:]])


def _at_the_end(tree: ast.Module, text: str, url: str) -> str | None:
    """The text with a list of its own; None if that would replace an imported one."""
    if any(isinstance(node, ast.ImportFrom) and node.names[0].name == "*" for node in tree.body):
        return None
    return f"{text}{lines(url)}" if text.endswith("\n") or not text else f"{text}\n{lines(url).rstrip()}"


def _stores(tree: ast.Module) -> int:
    """How often the list is set, wherever that is."""
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == _NAME)
    return sum(isinstance(node.ctx, ast.Store) for node in names)


def remove(text: str, url: str) -> str | None:
    """The text without what `add` has added; `url` is a regular expression."""
    own = rf'{_NAME} \+?= \[\("{url}", \{{"type": "module"\}}\)\]'
    for place in (rf"(?m)^{own}\n", rf"\n{own}\Z"):
        taken, count = re.subn(place, "", text)
        if count:
            return taken if count == 1 else None
    return None


def _sets(node: _Assignment) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(isinstance(target, ast.Name) and target.id == _NAME for target in targets)
