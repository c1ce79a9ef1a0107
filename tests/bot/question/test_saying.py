"""Whether a text says what a group of expressions stands for, in any language."""

import pytest

from bot.question.saying import says


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1.7 is the maximum, right?", True),
        ("1.7 が上限ですよね", True),
        ("1.7 is the minimum, right?", False),
        ("", False),
    ],
)
def test_an_expression_of_any_language_counts(text: str, said: bool):
    assert says("bounded", "asks_most", text) is said
