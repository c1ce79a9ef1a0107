import subprocess
import sys
from pathlib import Path

import pytest

from bot.checks.text.place import Place, actual, find, too_deep

TEXT = '{\n  "a": [1, {"b/c": "x,y}", "~": NaN}],\n  "a": null\n}'


def test_find_gives_pointer_line_and_column():
    assert find(TEXT, lambda token: token.raw == "NaN") == Place("/a/1/~0", 2, 33)
    assert find(TEXT, lambda token: token.raw == '"x,y}"') == Place("/a/1/b~1c", 2, 20)
    assert find(TEXT, lambda token: token.repeated) == Place("/a", 3, 3)
    assert find(TEXT, lambda token: token.raw == "true") is None


@pytest.mark.parametrize("text", ["", "]", "}}", ",", '{"a"', '"\\', '{"\\ud800": 1', '{"\\x": 1}'])
def test_broken_text_is_walked_through(text: str):
    assert find(text, lambda token: False) is None


def test_depth_does_not_count_brackets_in_strings():
    assert too_deep('["[[[[", [1]]', 2) is None
    assert too_deep("[[[1]]]", 2) == 2


def test_an_unclosed_string_is_read_once(root: Path):
    """A second look from each of its million characters would take days, and be stopped."""
    script = """
from bot.checks.text.place import find, too_deep
hostile = '"' + '\\\\"' * 1_000_000
assert too_deep(hostile, 1) is None
assert find(hostile, lambda token: False) is None
"""
    subprocess.run([sys.executable, "-c", script], cwd=root, timeout=120, check=True)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"aks": {"networkProfile": {"networkPlugin": "x"}}}, "/aks/networkProfile/networkPlugin"),
        ({"aks": {"properties": {"networkProfile": {"networkPlugin": "x"}}}},
         "/aks/properties/networkProfile/networkPlugin"),
        ({"AKS": {"networkprofile": {"networkPLUGIN": "x"}}}, "/AKS/networkprofile/networkPLUGIN"),
        ({"aks": {"networkProfile": None, "properties": {"networkProfile": {"networkPlugin": 1}}}},
         "/aks/properties/networkProfile/networkPlugin"),
        ({"aks": {}}, "/aks/networkProfile/networkPlugin"),
        ({"aks": [1]}, "/aks/networkProfile/networkPlugin"),
        (None, "/aks/networkProfile/networkPlugin"),
    ],
)  # fmt: skip
def test_actual_pointer(document: object, expected: str):
    assert actual(document, "/aks/networkProfile/networkPlugin") == expected
