"""Only what Slack signed a moment ago, each request once; anything hostile is 401 and leaves no trace of itself."""

import json
import urllib.parse

import pytest
from deliver import FORM, JSON, NOW, SECRET, command, signature, signed_headers
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from standin import TOKEN, Slack, standing_in

from bot.api.body_limit import MAX_SLACK_BODY
from bot.service.store import Store
from bot.slack.guard import WINDOW, decoded, signed

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


@pytest.fixture(scope="module")
def http(in_process):
    """One for all that is refused; what is let in, here, has nothing to reply."""
    with standing_in() as slack, in_process(slack) as http:
        yield http


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
    assert not signed(timestamp, signature, body, [SECRET], NOW)


@pytest.mark.parametrize(
    "timestamp", ["", "abc", "1" * 400, "-1", "1.5", "１５３１４２０６１８", "0x5b479a4a", " 1531420618", "nan"]
)
def test_a_strange_timestamp_is_refused_even_when_it_is_signed(timestamp: str):
    body = b"a=1"
    assert not signed(timestamp, signature(body, timestamp), body, [SECRET], NOW)


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
def test_what_is_not_signed_is_401(http: TestClient, path: str, given_headers: dict[str, str]):
    sent = {name: value.replace("NOW", str(NOW)).encode("utf-8") for name, value in given_headers.items()}
    assert http.post(f"/slack/{path}", content=b"text=a", headers={**sent, "content-type": FORM}).status_code == 401


@pytest.mark.parametrize(
    ("seconds", "status"),
    [(-86_400, 401), (-WINDOW - 1, 401), (-WINDOW, 404), (WINDOW, 404), (WINDOW + 1, 401)],  # 404: signed, no command
)
def test_stale_and_future_requests_are_401(http: TestClient, seconds: int, status: int):
    body = f"text={seconds}".encode()
    headers = signed_headers(body, at=NOW + seconds)
    assert http.post("/slack/commands", content=body, headers=headers).status_code == status


def test_two_signatures_are_401(http: TestClient):
    body = b"text=a"
    twice = [*signed_headers(body).items(), ("x-slack-signature", "v0=" + "0" * 64)]
    assert http.post("/slack/commands", content=body, headers=twice).status_code == 401


def test_a_replay_is_refused(in_process, slack: Slack):
    """Within one process; test_processes.py has two."""
    body = urllib.parse.urlencode(command("help", slack.response_url)).encode()
    with in_process(slack) as http:
        sent = [http.post("/slack/commands", content=body, headers=signed_headers(body)) for _ in range(3)]
    assert [answer.status_code for answer in sent] == [200, 401, 401]
    assert len(slack.replies) == 1


@pytest.mark.parametrize("seconds", [2 * WINDOW - 1, 2 * WINDOW, 7 * 24 * 3600])
def test_a_request_counts_once_whatever_the_clock_of_the_store_says(in_process, slack: Slack, tmp_path, seconds: int):
    """It went ahead, and back again: what was forgotten meanwhile is not new."""
    now = [NOW - 3600.0]
    with in_process(slack, Store(tmp_path / "store.db", lambda: now[0])) as http:
        sent = signed_headers(b"text=a")
        assert http.post("/slack/commands", content=b"text=a", headers=sent).status_code == 404  # signed, no command
        now[0] += seconds
        http.post("/slack/commands", content=b"text=b", headers=signed_headers(b"text=b"))  # what is old is forgotten
        now[0] -= seconds
    with in_process(slack, Store(tmp_path / "store.db", lambda: now[0])) as http:  # as after a restart
        assert http.post("/slack/commands", content=b"text=a", headers=sent).status_code == 401
        later = signed_headers(b"text=a", at=NOW + 1)
        assert http.post("/slack/commands", content=b"text=a", headers=later).status_code == 404


@pytest.mark.parametrize("store", ["off", "new", "unusable"])
def test_without_what_was_kept_before_nothing_that_was_signed_before_the_start_is_taken(
    in_process, slack: Slack, tmp_path, store: str
):
    """A restart without a store, with another file, and with one that cannot be used."""
    (tmp_path / "file").write_text("no folder")
    files = {"off": "off", "new": tmp_path / "new.db", "unusable": tmp_path / "file/store.db"}
    kept = None if store == "off" else Store(files[store], lambda: NOW)
    with in_process(slack, kept, store=files[store]) as http:
        for at, status in ((NOW - 1, 401), (NOW, 404), (NOW + 1, 404)):
            body = f"text={at}".encode()
            for expected in (status, 401):
                sent = http.post("/slack/commands", content=body, headers=signed_headers(body, at=at))
                assert sent.status_code == expected


@pytest.mark.parametrize("secret", ["the-new-one", SECRET])
def test_the_old_secret_counts_while_it_is_set(in_process, slack: Slack, secret: str):
    body = urllib.parse.urlencode(command("help", slack.response_url)).encode()
    with in_process(slack, slack_signing_secret="the-new-one", slack_signing_secret_old=SECRET) as http:
        headers = signed_headers(body, secret=secret)
        assert http.post("/slack/commands", content=body, headers=headers).status_code == 200
    assert len(slack.replies) == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe", FORM),
        (b"text=%ff", FORM),
        (b"", FORM),
        (b"payload=", FORM),
        (b"payload=[1]", FORM),
        (b"payload=" + b"[" * 100_000, FORM),
        (b"{", JSON),
        (b"[]", JSON),
        (b"[" * 100_000, JSON),
        (b'{"a":' * 50_000, JSON),
        (b"null", JSON),
        (b'{"type": "event_callback", "event": 1, "authorizations": 5}', JSON),
        (b'{"type": "block_actions", "user": 3, "team": [], "authorizations": [1]}', JSON),
        (b'{"type": "view_submission"}', JSON),
        (b'{"type": "view_submission", "view": {}}', JSON),
        (b'{"type": "view_submission", "view": {"type": "modal", "callback_id": "check_snapshot", "state": 5}}', JSON),
    ],
)
def test_a_signed_body_that_cannot_be_read_is_400(http: TestClient, body: bytes, kind: str):
    sent = signed_headers(body, kind, at=NOW + 1)  # no other test has sent it
    assert http.post("/slack/events", content=body, headers=sent).status_code == 400


_NAMES = st.sampled_from(
    ["state", "values", "private_metadata", "text", "file", "planned", "selected_option", "files", "id"]
) | st.sampled_from(
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
    kind=st.sampled_from([FORM, JSON, "text/plain", ""]),
    path=st.sampled_from(ADDRESSES),
    correct=st.booleans(),
    strange=st.text(
        alphabet=st.characters(min_codepoint=33, max_codepoint=255, exclude_characters="\x7f"), max_size=20
    ),
)
@settings(max_examples=max(300, settings.default.max_examples), deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_makes_the_service_fail(
    http: TestClient, body: bytes, kind: str, path: str, correct: bool, strange: str
):
    sent = signed_headers(body, kind)
    if not correct:
        sent["x-slack-signature"] = strange
        sent["x-slack-request-timestamp"] = strange
    raw = {name: value.encode("latin-1") for name, value in sent.items()}
    assert http.post(f"/slack/{path}", content=body, headers=raw).status_code < 500


_PAYLOADS = st.fixed_dictionaries(
    {"type": _VALUES | _JSON}, optional={"view": _JSON, "actions": _JSON, "user": _JSON, "team": _JSON, "event": _JSON,
                                         "callback_id": _VALUES, "trigger_id": st.text(max_size=3)}
)  # fmt: skip


@given(payload=_PAYLOADS, path=st.sampled_from(ADDRESSES), form=st.booleans())
@settings(max_examples=max(300, settings.default.max_examples), deadline=None, suppress_health_check=list(HealthCheck))
def test_what_slack_signs_in_any_shape_is_handled_or_400(http: TestClient, payload: dict, path: str, form: bool):
    """404: of no listener; 401: the same example once more."""
    text = json.dumps(payload)
    body = (urllib.parse.urlencode({"payload": text}) if form else text).encode()
    answer = http.post(f"/slack/{path}", content=body, headers=signed_headers(body, FORM if form else JSON))
    assert answer.status_code in (200, 400, 401, 404)


def test_the_certificate_probe_is_answered_unsigned_and_runs_nothing(in_process, slack: Slack):
    fields = {**command("help", slack.response_url), "ssl_check": "1"}
    with in_process(slack, slack_bot_token=TOKEN) as http:
        assert http.post("/slack/commands", data=fields).status_code == 200
    assert (slack.calls, slack.replies) == ([], [])


@pytest.mark.parametrize("probe", ["0", "true", "11", " 1", ""])
def test_only_the_probe_itself_passes_unsigned(http: TestClient, probe: str):
    assert http.post("/slack/commands", data={"ssl_check": probe}).status_code == 401


def test_two_probes_are_none(http: TestClient):
    probes = http.post("/slack/commands", content=b"ssl_check=1&ssl_check=0", headers={"content-type": FORM})
    assert probes.status_code == 401


def test_slack_verifies_the_address_of_events_with_a_signed_challenge(http: TestClient):
    body = json.dumps({"type": "url_verification", "token": "old", "challenge": "3eZbrw1a"}).encode()
    assert http.post("/slack/events", content=body, headers={"content-type": JSON}).status_code == 401
    answer = http.post("/slack/events", content=body, headers=signed_headers(body, JSON))
    assert (answer.status_code, answer.json()) == (200, {"challenge": "3eZbrw1a"})


def test_a_command_about_a_payload_is_read():
    """Bolt itself takes a form with this word in it for an interaction and reads nothing."""
    body = urllib.parse.urlencode({"command": "/cni", "text": "what is a payload?"}).encode()
    assert decoded(body, FORM) == {"command": "/cni", "text": "what is a payload?"}


def test_a_body_above_the_limit_is_413(http: TestClient):
    body = b"text=" + b"a" * 3_000_000
    assert http.post("/slack/commands", content=body, headers=signed_headers(body)).status_code == 413


def test_its_requests_are_counted_under_their_address(in_process, slack: Slack):
    with in_process(slack) as http:
        assert http.post("/slack/commands", data={"text": "unsigned"}).status_code == 401
        counts = [line for line in http.get("/metrics").text.splitlines() if "/slack/" in line]
    assert [count for count in counts if 'route="/slack/commands",status="401"' in count and count.endswith(" 1.0")]


def test_without_a_secret_there_are_no_addresses(in_process, slack: Slack):
    with in_process(slack, slack_signing_secret=None) as http:
        for name in ADDRESSES:
            assert http.post(f"/slack/{name}", data={"ssl_check": "1"}).status_code == 404


@pytest.mark.parametrize(
    "given_headers",
    [
        {},
        {"x-slack-request-timestamp": str(NOW)},
        {"x-slack-request-timestamp": str(NOW), "x-slack-signature": "v0=short"},
        {"x-slack-request-timestamp": str(NOW - WINDOW - 1), "x-slack-signature": "v0=" + "0" * 64},
    ],
    ids=["unsigned", "half", "misshapen", "stale"],
)
def test_the_body_of_what_cannot_be_signed_is_not_read(in_process, slack: Slack, run_async, given_headers: dict):
    with in_process(slack) as http:
        sent = {**given_headers, "content-length": "300000"}
        scope = {
            "type": "http", "method": "POST", "path": "/slack/events", "raw_path": b"/slack/events",
            "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
            "query_string": b"", "client": ("10.0.0.9", 1),
            "server": ("localhost", 80), "scheme": "http", "http_version": "1.1", "root_path": "",
        }  # fmt: skip
        status: list[int] = []

        async def receive() -> dict:
            raise AssertionError("the body was read")

        async def send(message: dict) -> None:
            status.append(message.get("status", 0))

        run_async(http.app(scope, receive, send))
    assert status[0] == 401


def test_who_is_refused_again_and_again_is_told_to_wait_and_slack_is_not(in_process, slack: Slack):
    with in_process(slack, rate_limit="3/hour", proxy_hops=1) as http:

        def status(headers: dict, who: str) -> int:
            return http.post(
                "/slack/commands", content=b"text=a", headers=headers | {"x-forwarded-for": who}
            ).status_code

        wrong = {"x-slack-request-timestamp": str(NOW), "x-slack-signature": "v0=" + "0" * 64}
        assert [status({}, "203.0.113.1"), status(wrong, "203.0.113.1"), status({}, "203.0.113.1")] == [401] * 3
        again = http.post("/slack/commands", content=b"", headers=wrong | {"x-forwarded-for": "203.0.113.1"})
        assert again.status_code == 429 and int(again.headers["retry-after"]) > 0
        assert status({}, "203.0.113.1") == 429
        signed_ones = [signed_headers(b"text=a", at=NOW + n) for n in range(5)]
        assert [status(request, "203.0.113.2") for request in signed_ones] == [404] * 5  # not counted


def test_a_body_of_slack_s_size_is_taken_and_a_larger_one_is_not(in_process, slack: Slack):
    with in_process(slack) as http:
        for size, status in ((MAX_SLACK_BODY, 404), (MAX_SLACK_BODY + 1, 413)):
            body = b"text=".ljust(size, b"a")
            assert http.post("/slack/commands", content=body, headers=signed_headers(body)).status_code == status
