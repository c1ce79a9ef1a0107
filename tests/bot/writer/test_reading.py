"""What a sentence is read as."""

import pytest

from bot.writer.reading import said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fire it at >=1.25 bar.", ["fire", ">=1.25", "bar"]),
        ("Cool it to -5 by 40% of 10,000.", ["cool", "-5", "40%", "10,000"]),
        ("C++>=17 tools run.", ["c++", ">=17", "tool", "run"]),
    ],
)
def test_a_number_keeps_its_signs(text: str, words: list[str]):
    read = said(text, "en")
    assert [word.text for word in read.words if not word.turns] == words
    assert read.strange == frozenset()
