"""Socket Mode: the same answers over a line that the service opens, acknowledges on, and opens anew."""

from dataclasses import replace
from typing import Any

import pytest
from deliver import command, envelope, unique
from standin import TOKEN, Slack, until
from test_events import KUBENET, mention, said
from timing import PATIENT

SOCKET_MODE = {"slack_signing_secret": None, "slack_app_token": "xapp-test", "slack_bot_token": TOKEN}
CLOSING = {"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "applink-1"}}


def slash(slack: Slack, text: str) -> dict[str, Any]:
    return {
        "type": "slash_commands",
        "envelope_id": unique("E"),
        "accepts_response_payload": True,
        "payload": command(text, slack.response_url),
    }


def event(text: str, event_id: str, retry: int = 0) -> dict[str, Any]:
    return {
        "type": "events_api",
        "envelope_id": unique("E"),
        "accepts_response_payload": False,
        "retry_attempt": retry,
        "retry_reason": "timeout" if retry else "",
        "payload": envelope(mention(text), event_id),
    }


@pytest.fixture
def line(in_process, slack: Slack):
    """The stand-in with an open line."""
    with in_process(slack, **SOCKET_MODE):
        until(lambda: slack.lines)
        yield slack


def test_the_line_is_opened_with_the_app_token(line: Slack):
    assert line.bearers == [("apps.connections.open", "xapp-test")]


def test_a_command_is_acknowledged_and_answered(line: Slack):
    sent = slash(line, KUBENET)
    line.send(sent)
    assert until(lambda: line.acks)[0]["envelope_id"] == sent["envelope_id"]
    assert "kubenet-to-overlay" in said(line.replied()[0])


def test_a_mention_is_answered_once_however_often_it_comes(in_process, slack: Slack):
    deliveries = [event(KUBENET, "Ev-again", retry) for retry in (0, 1, 2)]
    with in_process(slack, **SOCKET_MODE):
        until(lambda: slack.lines)
        for delivery in deliveries:
            slack.send(delivery)
        acks = until(lambda: slack.acks, 3)
    assert {ack["envelope_id"] for ack in acks} == {delivery["envelope_id"] for delivery in deliveries}
    assert [method for method, _ in slack.calls] == ["apps.connections.open", "chat.postMessage"]


def test_a_process_opens_the_line_anew_when_slack_closes_it(process, slack: Slack):
    with process(slack, **SOCKET_MODE):
        until(lambda: slack.lines)
        slack.send(slash(slack, KUBENET))
        assert "kubenet-to-overlay" in said(slack.replied()[0])
        slack.send(CLOSING)
        until(lambda: range(slack.opened), 2)
        slack.send(slash(slack, KUBENET))
        assert "kubenet-to-overlay" in said(slack.replied(2)[1])
        until(lambda: slack.acks, 2)
    assert (len(slack.acks), len(slack.replies), slack.opened) == (2, 2, 2)


def test_the_site_is_served_while_slack_refuses_connections(in_process, slack: Slack, refusing: str):
    with in_process(slack, slack_api_url=refusing, **SOCKET_MODE) as http:
        assert http.get("/readyz").status_code == 200


def test_the_line_is_opened_as_soon_as_slack_allows_it(in_process, slack: Slack):
    slack.answers["apps.connections.open"] = {"ok": False, "error": "internal_error"}
    with in_process(slack, timing=replace(PATIENT, ping=0.5), **SOCKET_MODE):
        slack.called("apps.connections.open", 2)
        assert slack.opened == 0
        slack.answers.clear()
        until(lambda: slack.lines)
