"""How much work a call does, counted: the same on every machine, however busy it is.

Counted are the lines that Python runs and the calls that it makes into C, in this thread. What one call into C costs is
not seen: regular expressions and long strings are measured by processor time, at night.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

# Twice as much input may take 2.6 times the work: n log n, and what is rounded on small inputs.
MOST = 2.6


def operations(call: Callable[[], object]) -> int:
    """Lines and calls that `call` needs."""
    count = 0

    def line(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def called(frame: FrameType, event: str, _: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.gettrace(), sys.getprofile()
    sys.settrace(line)
    sys.setprofile(called)
    try:
        call()
    finally:
        sys.setprofile(before[1])
        sys.settrace(before[0])
    return count


def growth(make: Callable[[int], Callable[[], object]], size: int) -> tuple[float, float]:
    """By what the work grows from `size` to twice and from there to four times as much."""
    first, second, third = (operations(make(size * times)) for times in (1, 2, 4))
    return second / first, third / second
