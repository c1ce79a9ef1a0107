"""A pytest plugin of the stressed run: what a thread was given begins late and ends late, as on a busy machine.

A test that takes for granted that a thread "has surely begun", or that one whose work was cancelled "has surely ended",
fails with it soon, not once in a thousand runs.
"""

import random
import time
from collections.abc import Callable
from concurrent.futures import thread as pool
from functools import partial
from threading import Thread
from typing import Any

import anyio.to_thread

LATEST_S = 0.05
_chance = random.Random(7)


def _wait() -> None:
    if _chance.random() < 0.5:  # half go on at once: who comes first changes with each pair
        time.sleep(_chance.uniform(0, LATEST_S))


def _late(work: Callable[..., Any], *given: Any, **named: Any) -> Any:
    _wait()
    try:
        return work(*given, **named)
    finally:
        _wait()


def _handed_over(run: Callable[..., Any]) -> Callable[..., Any]:
    return lambda work, *given, **named: run(partial(_late, work), *given, **named)


def _in_pool(run: Callable[[Any], None]) -> Callable[[Any], None]:
    def late(item: Any) -> None:
        item.fn = partial(_late, item.fn)
        run(item)

    return late


Thread.run = (lambda begin: lambda self: _late(begin, self))(Thread.run)  # type: ignore[method-assign]
pool._WorkItem.run = _in_pool(pool._WorkItem.run)  # type: ignore[method-assign]
anyio.to_thread.run_sync = _handed_over(anyio.to_thread.run_sync)
