"""All that lies beyond the bound of a rule is one value of it."""

import pytest

from bot.checks.asked.beyond import in_place_of_bound


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("may the lid be larger than /24?", "may the lid be /23?"),
        ("may the lid be smaller than a /24?", "may the lid be /25?"),
        ("Is one older than v1.7.9 fine?", "Is one 1.7.8 fine?"),
        ("Is one newer than 1.7.9 fine?", "Is one 1.7.10 fine?"),
        ("フタは /24 より大きくてもよいですか", "フタは /23でもよいですか"),
        ("フタを /24 より小さくできますか", "フタを /25にできますか"),
        ("1.7.9 より古いものは使えますか", "1.7.8のものは使えますか"),
        ("1.7.9 未満でも使えますか", "1.7.8でも使えますか"),
        ("フタは /24 を超えてもよいですか", "フタは /23てもよいですか"),  # no plain question: it gets no answer
        ("may the lid be larger than /22?", None),  # of that a part is fine
        ("may the lid be larger than /24 and smaller than /22?", None),
        ("may the lid be a /24 or larger?", None),  # with the bound itself
        ("フタは /24 以上でもよいですか", None),
        ("Is one older than 1.7.91 fine?", None),
        ("may the lid be large?", None),
    ],
)
def test_a_value_stands_for_all_beyond_the_bound(question: str, asked: str | None):
    assert in_place_of_bound(question) == asked
