"""The site is replaced while it is read: every reply is a whole page of one site, and none is missing."""

import base64
import hashlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from index.publish import publish, replace

SWAPS, READERS = 60, 3
PATHS = ("/", "/en/", "/assets/own.js", "/no-such-page/")


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def site(folder: Path, number: int) -> Path:
    """Pages that say in each line which site they belong to; no two sites' are of one length."""
    line, script = f"site {number}\n", f'var palette=__md_get("__palette"),site={number}'
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


def read_all_the_while(url: str, over: threading.Event, answered: list[int], reader: int) -> list[str]:
    """What was wrong with the replies; `answered[reader]` counts them."""
    faults = []
    with httpx.Client(base_url=url, timeout=30) as http:
        while not over.is_set():
            for path in PATHS:
                try:
                    found = fault(http.get(path))
                except httpx.HTTPError as error:  # a content that is not as long as its header says
                    found = f"{path}: {error!r}"
                answered[reader] += 1
                faults += [found] * bool(found)
    return faults


def test_no_reply_is_missing_or_mixed_while_the_site_is_replaced(serving, tmp_path: Path):
    place, over = site(tmp_path / "site", 0), threading.Event()
    answered, end = [0] * READERS, time.monotonic() + 120
    with serving(site=place) as running, ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(read_all_the_while, running.url, over, answered, n) for n in range(READERS)]
        try:
            for number in range(1, SWAPS):
                replace(site(tmp_path / "new", number), place)
                before = [*answered]  # every reader gets two more replies: sites change more seldom than that
                while any(now < was + 2 for now, was in zip(answered, before, strict=True)):
                    assert time.monotonic() < end, answered
                    time.sleep(0.001)
        finally:
            over.set()
        assert [reader.result()[:5] for reader in readers] == [[]] * READERS
    assert [file.name for file in tmp_path.iterdir()] == ["site"], "nothing is left beside it"


def test_links_out_of_the_site_are_not_followed(serving, tmp_path: Path):
    secret = write(tmp_path / "outside", {"secret.txt": "secret", "index.html": "secret"})
    place = site(tmp_path / "site", 0)
    (place / "file.txt").symlink_to(secret / "secret.txt")
    (place / "folder").symlink_to(secret, target_is_directory=True)
    (place / "up").symlink_to("..", target_is_directory=True)
    with serving(site=place) as running, httpx.Client(base_url=running.url) as http:
        for path in ("/file.txt", "/folder/", "/folder/secret.txt", "/up/outside/secret.txt"):
            reply = http.get(path)
            assert (reply.status_code, "secret" in reply.text) == (404, False), path


@pytest.mark.slow
def test_a_build_of_the_site_is_not_noticed_by_its_readers(serving, tmp_path: Path):
    def config(lang: str) -> str:
        return f"site_name: T\ntheme: {{name: material, language: {lang}, font: false}}\ndocs_dir: docs/{lang}\n"

    project, place, over = tmp_path / "project", tmp_path / "site", threading.Event()
    files = {"mkdocs.yml": config("ja"), "mkdocs.en.yml": config("en")}
    write(project, {**files, "docs/ja/index.md": "# 題\n\n前\n", "docs/en/index.md": "# Title\n\nbefore\n"})
    publish(project, place)

    def read(url: str) -> set[tuple[int, bool, bool]]:
        """Status, and whether the old and the new text are there."""
        seen = set()
        with httpx.Client(base_url=url, timeout=30) as http:
            while not over.is_set():
                reply = http.get("/en/")
                seen.add((reply.status_code, "before" in reply.text, "afterwards" in reply.text))
        return seen

    with serving(site=place) as running, ThreadPoolExecutor(1) as pool:
        reader = pool.submit(read, running.url)
        write(project, {"docs/en/index.md": "# Title\n\nafterwards\n"})
        try:
            assert publish(project, place) is True
            assert "afterwards" in httpx.get(f"{running.url}/en/").text
        finally:
            over.set()
        assert reader.result() - {(200, False, True)} == {(200, True, False)}
