"""Socket Mode: the same answers over a line that the service opens, acknowledges on, and opens anew."""

import time

from standin import Slack, command, envelope, wait_for
from test_events import KUBENET, mention, said


def slash(slack: Slack, number: str, text: str) -> dict[str, object]:
    fields = command(text, slack.response_url, f"9.{number}")
    return {"type": "slash_commands", "envelope_id": f"E{number}", "accepts_response_payload": True, "payload": fields}


def event(number: str, text: str, retry: int = 0) -> dict[str, object]:
    return {
        "type": "events_api",
        "envelope_id": f"E{number}-{retry}",
        "accepts_response_payload": False,
        "retry_attempt": retry,
        "retry_reason": "timeout" if retry else "",
        "payload": envelope(mention(text), f"Ev-socket-{number}"),
    }


def test_the_line_is_opened_with_the_app_token(line: Slack):
    assert line.opened >= 1


def test_a_command_is_acknowledged_and_answered(line: Slack):
    line.send(slash(line, "1", KUBENET))
    assert wait_for(lambda: [ack for ack in line.acks if ack["envelope_id"] == "E1"])
    assert "kubenet-to-overlay" in said(line.replied()[-1])


def test_a_mention_is_answered_once_however_often_it_comes(line: Slack):
    for retry in (0, 1, 2):
        line.send(event("2", KUBENET, retry))
    wait_for(lambda: [ack for ack in line.acks if ack["envelope_id"].startswith("E2-")], 3)
    line.called("chat.postMessage")
    time.sleep(1)
    assert len(line.called("chat.postMessage")) == 1


def test_slack_may_close_the_line_at_any_time(line: Slack):
    before = line.opened
    line.send({"type": "disconnect", "reason": "refresh_requested", "debug_info": {"host": "applink-1"}})
    wait_for(lambda: list(range(line.opened - before)), 1, 20)
    line.send(slash(line, "3", KUBENET))
    assert "kubenet-to-overlay" in said(line.replied()[-1])


def test_the_site_is_served_while_slack_cannot_be_reached(lonely: str):
    """`lonely` is ready although its Slack refuses the connection."""
    assert lonely.startswith("http://127.0.0.1:")
