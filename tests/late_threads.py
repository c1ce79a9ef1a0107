"""A pytest plugin of the stressed run: what a thread was given begins late, as on a machine that is busy elsewhere.

A test that takes for granted that a thread "has surely begun" fails with it soon, not once in a thousand runs.
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


def _late(begin: Callable[..., Any], *given: Any, **named: Any) -> Any:
    if _chance.random() < 0.5:  # half begin at once: who comes first changes with each pair
        time.sleep(_chance.uniform(0, LATEST_S))
    return begin(*given, **named)


def _handed_over(run: Callable[..., Any]) -> Callable[..., Any]:
    return lambda work, *given, **named: run(partial(_late, work), *given, **named)


Thread.run = (lambda begin: lambda self: _late(begin, self))(Thread.run)  # type: ignore[method-assign]
pool._WorkItem.run = (lambda begin: lambda self: _late(begin, self))(pool._WorkItem.run)  # type: ignore[method-assign]
anyio.to_thread.run_sync = _handed_over(anyio.to_thread.run_sync)
