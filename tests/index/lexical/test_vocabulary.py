"""Names and their numbers, whether a dict holds them or a file of any length."""

import pytest

from index.lexical import vocabulary
from index.lexical.vocabulary import STEP, SortedNames


@pytest.mark.parametrize("count", [0, 1, 2, STEP - 1, STEP, STEP + 1, 3 * STEP + 5])
def test_every_name_is_found_in_the_file_and_no_other(count: int):
    names = sorted({f"名{number:x}" if number % 3 else f"n{number}" for number in range(count)})
    sorted_names = SortedNames(vocabulary.written(names))
    assert list(sorted_names) == names and len(sorted_names) == count
    numbers = {name: number for number, name in enumerate(names)}
    for name in names:
        for asked in (name, f"{name}!", name[:-1]):
            assert sorted_names.get(asked) == numbers.get(asked)
    assert (
        sorted_names.get("") is None and sorted_names.get("\U0010ffff") is None and sorted_names.get("\ud800") is None
    )


def test_a_short_file_becomes_a_dict():
    assert vocabulary.read(vocabulary.written(["a", "b"])) == {"a": 0, "b": 1}


def test_a_long_file_stays_a_file(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(vocabulary, "IN_MEMORY", 3)
    read_names = vocabulary.read(vocabulary.written(["a", "b"]))
    assert isinstance(read_names, SortedNames) and dict(read_names) == {"a": 0, "b": 1}
