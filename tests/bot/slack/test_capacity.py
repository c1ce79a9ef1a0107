"""Slack and HTTP share one queue and one way to count: neither can starve the other, and nobody meets silence."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from standin import BOT, HUMAN, SECRET, Slack, command, post_command, post_event, post_interaction

# `kb serve` with one turn at a time, in which a question that says "slow" takes two seconds.
ONE_AT_A_TIME = """
import os, time
os.cpu_count = lambda: 1
import bot.ask
ask = bot.ask.Bot.ask
def slow(self, question, lang=None, history=()):
    if "slow" in question: time.sleep(2)
    return ask(self, question, lang, history)
bot.ask.Bot.ask = slow
from bot.cli import main
main()
"""
FULL = {"en": "Too many questions", "ja": "質問が集中しています"}
OFTEN = {"en": "very often", "ja": "秒後にもう一度"}


@pytest.fixture(scope="module")
def narrow(serving, addresses):
    """Room for one question at work and one that waits."""
    program = [sys.executable, "-c", ONE_AT_A_TIME]
    given = {"slack_signing_secret": SECRET, "slack_bot_token": "xoxb-test", "max_waiting": 1, **addresses}
    with serving(program=program, **given) as running:
        yield running.url


@pytest.fixture(scope="module")
def counted(serving, addresses):
    """Two questions an hour for each person."""
    with serving(slack_signing_secret=SECRET, slack_bot_token="xoxb-test", rate_limit="2/hour", **addresses) as running:
        yield running.url


def ask(service: str, slack: Slack, text: str, user: str = HUMAN) -> None:
    given = {**command(text, slack.response_url, str(time.time_ns())), "user_id": user}
    assert post_command(service, given) == (200, "")


def mention(service: str, text: str, user: str, **more: str) -> None:
    event = {"type": "app_mention", "user": user, "text": f"<@{BOT}> {text}", "ts": "1.1", "channel": "C1", **more}
    assert post_event(service, event, f"Ev{time.time_ns()}")[0] == 200


def test_beyond_the_queue_each_person_is_told_privately_in_their_language(narrow: str, slack: Slack):
    started = time.monotonic()
    ask(narrow, slack, "slow: what is CNI?")
    ask(narrow, slack, "slow: what is kubenet?")
    time.sleep(0.3)  # both have their place
    ask(narrow, slack, "What is an overlay?")
    ask(narrow, slack, "オーバーレイとは何ですか？")
    refused = slack.replied(2)
    assert time.monotonic() - started < 2, "who is refused need not wait"
    assert {reply["response_type"] for reply in refused} == {"ephemeral"}
    assert sorted(any(word in reply["text"] for word in FULL.values()) for reply in refused) == [True, True]
    assert any(FULL["ja"] in reply["text"] for reply in refused)
    assert len([reply for reply in slack.replied(4) if len(reply["blocks"]) > 1]) == 2, "who was in time is answered"


def test_in_a_channel_only_who_mentioned_the_bot_sees_the_refusal(narrow: str, slack: Slack):
    for n in range(2):
        ask(narrow, slack, f"slow: what is CNI? {n}")
    time.sleep(0.3)
    mention(narrow, "What is an overlay?", HUMAN)
    private = slack.called("chat.postEphemeral")[0]
    assert (private["channel"], private["user"]) == ("C1", HUMAN)
    assert FULL["en"] in private["text"]
    slack.replied(2)
    assert [method for method, _ in slack.calls if method == "chat.postMessage"] == []


def test_a_button_pressed_in_a_crowd_says_so(narrow: str, slack: Slack):
    ask(narrow, slack, "What is CNI?")
    value = next(
        button["value"]
        for block in slack.replied()[0]["blocks"]
        if block["type"] == "actions"
        for button in block["elements"]
        if button["action_id"] == "more"
    )
    slack.forget()
    for n in range(2):
        ask(narrow, slack, f"slow: what is CNI? {n}")
    time.sleep(0.3)
    press = {
        "type": "block_actions",
        "response_url": slack.response_url,
        "container": {"type": "message"},
        "channel": {"id": "C1"},
        "actions": [{"type": "button", "action_id": "more", "block_id": "b", "value": value, "action_ts": "1"}],
    }
    assert post_interaction(narrow, press)[0] == 200
    assert FULL["en"] in slack.replied()[0]["text"]
    slack.replied(3)


def test_slack_and_http_share_one_queue(narrow: str, slack: Slack):
    """In both directions: the other door is refused while one has taken every place."""
    question = {"question": "What is a delegated subnet?"}
    for n in range(2):
        ask(narrow, slack, f"slow: what is CNI? {n}")
    time.sleep(0.3)
    refused = httpx.post(f"{narrow}/api/ask", json=question)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
    slack.replied(2)
    slack.forget()
    with ThreadPoolExecutor(2) as pool:
        crowd = [
            pool.submit(httpx.post, f"{narrow}/api/ask", json={"question": f"slow: what is AGC? {n}"}, timeout=20)
            for n in range(2)
        ]
        time.sleep(0.5)
        ask(narrow, slack, "What is an overlay?")
        assert FULL["en"] in slack.replied()[0]["text"]
        assert [one.result().status_code for one in crowd] == [200, 200]
    assert httpx.post(f"{narrow}/api/ask", json=question).status_code == 200, "free again"


def test_a_person_who_asks_too_often_is_told_when_to_come_back(counted: str, slack: Slack):
    for n in range(2):
        ask(counted, slack, "What is CNI?", "UOFTEN")
        slack.replied(n + 1)
    ask(counted, slack, "What is CNI?", "UOFTEN")
    refused = slack.replied(3)[2]
    assert refused["response_type"] == "ephemeral" and OFTEN["en"] in refused["text"]
    slack.forget()
    # The same count by another way, in Japanese; the count of another person is their own.
    mention(counted, "CNI とは何ですか？", "UOFTEN")
    assert OFTEN["ja"] in slack.called("chat.postEphemeral")[0]["text"]
    mention(counted, "What is CNI?", "UOTHER")
    assert OFTEN["en"] not in slack.called("chat.postMessage")[0]["text"]


def test_the_address_of_slack_counts_for_nothing(counted: str, slack: Slack):
    """All of Slack calls from a few addresses, so people are counted, not addresses; help costs nothing."""
    for n in range(4):
        ask(counted, slack, "What is CNI?", f"UEACH{n}")
        ask(counted, slack, "help", "UHELP")
    assert [reply for reply in slack.replied(8) if OFTEN["en"] in reply["text"]] == []


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "commands", 405, "method_not_allowed"),
        ("HEAD", "events", 405, None),
        ("PUT", "interactions", 405, "method_not_allowed"),
        ("GET", "command", 404, "not_found"),
        ("POST", "command", 404, "not_found"),
        ("GET", "", 404, "not_found"),
    ],
)
def test_other_requests_to_slacks_addresses_get_json(counted: str, method: str, path: str, status: int, code: str):
    reply = httpx.request(method, f"{counted}/slack/{path}")
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/json"
    assert status != 405 or reply.headers["allow"] == "POST"
    assert code is None or reply.json()["error"]["code"] == code
