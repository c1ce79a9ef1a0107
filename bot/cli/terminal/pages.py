"""Where links of the terminal lead: to the published site, to a service that runs, or to the built file."""

import re
import socket
from urllib.parse import urljoin, urlsplit

from bot.addresses import LOOPBACK
from bot.settings import Settings

CONNECT_SECONDS = 0.3


def pages_base(settings: Settings, terminal: bool) -> str:
    """The address that paths of the site are joined to.

    That of the published site; if it is this machine, and nothing listens there, a terminal gets the folder of the
    site: its pages open without any service. What goes into a file or a pipe is the same whatever runs.
    """
    address = urlsplit(settings.site_url)
    published = address.hostname not in LOOPBACK or not settings.site.is_dir()
    if published or not terminal or _listens(str(address.hostname), address.port or 80):
        return settings.site_url
    return f"{settings.site.resolve().as_uri()}/"


def page_address(base: str, url: str) -> str:
    """The address of a page; a folder of files has no server that would add index.html."""
    if not url.startswith("/"):
        return url
    address = urljoin(f"{base.rstrip('/')}/", url.lstrip("/"))
    if not base.startswith("file:"):
        return address
    page, mark, anchor = address.partition("#")
    return (f"{page}index.html" if page.endswith("/") else page) + mark + anchor


def with_pages(text: str, site_url: str, base: str) -> str:
    """A report whose addresses begin with `site_url`, with those of `base` in their place."""
    if base == site_url:
        return text
    beginning = re.escape(site_url.rstrip("/"))
    return re.sub(rf"{beginning}(/[\w/#.%-]*)", lambda match: page_address(base, match[1]), text)


def _listens(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), CONNECT_SECONDS).close()
    except OSError:
        return False
    return True
