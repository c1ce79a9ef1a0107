"""A document from its address: only of the internet, only so much, only so long. Nothing here opens a connection."""

import socket
import threading
from collections.abc import Iterator

import pytest

from bot.quality import fetching
from bot.quality.copies import LARGEST
from bot.quality.fetching import fetch, public
from index.errors import KbError

OUTSIDE = "93.184.215.14"


class Answers:
    """Stands for the servers: what each host answers, over a pair of sockets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.by_host: dict[str, bytes] = {}
        self.to: list[tuple[str, str]] = []
        self.open: list[socket.socket] = []
        self.threads: list[threading.Thread] = []
        monkeypatch.setattr(fetching._Connection, "connect", lambda connection: self._connect(connection))

    def _connect(self, connection: fetching._Connection) -> None:
        here, there = socket.socketpair()
        self.open += [here, there]
        self.to.append((connection.host, connection.to))
        connection.sock = here
        if (answer := self.by_host.get(connection.host)) is not None:  # else it says nothing
            self.threads.append(threading.Thread(target=self._say, args=(there, answer)))
            self.threads[-1].start()

    def _say(self, there: socket.socket, answer: bytes) -> None:
        try:
            there.sendall(answer)
            there.shutdown(socket.SHUT_WR)
        except OSError:
            return  # who asked has gone

    def close(self) -> None:
        for connection in self.open:
            connection.close()
        for thread in self.threads:
            thread.join()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Answers]:
    made = Answers(monkeypatch)
    yield made
    made.close()


def http(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    lines = (f"HTTP/1.1 {status}", f"content-length: {len(body)}", *headers, "", "")
    return "\r\n".join(lines).encode() + body


def outside(host: str, port: int) -> list[str]:
    return {"inside.example": ["10.0.0.1"], "both.example": [OUTSIDE, "127.0.0.1"]}.get(host, [OUTSIDE])


def test_a_document_is_fetched_from_the_address_that_was_looked_at(answers: Answers):
    answers.by_host["docs.example"] = http(b"The text.")
    assert fetch("https://docs.example/a b?c=1", lookup=outside) == b"The text."
    assert answers.to == [("docs.example", OUTSIDE)]


@pytest.mark.parametrize(
    "url",
    [
        "http://docs.example/",
        "file:///etc/passwd",
        "ftp://docs.example/",
        "docs.example",
        "https://user:word@docs.example/",
        "https:///x",
        "https://docs.example:port/",
        "https://inside.example/",
        "https://both.example/",
    ],
)
def test_nothing_else_is_asked(answers: Answers, url: str):
    with pytest.raises(KbError, match=r"only https|not an address of the internet|is no address"):
        fetch(url, lookup=outside)
    assert answers.to == []


@pytest.mark.parametrize("to", ["https://inside.example/", "http://docs.example/", "https://both.example/x"])
def test_a_redirect_is_held_to_the_same(answers: Answers, to: str):
    answers.by_host["docs.example"] = http(b"", "302 Found", f"location: {to}")
    with pytest.raises(KbError, match=r"only https|not an address of the internet"):
        fetch("https://docs.example/", lookup=outside)
    assert answers.to == [("docs.example", OUTSIDE)]


def test_redirects_come_to_an_end(answers: Answers):
    answers.by_host["docs.example"] = http(b"", "301 Moved", "location: /next")
    with pytest.raises(KbError, match="redirects more than 5 times"):
        fetch("https://docs.example/", lookup=outside)
    assert len(answers.to) == 6
    answers.by_host |= {"docs.example": http(b"", "308 Moved", "location: //new.example/x"), "new.example": http(b"x")}
    assert fetch("https://docs.example/", lookup=outside) == b"x"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (http(b"x" * (LARGEST + 1)), "larger than"),
        (http(b"", "404 Not Found"), "answers 404"),
        (http(b"", "302 Found"), "answers 302"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf", "cannot be fetched"),
        (b"nonsense\r\n\r\n", "cannot be fetched"),
        (b"", "cannot be fetched"),
    ],
)
def test_what_is_no_whole_document_is_refused(answers: Answers, answer: bytes, why: str):
    answers.by_host["docs.example"] = answer
    with pytest.raises(KbError, match=why):
        fetch("https://docs.example/", lookup=outside)


def test_a_server_that_says_nothing_is_given_up(answers: Answers):
    with pytest.raises(KbError, match="cannot be fetched"):
        fetch("https://docs.example/", seconds=0.05, lookup=outside)


def test_addresses_of_this_network_are_told_in_every_form():
    inside = [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "224.0.0.1"),
        *("64:ff9b::7f00:1", "ff02::1", "255.255.255.255"),
    ]
    assert [address for address in inside if public(address)] == []
    assert public(OUTSIDE) and public("2606:4700::1111")


@pytest.mark.parametrize("url", [f"https://{'a' * 64}.example/", "https://a..example/"])
def test_a_name_that_cannot_be_one_is_told_in_a_line(url: str):
    with pytest.raises(KbError, match="cannot be fetched"):
        fetch(url)
