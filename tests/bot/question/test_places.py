"""Where a text names a place, and when two names are one: of cities and halls."""

import pytest

from bot.question.places import is_same_place, place_nouns, places


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The kettle stands in Oslo, the pot in Bergen.", ("oslo", "bergen")),
        ("kettle in oslo hall and pot in oslo with a lid", ("oslo hall", "oslo with")),
        ("kettle in north hall and pot also North Hall", ("north hall", "north hall")),
        ("kettle: north-hall / pot: northhall", ("north hall", "northhall")),
        ("kettle in Hall Us, pot in Hall Us 2", ("hall us", "hall us 2")),
        ("kettle in hall us 2, pot in hall us", ("hall us 2", "hall us")),
        ("Is the kettle in the kitchen?", ()),  # which has no name
        ("It is in use", ()),
        ("Question: can a kettle sing?", ()),
        ("やかんは京都、鍋も京都", ("京都", "京都")),
        ("やかんをosloに、鍋もoslo", ("oslo", "oslo")),
        ("osloでやかんは使えますか", ("oslo",)),
        ("やかんはどちらも可能ですか", ()),
        ("POT05 が fail、直し方は", ()),  # a result is no place
        ("値が true、やかんは failover に", ("failover",)),
    ],
)
def test_a_place_is_what_a_text_names_as_one(text: str, named: tuple[str, ...]):
    assert places(text) == named


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("north hall", "northhall", True),
        ("north hall", "north hall heated", True),  # what follows is no name
        ("northhall", "north hall 2", False),
        ("north hall", "northhall2", False),
        ("north us", "north hall", False),
        ("oslo", "bergen", False),
    ],
)
def test_equal_names_are_one_place_however_they_are_spaced(name: str, other: str, same: bool):
    assert is_same_place(name, other) is same and is_same_place(other, name) is same


def test_what_places_are_is_known_in_each_language():
    assert {"region", "リージョン"} <= place_nouns()
