"""How long a client may take, and how long requests under way have when the process ends."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deadlines:
    """All in seconds."""

    head: float = 10  # of a request, from the connection's first moment or the request's first byte
    body: float = 15
    unread: float = 30  # while the client takes nothing of what is written to it
    idle: int = 5  # between two requests on one connection
    finish: int = 20  # for requests under way when the process ends


DEADLINES = Deadlines()
