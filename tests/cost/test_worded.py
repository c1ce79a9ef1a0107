"""The nightly law of patterns reads every expression that the code makes of words: none has to be listed by hand."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache

import pytest

from bot.language import SPOKEN, pack

from .worded import FILES, READ, ROOT, WORDS, begins, is_words, method, texts, worded

_SIGNS = re.compile(r"\(\?[:=!<P]|\\[bBdDsSwW]|\[\^")  # of an expression, which a sentence has not


@cache
def functions() -> list[ast.FunctionDef]:
    trees = [ast.parse(source.read_text("utf-8")) for source in (ROOT / "bot").rglob("*.py")]
    return [each for tree in trees for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]


def calls(within: ast.AST, *names: str) -> Iterator[ast.Call]:
    for each in ast.walk(within):
        if isinstance(each, ast.Call) and ast.unparse(each.func).rpartition(".")[2] in names:
            yield each


def compiles(function: ast.FunctionDef) -> bool:
    """Whether it makes an expression of what it is given, and not of its own text."""
    made = (call for call in calls(function, "compile", "search", "match", "fullmatch", "finditer", "sub", "split"))
    return any(ast.unparse(call.func).startswith("re.") and not isinstance(call.args[0], ast.Constant) for call in made)


def test_the_files_of_expressions_are_those_that_the_code_compiles():
    named = {
        call.args[1].value
        for function in functions()
        if compiles(function)
        for call in calls(function, "pack", "_words")
        if len(call.args) == 2 and isinstance(call.args[1], ast.Constant)
    }
    assert named == set(FILES)


def test_no_other_file_of_words_has_expressions():
    others = [path for path in (ROOT / "bot/words").glob("*/*.toml") if path.stem not in FILES]
    held = [(path, place) for path in others for place, text in texts(tomllib.loads(path.read_text("utf-8")))
            if _SIGNS.search(text)]  # fmt: skip
    assert len(others) >= len(SPOKEN) * 10
    assert held == []


def test_every_table_that_the_code_reads_by_is_among_them():
    asked = [
        ("conversation" if ast.unparse(call.func) == "_patterns" else "question", call.args[0].value)
        for function in functions()
        for call in calls(function, "patterns", "_patterns")
        if isinstance(call.args[0], ast.Constant)
    ]
    places = {(name.partition(".")[0], name.split(":", 2)[2]) for name in worded()}
    empty = {
        (file, table) for file in FILES for lang in SPOKEN for table, held in pack(lang, file).items() if held == []
    }
    assert len(set(asked)) > 30
    for file, table in asked:
        assert not is_words(file, table)
        assert (file, table) in empty or any(at == file and begins(table, place) for at, place in places), table


def test_what_is_named_as_no_expression_is_there_and_has_no_sign_of_one():
    for file, names in WORDS.items():
        held = [(place, text) for lang in SPOKEN for place, text in leaves(pack(lang, file))]
        for name in names:
            here = [text for place, text in held if begins(name, place)]
            assert here, name
            assert not any(_SIGNS.search(text) for text in here), name


def leaves(held: object, place: str = "") -> Iterator[tuple[str, str]]:
    """Numbers, too."""
    if isinstance(held, dict):
        for name, value in held.items():
            yield from leaves(value, f"{place}.{name}" if place else name)
    elif isinstance(held, list) and held:
        yield from ((place, str(each)) for each in held)
    else:
        yield place, str(held)


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("question.toml:ja:sides[1]", "search"),
        ("question.toml:en:asking[0]", "search"),  # at one place matched, at another searched for
        ("question.toml:ja:negates_after[0]", "match"),
        ("question.toml:en:pointers.sentence", "fullmatch"),
        ("question.toml:en:pointers.wanted", "search"),
        ("question.toml:en:kinds.reason.asks", "search"),
        ("question.toml:en:support.asks[0]", "fullmatch"),
        ("conversation.toml:ja:kinds[0]", "fullmatch"),
        ("conversation.toml:ja:leads[0]", "search"),
        ("conversation.toml:en:talk.thanks", "fullmatch"),
        ("writer.toml:ja:small", "fullmatch"),
    ],
)
def test_an_expression_is_read_as_the_code_reads_it(name: str, how: str):
    assert name in worded()
    assert method(name) == how


def test_what_is_said_by_hand_of_how_they_are_read_is_there():
    for file, tables in READ.items():
        for table in tables:
            assert any(name.startswith(f"{file}.toml:") and begins(table, name.split(":", 2)[2]) for name in worded())
