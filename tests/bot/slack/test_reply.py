"""Replies go to Slack alone, are never led elsewhere, wait when told to, and stop at five."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import aiohttp
import pytest
from standin import HOOK, Fault, Slack
from timing import PATIENT

from bot.service.desk import SECONDS, Desk
from bot.service.store import Store
from bot.settings import Settings
from bot.slack.context import TIMING, Context
from bot.slack.reply import ATTEMPTS, LONGEST_WAIT, remove, reply, slack_target

MESSAGE = {"text": "hello", "blocks": []}


@pytest.fixture
def waits() -> list[float]:
    """The seconds that replies have waited for, by a clock that does not make them wait."""
    return []


@pytest.fixture
def context(tmp_path: Path, slack: Slack, waits: list[float]) -> Context:
    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    at = Settings(slack_hooks_url=f"{slack.url}/hooks/", slack_api_url=f"{slack.url}/api/")
    timing = replace(PATIENT, sleep=sleep)
    return Context(Desk(at, SimpleNamespace()), Store(tmp_path / "store.db"), timing)  # type: ignore[arg-type]


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
    monkeypatch.setattr(aiohttp, "ClientSession", None)  # nothing may be sent
    at = Settings(slack_hooks_url="https://hooks.slack.com/")
    slacks = Context(Desk(at, SimpleNamespace()), Store(tmp_path / "store.db"))  # type: ignore[arg-type]
    assert not send(slacks, url)


@pytest.mark.parametrize(
    ("url", "hooks"),
    [
        ("https://hooks.slack.com/commands/T1/2/3", "https://hooks.slack.com/"),
        ("https://hooks.slack-gov.com/x", "https://hooks.slack-gov.com/"),
    ],
)
def test_the_real_address_is_accepted(url: str, hooks: str):
    assert str(slack_target(url, hooks)) == url


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(context: Context, slack: Slack, waits: list[float], status: int, send):
    slack.faults += [Fault(status, {"Location": f"{slack.url}/api/stolen"})]
    assert not send(context, slack.response_url)
    assert (len(slack.replies), slack.calls, waits) == (1, [], [])


@pytest.mark.parametrize("seconds", [2, 60])
def test_too_many_requests_waits_as_told(context: Context, slack: Slack, waits: list[float], seconds: int, send):
    slack.faults += [Fault(429, {"Retry-After": str(seconds)})]
    assert send(context, slack.response_url)
    assert (len(slack.replies), waits) == (2, [seconds])


@pytest.mark.parametrize("wait", ["61", "86400"])
def test_too_long_a_wait_is_given_up(context: Context, slack: Slack, waits: list[float], wait: str, send):
    slack.faults += [Fault(429, {"Retry-After": wait})]
    assert not send(context, slack.response_url)
    assert (len(slack.replies), waits) == (1, [])


@pytest.mark.parametrize("wait", ["9" * 400, "-1", "1.5", "soon", "２", ""])
def test_a_strange_wait_is_a_second(context: Context, slack: Slack, waits: list[float], wait: str, send):
    slack.faults += [Fault(429, {"Retry-After": wait})]
    assert send(context, slack.response_url)
    assert (len(slack.replies), waits) == (2, [1])


def test_a_failure_of_slack_is_tried_again_twice_at_growing_intervals(
    context: Context, slack: Slack, waits: list[float], send
):
    slack.faults += [Fault(500), Fault(503)]
    assert send(context, slack.response_url)
    assert (len(slack.replies), waits) == (3, [1, 2])
    slack.faults += [Fault(500)] * 3
    assert not send(context, slack.response_url)
    assert (len(slack.replies), waits) == (6, [1, 2, 1, 2])


def test_what_was_never_sent_is_tried_again(context: Context, waits: list[float], refusing: str, send):
    closed = replace(context, desk=Desk(Settings(slack_hooks_url=refusing), context.desk.source))
    assert not send(closed, f"{refusing}hooks/x")
    assert waits == [1, 2]


@pytest.mark.parametrize("status", [400, 403, 404, 410])
def test_a_refusal_is_final(context: Context, slack: Slack, waits: list[float], status: int, send):
    slack.faults += [Fault(status)]
    assert not send(context, slack.response_url)
    assert (len(slack.replies), waits) == (1, [])


def test_what_has_arrived_is_not_sent_twice_when_slack_hangs_up(
    context: Context, slack: Slack, waits: list[float], send
):
    slack.faults += [Fault(None)]
    assert not send(context, slack.response_url)
    assert (len(slack.replies), waits) == (1, [])


def test_what_may_have_arrived_is_not_sent_twice_when_slack_is_silent(
    context: Context, slack: Slack, waits: list[float], send
):
    slack.silent.add(HOOK)
    hasty = replace(context, timing=replace(context.timing, reply=0.01))
    assert not send(hasty, slack.response_url)
    assert waits == []
    assert len(slack.replies) <= 1, "on a busy machine the time is over before it arrives"


def test_an_address_is_used_five_times_at_most(context: Context, slack: Slack, send, run_async):
    url = slack.response_url
    assert [send(context, url) for _ in range(7)] == [True] * 5 + [False] * 2
    assert run_async(remove(context, url)) is False
    assert send(context, slack.response_url)
    assert len(slack.replies) == 6


def test_its_uses_are_known_for_the_half_hour_in_which_slack_takes_them(
    context: Context, slack: Slack, tmp_path: Path, send
):
    now = [1_700_000_000.0]
    timed, url = replace(context, store=Store(tmp_path / "timed.db", lambda: now[0])), slack.response_url
    assert [send(timed, url) for _ in range(5)] == [True] * 5
    now[0] += 30 * 60 - 1
    assert not send(timed, url)
    assert len(slack.replies) == 5


def test_no_reply_is_so_late_that_slack_takes_none():
    """An address is used by what it came with only, so the longest that this can take is the latest reply."""
    longest = SECONDS + TIMING.reader + ATTEMPTS * TIMING.reply + (ATTEMPTS - 1) * LONGEST_WAIT
    assert longest < 30 * 60


def test_attempts_count_as_uses(context: Context, slack: Slack, waits: list[float], send):
    url = slack.response_url
    slack.faults += [Fault(500)] * 6
    assert [send(context, url) for _ in range(3)] == [False] * 3
    assert (len(slack.replies), waits) == (5, [1, 2, 1, 2])


def test_what_went_wrong_is_logged_without_the_address(
    context: Context, slack: Slack, send, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("INFO", "kb")
    slack.faults += [Fault(404)]
    url = slack.response_url
    send(context, url)
    assert "slack: a reply was not delivered: status 404" in caplog.text
    assert url not in caplog.text and "hello" not in caplog.text
