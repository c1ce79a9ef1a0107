"""How many connections there may be, of one client and in all, and which of them make room for others.

A connection on which no request is under way makes room: it costs its client nothing but a new connection. Only where
there is none, the new one is told to come back later.
"""

import resource
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Protocol

MOST = 4096  # of one process, however many files the system lets it open: each costs memory, too
SPARE = 32  # beyond the bound, for probes and for saying that there are too many
FILES_EACH = 3  # of a connection: its socket, and a file of the site with the name by which it is read
FILES_KEPT = 128  # for everything else: index, store, log, Redis, Slack


class Connection(Protocol):
    """What is known of a connection here."""

    @property
    def idle(self) -> bool:
        """No request is under way, and what was answered has been read."""

    def end(self) -> None:
        """Close at once."""


class Connections:
    """Those of one process: at most `most`, and `per_client` of one client (None: not counted by client)."""

    def __init__(self, most: int, per_client: int | None) -> None:
        self._most, self._per_client = most, per_client
        self._of: dict[str, dict[Connection, None]] = {}  # by client, the oldest first
        self._count = 0

    def enter(self, connection: Connection, client: str) -> int | None:
        """Count it, closing an idle one if need be; the status to refuse its requests with, None if there is room.

        Beyond SPARE it is closed itself.
        """
        own = self._of.get(client, {})
        if self._per_client and len(own) >= self._per_client:
            self._make_room([own])
        elif self._count >= self._most:
            self._make_room(sorted(self._of.values(), key=len, reverse=True))
        if self._count >= self._most + SPARE:
            connection.end()
            return 503
        own = self._of.setdefault(client, {})
        own[connection] = None
        self._count += 1
        if self._per_client and len(own) > self._per_client:
            return 429
        return 503 if self._count > self._most else None

    def leave(self, connection: Connection, client: str) -> None:
        """Count it no more; nothing happens where it is not counted."""
        own = self._of.get(client, {})
        if connection in own:
            del own[connection]
            self._count -= 1
            if not own:
                del self._of[client]

    def has(self, client: str) -> bool:
        """Whether the client has a connection."""
        return client in self._of

    def _make_room(self, candidates: Iterable[dict[Connection, None]]) -> None:
        """Close the oldest idle connection of the first client that has one."""
        idle = next((connection for connections in candidates for connection in connections if connection.idle), None)
        if idle is not None:
            client = next(name for name, connections in self._of.items() if idle in connections)
            self.leave(idle, client)
            idle.end()


def connections_possible(
    limits: Callable[[int], tuple[int, int]] = resource.getrlimit,
    set_limits: Callable[[int, tuple[int, int]], None] = resource.setrlimit,
) -> int:
    """How many connections the open files of this process suffice for; takes as many files as the system gives it."""
    soft, hard = limits(resource.RLIMIT_NOFILE)
    files = _number(soft)
    wanted = min(MOST * FILES_EACH + FILES_KEPT, _number(hard))
    if files < wanted:
        with suppress(OSError, ValueError):
            set_limits(resource.RLIMIT_NOFILE, (wanted, hard))
            files = wanted
    return max(1, min(MOST, (files - FILES_KEPT) // FILES_EACH - SPARE))


def _number(limit: int) -> int:
    return 1 << 30 if limit == resource.RLIM_INFINITY else limit
