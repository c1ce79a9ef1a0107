"""Names and their numbers, whether a dict holds them or a file of any length."""

import pytest

from index.lexical import vocabulary
from index.lexical.vocabulary import STEP, SortedNames


@pytest.mark.parametrize("count", [0, 1, 2, STEP - 1, STEP, STEP + 1, 3 * STEP + 5])
def test_every_name_is_found_in_the_file_and_no_other(count: int):
    names = sorted({f"名{number:x}" if number % 3 else f"n{number}" for number in range(count)})
    found = SortedNames(vocabulary.written(names))
    assert list(found) == names and len(found) == count
    numbers = {name: number for number, name in enumerate(names)}
    for name in names:
        for asked in (name, f"{name}!", name[:-1]):
            assert found.get(asked) == numbers.get(asked)
    assert found.get("") is None and found.get("\U0010ffff") is None and found.get("\ud800") is None


def test_a_short_file_becomes_a_dict():
    assert vocabulary.read(vocabulary.written(["a", "b"])) == {"a": 0, "b": 1}


def test_a_long_file_stays_a_file(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(vocabulary, "IN_MEMORY", 3)
    found = vocabulary.read(vocabulary.written(["a", "b"]))
    assert isinstance(found, SortedNames) and dict(found) == {"a": 0, "b": 1}
