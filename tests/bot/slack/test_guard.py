"""Only what Slack signed a moment ago, each request once; anything hostile is 401 and leaves no trace of itself."""

import gzip
import json
import urllib.parse

import pytest
from deliver import ADDRESSES, FORM, JSON, NOW, SECRET, command, signed_headers, unique
from fastapi.testclient import TestClient
from standin import TOKEN, Slack

from bot.api.body_limit import MAX_SLACK_BODY
from bot.service.store import Store
from bot.slack.guard import WINDOW, decoded


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
        (b'{"type": "event_callback", "event": {"type": "x"}, "event_id": "E", "at": NaN}', JSON),
        (b'{"type": "event_callback", "event": {"type": "x"}, "event_id": "E", "event_id": "F"}', JSON),
        (b'payload={"type": "block_actions", "actions": [], "user": {"id": "U"}, "at": Infinity}', FORM),
        (b'{"type": "url_verification", "challenge": 1}', JSON),
        (b"command=/cni&text=help&user_id=U1&trigger_id=T", FORM),
        (b"command=/cni&text=help&trigger_id=T&response_url=https://hooks.example.com/1", FORM),
        (b'{"type": "view_submission"}', JSON),
        (b'{"type": "view_submission", "view": {}}', JSON),
        (b'{"type": "view_submission", "view": {"type": "modal", "callback_id": "check_snapshot", "state": 5}}', JSON),
    ],
)
def test_a_signed_body_that_cannot_be_read_is_400(http: TestClient, body: bytes, kind: str):
    sent = signed_headers(body, kind, at=NOW + 1)  # no other test has sent it
    assert http.post("/slack/events", content=body, headers=sent).status_code == 400


@pytest.mark.parametrize("kind", [FORM, "text/plain", "", "multipart/form-data; boundary=x", f"{FORM}; charset=sjis"])
@pytest.mark.parametrize(("encoding", "packed"), [("identity", False), ("gzip", False), ("gzip", True)])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_signed_body_is_what_was_signed_however_it_is_labelled_and_sent(
    http: TestClient, kind: str, encoding: str, packed: bool, chunked: bool
):
    """Slack sends forms and JSON as they are, so nothing is unpacked, and no type is believed. 404: no command."""
    plain = f"text={unique('body')}".encode()
    body = gzip.compress(plain, mtime=0) if packed else plain
    headers = {**signed_headers(body, kind), "content-encoding": encoding}
    sent = http.post("/slack/commands", content=iter([body[:3], body[3:]]) if chunked else body, headers=headers)
    assert sent.status_code == (400 if packed else 404)


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
