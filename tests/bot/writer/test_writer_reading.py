"""What a sentence is read as."""

import pytest

from bot.writer.reading import said


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Fire it at >=1.25 bar.", [">=1.25"]),
        ("Cool it to -5 by 40% of 10,000.", ["-5", "40%", "10,000"]),
        ("It needs C++>=17 tools.", [">=17"]),
    ],
)
def test_a_number_keeps_its_signs(text: str, numbers: list[str]):
    read = said(text, "en")
    assert [word.text for word in read.words if any(map(str.isdigit, word.text))] == numbers
    assert read.strange == frozenset()
