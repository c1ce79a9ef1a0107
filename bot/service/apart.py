"""Work that may take long runs in a process of its own, which is ended when its time is over.

The process is started for the first work that comes and keeps running; it imports what the work needs and nothing of
the service (no model, no index). A thread could not be interrupted, and would hold up every other one meanwhile.
"""

import asyncio
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar

from bot.service.capacity import Turns

SECONDS = 10.0  # for one piece of work, on a quiet machine tenfold what the largest input takes
WAITING = 16  # pieces of work that may wait
P = ParamSpec("P")
T = TypeVar("T")
_WORKER = [sys.executable, "-c", "from bot.service.apart_worker import main; main()"]
_SIZE = 8  # bytes in front of every message


class TooSlowError(Exception):
    """The work took longer than it may, or more memory than there is, and was stopped."""


class Apart:
    """One process at work at a time; askers take turns as they do for answers."""

    def __init__(self, seconds: float = SECONDS, max_waiting: int = WAITING) -> None:
        self.turns = Turns(max_waiting, at_once=1)
        self._seconds = seconds
        self._process: asyncio.subprocess.Process | None = None
        self._ending: set[asyncio.Future[int]] = set()

    async def run(self, asker: str, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work`, a function of a module, returns. Raises what it raises, TooSlowError, or FullError."""
        async with self.turns.turn(asker):
            whole = False
            try:
                async with asyncio.timeout(self._seconds):
                    worked, outcome = await self._sent(pickle.dumps((work, args, kwargs)))
                whole = True
            except (TimeoutError, EOFError, OSError):
                raise TooSlowError from None
            finally:
                if not whole:  # also where nobody waits any more: the next one shall not get this one's result
                    self.end()
        if isinstance(outcome, MemoryError):
            raise TooSlowError
        if not worked:
            raise outcome
        return outcome  # type: ignore[no-any-return]

    async def _sent(self, message: bytes) -> tuple[bool, Any]:
        if self._process is None or self._process.returncode is not None:
            self._process = await _started()
        send, receive = self._process.stdin, self._process.stdout
        assert send and receive
        send.write(len(message).to_bytes(_SIZE) + message)
        await send.drain()
        size = int.from_bytes(await receive.readexactly(_SIZE))
        worked, outcome = pickle.loads(await receive.readexactly(size))
        return bool(worked), outcome

    def end(self) -> None:
        """End the process, whatever it is doing; the next work starts another one."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin and not process.stdin.is_closing():
            process.stdin.transport.abort()
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)  # Popen's own kill() may take its status before asyncio does
        gone = asyncio.ensure_future(process.wait())
        self._ending.add(gone)
        gone.add_done_callback(self._ending.discard)

    async def close(self) -> None:
        """End the process and wait until it has gone, and those that were ended before."""
        self.end()
        if self._ending:
            await asyncio.wait(self._ending)
            await asyncio.sleep(0)  # their pipes are closed in the loop's next round


async def _started() -> asyncio.subprocess.Process:
    path = os.pathsep.join(folder for folder in sys.path if folder) or os.curdir
    return await asyncio.create_subprocess_exec(
        *_WORKER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a traceback may hold what was sent
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,  # Ctrl+C is for the service, which ends this one by closing its input
    )
