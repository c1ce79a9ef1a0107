"""Two lists of different kinds have words between them: Python-Markdown makes one list of both, of the first's kind."""

import re
from pathlib import Path

import pytest

ADJACENT = re.compile(r"^( *)(?:- .*\n(?:\1  .*\n|\n)*?\n\1\d+\. |\d+\. .*\n(?:\1  .*\n|\n)*?\n\1- )", re.MULTILINE)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_list_runs_on_into_a_list_of_another_kind(root: Path, lang: str):
    folder = root / "docs" / lang
    assert [file.name for file in folder.rglob("*.md") if ADJACENT.search(file.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("- a\n- b\n\n1. c\n", True),
        ("- a\n\n    more of a\n\n1. c\n", True),
        ("1. a\n\n- b\n", True),
        ("- a\n\nThen:\n\n1. c\n", False),
        ("1. a\n\n    - b\n\n2. c\n", False),
        ("- a\n\n- b\n", False),
    ],
)
def test_adjacent_lists_are_noticed(text: str, merged: bool):
    assert bool(ADJACENT.search(text)) == merged
