"""A page with a policy evaluates a text once and no more: what is waited for is a function, which is asked again.

It may be asked before the page is there: it takes nothing for granted that it looks for.
"""

import ast
import re
from pathlib import Path

import pytest


def waits(file: Path) -> list[tuple[int, str]]:
    """The line of each wait for a function, and the text that it gives, or the start of it."""
    begun, module = [], ast.parse(file.read_text("utf-8"))
    named = {
        target.id: node.value.value
        for node in module.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "wait_for_function"
        ):
            text = node.args[0].values[0] if isinstance(node.args[0], ast.JoinedStr) else node.args[0]
            if isinstance(text, ast.Constant):
                begun.append((node.lineno, text.value))
            elif isinstance(text, ast.Name):  # of another file, it is that file's
                begun += [(node.lineno, named[text.id])] if text.id in named else []
            else:
                begun.append((node.lineno, ""))
    return begun


@pytest.mark.parametrize("file", sorted(Path(__file__).parent.glob("*.py")), ids=lambda file: file.stem)
def test_a_page_is_asked_again_by_a_function(file: Path):
    assert [line for line, text in waits(file) if "=>" not in text] == []


# For granted: that an element is there, the root itself too, or that the tab is not empty.
_TAKEN = re.compile(
    r"(?:querySelector|getElementById)\([^()]*\)\.|getComputedStyle\(document\.query|documentElement\.|body\."
    r"|const \[[^\]]*\] = (?:\[\.\.\.|document)|^(?:(?!querySelector).)*import\(",
    re.DOTALL,
)


@pytest.mark.parametrize("file", sorted(Path(__file__).parent.glob("*.py")), ids=lambda file: file.stem)
def test_what_is_not_there_yet_is_waited_for(file: Path):
    assert [line for line, text in waits(file) if _TAKEN.search(text)] == []


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("() => document.querySelector('.a').textContent", True),
        ("() => document.documentElement.lang === 'ja'", True),
        ("() => document.body.className", True),
        ("async () => (await import('/a.js')).ready", True),
        ("() => { const [first] = document.querySelectorAll('a'); return first.href }", True),
        ("() => document.querySelector('.a')?.textContent", False),
        ("() => document.documentElement?.lang === 'ja' && document.body?.className", False),
        ("async () => document.querySelector('a') && (await import('/a.js')).ready", False),
    ],
)
def test_what_takes_an_element_for_granted_is_recognized(tmp_path, text: str, taken: bool):
    file = tmp_path / "test_page.py"
    for lines in (f"page.wait_for_function({text!r})", f"READY = {text!r}\npage.wait_for_function(READY)"):
        file.write_text(lines, "utf-8")
        assert [bool(_TAKEN.search(given)) for _, given in waits(file)] == [taken]


def test_a_text_is_recognized(tmp_path):
    file = tmp_path / "test_page.py"
    lines = ('wait_for_function("window.ready")', "wait_for_function(f'{a} > 1')", "wait_for_function('() => 1')")
    file.write_text("\n".join(f"page.{line}" for line in lines), "utf-8")
    assert [line for line, text in waits(file) if "=>" not in text] == [1, 2]
