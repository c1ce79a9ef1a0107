"""Of several texts the one that says most of what the leading one does not."""

import pytest

from bot.decision.coverage import covering_most


@pytest.mark.parametrize(
    ("lacking", "texts", "place"),
    [
        ({"lid", "glass"}, [{"lid"}, {"lid", "glass"}, {"lid", "glass", "oven"}], 1),
        ({"lid", "glass"}, [{"oven"}, {"glass"}, {"lid"}], 1),  # of equals the first
        ({"lid"}, [{"oven"}, set()], None),
        ({"lid"}, [], None),
        (set(), [{"oven"}], None),
    ],
)
def test_the_text_that_has_most_of_what_is_lacking(lacking: set[str], texts: list[set[str]], place: int | None):
    assert covering_most(lacking, texts) == place
