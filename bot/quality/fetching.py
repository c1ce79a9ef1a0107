"""A document from its public address: https only, bounded in size and time, never from an address inside this network.

The name is looked up once and the connection goes to the address that was looked at, so that a name cannot answer
twice. Each redirect is held to the same.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urljoin, urlsplit

from bot.quality.copies import LARGEST
from index.errors import KbError

SECONDS = 20.0  # for all of a document
REDIRECTS = 5
_MOVED = {301, 302, 303, 307, 308}
_CHUNK = 65_536
_HEADERS = {"accept": "text/html, text/markdown, text/plain;q=0.9", "accept-encoding": "identity", "user-agent": "kb"}

Lookup = Callable[[str, int], list[str]]


def fetch(
    url: str, seconds: float = SECONDS, context: ssl.SSLContext | None = None, lookup: Lookup | None = None
) -> bytes:
    """The body at an address. Raises KbError saying why there is none."""
    ends = time.monotonic() + seconds
    for _ in range(REDIRECTS + 1):
        try:
            status, body, moved = _get(url, ends, context or ssl.create_default_context(), lookup or addresses)
        except (OSError, http.client.HTTPException, UnicodeError) as error:  # UnicodeError: of a name that is no name
            raise KbError(f"{url}: cannot be fetched ({error or type(error).__name__}).") from None
        if status == 200:
            return body
        if status not in _MOVED or not moved:
            raise KbError(f"{url}: answers {status}.")
        url = urljoin(url, moved)
    raise KbError(f"{url}: redirects more than {REDIRECTS} times.")


def addresses(host: str, port: int) -> list[str]:
    """The addresses of a host, as the system's resolver has them."""
    return [str(address[4][0]) for address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def public(address: str) -> bool:
    """Whether an address is one of the internet, and no other is hidden in it."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = (ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])) if ip.version == 6 else None
    nat64 = ip.version == 6 and ip in ipaddress.ip_network("64:ff9b::/96")
    return ip.is_global and not ip.is_multicast and not nat64 and (inner is None or public(str(inner)))


def _get(url: str, ends: float, context: ssl.SSLContext, lookup: Lookup) -> tuple[int, bytes, str]:
    """Status, body and the address that it moved to, "" for none."""
    host, port, path = _place(url)
    known = lookup(host, port)
    if not known or not all(map(public, known)):
        raise KbError(f"{url}: {host} is not an address of the internet.")
    connection = _Connection(host, port, context=context)
    left = max(0.1, ends - time.monotonic())
    connection.to, connection.timeout = known[0], left
    end = threading.Timer(left, connection.cut)  # a slow one sends a byte at a time
    end.start()
    try:
        connection.connect()
        connection.check()
        connection.request("GET", path, headers=_HEADERS)
        response = connection.getresponse()
        body = _body(response, url) if response.status == 200 else b""
        connection.check()
        if response.status == 200 and response.length:
            raise http.client.IncompleteRead(body, response.length)
        return response.status, body, response.getheader("location") or ""
    finally:
        end.cancel()
        connection.close()


def _place(url: str) -> tuple[str, int, str]:
    """The host of an address that may be fetched, its port, and what is asked for there."""
    try:
        parts = urlsplit(url)
        port = parts.port or 443
    except ValueError:
        raise KbError(f"{url}: is no address.") from None
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.password:
        raise KbError(f"{url}: only https:// addresses without a user are fetched.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.hostname, port, path.replace(" ", "%20")


def _body(response: http.client.HTTPResponse, url: str) -> bytes:
    body = bytearray()
    while chunk := response.read1(_CHUNK):
        body += chunk
        if len(body) > LARGEST:
            raise KbError(f"{url}: larger than {LARGEST} bytes.")
    return bytes(body)


class _Connection(http.client.HTTPSConnection):
    """To the address that was looked at; the certificate is checked for the host's name."""

    to, late = "", False

    def cut(self) -> None:
        """End what is under way."""
        self.late = True
        if line := self.sock:  # looked at once: it is closed, and gone, in another thread
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def check(self) -> None:
        """Raises TimeoutError once it was cut."""
        if self.late:
            raise TimeoutError("it takes too long")

    def connect(self) -> None:
        self.sock = socket.create_connection((self.to, self.port), self.timeout)
        self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)  # type: ignore[attr-defined]
