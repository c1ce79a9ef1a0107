"""Runs pytest again and again, each time in a fork: what the code under test needs of others is imported once.

A line of JSON comes in ([seconds, arguments of pytest]), a line goes out: pytest's exit code, or -1 if it never ends.
"""

import contextlib
import importlib
import json
import os
import resource
import signal
import sys
import time

import pytest

MEMORY = 16 << 30  # bytes; a mutant may gather without end
NEEDED = (
    "bot.answering.ask",
    "bot.checks",
    "index.build",
    "index.publishing.publish",
    "hypothesis.strategies",
    "pydantic",
    "yaml",
)


def warm_up() -> None:
    """Import what the modules import, then forget the modules themselves: each fork reads them anew."""
    for name in NEEDED:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            if str(error.name).partition(".")[0] not in ("bot", "index"):
                raise
    for name in [name for name in sys.modules if name.partition(".")[0] in ("bot", "index")]:
        del sys.modules[name]


def forked(seconds: float, arguments: list[str]) -> int:
    """The exit code of pytest in a process of its own, which ends with all that it started."""
    child = os.fork()
    if child == 0:
        os.setsid()
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        os._exit(pytest.main(arguments))
    until = time.monotonic() + seconds
    while not (ended := os.waitpid(child, os.WNOHANG))[0] and time.monotonic() < until:
        time.sleep(0.01)
    with contextlib.suppress(ProcessLookupError):  # nothing of it runs any more
        os.killpg(child, signal.SIGKILL)
    if not ended[0]:
        os.waitpid(child, 0)
        return -1
    return os.waitstatus_to_exitcode(ended[1])


if __name__ == "__main__":
    warm_up()
    for line in sys.stdin:
        print(forked(*json.loads(line)), flush=True)  # noqa: T201
