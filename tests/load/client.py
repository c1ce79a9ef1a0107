"""An open-loop client: requests are sent at their time whether or not earlier ones were answered.

Latency counts from the time at which a request should have been sent, so a stalled service cannot hide its stall.
"""

import asyncio
import itertools
import math
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from load.connection import Pool, pool, post

QUESTIONS = (
    "What is CNI?",
    "Can I upgrade from kubenet?",
    "Which subnet size does AGC need?",
    "CNI とは何ですか",
    "オーバーレイの制限を教えてください",
    "AGC のサブネットは /24 で足りますか",
)


# No question is asked twice: the service remembers its answers, and a remembered one takes no processor time.
_numbers = itertools.count()


@dataclass(frozen=True)
class Sent:
    """One request: its status (0: no response), and seconds from when it should have been sent."""

    status: int
    seconds: float
    retry_after: bool
    late: float = 0.0  # of these seconds, those in which the client had not sent it yet


@dataclass(frozen=True)
class Figures:
    """What came of a series; milliseconds of answered requests, and of those that were told to come back."""

    offered: float  # a second
    served: float  # a second
    p50: float
    p95: float
    p99: float
    shed: int  # 503 with Retry-After
    shed_p99: float
    errors: int  # anything else
    late: float  # milliseconds by which the client itself sent a request too late, at most
    statuses: dict[int, int]

    def as_json(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


async def ask(client: Pool, number: int, due: float) -> Sent:
    late = time.perf_counter() - due
    try:
        reply = await client.send(post(f"{QUESTIONS[number % len(QUESTIONS)]} {number}"))
    except (OSError, EOFError):
        return Sent(0, time.perf_counter() - due, False, late)
    return Sent(reply.status, time.perf_counter() - due, b"\r\nretry-after:" in reply.head, late)


async def closed_loop(url: str, clients: int, seconds: float) -> Figures:
    """Each client asks again as soon as it is answered: what they get together is the capacity."""
    sent: list[Sent] = []
    began = time.perf_counter()
    async with pool(_port(url)) as client:

        async def reader() -> None:
            while (now := time.perf_counter()) < began + seconds:
                sent.append(await ask(client, next(_numbers), now))

        await asyncio.gather(*(reader() for _ in range(clients)))
    return figures(sent, time.perf_counter() - began)


async def open_loop(url: str, rate: float, seconds: float) -> Figures:
    """`rate` requests a second at constant distances."""
    began = time.perf_counter()
    async with pool(_port(url)) as client:
        async with asyncio.TaskGroup() as group:
            tasks = []
            for number in range(math.ceil(rate * seconds)):
                due = began + number / rate
                await asyncio.sleep(due - time.perf_counter())
                tasks.append(group.create_task(ask(client, next(_numbers), due)))
        return figures([task.result() for task in tasks], time.perf_counter() - began)


async def many(url: str, count: int, first: int) -> list[Sent]:
    """`count` questions, numbered from `first`, by eight clients."""
    numbers = iter(range(first, first + count))
    async with pool(_port(url)) as client:

        async def reader() -> list[Sent]:
            return [await ask(client, number, time.perf_counter()) for number in numbers]

        return list(itertools.chain(*await asyncio.gather(*(reader() for _ in range(8)))))


def _port(url: str) -> int:
    return urlsplit(url).port or 80


def figures(sent: Sequence[Sent], seconds: float) -> Figures:
    answered = sorted(request.seconds * 1000 for request in sent if request.status == 200)
    shed = sorted(request.seconds * 1000 for request in sent if request.status == 503 and request.retry_after)
    return Figures(
        offered=round(len(sent) / seconds, 1),
        served=round(len(answered) / seconds, 1),
        p50=percentile(answered, 0.5),
        p95=percentile(answered, 0.95),
        p99=percentile(answered, 0.99),
        shed=len(shed),
        shed_p99=percentile(shed, 0.99),
        errors=len(sent) - len(answered) - len(shed),
        late=round(1000 * max((request.late for request in sent), default=0.0), 1),
        statuses=dict(Counter(request.status for request in sent)),
    )


def percentile(ordered: Sequence[float], share: float) -> float:
    """The nearest rank; 0 of nothing."""
    return round(ordered[max(0, math.ceil(share * len(ordered)) - 1)], 1) if ordered else 0.0


def resident(pid: int) -> float:
    """MiB of memory that a process holds at the moment (VmRSS)."""
    status = Path(f"/proc/{pid}/status").read_text()
    return round(int(status.split("VmRSS:")[1].split()[0]) / 1024, 1)
