"""Links of Slack: of mrkdwn, and within the text of quotes."""

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote, urljoin

from bot.answering.linked import Linked, linker
from bot.records import Citation
from bot.slack.limits import plain, shorten, size

LONGEST = 350  # a longer address is not linked


def address(url: str, site_url: str) -> str:
    """The whole address of a page; empty unless it is one of http(s) that Slack takes."""
    absolute = urljoin(f"{site_url.rstrip('/')}/", url.lstrip("/")) if url.startswith("/") else url
    safe = quote(absolute.encode("utf-8", "replace"), safe="/:?#[]@!$&'()*+,;=%~-._")
    return safe if re.match(r"https?://[^/]", safe) and size(safe) <= LONGEST else ""


def link(url: str, words: str, site_url: str) -> str:
    """A link of mrkdwn; only to http(s) addresses, else the words alone."""
    safe, shown = address(url, site_url).replace("&", "&amp;"), shorten(plain(words), 150).replace("|", "¦")
    return f"<{safe}|{shown}>" if shown and safe else shown


def linking(citations: Sequence[Citation], site_url: str) -> Linked:
    """What cuts the texts of quotes into pieces, those of their links with whole addresses."""
    links = [replace(each, url=address(each.url, site_url)) for citation in citations for each in citation.links]
    return linker([each for each in links if each.url])
