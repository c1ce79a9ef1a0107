"""NFKC as the library makes it, for texts that people write; and no row of marks that it would sort for long."""

import re
import sys
import unicodedata
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import normal_form
from index.normal_form import MARKS, combines, nfkc

ROOT = Path(__file__).parents[2]
LETTERS = st.text(st.sampled_from("aeo ̧́ﾞががｶﾞﬁ①゜ᄀ\u1161ﷺ。")) | st.text()
UNSORTED = ("\u0301\u0327", "\u0327\u0301\u0334", "\uff9e\u0327", "\u0344\u0327")


def marks_in_a_row(text: str) -> int:
    return max((len(list(row)) for marked, row in groupby(text, combines) if marked), default=0)


@given(LETTERS)
def test_a_text_is_normalised_as_the_library_does(text: str):
    if marks_in_a_row(text) <= MARKS:
        assert nfkc(text) == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize("text", ["→" * 40 + "\u0338", "。" * 40 + "か\u3099", "か\u3099" * 99, "e\u0301" * 99])
def test_so_is_a_long_one_that_only_looks_like_marks(text: str):
    assert nfkc(text) == unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize("marks", UNSORTED)
def test_the_library_never_sorts_many_marks(marks: str, monkeypatch: pytest.MonkeyPatch):
    """It takes a time that grows with the square of their number."""
    rows = []

    class Watched:
        combining = staticmethod(unicodedata.combining)

        @staticmethod
        def normalize(form: str, text: str) -> str:
            rows.append(marks_in_a_row(text)) if form == "NFKC" else None
            return unicodedata.normalize(form, text)

    text = f"a{marks * 500} か{marks * 500}"
    monkeypatch.setattr(normal_form, "unicodedata", Watched)
    made = nfkc(text)
    assert max(rows) <= MARKS
    taken_apart = unicodedata.normalize("NFKD", text)
    assert sorted(unicodedata.normalize("NFKD", made)) == sorted(taken_apart)  # nothing is lost


def test_every_combining_mark_is_taken_for_one():
    every = (chr(code) for code in range(sys.maxunicode + 1))
    missed = [mark for mark in every if combines(mark) and not normal_form._MANY.fullmatch(mark * (MARKS + 1))]
    assert missed == []


def test_nothing_else_normalises_a_text():
    """What a reader, an agent or a page sends must not meet the library's own way."""
    calls = re.compile(r'unicodedata\.normalize\(\s*"NFK?[CD]"')
    files = [
        file
        for room in ("bot", "index")
        for file in (ROOT / room).rglob("*.py")
        if calls.search(file.read_text("utf-8"))
    ]
    assert [str(file.relative_to(ROOT)) for file in files] == ["bot/learning/sources.py", "index/normal_form.py"]
