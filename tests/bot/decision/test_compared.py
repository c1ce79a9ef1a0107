"""Who compares two values is told which of them a section does not give."""

import pytest
from handmade import asked, topics
from teapots import titled

from bot.decision.compared import uncompared

SITE = topics(
    titled("a#a", "Burners", "Burner 1.7.9 or later is safe.", phrasings=("is burner 1.8 safe",)),
    titled("b#b", "Both burners", "Burner 1.5 is loud, v1.7.9 is not."),
)
ALONE, BOTH = 0, 1


@pytest.mark.parametrize(
    ("question", "topic", "values"),
    [
        ("difference between burner 1.7.9 and 1.8?", ALONE, ["1.8"]),  # which a wording alone names
        ("how does burner v1.8 differ from v1.9", ALONE, ["v1.8", "v1.9"]),
        ("What changed between burner 1.5 and 1.7.9?", ALONE, ["1.5"]),
        ("what is new in burner 1.8 over 1.7.9", ALONE, ["1.8"]),
        ("バーナー 1.7.9 と 1.8 の違いは？", ALONE, ["1.8"]),
        ("バーナー 1.7.9 と 1.8 では何が変わった？", ALONE, ["1.8"]),
        ("compare a /24 with a /25", ALONE, ["/24", "/25"]),
        ("difference between burner 1.5 and 1.7.9?", BOTH, []),
        ("difference between burner 1.8 and others?", ALONE, []),  # one value
        ("is burner 1.8 as safe as 1.7.9?", ALONE, []),  # compares nothing
    ],
)
def test_values_that_are_compared(question: str, topic: int, values: list[str]):
    assert uncompared(asked(question, SITE), topic, SITE) == values
