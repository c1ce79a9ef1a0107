"""Slack's signature of a request: its own example, the secret of before, any change of a byte."""

import pytest
from deliver import NOW, SECRET, signature
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.guard import signed

# Slack's own example: https://docs.slack.dev/authentication/verifying-requests-from-slack
EXAMPLE_TIME = "1531420618"
EXAMPLE = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
EXAMPLE_SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


def test_slacks_own_example_is_accepted():
    assert signed(EXAMPLE_TIME, EXAMPLE_SIGNATURE, EXAMPLE, [SECRET], int(EXAMPLE_TIME))


@pytest.mark.parametrize(("seconds", "accepted"), [(0, True), (300, True), (-300, True), (301, False), (-301, False)])
def test_five_minutes_either_way(seconds: int, accepted: bool):
    """In numbers, as Slack's documentation states them."""
    assert signed(EXAMPLE_TIME, EXAMPLE_SIGNATURE, EXAMPLE, [SECRET], int(EXAMPLE_TIME) + seconds) is accepted


@pytest.mark.parametrize(
    ("secrets", "accepted"), [(["new", SECRET], True), ([SECRET, "old"], True), (["new", "old"], False), ([], False)]
)
def test_during_a_change_either_secret_counts(secrets: list[str], accepted: bool):
    assert signed(EXAMPLE_TIME, EXAMPLE_SIGNATURE, EXAMPLE, secrets, int(EXAMPLE_TIME)) is accepted


def test_one_changed_byte_is_refused():
    for at in range(len(EXAMPLE)):
        changed = EXAMPLE[:at] + bytes([EXAMPLE[at] ^ 1]) + EXAMPLE[at + 1 :]
        assert not signed(EXAMPLE_TIME, EXAMPLE_SIGNATURE, changed, [SECRET], int(EXAMPLE_TIME))


@given(st.text(), st.text(), st.binary())
def test_the_check_never_raises(timestamp: str, signature: str, body: bytes):
    assert not signed(timestamp, signature, body, [SECRET], NOW)


@pytest.mark.parametrize(
    "timestamp", ["", "abc", "1" * 400, "-1", "1.5", "１５３１４２０６１８", "0x5b479a4a", " 1531420618", "nan"]
)
def test_a_strange_timestamp_is_refused_even_when_it_is_signed(timestamp: str):
    body = b"a=1"
    assert not signed(timestamp, signature(body, timestamp), body, [SECRET], NOW)
