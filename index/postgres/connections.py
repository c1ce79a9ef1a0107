"""Connections to a database. Only this room and the store of votes know the library that speaks to PostgreSQL.

What is lent may be lent to another process by PgBouncer after each transaction, so nothing here lives in a session: no
prepared statement, no SET, no lock beyond the end of a transaction.
"""

import os
import socket
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import TypeVar

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict, make_conninfo

T = TypeVar("T")
IDLE = 4  # connections that wait for the next call
STALE = 60.0  # seconds after which a waiting one is not trusted: what is between may have forgotten it
TRIES = 3
PAUSE = 0.05  # seconds between two tries
CONNECT = 2  # seconds for each host, the least that libpq takes
# Another connection may do: the server went away, it changed its role, or a standby does not know a schema yet.
AGAIN = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    errors.InvalidSchemaName,
    errors.UndefinedTable,
    errors.UndefinedFunction,
    errors.ReadOnlySqlTransaction,
)
_REFUSED = ("authentication failed", "pg_hba.conf", 'role "', "permission denied")  # libpq passes no code on


def is_denied(error: psycopg.Error) -> bool:
    """Whether the database knows us and will not, or does not know us: trying again changes nothing."""
    unnamed = error.sqlstate is None and any(words in str(error) for words in _REFUSED)
    return unnamed or (error.sqlstate or "")[:2] == "28" or isinstance(error, errors.InsufficientPrivilege)


class Connections:
    """Of one process, for all its threads. `address` as libpq reads it."""

    def __init__(self, address: str, **wanted: str) -> None:
        """`wanted`: options of libpq that hold whatever the address says."""
        given = {"connect_timeout": CONNECT, "application_name": "cni-kb", **conninfo_to_dict(address)}
        self._conninfo = make_conninfo("", **given | wanted, client_encoding="utf8")
        self._idle: deque[tuple[psycopg.Connection, float]] = deque()
        weakref.finalize(self, _close_all, self._idle)

    def run(self, work: Callable[[psycopg.Connection], T], seconds: float) -> T:
        """What `work`, one transaction that may be repeated, gives within `seconds`. Raises psycopg.Error.

        It is tried again on another connection where that may help.
        """
        ends = time.monotonic() + seconds
        for left in reversed(range(TRIES)):
            try:
                with self._lent(ends) as connection, connection.transaction():
                    _limit(connection, ends)
                    return work(connection)
            except AGAIN as error:
                if left == 0 or is_denied(error) or time.monotonic() + PAUSE >= ends:
                    raise
                self.close()  # what waits here may be as dead
                time.sleep(PAUSE)
        raise AssertionError

    def close(self) -> None:
        """Close what waits; what is lent is closed by its borrower."""
        _close_all(self._idle)

    @contextmanager
    def _lent(self, ends: float) -> Iterator[psycopg.Connection]:
        connection = self._waiting() or self._connected(ends)
        whole = False
        try:
            with _until(connection, ends):
                yield connection
            whole = not connection.closed
        finally:
            if whole and len(self._idle) < IDLE:
                self._idle.append((connection, time.monotonic()))
            else:
                connection.close()

    def _waiting(self) -> psycopg.Connection | None:
        with suppress(IndexError):
            while True:
                connection, since = self._idle.pop()
                if time.monotonic() - since < STALE:
                    return connection
                connection.close()
        return None

    def _connected(self, ends: float) -> psycopg.Connection:
        """A new one. libpq waits for each host in turn, so it does in a thread that is left alone in the end."""
        future: Future[psycopg.Connection] = Future()

        def connect() -> None:
            try:
                future.set_result(psycopg.connect(self._conninfo, autocommit=True, prepare_threshold=None))
            except BaseException as error:
                future.set_exception(error)

        threading.Thread(target=connect, name="kb-postgres-connect", daemon=True).start()
        try:
            return future.result(max(0.0, ends - time.monotonic()))
        except TimeoutError:
            future.add_done_callback(_dropped)
            raise errors.ConnectionTimeout("no connection in time") from None


def _close_all(idle: "deque[tuple[psycopg.Connection, float]]") -> None:
    with suppress(IndexError):
        while True:
            idle.pop()[0].close()


def _dropped(future: "Future[psycopg.Connection]") -> None:
    if future.exception() is None:
        future.result().close()


def _limit(connection: psycopg.Connection, ends: float) -> None:
    """The server shall not go on with what nobody waits for, for example behind a lock."""
    left = max(1, round((ends - time.monotonic()) * 1000))
    connection.execute(f"set local statement_timeout = {left}".encode())


@contextmanager
def _until(connection: psycopg.Connection, ends: float) -> Iterator[None]:
    """Cut the line at `ends`: a server that was stopped keeps its connections and never answers."""
    lock, over = threading.Lock(), False

    def cut() -> None:
        with lock, suppress(OSError, psycopg.Error):
            if not over:
                with socket.socket(fileno=os.dup(connection.fileno())) as line:
                    line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(max(0.0, ends - time.monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            over = True
        timer.cancel()
