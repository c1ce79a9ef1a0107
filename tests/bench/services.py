"""The three services as processes: how each is started, and what a round measures of it."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path

from load.client import percentile, resident

from bench.client import ASK, PLAIN, SEARCH, Asked, Door, Question, closed_loop, first_answer, open_loop, quality

ROOT = Path(__file__).parents[2]
KB = [sys.executable, "-c", "from bot.cli import main; main()"]
CLIENTS = 8
PATIENCE = 120  # seconds until a service answers
NAMES = ("ours", "plain", "txtai")
# A figure is better lower or higher. Milliseconds of "load" are those at equal load.
BETTER = {
    "cold_start_s": "lower",
    "memory_mib": "lower",
    "installed_mb": "lower",
    "p50_ms": "lower",
    "p99_ms": "lower",
    "one_client_per_s": "higher",
    "eight_clients_per_s": "higher",
    "load_p50_ms": "lower",
    "load_p99_ms": "lower",
    "repeated_per_s": "higher",
    "encoder_ms": "lower",
    "encoder_per_s": "higher",
    "p50_per_encoder": "lower",
    "passages_per_s": "higher",
    "first_right": "higher",
    "five_right": "higher",
    "false_answers": "lower",
}


@dataclass(frozen=True)
class Service:
    """One of the three. `command` takes the port; `environment` is added to ours."""

    name: str
    command: Callable[[int], list[str]]
    door: Door
    environment: dict[str, str]


@dataclass(frozen=True)
class Amount:
    """How many questions each step asks, how many passages are embedded, and how many answers are judged at most."""

    one_client: int = 60
    eight_clients: int = 160
    load: int = 160
    repeated: int = 400
    passages: int = 200
    judged: int = 1000


def services(folder: Path, site: Path, index: Path) -> dict[str, Service]:
    """`folder` is what bench/peers.py has prepared."""
    path = os.pathsep.join(map(str, (ROOT, ROOT / "tests")))
    ours = {"PYTHONPATH": path, "KB_SITE": str(site), "KB_INDEX": str(index)}
    ours |= {"KB_RATE_LIMIT": "off", "KB_STORE": "off", "KB_DRAIN_SECONDS": "0"}
    script = str(Path(__file__).with_name("plain_service.py"))
    txtai = {"PYTHONPATH": f"{path}{os.pathsep}{folder / 'txtai-packages'}", "CONFIG": str(folder / "txtai.yml")}
    uvicorn = [sys.executable, "-m", "uvicorn", "txtai.api:app", "--log-level", "warning", "--port"]
    listed = (
        Service("ours", lambda port: [*KB, "serve", "--port", str(port)], ASK, ours),
        Service("plain", lambda port: [sys.executable, script, str(folder), str(port)], PLAIN, {"PYTHONPATH": path}),
        Service("txtai", lambda port: [*uvicorn, str(port)], SEARCH, txtai),
    )
    return {service.name: service for service in listed}


def known_questions() -> list[Question]:
    """The questions of the tests, those among them that the site does not cover, too."""
    lines = (ROOT / "tests/data/questions.jsonl").read_text("utf-8").splitlines()
    return [Question(row["question"], frozenset(row["sections"])) for row in map(json.loads, lines)]


def labelled() -> list[Question]:
    """Those that the site answers."""
    return [question for question in known_questions() if question.sections]


def new_questions() -> Iterator[Question]:
    """The labelled questions without end; a number after the first pass keeps each one new to any cache."""
    for again in count():
        for question in labelled():
            yield Question(f"{question.text} ({again})" if again else question.text, question.sections)


@contextmanager
def started(service: Service) -> Iterator[tuple[int, int, float]]:
    """Port, process id, and seconds from the start to the first right answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    begun = time.perf_counter()
    process = subprocess.Popen(service.command(port), cwd=ROOT, env=kept | service.environment, **quiet)
    try:
        while not asyncio.run(first_answer(port, service.door, labelled()[0])):
            if process.poll() is not None or time.perf_counter() > begun + PATIENCE:
                raise RuntimeError(f"{service.name}: no answer, exit code {process.poll()}")
            time.sleep(0.01)
        yield port, process.pid, time.perf_counter() - begun
    finally:
        process.terminate()
        process.wait(30)


def measure(service: Service, amount: Amount, rate: float) -> dict[str, float]:
    """One round of one service. `rate`: questions a second of the equal load; 0 leaves that step out."""
    asked, door = new_questions(), service.door
    next(asked)  # the one that `started` asks
    with started(service) as (port, pid, seconds):
        asyncio.run(closed_loop(port, door, list(islice(asked, 8)), 2))  # warm
        alone = asyncio.run(closed_loop(port, door, list(islice(asked, amount.one_client)), 1))
        many = asyncio.run(closed_loop(port, door, list(islice(asked, amount.eight_clients)), CLIENTS))
        load = asyncio.run(open_loop(port, door, list(islice(asked, amount.load)), rate)) if rate else None
        judged = asyncio.run(closed_loop(port, door, known_questions()[: amount.judged], 2))
        repeated = asyncio.run(closed_loop(port, door, [labelled()[0]] * amount.repeated, CLIENTS))
        measured = {
            "cold_start_s": seconds,
            "memory_mib": sum(map(resident, _with_children(pid))),
            **_latencies("", alone),
            "one_client_per_s": alone.per_second,
            "eight_clients_per_s": many.per_second,
            **(_latencies("load_", load) if load else {}),
            "repeated_per_s": repeated.per_second,
            **quality(judged.answers),
        }
    return measured


def _latencies(name: str, asked: Asked) -> dict[str, float]:
    ordered = sorted(asked.milliseconds)
    return {f"{name}p50_ms": percentile(ordered, 0.5), f"{name}p99_ms": percentile(ordered, 0.99)}


def measure_encoder(service: Service, folder: Path, amount: Amount) -> dict[str, float]:
    """What embed.py prints."""
    (folder / "questions.json").write_text(json.dumps([question.text for question in labelled()][: amount.one_client]))
    command = [sys.executable, "-m", "bench.embed", service.name, str(folder), str(amount.passages)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KB_")}
    done = subprocess.run(command, cwd=ROOT, env=kept | service.environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{service.name}: {done.stderr[-2000:]}")
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def ask_command(service: Service) -> float:
    """Seconds of `kb ask` from its start to its end."""
    begun = time.perf_counter()
    command = [*KB, "ask", labelled()[0].text]
    subprocess.run(command, cwd=ROOT, env=os.environ | service.environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def _with_children(pid: int) -> list[int]:
    """A process and all that it has started."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return [pid, *(process for child in children for process in _with_children(child))]
