"""A page and its Markdown at one address: who accepts text/markdown gets it, browsers get the page.

The Markdown lies beside the page (index/alternates writes it): `/faq/index.md` beside `/faq/`. Both name each other and
the llms.txt that speaks for their folder in a Link header, by ways that hold behind any proxy.
"""

import posixpath
from collections.abc import Callable
from dataclasses import dataclass

from bot.api.accept import MARKDOWN

TYPES = {".md": f"{MARKDOWN}; charset=utf-8", ".atom": "application/atom+xml"}
PAGES = (".html", ".md")
LLMS = "llms.txt"


@dataclass(frozen=True, slots=True)
class Alternates:
    """What lies beside a page, or beside its Markdown: `file` is the one that was asked for."""

    file: str
    markdown: str  # "" where a page has none
    link: str


def alternates(path: str, is_file: Callable[[str], bool], *, folder: bool) -> Alternates | None:
    """What lies beside a path below the site's folder; None for what is no page. `folder`: it was asked for as one."""
    name = posixpath.normpath(f"{path}/index.html" if folder else path)
    stem, kind = posixpath.splitext(name)
    if kind not in PAGES or not is_file(name):
        return None
    page, markdown = f"{stem}.html", f"{stem}.md"
    links = [f'<{_llms(name, is_file)}>; rel="describedby"'] if _llms(name, is_file) else []
    if kind == ".md":
        links += [f'<{_short(page)}>; rel="canonical"'] if is_file(page) else []
        return Alternates(name, "", ", ".join(links))
    has_markdown = is_file(markdown)
    if has_markdown:
        links.insert(0, f'<{posixpath.basename(markdown)}>; rel="alternate"; type="{MARKDOWN}"')
    return Alternates(name, markdown if has_markdown else "", ", ".join(links))


def _llms(name: str, is_file: Callable[[str], bool]) -> str:
    """The way to the nearest llms.txt at or above a file, "" if there is none."""
    up, folder = "", posixpath.dirname(name)
    while True:
        if is_file(posixpath.join(folder, LLMS)):
            return up + LLMS
        if not folder:
            return ""
        up, folder = f"../{up}", posixpath.dirname(folder)


def _short(page: str) -> str:
    name = posixpath.basename(page)
    return "./" if name == "index.html" else name
