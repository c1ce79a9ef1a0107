"""The site is replaced while it is read: every reply is a whole page of one site, and none is missing."""

import base64
import hashlib
import operator
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from patience import until

from index.publishing.publish import publish, replace

SWAPS = int(os.environ.get("SWAPS", "20"))  # `make nightly` sets more
READERS = 3
PATHS = ("/", "/en/", "/assets/own.js", "/no-such-page/")


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def site(folder: Path, number: int) -> Path:
    """Pages that say in each line which site they belong to; no two sites' are of one length."""
    line = f"site {number}\n"
    # One of Material's own, which differs from site to site.
    script = f'window.location.replace(["/site-{number}/",window.location.search,window.location.hash].join(""))'
    page = f"<html><script>{script}</script>\n{line * (2000 + 7 * number)}</html>"
    files = ("index.html", "en/index.html", "404.html")
    return write(folder, {**dict.fromkeys(files, page), "assets/own.js": line * (3000 + 5 * number)})


def fault(reply: httpx.Response) -> str:
    """What is wrong with a reply; empty if it is a whole page of one site, under a policy that lets its script run."""
    missing = str(reply.url).endswith("/no-such-page/")
    if reply.status_code != (404 if missing else 200):
        return f"{reply.url}: {reply.status_code}"
    sites = {line for line in reply.text.splitlines() if line.startswith("site ")}
    if len(sites) != 1:
        return f"{reply.url}: {sites}"
    if "<script>" in reply.text:
        script = reply.text.partition("<script>")[2].partition("</script>")[0]
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        if digest not in reply.headers["content-security-policy"]:
            return f"{reply.url}: its script is blocked"
    return ""


def read_all_the_while(http: httpx.Client, over: threading.Event, answered: list[int], reader: int) -> list[str]:
    """What was wrong with the replies; `answered[reader]` counts them."""
    faults = []
    with http:
        while not over.is_set():
            for path in PATHS:
                try:
                    problem = fault(http.get(path))
                except httpx.HTTPError as error:  # a content that is not as long as its header says
                    problem = f"{path}: {error!r}"
                answered[reader] += 1
                faults += [problem] * bool(problem)
    return faults


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the service has its site, in a folder of its own."""
    return site(tmp_path_factory.mktemp("served") / "site", 0)


@pytest.fixture(scope="module")
def connect(serving, connecting_anew, place: Path):
    """Makes clients of the service."""
    with serving(site=place) as running:
        yield lambda: connecting_anew(running.url)


def test_no_reply_is_missing_or_mixed_while_the_site_is_replaced(connect, place: Path):
    over, answered = threading.Event(), [0] * READERS
    replace(site(place.with_name("new"), 0), place)
    beside = {file.name for file in place.parent.iterdir()}
    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(read_all_the_while, connect(), over, answered, n) for n in range(READERS)]
        try:
            for number in range(1, SWAPS):
                replace(site(place.with_name("new"), number), place)
                enough = [was + 2 for was in answered]  # for every reader: sites change more seldom than that
                until(lambda enough=enough: all(map(operator.ge, answered, enough)), lambda: str(answered))
        finally:
            over.set()
        assert [reader.result()[:5] for reader in readers] == [[]] * READERS
    assert {file.name for file in place.parent.iterdir()} == beside, "nothing is left beside it"


def test_links_out_of_the_site_are_not_followed(client, tmp_path: Path):
    secret = write(tmp_path / "outside", {"secret.txt": "secret", "index.html": "secret"})
    linked = site(tmp_path / "site", 0)
    (linked / "file.txt").symlink_to(secret / "secret.txt")
    (linked / "folder").symlink_to(secret, target_is_directory=True)
    (linked / "up").symlink_to("..", target_is_directory=True)
    with client(site=linked) as http:
        for path in ("/file.txt", "/folder/", "/folder/secret.txt", "/up/outside/secret.txt"):
            reply = http.get(path)
            assert (reply.status_code, "secret" in reply.text) == (404, False), path


@pytest.mark.slow
def test_a_build_of_the_site_is_not_noticed_by_its_readers(connect, place: Path, tmp_path: Path):
    def config(lang: str) -> str:
        return f"site_name: T\ntheme: {{name: material, language: {lang}, font: false}}\ndocs_dir: docs/{lang}\n"

    project, over, read_once = tmp_path / "project", threading.Event(), threading.Event()
    files = {"mkdocs.yml": config("ja"), "mkdocs.en.yml": config("en")}
    write(project, {**files, "docs/ja/index.md": "# 題\n\n前\n", "docs/en/index.md": "# Title\n\nbefore\n"})
    publish(project, place)

    def read(http: httpx.Client) -> set[tuple[int, bool, bool]]:
        """Status, and whether the old and the new text are there."""
        seen = set()
        with http:
            while not over.is_set():
                reply = http.get("/en/")
                seen.add((reply.status_code, "before" in reply.text, "afterwards" in reply.text))
                read_once.set()
        return seen

    with ThreadPoolExecutor(1) as pool:
        reader = pool.submit(read, connect())
        assert read_once.wait(120)
        write(project, {"docs/en/index.md": "# Title\n\nafterwards\n"})
        try:
            assert publish(project, place) is True
            with connect() as http:
                assert "afterwards" in http.get("/en/").text
        finally:
            over.set()
        assert reader.result() - {(200, False, True)} == {(200, True, False)}
