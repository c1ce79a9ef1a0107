"""Every regular expression of index/ and bot/, and texts on which a backtracking one would take very long."""

import ast
import importlib
import itertools
import re
import re._constants as sre
import re._parser as parser
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.service import scrub_forms

from .worded import worded

ROOT = Path(__file__).parents[2]
PLACES = ("sub", "match", "search", "split", "findall", "finditer", "fullmatch")
BETWEEN = ("", " ", "\t", "a", "0", "あ", "-", "\n")  # what may stand between two repetitions
TAILS = ("", "\0", "!", "q")


def every() -> dict[str, re.Pattern[Any]]:
    """By the place where it is written: in the code, or in the words of a language."""
    named: dict[str, re.Pattern[Any]] = {
        "bot/service/scrub_forms.py:form()": scrub_forms.form(),
        "bot/service/scrub_forms.py:form(behind_a_value)": scrub_forms.form(behind_a_value=True),
        **worded(),
    }
    for file in sorted([*(ROOT / "index").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]):
        name = file.relative_to(ROOT).as_posix()
        named |= {f"{name}:{place}": pattern for place, pattern in _literal(file)}
        module = sys.modules.get(name.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
        for key, value in vars(module).items() if module else ():
            named |= {f"{name}:{key}{at}": pattern for at, pattern in _held(value)}
    return named


def load() -> None:
    """Import what can be imported without the frameworks of building and evaluating."""
    for file in _files():
        importlib.import_module(
            file.relative_to(ROOT).with_suffix("").as_posix().removesuffix("/__init__").replace("/", ".")
        )


def folders() -> list[str]:
    """Those with code that has expressions."""
    return list(dict.fromkeys(file.parent.relative_to(ROOT).as_posix() for file in _files()))


def _files() -> list[Path]:
    files = sorted([*(ROOT / "index").rglob("*.py"), *(ROOT / "bot").rglob("*.py")])
    return [file for file in files if "import re\n" in file.read_text("utf-8")]


def _held(value: object, depth: int = 3) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield "", value
    elif depth and isinstance(value, dict):
        yield from ((f"[{key}]{at}", pattern) for key, held in value.items() for at, pattern in _held(held, depth - 1))
    elif depth and isinstance(value, list | tuple):
        yield from ((f"[{n}]{at}", pattern) for n, held in enumerate(value) for at, pattern in _held(held, depth - 1))


def _literal(file: Path) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Those within functions, which no module holds: their lines, and what is called there."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        call = node.func if isinstance(node, ast.Call) else None
        if isinstance(call, ast.Attribute) and getattr(call.value, "id", "") == "re" and call.attr in PLACES:
            first = node.args[0]
            if isinstance(first, ast.Constant):
                yield f"{node.lineno}.{call.attr}", re.compile(first.value)


def hostile(pattern: re.Pattern[Any], *sizes: int) -> Iterator[list[Any]]:
    """Texts of about these sizes: parts of the pattern again and again, by themselves, behind its start, cut off."""
    raw = isinstance(pattern.pattern, bytes)
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE if raw else pattern.flags)
    pumps = list(dict.fromkeys(_pumps(tree)))
    runs = list(dict.fromkeys([*_runs(tree), *_letters(tree)]))
    # A round of each repetition, its beginning again and again, the words of the pattern, and all of it.
    units = dict.fromkeys([body for _, body in pumps] + [before for before, _ in pumps] + [_example(tree), *runs])
    shapes: dict[tuple[str, tuple[str, ...], str], None] = dict.fromkeys(
        (start, (unit + between,), tail)
        for before, unit in dict.fromkeys([*pumps, *(("", unit) for unit in units if unit)])
        for between in BETWEEN
        for start in dict.fromkeys(("", before))
        for tail in TAILS
        if unit + between
    )
    pairs = itertools.islice(itertools.permutations([unit for unit in units if unit], 2), 200)
    shapes |= dict.fromkeys(("", pair, "\0") for pair in pairs)
    for start, repeated, tail in shapes:
        texts = [start + "".join(_filled(each, size // len(repeated)) for each in repeated) + tail for size in sizes]
        yield [text.encode("utf-8") if raw else text for text in texts]


def _filled(unit: str, size: int) -> str:
    return unit * (size // len(unit))


def _runs(tree: Any) -> Iterator[str]:
    """Words that the pattern names."""
    run = ""
    for op, value in tree:
        if op is sre.LITERAL:
            run += chr(value)
            continue
        if len(run) > 1:
            yield run
        run = ""
        for inner in _inner(op, value):
            yield from _runs(inner)
    if len(run) > 1:
        yield run


def _pumps(tree: Any) -> Iterator[tuple[str, str]]:
    """What stands before each repetition that has no small bound, and one round of it."""
    before = ""
    for op, value in tree:
        for inner in _inner(op, value):
            yield from ((before + start, body) for start, body in _pumps(inner))
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT) and value[1] > 8:
            for body in _choices(value[2]):
                yield before, body
        before += _matching(op, value)


def _choices(tree: Any) -> Iterable[str]:
    """Some texts that a repeated part matches once."""
    if len(tree) == 1 and tree[0][0] is sre.IN:
        return list(dict.fromkeys(_members(tree[0][1])))[:6]
    if len(tree) == 1 and tree[0][0] is sre.BRANCH:
        return [_example(each) for each in tree[0][1][1]][:6]
    return [_example(tree)]


def _inner(op: Any, value: Any) -> list[Any]:
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return [value[2]]
    if op is sre.SUBPATTERN:
        return [value[3]]
    if op is sre.ATOMIC_GROUP:
        return [value]
    if op in (sre.ASSERT, sre.ASSERT_NOT):
        return [value[1]]
    return list(value[1]) if op is sre.BRANCH else []


def _example(tree: Any) -> str:
    return "".join(_matching(op, value) for op, value in tree)


def _matching(op: Any, value: Any) -> str:
    if op is sre.LITERAL:
        return chr(value)
    if op is sre.NOT_LITERAL:
        return "x" if chr(value) != "x" else "y"
    if op is sre.ANY:
        return "x"
    if op is sre.IN:
        return next(iter(_members(value)), "")
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return _example(value[2]) * min(max(value[0], 1), 3)
    if op in (sre.ASSERT, sre.ASSERT_NOT):  # what must stand before is a part of a text, what must follow comes anyway
        return _example(value[1]) if op is sre.ASSERT and value[0] < 0 else ""
    inner = _inner(op, value)
    return _example(inner[0]) if inner else ""


def _members(items: Any) -> list[str]:
    """Letters of a class: of one that is negated, some that it does not name."""
    usual = "ax0 .-あ漢ア\t\n/\"'<"
    named = [chr(value) for op, value in items if op is sre.LITERAL]
    named += [chr(value[0]) for op, value in items if op is sre.RANGE]
    return [letter for letter in dict.fromkeys([*usual, *named]) if _in(items, letter)]


def _in(items: Any, letter: str) -> bool:
    negated = items[0][0] is sre.NEGATE
    hit = False
    for op, value in items:
        if op is sre.LITERAL:
            hit |= ord(letter) == value
        elif op is sre.RANGE:
            hit |= value[0] <= ord(letter) <= value[1]
        elif op is sre.CATEGORY:
            name = str(value).lower()
            is_in = (
                letter.isspace()
                if "space" in name
                else letter.isdigit()
                if "digit" in name
                else letter.isalnum() or letter == "_"
            )
            hit |= is_in != ("not" in name)
    return hit != negated


def _letters(tree: Any) -> list[str]:
    """Every letter that the pattern names."""
    letters: list[str] = []
    for op, value in tree:
        if op is sre.LITERAL:
            letters.append(chr(value))
        for inner in _inner(op, value):
            letters += _letters(inner)
    return list(dict.fromkeys(letters))[:12]
