"""The image, built and run: `python -m deploy.image [OPTIONS OF buildah bud]`. What could not be built is "not run".

Exit codes: 0 it answers, 1 it does not keep what it promises, 3 not run.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from deploy.lock import FOLDER

NAME = "cni-kb:check"
OWN = ("opt/kb", "srv")  # what the image has besides its base
MOST_MB = 430  # as tests/test_container.py counts
WRITTEN = ("data", "tmp", "proc", "sys", "dev", "run", "etc")  # /etc: the builder's own hosts and resolv.conf
PATIENCE = 120  # seconds for what comes at once on a quiet machine
WHOLE, BROKEN, NOT_RUN = 0, 1, 3


class UnbuiltError(Exception):
    """The builder is missing or could not build; the text is why."""


def image(options: Sequence[str] = ()) -> tuple[int, str]:
    """Exit code and one line: the image of this repository, built anew, run as its own user and asked."""
    try:
        with container(options) as (name, root):
            return judged(name, root)
    except UnbuiltError as error:
        return NOT_RUN, f"image: not run ({error})"


@contextmanager
def container(options: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """A container of the image and the folder where its files lie."""
    buildah(
        "bud", "--format", "docker", "--file", str(FOLDER / "Dockerfile"), "--tag", NAME, *options, str(FOLDER.parent)
    )
    name = buildah("from", NAME)
    try:
        yield name, Path(buildah("mount", name))
    finally:
        buildah("rm", name)


def buildah(*arguments: str) -> str:
    """What it prints; UnbuiltError with the last that it says."""
    program = shutil.which("buildah")
    if program is None:
        raise UnbuiltError("there is no buildah here")
    done = subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise UnbuiltError((done.stderr.strip().splitlines() or [f"buildah ended with {done.returncode}"])[-1])
    return done.stdout.strip()


def judged(name: str, root: Path) -> tuple[int, str]:
    """Size, tools left behind, an answer, and what was written."""
    size = sum(file.lstat().st_size for own in OWN for file in (root / own).rglob("*") if not file.is_dir()) / 1e6
    if size > MOST_MB:
        return BROKEN, f"image: {size:.0f} MB beside its base, {MOST_MB} MB are allowed"
    before = stamps(root)
    status = asked(name)
    if status != "answered":
        return BROKEN, f"image: {status}"
    if changed := sorted(path for path, stamp in stamps(root).items() if before.get(path) != stamp):
        return BROKEN, f"image: it wrote {changed[0]}"
    return WHOLE, f"image: {size:.0f} MB beside its base; it answers and writes nowhere"


def stamps(root: Path) -> dict[str, int]:
    """When each file was changed, without the folders in which a container may write."""
    changed = {}
    for folder, folders, files in os.walk(root):
        if Path(folder) == root:
            folders[:] = [inner for inner in folders if inner not in WRITTEN]
        for file in files:
            path = Path(folder, file)
            changed[path.relative_to(root).as_posix()] = path.lstat().st_mtime_ns
    return changed


def asked(name: str) -> str:
    """The status of an answer, or what went wrong."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = [
        f"--env=KB_{setting}" for setting in (f"PORT={port}", "HOST=127.0.0.1", "DRAIN_SECONDS=0", "STORE=off")
    ]
    command = [
        shutil.which("buildah") or "buildah",
        "run",
        "--network",
        "host",
        *environment,
        name,
        "--",
        "kb",
        "serve",
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as running:
        try:
            return answered(f"http://127.0.0.1:{port}", running)
        finally:
            running.terminate()


def answered(url: str, running: subprocess.Popen[str]) -> str:
    """Asked once it is ready; it may end or never get ready instead."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    body = json.dumps({"question": "Can I upgrade from kubenet?"}).encode()
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if running.poll() is not None:
            return f"kb serve ended with {running.returncode}"
        try:
            direct.open(f"{url}/readyz", timeout=PATIENCE).close()
        except OSError:
            time.sleep(0.2)
            continue
        request = urllib.request.Request(f"{url}/api/ask", body, {"content-type": "application/json"})
        with direct.open(request, timeout=PATIENCE) as reply:
            return str(json.load(reply)["status"])
    return f"kb serve is not ready after {PATIENCE} s"


if __name__ == "__main__":
    code, message = image(sys.argv[1:])
    click.echo(message, err=code != WHOLE)
    sys.exit(code)
