"""Only what Slack signed a moment ago, each request once; anything hostile is 401 and leaves no trace of itself."""

import hashlib
import hmac
import json
import time
import urllib.parse

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standin import SECRET, Slack, command, post_command

from bot.slack.guard import WINDOW, decoded, signed

FORM = "application/x-www-form-urlencoded"
ADDRESSES = ("commands", "interactions", "events")
# Slack's own example: https://docs.slack.dev/authentication/verifying-requests-from-slack
EXAMPLE_TIME = "1531420618"
EXAMPLE = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
EXAMPLE_SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


def sign(body: bytes, stamp: str, secret: str = SECRET) -> str:
    return "v0=" + hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()


def headers(body: bytes, at: float = 0, secret: str = SECRET, kind: str = FORM) -> dict[str, str]:
    stamp = str(int(time.time() + at))
    return {
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": sign(body, stamp, secret),
        "content-type": kind,
    }


@pytest.fixture(scope="module")
def http(chat: str):
    with httpx.Client(base_url=f"{chat}/slack", timeout=20) as client:
        yield client


def test_slacks_own_example_is_accepted():
    assert signed(EXAMPLE_TIME, EXAMPLE_SIGNATURE, EXAMPLE, [SECRET], int(EXAMPLE_TIME))


@pytest.mark.parametrize(
    ("seconds", "accepted"), [(0, True), (WINDOW, True), (-WINDOW, True), (WINDOW + 1, False), (-WINDOW - 1, False)]
)
def test_five_minutes_either_way(seconds: int, accepted: bool):
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
    assert not signed(timestamp, signature, body, [SECRET], time.time())


@pytest.mark.parametrize(
    "timestamp", ["", "abc", "1" * 400, "-1", "1.5", "１５３１４２０６１８", "0x5b479a4a", " 1531420618", "nan"]
)
def test_a_strange_timestamp_is_refused_even_when_it_is_signed(timestamp: str):
    body = b"a=1"
    mac = hmac.new(SECRET.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    assert not signed(timestamp, f"v0={mac}", body, [SECRET], time.time())


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize(
    "given_headers",
    [
        {},
        {"x-slack-request-timestamp": "abc", "x-slack-signature": "v0=" + "0" * 64},
        {"x-slack-request-timestamp": "9" * 400, "x-slack-signature": "v0=" + "0" * 64},
        {"x-slack-request-timestamp": "NOW", "x-slack-signature": "v0=é"},
        {"x-slack-request-timestamp": "NOW", "x-slack-signature": "v0=" + "0" * 64},
        {"x-slack-request-timestamp": "NOW", "x-slack-signature": ""},
    ],
    ids=["unsigned", "no number", "huge", "not ASCII", "wrong", "empty"],
)
def test_what_is_not_signed_is_401(http: httpx.Client, path: str, given_headers: dict[str, str]):
    sent = {name: value.replace("NOW", str(int(time.time()))).encode("utf-8") for name, value in given_headers.items()}
    assert http.post(path, content=b"text=a", headers={**sent, "content-type": FORM}).status_code == 401


@pytest.mark.parametrize("seconds", [-WINDOW - 5, WINDOW + 5, -86_400])
def test_stale_and_future_requests_are_401(http: httpx.Client, seconds: int, slack: Slack):
    body = urllib.parse.urlencode(command("help", slack.response_url, f"stale{seconds}")).encode()
    assert http.post("commands", content=body, headers=headers(body, seconds)).status_code == 401


def test_two_signatures_are_401(http: httpx.Client):
    body = b"text=a"
    twice = [*headers(body).items(), ("x-slack-signature", "v0=" + "0" * 64)]
    assert http.post("commands", content=body, headers=twice).status_code == 401


def test_a_replay_is_refused_by_every_worker(chat: str, other_worker: str, slack: Slack):
    body = urllib.parse.urlencode(command("help", slack.response_url, "replayed")).encode()
    sent = headers(body)
    codes = [httpx.post(f"{one}/slack/commands", content=body, headers=sent).status_code for one in
             (chat, chat, other_worker)]  # fmt: skip
    assert codes == [200, 401, 401]
    assert len(slack.replied()) == 1


def test_the_old_secret_counts_while_it_is_set(serving, addresses, slack: Slack):
    with serving(slack_signing_secret="the-new-one", slack_signing_secret_old=SECRET, **addresses) as running:
        assert post_command(running.url, command("help", slack.response_url, "rotated"))[0] == 200
        body = b"text=a"
        answer = httpx.post(f"{running.url}/slack/commands", content=body, headers=headers(body, 0, "the-new-one"))
        assert answer.status_code == 404  # signed, but no command


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe", FORM),
        (b"text=%ff", FORM),
        (b"", FORM),
        (b"payload=", FORM),
        (b"payload=[1]", FORM),
        (b"payload=" + b"[" * 100_000, FORM),
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"[" * 100_000, "application/json"),
        (b'{"a":' * 50_000, "application/json"),
        (b"null", "application/json"),
        (b'{"type": "event_callback", "event": 1, "authorizations": 5}', "application/json"),
        (b'{"type": "block_actions", "user": 3, "team": [], "authorizations": [1]}', "application/json"),
    ],
)
def test_a_signed_body_that_cannot_be_read_is_401(http: httpx.Client, body: bytes, kind: str):
    assert http.post("events", content=body, headers=headers(body, kind=kind)).status_code == 401


_NAMES = st.sampled_from(
    ["type", "event", "team", "user", "actions", "channel", "view", "callback_id", "command", "payload", "container",
     "authorizations", "enterprise", "event_id", "response_url", "trigger_id", "text", "challenge", "value"]
)  # fmt: skip
_VALUES = st.sampled_from(
    ["event_callback", "block_actions", "view_submission", "shortcut", "message_action", "app_mention", "share", "/cni"]
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | _VALUES | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=6),
    max_leaves=12,
)


@given(
    body=st.binary(max_size=60) | st.dictionaries(_NAMES, _JSON, max_size=8).map(lambda o: json.dumps(o).encode()),
    kind=st.sampled_from([FORM, "application/json", "text/plain", ""]),
    path=st.sampled_from(ADDRESSES),
    correct=st.booleans(),
    strange=st.text(
        alphabet=st.characters(min_codepoint=33, max_codepoint=255, exclude_characters="\x7f"), max_size=20
    ),
)
@settings(max_examples=max(300, settings.default.max_examples), deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_makes_the_service_fail(
    http: httpx.Client, body: bytes, kind: str, path: str, correct: bool, strange: str
):
    sent = headers(body, kind=kind)
    if not correct:
        sent["x-slack-signature"] = strange
        sent["x-slack-request-timestamp"] = strange
    raw = {name: value.encode("latin-1") for name, value in sent.items()}
    assert http.post(path, content=body, headers=raw).status_code < 500


def test_the_certificate_probe_is_answered_unsigned_and_runs_nothing(http: httpx.Client, slack: Slack):
    fields = {**command("help", slack.response_url, "probe"), "ssl_check": "1"}
    assert http.post("commands", data=fields).status_code == 200
    post_command(str(http.base_url).removesuffix("/slack/"), command("help", slack.response_url, "after"))
    assert len(slack.replied()) == 1


@pytest.mark.parametrize("probe", ["0", "true", "11", " 1", ""])
def test_only_the_probe_itself_passes_unsigned(http: httpx.Client, probe: str):
    assert http.post("commands", data={"ssl_check": probe}).status_code == 401


def test_two_probes_are_none(http: httpx.Client):
    assert http.post("commands", content=b"ssl_check=1&ssl_check=0", headers={"content-type": FORM}).status_code == 401


def test_slack_verifies_the_address_of_events_with_a_signed_challenge(http: httpx.Client):
    body = json.dumps({"type": "url_verification", "token": "old", "challenge": "3eZbrw1a"}).encode()
    assert http.post("events", content=body, headers={"content-type": "application/json"}).status_code == 401
    answer = http.post("events", content=body, headers=headers(body, kind="application/json"))
    assert (answer.status_code, answer.json()) == (200, {"challenge": "3eZbrw1a"})


def test_a_command_about_a_payload_is_read():
    """Bolt itself takes a form with this word in it for an interaction and reads nothing."""
    body = urllib.parse.urlencode({"command": "/cni", "text": "what is a payload?"}).encode()
    assert decoded(body, FORM) == {"command": "/cni", "text": "what is a payload?"}


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_methods_reach_nothing(http: httpx.Client, method: str):
    assert http.request(method, "commands").status_code in (404, 405)


def test_a_body_above_the_limit_is_413(http: httpx.Client):
    body = b"text=" + b"a" * 3_000_000
    assert http.post("commands", content=body, headers=headers(body)).status_code == 413


def test_its_requests_are_counted_under_their_address(chat: str):
    assert httpx.post(f"{chat}/slack/commands", data={"text": "unsigned"}).status_code == 401
    assert 'route="/slack/commands",status="401"' in httpx.get(f"{chat}/metrics").text
