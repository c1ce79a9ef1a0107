"""What the reader reads of a long section that no index holds."""

import pytest

from index.encoder.bundled import BundledEncoder
from index.encoder.reader import MAX_PASSAGE, reader
from learn.excerpts import Excerpts
from learn.records import Section

pytestmark = pytest.mark.slow

ABOUT = "The garden has a wall, a gate and a path that leads past the old trees to the pond behind the house. "


def test_a_short_section_is_read_whole_and_of_a_long_one_what_is_near():
    excerpts = Excerpts(BundledEncoder())
    short = Section("a", "a.md", 0, "en", ("Fruit", "Pears"), "A pear keeps.\nA plum does not.")
    assert excerpts.as_read("Does a pear keep?", short) == short.whole()
    lines = [f"{ABOUT}{number}" for number in range(14)] + ["A pear keeps in the cellar until March."]
    long = Section("a", "a.md", 0, "en", ("Fruit", "Pears"), "\n".join(lines))
    read = excerpts.as_read("How long does a pear keep in the cellar?", long)
    assert read.startswith("Fruit > Pears: ") and read.endswith("\nA pear keeps in the cellar until March.")
    assert reader().length(read) <= MAX_PASSAGE < reader().length(long.whole())
