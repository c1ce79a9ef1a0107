"""Replies go to Slack alone, are never led elsewhere, wait when told to, and stop at five."""

import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from standin import Slack

from bot.capacity import Turns
from bot.settings import Settings
from bot.slack import reply as replies
from bot.slack.context import Context
from bot.slack.reply import remove, reply
from bot.store import Store

MESSAGE = {"text": "hello", "blocks": []}


@pytest.fixture
def context(tmp_path: Path, slack: Slack) -> Context:
    at = Settings(slack_hooks_url=f"{slack.url}/hooks/", slack_api_url=f"{slack.url}/api/")
    return Context(SimpleNamespace(), Store(tmp_path / "store.db"), at, Turns(0), None)  # type: ignore[arg-type]


@pytest.fixture
def send(run_async):
    return lambda context, url: run_async(reply(context, url, MESSAGE))


def test_a_reply_is_private_and_unfurls_nothing(context: Context, slack: Slack, send):
    assert send(context, slack.response_url)
    assert slack.replied() == [
        {
            "response_type": "ephemeral",
            "replace_original": False,
            "unfurl_links": False,
            "unfurl_media": False,
            **MESSAGE,
        }
    ]


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/hooks/x",
        "http://hooks.slack.com/commands/x",
        "https://hooks.slack.com.evil.example/x",
        "https://hooks.slack.com@evil.example/x",
        "https://user@hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "https://hooks.slack.com\\@evil.example/x",
        "https://evil.example\\hooks.slack.com/",
        "file:///etc/passwd",
        "//evil.example/",
        "http://169.254.169.254/latest/",
        "https://[::1/",
        "",
    ],
)
def test_only_slacks_address_is_called(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch, send):
    monkeypatch.setattr(replies.aiohttp, "ClientSession", None)  # nothing may be sent
    slacks = Context(SimpleNamespace(), Store(tmp_path / "store.db"), Settings(), Turns(0), None)  # type: ignore[arg-type]
    assert not send(slacks, url)


def test_the_real_address_is_accepted():
    assert replies._slacks("https://hooks.slack.com/commands/T1/2/3", "https://hooks.slack.com/")
    assert replies._slacks("https://hooks.slack-gov.com/x", "https://hooks.slack-gov.com/")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(context: Context, slack: Slack, status: int, send):
    slack.faults += [(status, {"Location": f"{slack.url}/api/stolen"}, 0)]
    assert not send(context, slack.response_url)
    assert (len(slack.replies), slack.calls) == (1, [])


def test_too_many_requests_waits_as_told(context: Context, slack: Slack, send):
    slack.faults += [(429, {"Retry-After": "2"}, 0)]
    started = time.monotonic()
    assert send(context, slack.response_url)
    assert time.monotonic() - started >= 2
    assert len(slack.replies) == 2


@pytest.mark.parametrize("wait", ["86400", "9" * 400])
def test_too_long_a_wait_is_given_up(context: Context, slack: Slack, wait: str, send):
    slack.faults += [(429, {"Retry-After": "86400"}, 0)]
    assert not send(context, slack.response_url)


def test_a_failure_of_slack_is_tried_again(context: Context, slack: Slack, send):
    slack.faults += [(500, {}, 0)]
    assert send(context, slack.response_url)
    assert len(slack.replies) == 2


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_a_refusal_is_final(context: Context, slack: Slack, status: int, send):
    slack.faults += [(status, {}, 0)]
    assert not send(context, slack.response_url)
    assert len(slack.replies) == 1


def test_what_may_have_arrived_is_not_sent_twice(context: Context, slack: Slack, monkeypatch: pytest.MonkeyPatch, send):
    monkeypatch.setattr(replies, "TIMEOUT", replies.aiohttp.ClientTimeout(total=0.3))
    slack.faults += [(200, {}, 1.0)]
    assert not send(context, slack.response_url)
    time.sleep(1)
    assert len(slack.replies) == 1


def test_an_address_is_used_five_times_at_most(context: Context, slack: Slack, send, run_async):
    url = slack.response_url
    assert [send(context, url) for _ in range(7)] == [True] * 5 + [False] * 2
    assert run_async(remove(context, url)) is False
    assert send(context, slack.response_url)
    assert len(slack.replies) == 6


def test_what_went_wrong_is_logged_without_the_address(
    context: Context, slack: Slack, caplog: pytest.LogCaptureFixture
):
    slack.faults += [(404, {}, 0)]
    url = slack.response_url
    send(context, url)
    assert "status 404" in caplog.text
    assert url not in caplog.text and "hello" not in caplog.text
