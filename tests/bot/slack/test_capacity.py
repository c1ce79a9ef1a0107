"""Slack and HTTP share one queue and one way to count: neither can starve the other, and nobody meets silence."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from deliver import command, post_command, post_event, post_interaction
from fastapi.testclient import TestClient
from standin import BOT, HUMAN, TOKEN, Slack, until
from test_commands import actions
from timing import GatedBot

from index.processors import processors

AT_ONCE = processors()  # questions at work
FULL = {"en": "Too many questions", "ja": "質問が集中しています"}
OFTEN = {"en": "very often", "ja": "秒後にもう一度"}


@pytest.fixture
def narrow(in_process, slack: Slack, gated: GatedBot):
    """A service in which no question may wait."""
    with in_process(slack, bot=gated, slack_bot_token=TOKEN, max_waiting=0) as http:
        yield http
        gated.gate.set()


@pytest.fixture
def counted(in_process, slack: Slack):
    """Two questions an hour for each person."""
    with in_process(slack, slack_bot_token=TOKEN, rate_limit="2/hour") as http:
        yield http


def ask(http: TestClient, slack: Slack, text: str, user: str = HUMAN) -> None:
    assert post_command(http, {**command(text, slack.response_url), "user_id": user}) == (200, "")


def mention(http: TestClient, text: str, user: str, **more: str) -> None:
    event = {"type": "app_mention", "user": user, "text": f"<@{BOT}> {text}", "ts": "1.1", "channel": "C1", **more}
    assert post_event(http, event) == (200, "")


def take_every_place(http: TestClient, slack: Slack, gated: GatedBot) -> None:
    for n in range(AT_ONCE):
        ask(http, slack, f"slow: what is CNI? {n}")
    until(lambda: gated.at_gate, AT_ONCE)


def test_beyond_the_queue_each_person_is_told_privately_in_their_language(in_process, slack: Slack, gated: GatedBot):
    with in_process(slack, bot=gated, max_waiting=1) as http:
        take_every_place(http, slack, gated)
        ask(http, slack, "slow: what is kubenet?")  # the one that may wait: it has its place when it is acknowledged
        for text, lang in (("What is an overlay?", "en"), ("オーバーレイとは何ですか？", "ja")):
            ask(http, slack, text)
            refusal = slack.replied()[0]  # nobody else is answered: the gate is closed
            assert refusal["response_type"] == "ephemeral" and FULL[lang] in refusal["text"]
            slack.forget()
        gated.gate.set()
    answers = [body["text"] for _, body in slack.replies]
    assert len(answers) == AT_ONCE + 1, "who was in time is answered"
    assert [text for text in answers if any(full in text for full in FULL.values())] == []


def test_in_a_channel_only_who_mentioned_the_bot_sees_the_refusal(narrow: TestClient, slack: Slack, gated: GatedBot):
    take_every_place(narrow, slack, gated)
    mention(narrow, "What is an overlay?", HUMAN)
    (private,) = slack.called("chat.postEphemeral")
    assert (private["channel"], private["user"]) == ("C1", HUMAN)
    assert "thread_ts" not in private, "a thread that does not exist yet would hide it"
    assert FULL["en"] in private["text"]
    assert [method for method, _ in slack.calls] == ["chat.postEphemeral"]


def test_in_a_thread_the_refusal_stays_in_it(narrow: TestClient, slack: Slack, gated: GatedBot):
    take_every_place(narrow, slack, gated)
    mention(narrow, "What is an overlay?", HUMAN, thread_ts="1.0")
    assert slack.called("chat.postEphemeral")[0]["thread_ts"] == "1.0"


def test_a_button_pressed_in_a_crowd_says_so(narrow: TestClient, slack: Slack, gated: GatedBot):
    ask(narrow, slack, "What is CNI?")
    value = actions(slack.replied()[0])["more"]
    slack.forget()
    take_every_place(narrow, slack, gated)
    press = {
        "type": "block_actions",
        "response_url": slack.response_url,
        "container": {"type": "message"},
        "channel": {"id": "C1"},
        "actions": [{"type": "button", "action_id": "more", "block_id": "b", "value": value, "action_ts": "1"}],
    }
    assert post_interaction(narrow, press) == (200, "")
    assert FULL["en"] in slack.replied()[0]["text"]


def test_http_is_refused_while_slack_has_taken_every_place(narrow: TestClient, slack: Slack, gated: GatedBot):
    question = {"question": "What is a delegated subnet?"}
    take_every_place(narrow, slack, gated)
    refused = narrow.post("/api/ask", json=question)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
    gated.gate.set()
    slack.replied(AT_ONCE)
    assert narrow.post("/api/ask", json=question).status_code == 200, "free again"


def test_slack_is_refused_while_http_has_taken_every_place(narrow: TestClient, slack: Slack, gated: GatedBot):
    crowd = [{"question": f"slow: what is AGC? {n}"} for n in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = [pool.submit(narrow.post, "/api/ask", json=question) for question in crowd]
        until(lambda: gated.at_gate, AT_ONCE)
        ask(narrow, slack, "What is an overlay?")
        assert FULL["en"] in slack.replied()[0]["text"]
        gated.gate.set()
        assert [task.result().status_code for task in asked] == [200] * AT_ONCE


def test_a_person_who_asks_too_often_is_told_when_to_come_back(counted: TestClient, slack: Slack):
    for n in range(3):
        ask(counted, slack, "What is CNI?", "UOFTEN")
        slack.replied(n + 1)
    refused = slack.replied()[2]
    assert [OFTEN["en"] in reply["text"] for reply in slack.replied()] == [False, False, True]
    assert refused["response_type"] == "ephemeral"
    # The same count by another way, in Japanese; the count of another person is their own.
    mention(counted, "CNI とは何ですか？", "UOFTEN")
    assert OFTEN["ja"] in slack.called("chat.postEphemeral")[0]["text"]
    mention(counted, "What is CNI?", "UOTHER")
    assert OFTEN["en"] not in slack.called("chat.postMessage")[0]["text"]


def test_the_address_of_slack_counts_for_nothing(counted: TestClient, slack: Slack):
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
def test_other_requests_to_slacks_addresses_get_json(
    tokenless: TestClient, method: str, path: str, status: int, code: str | None
):
    reply = tokenless.request(method, f"/slack/{path}")
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/json"
    assert status != 405 or reply.headers["allow"] == "POST"
    assert code is None or reply.json()["error"]["code"] == code
