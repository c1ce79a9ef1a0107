import pytest

from bot.checks import InputError, read_json
from bot.checks.text.read import MAX_DEPTH

DEEPEST = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH


def refused(data: bytes, **options: int) -> InputError:
    with pytest.raises(InputError) as caught:
        read_json(data, **options)
    for lang in ("ja", "en"):
        assert caught.value.message(lang)
    return caught.value


def test_json_is_read():
    assert read_json('{"a": [1, -2.5e3, "あ", null, true]}'.encode()) == {"a": [1, -2500.0, "あ", None, True]}
    assert read_json(b"\xef\xbb\xbf[]") == []  # PowerShell writes a byte order mark


@pytest.mark.parametrize(
    ("data", "code", "pointer", "line", "column"),
    [
        (b"", "not-json", None, 1, 1),
        (b'{"a": 1,\n "b": }', "not-json", None, 2, 7),
        (b"[1] 2", "not-json", None, 1, 5),
        (b"\xff\xfe{\x00}\x00", "not-utf8", None, 1, 1),
        (b'{\n "a": "\x80"}', "not-utf8", None, 2, 8),
        (b'{"a": [0, NaN]}', "not-finite", "/a/1", 1, 11),
        (b'{"a": -Infinity}', "not-finite", "/a", 1, 7),
        (b'{"x": {"a": 1,\n "a": 2}}', "duplicate-key", "/x/a", 2, 2),
        (b'{"a": 1e999}', "number-too-large", "/a", 1, 7),
        (b'{"a": ' + b"9" * 5000 + b"}", "number-too-large", "/a", 1, 7),
        (b'{"a": 0.' + b"9" * 5000 + b"}", "number-too-large", "/a", 1, 7),
        (b"[" + DEEPEST + b"]", "too-deep", None, 1, MAX_DEPTH + 1),
        (b"[" * 1_000_000, "too-deep", None, 1, MAX_DEPTH + 1),
        (b'{"a":' * 100_000, "too-deep", None, 1, 5 * MAX_DEPTH + 1),
    ],
)
def test_what_is_no_strict_json_is_refused_with_its_place(
    data: bytes, code: str, pointer: str | None, line: int, column: int
):
    error = refused(data)
    assert (error.code, error.pointer, error.line, error.column) == (code, pointer, line, column)


def test_the_deepest_that_is_allowed():
    assert read_json(DEEPEST)


def test_size_is_checked_first():
    assert refused(b"[" * 101, max_bytes=100).message("en") == "The input has 101 bytes; at most 100 are read."


def test_messages_are_one_printable_line():
    error = refused(b'{"\\u001b[31m": 1, "\\u001b[31m": 2}')
    assert error.pointer == "/\\u001b[31m"
    assert all(char.isprintable() for char in error.message("ja"))
