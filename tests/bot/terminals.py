"""`kb` in a terminal of its own: what it shows, and what is typed once it asks."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

from forked import Forking, Own
from patience import PATIENCE


def in_terminal(
    kb: Forking | Own,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    width: int = 80,
    typed: Sequence[tuple[str, str]] = (),
) -> tuple[int, str]:
    """Exit code and all that it shows; `typed`: after which text what is typed."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    sizes = ("COLUMNS", "LINES")  # of the terminal that the tests run in
    shell = {**{name: value for name, value in environment.items() if name not in sizes}, "TERM": "xterm"}
    process = kb.start(arguments, shell, folder, [its, its, its])
    os.close(its)
    shown, seen, waiting = b"", 0, list(typed)
    while select.select([ours], [], [], PATIENCE)[0]:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # nobody holds the other end any more
            break
        shown += piece
        if waiting and (at := shown.find(waiting[0][0].encode(), seen)) >= 0:
            seen = at + len(waiting[0][0].encode())
            os.write(ours, waiting.pop(0)[1].encode())
    else:
        os.kill(process, signal.SIGKILL)
    os.close(ours)
    return kb.ended(), shown.decode().replace("\r\n", "\n")
