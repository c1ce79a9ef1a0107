"""Work that may take long runs in processes of its own, each of which is ended when its time is over.

A process is started for the first work that finds none at rest, and keeps running; it imports what the work needs and
nothing of the service (no model, no index). A thread could not be interrupted, and would hold up every other one
meanwhile.
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

SECONDS = 10.0  # for one piece of work; what is not made to be slow takes one at most, on a quiet machine
PROCESSES = 2  # as one asker has only one at a time, the work of another does not wait for it
WAITING = 16  # pieces of work that may wait
P = ParamSpec("P")
T = TypeVar("T")
_WORKER = [sys.executable, "-c", "from bot.service.apart_worker import main; main()"]
_SIZE = 8  # bytes in front of every message


class TooSlowError(Exception):
    """The work took longer than it may, or more memory than there is, and was stopped."""


class Apart:
    """`processes` at work at a time, one fewer of one asker; askers take turns as they do for answers."""

    def __init__(self, seconds: float = SECONDS, max_waiting: int = WAITING, processes: int = PROCESSES) -> None:
        self.turns = Turns(max_waiting, processes, each=max(1, processes - 1))
        self._seconds = seconds
        self._resting: list[asyncio.subprocess.Process] = []
        self._working: set[asyncio.subprocess.Process] = set()
        self._ending: set[asyncio.Future[int]] = set()

    async def run(self, asker: str, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work`, a function of a module, returns. Raises what it raises, TooSlowError, or FullError."""
        async with self.turns.turn(asker):
            try:
                async with asyncio.timeout(self._seconds):
                    worked, outcome = await self._sent(pickle.dumps((work, args, kwargs)))
            except (TimeoutError, EOFError, OSError):
                raise TooSlowError from None
        if isinstance(outcome, MemoryError):
            raise TooSlowError
        if not worked:
            raise outcome
        return outcome  # type: ignore[no-any-return]

    async def _sent(self, message: bytes) -> tuple[bool, Any]:
        process = await self._process()
        self._working.add(process)
        whole = False
        try:
            send, receive = process.stdin, process.stdout
            assert send and receive
            send.write(len(message).to_bytes(_SIZE) + message)
            await send.drain()
            size = int.from_bytes(await receive.readexactly(_SIZE))
            worked, outcome = pickle.loads(await receive.readexactly(size))
            whole = not isinstance(outcome, MemoryError)  # what earlier work has left may be in the way
        finally:
            self._working.discard(process)
            if whole:
                self._resting.append(process)
            else:  # also where nobody waits any more: the next one shall not get this one's result
                self._end(process)
        return bool(worked), outcome

    async def _process(self) -> asyncio.subprocess.Process:
        """One that is at rest, the last one first, so that a second is only kept warm where two are needed."""
        while self._resting:
            process = self._resting.pop()
            if process.returncode is None:
                return process
            self._end(process)
        return await _started()

    def _end(self, process: asyncio.subprocess.Process) -> None:
        """End the process, whatever it is doing."""
        if process.stdin and not process.stdin.is_closing():
            process.stdin.transport.abort()
        if process.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)  # Popen's own kill() may take its status before asyncio does
        gone = asyncio.ensure_future(process.wait())
        self._ending.add(gone)
        gone.add_done_callback(self._ending.discard)

    async def close(self) -> None:
        """End the processes and wait until they have gone, and those that were ended before."""
        for process in (*self._resting, *self._working):
            self._end(process)
        self._resting.clear()
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
