"""`kb` as a process of its own, forked from one that has imported it and loaded the model.

That is most of what a command takes. What a start itself must do has real ones in test_cli.py and test_cli_edges.py.
"""

import gc
import io
import json
import os
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile

ALWAYS = ["bot.cli.kb", "bot.answering.ask", "bot.service.desk"]
MEASURING = tuple(f"bot.quality.{name}" for name in ("calibrate", "contrast", "evaluate", "other_sites"))
IMPORTED = dict.fromkeys(["eval", "calibrate", "contrast", "rows"], MEASURING)  # by a command, late


@dataclass(frozen=True)
class Forking:
    """The process that forks, over a socket that keeps messages apart: a request goes out, process id and code come."""

    line: socket.socket

    def start(self, arguments: Sequence[str], env: Mapping[str, str], cwd: Path, ends: Sequence[int]) -> int:
        """The id of `kb …`, which reads and writes these three files; `ended` is to be called before the next one."""
        socket.send_fds(self.line, [json.dumps([list(arguments), dict(env), str(cwd)]).encode()], list(ends))
        return int(self.line.recv(64))

    def ended(self) -> int:
        """Waits; the exit code, or the negative number of a signal."""
        return int(self.line.recv(64))

    def run(
        self, arguments: Sequence[str], env: Mapping[str, str], cwd: Path, send: bytes | str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """As subprocess.run does, with text as its result."""
        with TemporaryFile() as given, TemporaryFile() as said, TemporaryFile() as wrong:
            given.write(send.encode() if isinstance(send, str) else send or b"")
            given.seek(0)
            self.start(arguments, env, cwd, [file.fileno() for file in (given, said, wrong)])
            code = self.ended()
            texts = []
            for file in (said, wrong):
                file.seek(0)
                texts.append(file.read().decode())
        return subprocess.CompletedProcess(list(arguments), code, *texts)


class Own:
    """Any other program, started as usual, in the place of a `Forking`; the first argument is its name."""

    def start(self, arguments: Sequence[str], env: Mapping[str, str], cwd: Path, ends: Sequence[int]) -> int:
        stdin, stdout, stderr = ends
        self._process = subprocess.Popen(
            arguments, env=dict(env), cwd=cwd, stdin=stdin, stdout=stdout, stderr=stderr, start_new_session=True
        )
        return self._process.pid

    def ended(self) -> int:
        return self._process.wait()


@contextmanager
def forking(env: Mapping[str, str]) -> Iterator[Forking]:
    """The process, to its end."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, __file__, str(its.fileno())]
    with ours, subprocess.Popen(command, env=dict(env), stdin=subprocess.DEVNULL, pass_fds=[its.fileno()]) as process:
        its.close()
        yield Forking(ours)
        ours.close()
        assert process.wait() == 0


def serve(line: socket.socket) -> None:
    """One command after the other, until nobody asks any more."""
    for module in ALWAYS:
        import_module(module)
    from index.encoder.bundled import BundledEncoder
    from index.encoder.reader import reader

    BundledEncoder()
    reader()
    while True:
        request, ends, _, _ = socket.recv_fds(line, 1 << 20, 3)
        if not request:
            return
        arguments, env, cwd = json.loads(request)
        for module in IMPORTED.get(arguments[0] if arguments else "", ()):
            import_module(module)
        gc.freeze()
        if not (process := os.fork()):
            line.close()
            os._exit(_become(arguments, env, cwd, ends))
        for end in ends:
            os.close(end)
        line.send(b"%d" % process)
        line.send(b"%d" % os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))


def _become(arguments: Sequence[str], env: Mapping[str, str], cwd: str, ends: Sequence[int]) -> int:
    """What Python does at its start and end, around `kb`."""
    os.setsid()
    for number, end in enumerate(ends):
        os.dup2(end, number)
        os.close(end)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    os.chdir(cwd)
    sys.argv = ["kb", *arguments]
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape")  # noqa: SIM115
    sys.stdout = _writing(1, "surrogateescape", line_buffering=os.isatty(1))
    sys.stderr = _writing(2, "backslashreplace", line_buffering=True)
    code: object = 0
    try:
        sys.modules["bot.cli.kb"].main()
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        traceback.print_exc()
        code = 1
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    return code if isinstance(code, int) else 1


def _writing(number: int, errors: str, line_buffering: bool) -> io.TextIOWrapper:
    return io.TextIOWrapper(open(number, "wb"), "utf-8", errors, line_buffering=line_buffering)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
