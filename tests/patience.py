"""Waiting for what another process or thread does: it ends when that has happened, however long it takes.

What never comes fails the test after PATIENCE, which proves nothing but that: no test states a duration.
"""

import time
from collections.abc import Callable

PATIENCE = 120  # seconds for what comes at once on a quiet machine


def until(done: Callable[[], object], otherwise: Callable[[], str] = lambda: "it never happened") -> None:
    """Looks again and again until `done` is true; fails with what `otherwise` says."""
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end, otherwise()
        time.sleep(0.01)
