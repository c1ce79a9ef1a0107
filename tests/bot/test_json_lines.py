"""Lines of JSON become records; what is wrong is named by file and line, with what to do."""

import json
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from bot.json_lines import read_lines
from index.errors import KbError

NUMBERS = TypeAdapter(dict[str, int])


def numbers(file: Path) -> list[dict[str, int]]:
    return list(read_lines(file, NUMBERS.validate_json, "a count", "Count again."))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "counts.jsonl"


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_each_line_is_a_record_in_its_order_and_empty_lines_are_passed_over(file: Path, end: str):
    file.write_bytes(f'\ufeff{{"a": 1}}\r\n\n{{"b": 2}}{end}'.encode())
    assert numbers(file) == [{"a": 1}, {"b": 2}]


def test_a_line_separator_within_a_text_ends_no_line(file: Path):
    file.write_text(json.dumps({"a\u2028b": 1}, ensure_ascii=False), "utf-8")
    assert numbers(file) == [{"a\u2028b": 1}]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "line: Invalid JSON: EOF while parsing an object at line 1 column 1"),
        ("5", "line: Input should be an object"),
        ('{"a": "x"}', "a: Input should be a valid integer, unable to parse string as an integer"),
    ],
)
def test_the_first_wrong_line_is_named_with_what_is_wrong_and_what_to_do(file: Path, line: str, why: str):
    file.write_text(f'{{"a": 1}}\n\n{line}\n{{\n', "utf-8")
    with pytest.raises(KbError) as error:
        numbers(file)
    assert str(error.value) == f"{file}:3: not a count ({why}). Count again."


def test_what_a_reader_refuses_is_said_in_its_words(file: Path):
    def refused(line: str) -> str:
        raise ValueError(f"{line} is too much")

    file.write_text("7", "utf-8")
    with pytest.raises(KbError, match=r":1: not a count \(7 is too much\)\. Count again\.$"):
        list(read_lines(file, refused, "a count", "Count again."))


def test_a_line_that_is_too_deep_is_refused(file: Path):
    file.write_text("[" * 10**5, "utf-8")
    with pytest.raises(KbError, match=r":1: not a count \("):
        list(read_lines(file, json.loads, "a count", "Count again."))


def test_a_file_that_cannot_be_read_is_named(file: Path):
    with pytest.raises(KbError, match=r"counts\.jsonl: cannot be read \(No such file or directory\)\.$"):
        numbers(file)
    file.write_bytes(b"\xff\n")
    with pytest.raises(
        KbError, match=r"counts\.jsonl: cannot be read \('utf-8' codec can't decode byte 0xff in position 0"
    ):
        numbers(file)
