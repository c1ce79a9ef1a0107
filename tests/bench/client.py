"""How the services of the benchmark are asked."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean
from urllib.parse import quote

from load.connection import Pool, pool, post


@dataclass(frozen=True)
class Question:
    """A question, and the ids of the sections that answer it: none if the site does not cover it."""

    text: str
    sections: frozenset[str]


@dataclass(frozen=True)
class Returned:
    """What a service returned: ids of sections, best first, and whether it gave them as an answer."""

    sections: tuple[str, ...]
    answered: bool


@dataclass(frozen=True)
class Asked:
    """A series of questions: milliseconds of each, seconds of all together, and what was returned."""

    milliseconds: list[float]
    seconds: float
    answers: list[tuple[Question, Returned]]

    @property
    def per_second(self) -> float:
        return len(self.milliseconds) / self.seconds


@dataclass(frozen=True)
class Door:
    """How a service is asked, and how its response is read."""

    request: Callable[[str], bytes]
    read: Callable[[bytes], Returned]


def _get(question: str) -> bytes:
    return f"GET /search?query={quote(question)}&limit=5 HTTP/1.1\r\nhost: bench\r\n\r\n".encode()


def _ours(body: bytes) -> Returned:
    """The citations, and what came next."""
    answer = json.loads(body)
    sections = (each["section"] for each in (*answer["citations"], *answer["runners_up"]))
    return Returned(tuple(sections), answer["status"] == "answered")


# The other two return rows, whatever the question.
ASK = Door(post, _ours)
PLAIN = Door(post, lambda body: Returned(tuple(row["section"] for row in json.loads(body)["citations"]), True))
SEARCH = Door(_get, lambda body: Returned(tuple(row["id"] for row in json.loads(body)), True))
ROWS = 5  # that the other two return


def quality(answers: Sequence[tuple[Question, Returned]]) -> dict[str, float]:
    """Of the covered questions, the share whose first section is right and one of five is; of the others, answered.

    A covered question that a service refuses has no right first section; what came next counts among the five.
    """
    covered = [(question.sections, returned) for question, returned in answers if question.sections]
    others = [returned for question, returned in answers if not question.sections]
    first = [returned.answered and returned.sections[0] in right for right, returned in covered]
    among = [not right.isdisjoint(returned.sections[:ROWS]) for right, returned in covered]
    return {
        "first_right": fmean(first),
        "five_right": fmean(among),
        "false_answers": fmean(returned.answered for returned in others),
    }


async def first_answer(port: int, door: Door, question: Question) -> bool:
    """True if the service is up; raises if it answers wrong."""
    async with pool(port) as client:
        try:
            returned = door.read(await _answered(client, door, question))
        except OSError:
            return False
    if question.sections.isdisjoint(returned.sections):
        raise RuntimeError(f"{question.text}: {returned}")
    return True


async def closed_loop(port: int, door: Door, questions: Sequence[Question], clients: int) -> Asked:
    """Each client asks its next question as soon as it has the answer."""
    left, took, bodies = iter(questions), list[float](), list[tuple[Question, bytes]]()

    async def reader(client: Pool) -> None:
        for question in left:
            begun = time.perf_counter()
            body = await _answered(client, door, question)
            took.append((time.perf_counter() - begun) * 1000)
            bodies.append((question, body))

    begun = time.perf_counter()
    async with pool(port) as client:
        await asyncio.gather(*(reader(client) for _ in range(clients)))
    seconds = time.perf_counter() - begun
    return Asked(took, seconds, _read(bodies, door))


async def open_loop(port: int, door: Door, questions: Sequence[Question], rate: float) -> Asked:
    """`rate` questions a second at constant distances; latency counts from when a question should have been sent."""
    took, bodies = list[float](), list[tuple[Question, bytes]]()

    async def request(client: Pool, question: Question, due: float) -> None:
        body = await _answered(client, door, question)
        bodies.append((question, body))
        took.append((time.perf_counter() - due) * 1000)

    begun = time.perf_counter()
    async with pool(port) as client:
        async with asyncio.TaskGroup() as group:
            for number, question in enumerate(questions):
                due = begun + number / rate
                await asyncio.sleep(due - time.perf_counter())
                group.create_task(request(client, question, due))
        seconds = time.perf_counter() - begun
    return Asked(took, seconds, _read(bodies, door))


async def _answered(client: Pool, door: Door, question: Question) -> bytes:
    """The body of the response. Raises RuntimeError for any status but 200."""
    reply = await client.send(door.request(question.text))
    if reply.status != 200:
        raise RuntimeError(f"{reply.head!r} {reply.body[:200]!r}")
    return reply.body


def _read(bodies: Sequence[tuple[Question, bytes]], door: Door) -> list[tuple[Question, Returned]]:
    """After the clock has stopped."""
    return [(question, door.read(body)) for question, body in bodies]
