"""No secret is in anything that the service puts out (log, replies, calls, metrics, probes, errors), and in the log
nothing that people send.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
from deliver import SECRET, command, post_command, post_event
from processes import now
from standin import Slack, standing_in
from test_events import mention

SECRETS = {
    "slack_signing_secret_old": "canary-signing-old",
    "slack_bot_token": "xoxb-canary-bot",
    "slack_app_token": "xapp-canary-app",
}
LOOKED_FOR = ("canary", SECRET, "xoxb", "xapp")
SEEN = ("/metrics", "/readyz", "/livez", "/api/openapi.json", "/api/rules", "/slack/events", "/en/", "/nowhere")


@dataclass(frozen=True)
class PutOut:
    """By where it was put, what the service put out until its end; and the response URLs it was given."""

    texts: dict[str, str]
    urls: list[str]


@pytest.fixture(scope="module")
def put_out(process, connecting_anew, refusing: str) -> Iterator[PutOut]:
    with standing_in() as slack:
        texts: dict[str, str] = {}
        urls = [slack.response_url for _ in range(3)]
        store = refusing.replace("http://", "redis://:canary-redis@")  # its failure is logged
        with process(slack, rate_limit="1000/minute", rate_store=store, **SECRETS) as running:
            with connecting_anew(running.url) as http:
                send(http, slack, urls)
                texts |= {path: str(reply.headers) + reply.text for path in SEEN for reply in [http.get(path)]}
                asked = http.post("/api/ask", json={"question": "What is CNI?"})
                unsigned = http.post("/slack/events", content=b"text=unsigned-words")
                broken = http.post("/api/ask", content=b"{", headers={"content-type": "application/json"})
            assert (asked.status_code, unsigned.status_code, broken.status_code) == (200, 401, 422)
            texts |= {"asked": asked.text, "unsigned": unsigned.text, "broken": broken.text}
        texts |= {"replies": json.dumps([body for _, body in slack.replies]), "calls": json.dumps(slack.calls)}
        yield PutOut(texts | {"log": running.log.read_text("utf-8")}, urls)


def send(http: httpx.Client, slack: Slack, urls: list[str]) -> None:
    """What people send has the word "private" in it."""
    stranger = {**command("private", urls[0]), "command": "/private"}
    elsewhere = command("private kubenet", "https://private.example/x")
    posted = [
        post_event(http, mention("What is a private CNI?"), at=now()),
        post_command(http, {**command("What is a private CNI?", urls[1]), "token": "private"}, now()),
        post_command(http, command("check", urls[2]), now()),
        post_command(http, stranger, now()),
        post_command(http, elsewhere, now()),
    ]
    assert [status for status, _ in posted] == [200, 200, 200, 404, 200]
    slack.called("chat.postMessage")
    slack.called("views.open")
    slack.replied()


def test_a_canary_is_in_no_output(put_out: PutOut):
    assert "store of the rate limit cannot be reached" in put_out.texts["log"]
    assert [(where, word) for where, text in put_out.texts.items() for word in LOOKED_FOR if word in text] == []


def test_what_people_send_is_never_logged(put_out: PutOut):
    log = put_out.texts["log"]
    assert "slack: refused a request: it is not signed" in log
    assert "slack: a response URL does not lead to Slack" in log
    assert [word for word in ("private", "unsigned-words", *put_out.urls) if word in log] == []
