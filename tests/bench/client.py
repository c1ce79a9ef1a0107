"""How the services of the benchmark are asked."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from load.connection import Pool, pool, post


@dataclass(frozen=True)
class Question:
    """A question, and the ids of the sections that answer it."""

    text: str
    sections: frozenset[str]


@dataclass(frozen=True)
class Asked:
    """A series of questions: milliseconds of each, seconds of all together, share answered right."""

    milliseconds: list[float]
    seconds: float
    right: float

    @property
    def per_second(self) -> float:
        return len(self.milliseconds) / self.seconds


@dataclass(frozen=True)
class Door:
    """How a service is asked, and how the ids of the sections are read from its response."""

    request: Callable[[str], bytes]
    found: Callable[[bytes], set[str]]


def _get(question: str) -> bytes:
    return f"GET /search?query={quote(question)}&limit=5 HTTP/1.1\r\nhost: bench\r\n\r\n".encode()


# Ours and the plain script's; txtai's.
ASK = Door(post, lambda body: {one["section"] for one in json.loads(body)["citations"]})
SEARCH = Door(_get, lambda body: {one["id"] for one in json.loads(body)})


async def first_answer(port: int, door: Door, question: Question) -> bool:
    """True if the service is up; raises if it answers wrong."""
    async with pool(port) as client:
        try:
            found = door.found(await _answered(client, door, question))
        except OSError:
            return False
    if not found & question.sections:
        raise RuntimeError(f"{question.text}: {found}")
    return True


async def closed_loop(port: int, door: Door, questions: Sequence[Question], clients: int) -> Asked:
    """Each client asks its next question as soon as it has the answer."""
    left, took, bodies = iter(questions), list[float](), list[tuple[Question, bytes]]()

    async def one(client: Pool) -> None:
        for question in left:
            begun = time.perf_counter()
            body = await _answered(client, door, question)
            took.append((time.perf_counter() - begun) * 1000)
            bodies.append((question, body))

    begun = time.perf_counter()
    async with pool(port) as client:
        await asyncio.gather(*(one(client) for _ in range(clients)))
    return Asked(took, time.perf_counter() - begun, _right(bodies, door))


async def open_loop(port: int, door: Door, questions: Sequence[Question], rate: float) -> Asked:
    """`rate` questions a second at constant distances; latency counts from when a question should have been sent."""
    took, bodies = list[float](), list[tuple[Question, bytes]]()

    async def one(client: Pool, question: Question, due: float) -> None:
        body = await _answered(client, door, question)
        bodies.append((question, body))
        took.append((time.perf_counter() - due) * 1000)

    begun = time.perf_counter()
    async with pool(port) as client:
        async with asyncio.TaskGroup() as group:
            for number, question in enumerate(questions):
                due = begun + number / rate
                await asyncio.sleep(due - time.perf_counter())
                group.create_task(one(client, question, due))
        seconds = time.perf_counter() - begun
    return Asked(took, seconds, _right(bodies, door))


async def _answered(client: Pool, door: Door, question: Question) -> bytes:
    """The body of the response. Raises RuntimeError for any status but 200."""
    reply = await client.send(door.request(question.text))
    if reply.status != 200:
        raise RuntimeError(f"{reply.head!r} {reply.body[:200]!r}")
    return reply.body


def _right(bodies: Sequence[tuple[Question, bytes]], door: Door) -> float:
    """Read after the clock has stopped."""
    return sum(bool(door.found(body) & question.sections) for question, body in bodies) / len(bodies)
