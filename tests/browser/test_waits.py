"""A page with a policy evaluates a text once and no more: what is waited for is a function, which is asked again.

It may be asked before the page is there: it takes nothing for granted that it looks for.
"""

import ast
import re
from pathlib import Path

import pytest


def waits(file: Path) -> list[tuple[int, str]]:
    """The line of each wait for a function, and the text that it gives, or the start of it; named texts aside."""
    begun = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "wait_for_function"
        ):
            text = node.args[0].values[0] if isinstance(node.args[0], ast.JoinedStr) else node.args[0]
            if isinstance(text, ast.Constant):
                begun.append((node.lineno, text.value))
            elif not isinstance(text, ast.Name):
                begun.append((node.lineno, ""))
    return begun


@pytest.mark.parametrize("file", sorted(Path(__file__).parent.glob("*.py")), ids=lambda file: file.stem)
def test_a_page_is_asked_again_by_a_function(file: Path):
    assert [line for line, text in waits(file) if "=>" not in text] == []


# For granted: that an element is there.
_TAKEN = re.compile(r"(?:querySelector|getElementById)\([^()]*\)\.|getComputedStyle\(document\.query|const \[")


@pytest.mark.parametrize("file", sorted(Path(__file__).parent.glob("*.py")), ids=lambda file: file.stem)
def test_what_is_not_there_yet_is_waited_for(file: Path):
    assert [line for line, text in waits(file) if _TAKEN.search(text)] == []


def test_a_text_is_recognized(tmp_path):
    file = tmp_path / "test_page.py"
    lines = ('wait_for_function("window.ready")', "wait_for_function(f'{a} > 1')", "wait_for_function('() => 1')")
    file.write_text("\n".join(f"page.{line}" for line in lines), "utf-8")
    assert [line for line, text in waits(file) if "=>" not in text] == [1, 2]
