"""The baseline that readers know: Material's own search, in a real Chromium, on the same site.

The site is served as built, except that its pages name the theme's own search worker again instead of ours.
"""

import re
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.language import detect
from bot.quality.calibrate import LabelledQuestion
from index.errors import KbError

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

_SETTLED = """() => document.querySelector(".md-search-result__link")
    || /[0-9]|見つかりませんでした|No matching/.test(document.querySelector(".md-search-result__meta").textContent)"""
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def material_ranking(
    site: Path, questions: Sequence[LabelledQuestion], langs: Sequence[str], sections: dict[str, str]
) -> dict[str, list[str]]:
    """Sections that Material's search lists for each question id, best first; `sections` maps a URL to a section."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        raise KbError("kb eval --browser needs Chromium. On Debian: apt-get install chromium")
    workers = sorted(site.glob("assets/javascripts/workers/search.*.min.js"))
    if not workers:
        raise KbError(f"{site}: there is no search worker of Material for MkDocs here.")
    with _served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        page = browser.new_page()
        page.route("**/*", partial(_with_the_themes_worker, worker=workers[0].name))
        rankings: dict[str, list[str]] = {}
        for lang in langs:
            asked = [q for q in questions if q.answerable and detect(q.question, langs) == lang]
            for question in asked:
                page.goto(address + ("/" if lang == langs[0] else f"/{lang}/"))  # afresh: no earlier result is left
                urls = _search(page, question.question)
                rankings[question.id] = list(dict.fromkeys(sections[url] for url in urls if url in sections))[:10]
        browser.close()
    return rankings


def _search(page: "Page", question: str) -> list[str]:
    from playwright.sync_api import Error

    box = page.locator("[data-md-component=search-query]")
    box.click()
    box.fill(" ".join(question.split()))
    box.press("End")  # Material listens to keys
    try:
        page.wait_for_function(_SETTLED, timeout=3000)
    except Error:  # a query that its parser cannot read leaves the box without an answer
        return []
    links = page.locator(".md-search-result__link").evaluate_all("links => links.map(link => link.href)")
    parts = [urlsplit(link) for link in links]
    return [part.path + (f"#{part.fragment}" if part.fragment else "") for part in parts]


def _with_the_themes_worker(route: "Route", worker: str) -> None:
    if route.request.resource_type != "document":
        route.continue_()
        return
    reply = route.fetch()
    body = re.sub(r'("search":\s*")([^"]*?)assets/[^"]*"', rf'\1\2assets/javascripts/workers/{worker}"', reply.text())
    route.fulfill(response=reply, body=body)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def _served(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
