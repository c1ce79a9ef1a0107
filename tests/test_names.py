"""Words that fit everything are no names: in Python by this test, in JavaScript by eslint.config.js."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILLERS = {"found", "one", "told", "thing", "things", "stuff", "tmp", "res"}
# What says where a thing stands or how many there are: beside a filler it names nothing, either.
BESIDE = {
    *("after", "apart", "at", "before", "behind", "below", "by", "for", "from", "in", "of", "on", "to", "with"),
    *("a", "all", "each", "is", "no", "not", "only", "other", "that", "the"),
}
FILES = [
    file for folder in ("index", "bot", "learn", "deploy", "tests") for file in sorted((ROOT / folder).rglob("*.py"))
]


def names(parsed: ast.AST) -> Iterator[tuple[int, str]]:
    """Variables, parameters, functions, classes and attributes that a file defines, each with its line."""
    for node in ast.walk(parsed):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.attr
        elif isinstance(node, ast.MatchAs | ast.MatchStar | ast.ExceptHandler) and node.name:
            yield node.lineno, node.name


def fillers(source: str) -> list[tuple[int, str]]:
    """The names in a file that name nothing, each with its line."""
    return [(line, name) for line, name in names(ast.parse(source)) if _is_filler(name)]


def _is_filler(name: str) -> bool:
    words = set(name.strip("_").split("_"))
    return bool(words & FILLERS) and words <= FILLERS | BESIDE


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("found = 1", ["found"]),
        ("def _told(one): ...", ["_told", "one"]),
        ("[thing for thing in range(3)]", ["thing"]),
        ("lambda res: res", ["res"]),
        ("self.stuff = 1", ["stuff"]),
        ("class thing: ...", ["thing"]),
        ("try: ...\nexcept ValueError as tmp: ...", ["tmp"]),
        ("match x:\n    case [one, *found]: ...", ["one", "found"]),
        ("log.info('found')", []),
        ("def _told_below(only_one): ...", ["_told_below", "only_one"]),
        ("founder, one_sided, told_lies = 'found', 'one', 'told'", []),
    ],
)
def test_a_name_that_fits_everything_is_noticed(source: str, expected: list[str]):
    assert sorted(name for _, name in fillers(source)) == sorted(expected)


def test_no_name_fits_everything():
    nothing = {
        f"{file.relative_to(ROOT).as_posix()}:{line}: {name}"
        for file in FILES
        for line, name in fillers(file.read_text("utf-8"))
    }
    assert nothing == set()
