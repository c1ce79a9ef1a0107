"""Requests as Slack sends and signs them: commands, events and interactions."""

import hashlib
import hmac
import itertools
import json
import urllib.parse
from typing import Any

import httpx
from standin import BOT, HUMAN

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = 1_700_000_000  # on the clock of Slack and of a service within this process; others have the machine's
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
ADDRESSES = ("commands", "interactions", "events")
_numbers = itertools.count(1)


def unique(kind: str) -> str:
    """An id that Slack has not given before."""
    return f"{kind}-{next(_numbers)}"


def signature(body: bytes, stamp: str, secret: str = SECRET) -> str:
    """Slack's scheme v0."""
    return "v0=" + hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()


def signed_headers(body: bytes, kind: str = FORM, at: float = NOW, secret: str = SECRET) -> dict[str, str]:
    """The headers of a body that Slack signs at this time."""
    stamp = str(int(at))
    return {
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": signature(body, stamp, secret),
        "content-type": kind,
    }


def post(http: httpx.Client, path: str, body: bytes, kind: str, at: float = NOW, **headers: str) -> tuple[int, Any]:
    """POST a signed body: status and JSON (or text) of the answer."""
    answer = http.post(f"/slack/{path}", content=body, headers={**signed_headers(body, kind, at), **headers})
    return answer.status_code, answer.json() if answer.text[:1] in ("{", "[") else answer.text


def command(text: str, response_url: str, trigger_id: str | None = None) -> dict[str, str]:
    """The fields of a slash command."""
    return {
        "token": "old",
        "team_id": "T1",
        "team_domain": "x",
        "channel_id": "C1",
        "channel_name": "general",
        "user_id": HUMAN,
        "user_name": "someone",
        "command": "/cni",
        "text": text,
        "api_app_id": "A1",
        "response_url": response_url,
        "trigger_id": trigger_id or unique("trigger"),
    }


def post_command(http: httpx.Client, fields: dict[str, str], at: float = NOW) -> tuple[int, Any]:
    return post(http, "commands", urllib.parse.urlencode(fields).encode(), FORM, at)


def envelope(event: dict[str, Any], event_id: str | None = None) -> dict[str, Any]:
    """An event as the Events API wraps it."""
    return {
        "token": "old",
        "team_id": "T1",
        "api_app_id": "A1",
        "event": event,
        "type": "event_callback",
        "event_id": event_id or unique("Ev"),
        "event_time": NOW,
        "authorizations": [{"enterprise_id": None, "team_id": "T1", "user_id": BOT, "is_bot": True}],
        "is_ext_shared_channel": False,
    }


def post_event(
    http: httpx.Client, event: dict[str, Any], event_id: str | None = None, at: float = NOW, **headers: str
) -> tuple[int, Any]:
    return post(http, "events", json.dumps(envelope(event, event_id)).encode(), JSON, at, **headers)


def post_interaction(http: httpx.Client, payload: dict[str, Any], at: float = NOW) -> tuple[int, Any]:
    whole = {
        "trigger_id": unique("trigger"),
        "team": {"id": "T1", "domain": "x"},
        "user": {"id": HUMAN, "team_id": "T1"},
        "api_app_id": "A1",
        **payload,
    }
    body = urllib.parse.urlencode({"payload": json.dumps(whole)}).encode()
    return post(http, "interactions", body, FORM, at)
