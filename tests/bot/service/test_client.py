"""Who counts as one client, behind the proxies that people put in front of the service."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.service.client import client as client_of
from bot.service.client import inside

PEER = "10.0.0.9"  # the proxy that is nearest to the service


def scope(peer: str, forwarded: tuple[str, ...] = (), standard: tuple[str, ...] = ()) -> dict:
    lines = [(b"x-forwarded-for", value) for value in forwarded] + [(b"forwarded", value) for value in standard]
    return {"type": "http", "client": (peer, 1), "headers": [(name, value.encode()) for name, value in lines]}


@pytest.mark.parametrize(
    ("hops", "forwarded", "who"),
    [
        (0, (), PEER),
        (0, ("1.1.1.1",), PEER),  # anyone may send the header
        (1, ("1.1.1.1",), "1.1.1.1"),
        (1, ("6.6.6.6, 1.1.1.1",), "1.1.1.1"),  # what stands further left was sent by the client
        (2, ("6.6.6.6, 1.1.1.1, 10.0.0.1",), "1.1.1.1"),
        (2, ("1.1.1.1", "10.0.0.1"), "1.1.1.1"),  # as two lines
        (2, ("1.1.1.1",), PEER),  # fewer proxies than there should be
        (1, (), PEER),
        (1, ("unknown",), PEER),
        (1, ("1.1.1.1, ",), PEER),
        (1, ("1.1.1.1:50321",), "1.1.1.1"),
        (1, ("6.6.6.6:1, 1.1.1.1:50321",), "1.1.1.1"),
        (1, ("1.1.1.1:",), PEER),
        (1, ("1.1.1.1:port",), PEER),
        (1, ("1.1.1.256",), PEER),
        (1, ("2001:db8:1:2:3:4:5:6",), "2001:db8:1:2::/64"),
        (1, ("[2001:db8:1:2:3:4:5:6]",), "2001:db8:1:2::/64"),
        (1, ("[2001:db8:1:2:3:4:5:6]:50321",), "2001:db8:1:2::/64"),
        (1, ("::ffff:1.1.1.1",), "1.1.1.1"),
        (1, ("[::ffff:1.1.1.1]:80",), "1.1.1.1"),
    ],
)
def test_x_forwarded_for_names_the_client_at_the_distance_of_our_proxies(
    hops: int, forwarded: tuple[str, ...], who: str
):
    assert client_of(scope(PEER, forwarded), hops) == who


@pytest.mark.parametrize(
    ("hops", "standard", "who"),
    [
        (0, ("for=1.1.1.1",), PEER),
        (1, ("for=1.1.1.1",), "1.1.1.1"),
        (1, ("For=1.1.1.1;proto=https;by=10.0.0.1",), "1.1.1.1"),
        (1, ("proto=https; for=1.1.1.1",), "1.1.1.1"),
        (1, ('for="1.1.1.1:50321"',), "1.1.1.1"),
        (1, ('for="[2001:db8:1:2::5]:50321"',), "2001:db8:1:2::/64"),
        (1, ('for="1.1.1.1:_gateway"',), "1.1.1.1"),
        (1, ('for="[2001:db8:1:2::5]:_x.1"',), "2001:db8:1:2::/64"),
        (1, ('for="[2001:db8:1:2::5]"',), "2001:db8:1:2::/64"),
        (1, ("for=6.6.6.6, for=1.1.1.1",), "1.1.1.1"),
        (2, ("for=1.1.1.1", "for=10.0.0.1"), "1.1.1.1"),
        (1, ("for=_hidden",), PEER),
        (1, ("for=unknown",), PEER),
        (1, ("proto=https",), PEER),
        (1, ('for=6.6.6.6, x="', 'for="[2001:db8::5]:1"'), PEER),  # an open quotation mark swallows nobody's entry
        (1, ('for="6.6.6.6\\', 'for=1.1.1.1"'), PEER),
        (1, ("for=1.1.1.1 or so",), PEER),
    ],
)
def test_the_standard_header_names_the_client_likewise(hops: int, standard: tuple[str, ...], who: str):
    assert client_of(scope(PEER, standard=standard), hops) == who


@pytest.mark.parametrize(
    ("forwarded", "standard", "who"),
    [
        ("1.1.1.1", "for=1.1.1.1", "1.1.1.1"),
        ("1.1.1.1:80", 'for="1.1.1.1:80"', "1.1.1.1"),
        ("1.1.1.1", "for=6.6.6.6", PEER),
        ("6.6.6.6", "for=1.1.1.1", PEER),
        ("unknown", "for=6.6.6.6", PEER),
    ],
)
def test_a_header_that_our_proxy_does_not_write_gives_nobody_another_name(forwarded: str, standard: str, who: str):
    """A proxy that writes one of both passes on the other as the client sent it."""
    assert client_of(scope(PEER, (forwarded,), (standard,)), 1) == who


@pytest.mark.parametrize(
    ("proxies", "hops", "forwarded", "who"),
    [
        # Azure Application Gateway: address and port, behind what the client sent.
        ("Application Gateway", 1, ("203.0.113.7:50321",), "203.0.113.7"),
        ("Application Gateway", 1, ("198.51.100.1, 203.0.113.7:50321",), "203.0.113.7"),
        # Application Gateway for Containers and Azure Front Door: the address alone.
        ("Application Gateway for Containers", 1, ("203.0.113.7",), "203.0.113.7"),
        ("Front Door", 1, ("198.51.100.1, 203.0.113.7",), "203.0.113.7"),
        ("Front Door", 1, ("2001:db8:7:7:1:2:3:4",), "2001:db8:7:7::/64"),
        # nginx: $proxy_add_x_forwarded_for.
        ("nginx", 1, ("198.51.100.1, 203.0.113.7",), "203.0.113.7"),
        # Front Door, then Application Gateway, then nginx as the ingress of a cluster.
        ("all three", 3, ("198.51.100.1, 203.0.113.7, 147.243.1.2:4711, 10.224.0.4",), "203.0.113.7"),
    ],
)
def test_behind_the_proxies_of_azure_each_client_has_a_name_of_its_own(
    proxies: str, hops: int, forwarded: tuple[str, ...], who: str
):
    assert client_of(scope(PEER, forwarded), hops) == who


@pytest.mark.parametrize("peer", ["2001:db8:1:2:3:4:5:6", "fe80::1%eth0", "::1"])
def test_a_peer_of_ipv6_is_its_network(peer: str):
    assert re.fullmatch(r"[0-9a-f:]*::/64", client_of(scope(peer), 0))


def test_a_client_without_an_address_has_the_empty_name():
    assert client_of({"type": "http", "client": None, "headers": []}, 1) == ""


@given(st.lists(st.text('0123456789abc.:[],;="\\ for_-', max_size=40), max_size=3), st.integers(1, 3))
def test_what_the_client_itself_writes_in_front_changes_nothing(sent: list[str], hops: int):
    """Our proxies add `hops` entries: whatever stands before them, the first of these is the client's."""
    ours = ["203.0.113.7", "10.0.0.1", "10.0.0.2"][:hops]
    assert client_of(scope(PEER, (*sent, *ours)), hops) == "203.0.113.7"
    written = [f'for="{address}:80"' for address in ours]
    assert client_of(scope(PEER, standard=(*sent, *written)), hops) in ("203.0.113.7", PEER)


def test_a_path_is_that_inside_the_place_where_the_application_is_mounted():
    assert inside({"path": "/docs/api/ask/docs", "root_path": "/docs"}) == "/api/ask/docs"
    assert inside({"path": "/api/ask"}) == "/api/ask"
