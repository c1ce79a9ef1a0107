"""Names and their numbers: a dict while it is small, binary search in a mapped file when it is not.

The file holds one name a line, in the order of code points (which is that of UTF-8 bytes); its line is its number.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from index.arrays import Buffer

IN_MEMORY = 1 << 20  # bytes of the file up to which a dict is made: it is faster, and large
STEP = 64  # of the names of a large file, every 64th is held in memory


class SortedNames(Mapping[str, int]):
    """Number of each name, looked up in the file itself: at loading only the line ends and a few names are read."""

    def __init__(self, content: Buffer) -> None:
        self._content = content
        ends = np.flatnonzero(np.frombuffer(content, np.uint8) == ord("\n"))
        self._starts = np.concatenate([[0], ends + 1])
        self._steps = [self._name(number) for number in range(0, len(self), STEP)]

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[str]:
        return (self._name(number).decode() for number in range(len(self)))

    def __getitem__(self, name: str) -> int:
        wanted = name.encode("utf-8", "replace")
        step = bisect_left(self._steps, wanted)
        within = range(max(0, step - 1) * STEP, min(step * STEP + 1, len(self)))
        number = within.start + bisect_left(within, wanted, key=self._name)
        if number < len(self) and self._name(number) == wanted:
            return number
        raise KeyError(name)

    def _name(self, number: int) -> bytes:
        start, end = self._starts[number : number + 2].tolist()
        return self._content[start : end - 1]


def written(names: Iterable[str]) -> bytes:
    """The file of names that are in order already."""
    return "".join(f"{name}\n" for name in names).encode()


def read(content: Buffer) -> Mapping[str, int]:
    """What `written` gave. Raises ValueError if it is no text."""
    if len(content) > IN_MEMORY:
        return SortedNames(content)
    return {name: number for number, name in enumerate(content[:].decode().split("\n")[:-1])}
