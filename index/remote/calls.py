"""A blocking call with an end, awaited.

Each runs in a thread that nobody waits for: a store that stalls delays neither the loop nor the end of the process.
The library's own coroutines are not used: one that is under way when the interpreter ends aborts the process.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


async def within(seconds: float, call: Callable[[], T]) -> T:
    """What `call` gives. Raises what it raises, and TimeoutError after `seconds`: then its result is dropped."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def deliver(result: T | None, error: BaseException | None) -> None:
        if future.done():
            return
        if error is None:
            future.set_result(result)  # type: ignore[arg-type]
        else:
            future.set_exception(error)

    def run() -> None:
        result, error = None, None
        try:
            result = call()
        except BaseException as raised:  # a panic of the library is no Exception
            error = raised
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(deliver, result, error)

    threading.Thread(target=run, name="kb-store-call", daemon=True).start()
    async with asyncio.timeout(seconds):
        return await future
