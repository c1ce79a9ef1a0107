"""A client's offer of another protocol (`Upgrade: h2c`) is ignored, as RFC 9110 (7.8) allows; its request is not.

httptools stops behind the head of such a request, so uvicorn takes it for one without a body, and the body for another
request: https://github.com/Kludex/uvicorn/issues/2722. Java's client offers h2c with every request.
"""

import httptools
from httptools.parser.protocol import HTTPProtocol

_FRAMING = (b"content-length", b"transfer-encoding", b"connection")


class Parser:
    """httptools' parser as `protocol` uses it, but that it never stops at an offer."""

    def __init__(self, protocol: HTTPProtocol) -> None:
        self._protocol = protocol
        self._framing = list[bytes]()  # lines of the head that say where the body ends
        self._again = False  # the head is one that the protocol knows already
        self._begin()

    def _begin(self) -> None:
        self._parser = httptools.HttpRequestParser(self)
        self._parser.set_dangerous_leniencies(lenient_data_after_close=True)  # as uvicorn does
        self.get_http_version = self._parser.get_http_version
        self.get_method = self._parser.get_method
        self.should_keep_alive = self._parser.should_keep_alive

    def should_upgrade(self) -> bool:
        """No offer is taken up."""
        return False

    def feed_data(self, data: bytes) -> None:
        """Parse the next bytes. Raises HttpParserError where they are no requests."""
        while True:
            try:
                return self._parser.feed_data(data)
            except httptools.HttpParserUpgrade as offer:
                head = b"POST / HTTP/%s\r\n%s\r\n" % (self.get_http_version().encode(), b"".join(self._framing))
                data, self._again = head + data[offer.args[0] :], True
                self._begin()

    def on_message_begin(self) -> None:
        if not self._again:
            self._framing.clear()
            self._protocol.on_message_begin()

    def on_url(self, url: bytes) -> None:
        if not self._again:
            self._protocol.on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._again:
            if name.lower() in _FRAMING and b"upgrade" not in value.lower():
                self._framing.append(b"%s: %s\r\n" % (name, value))
            self._protocol.on_header(name, value)

    def on_headers_complete(self) -> None:
        if not self._again:
            self._protocol.on_headers_complete()
        self._again = False

    def on_body(self, body: bytes) -> None:
        self._protocol.on_body(body)

    def on_message_complete(self) -> None:
        if not self._parser.should_upgrade():  # else the body is still to come
            self._protocol.on_message_complete()
