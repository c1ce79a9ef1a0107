"""Mentions, direct messages and the shortcut: each is answered once, in its thread, by what was asked before it."""

from typing import Any

import pytest
from deliver import NOW, post_event, post_interaction
from fastapi.testclient import TestClient
from standin import BOT, HUMAN, TOKEN, Slack

from bot.slack.events import questions, written

KUBENET = "Can I upgrade a kubenet cluster to CNI Overlay?"


def mention(text: str, **more: Any) -> dict[str, Any]:
    event = {"type": "app_mention", "user": HUMAN, "text": f"<@{BOT}> {text}", "ts": "100.1", "channel": "C1"}
    return {**event, "event_ts": "100.1", **more}


def direct(text: str, **more: Any) -> dict[str, Any]:
    event = {"type": "message", "channel_type": "im", "user": HUMAN, "text": text, "ts": "200.1", "channel": "D1"}
    return {**event, "event_ts": "200.1", **more}


def said(message: dict[str, Any]) -> str:
    """Everything that a message shows."""
    return str(message["text"]) + str(message.get("blocks", ""))


def test_a_mention_is_answered_in_a_thread_below_it(chat: TestClient, slack: Slack):
    assert post_event(chat, mention(KUBENET)) == (200, "")
    posted = slack.called("chat.postMessage")[0]
    assert (posted["channel"], posted["thread_ts"]) == ("C1", "100.1")
    assert "/en/faq/#kubenet-to-overlay" in said(posted)
    assert slack.bearers == [("chat.postMessage", TOKEN)]


def test_links_of_an_answer_are_not_unfurled(chat: TestClient, slack: Slack):
    post_event(chat, mention(KUBENET))
    posted = slack.called("chat.postMessage")[0]
    assert (posted["unfurl_links"], posted["unfurl_media"]) in ((False, False), ("0", "0"))


def test_a_direct_message_in_japanese_is_answered_in_japanese(chat: TestClient, slack: Slack):
    post_event(chat, direct("kubenet からアップグレードできますか？"))
    posted = slack.called("chat.postMessage")[0]
    assert (posted["channel"], posted["thread_ts"]) == ("D1", "200.1")
    assert "<https://kb.example.com/faq/#kubenet-to-overlay|" in said(posted)
    assert posted["text"].startswith("はい。kubenet を使っている既存のクラスターは")


def test_a_follow_up_counts_what_was_asked_before(chat: TestClient, slack: Slack):
    before, now = "What does kubenet mean for AGC?", "Can it be upgraded?"
    slack.answers["conversations.replies"] = {
        "messages": [
            {"type": "message", "user": HUMAN, "text": f"<@{BOT}> {before}", "ts": "100.1", "thread_ts": "100.1"},
            {"type": "message", "bot_id": "B0BOT", "user": BOT, "text": "No.", "ts": "100.2", "thread_ts": "100.1"},
        ]
    }
    post_event(chat, mention(now))
    assert "/en/faq/#kubenet-to-overlay" not in said(slack.called("chat.postMessage")[0])
    post_event(chat, mention(now, ts="100.3", thread_ts="100.1"))
    answer = slack.called("chat.postMessage", 2)[1]
    assert answer["thread_ts"] == "100.1"
    assert "/en/faq/#kubenet-to-overlay" in said(answer)
    asked = slack.called("conversations.replies")
    assert [(message["channel"], message["ts"]) for message in asked] == [("C1", "100.1")]


def test_a_question_that_is_too_long_is_refused_in_words(chat: TestClient, slack: Slack):
    post_event(chat, mention("kubenet? " * 200))
    assert "1000" in said(slack.called("chat.postMessage")[0])


def test_an_answer_that_slack_refuses_is_logged_without_what_was_asked(
    in_process, slack: Slack, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("INFO", "kb")
    slack.answers["chat.postMessage"] = {"ok": False, "error": "not_in_channel"}
    with in_process(slack, slack_bot_token=TOKEN) as http:
        assert post_event(http, mention("Is my-secret-cluster fine with kubenet?")) == (200, "")
    assert "slack: a listener failed: SlackApiError" in caplog.text
    assert "my-secret-cluster" not in caplog.text


def test_a_thread_that_cannot_be_read_is_answered_without_it(chat: TestClient, slack: Slack):
    slack.answers["conversations.replies"] = {"ok": False, "error": "missing_scope"}
    post_event(chat, mention(KUBENET, ts="100.3", thread_ts="100.1"))
    assert "kubenet-to-overlay" in said(slack.called("chat.postMessage")[0])


@pytest.mark.parametrize("seconds", [0, 60])
def test_a_repeated_delivery_is_answered_once(in_process, slack: Slack, seconds: int):
    """Slack signs it anew or not; test_processes.py has two processes."""
    retry = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    with in_process(slack, slack_bot_token=TOKEN) as http:
        for n, headers in enumerate(({}, retry, retry)):
            assert post_event(http, mention(KUBENET), "Ev-retried", NOW + n * seconds, **headers) == (200, "")
    assert [method for method, _ in slack.calls] == ["chat.postMessage"]


@pytest.mark.parametrize(
    "event",
    [
        mention(KUBENET, bot_id="B2"),
        mention(KUBENET, user=BOT),
        mention(KUBENET, edited={"user": HUMAN, "ts": "100.2"}),
        direct(KUBENET, subtype="bot_message", bot_id="B0BOT"),
        direct("", subtype="message_changed", message={"text": KUBENET}),
        direct("", subtype="message_deleted"),
        {**direct(KUBENET), "channel_type": "channel", "channel": "C1"},
    ],
    ids=["another bot", "itself", "edited", "bot message", "changed", "deleted", "not to the bot"],
)
def test_what_is_no_new_question_of_a_person_is_not_answered(in_process, slack: Slack, event: dict[str, Any]):
    with in_process(slack, slack_bot_token=TOKEN) as http:
        assert post_event(http, event) == (200, "")
    assert (slack.calls, slack.replies) == ([], [])


@pytest.mark.parametrize(("locale", "lang"), [("ja-JP", "ja"), ("en-US", "en")])
def test_a_mention_alone_is_answered_with_help_in_the_readers_language(
    chat: TestClient, slack: Slack, locale: str, lang: str
):
    slack.answers["users.info"] = {"user": {"id": HUMAN, "locale": locale}}
    post_event(chat, mention(""))
    help_text = said(slack.called("chat.postMessage")[0])
    assert ("質問できます" in help_text, "Ask about AKS networking" in help_text) == (lang == "ja", lang == "en")
    assert slack.called("users.info")[0]["user"] == HUMAN


def test_the_shortcut_answers_the_message_for_the_one_who_asked(in_process, slack: Slack):
    payload = {
        "type": "message_action",
        "callback_id": "answer_from_docs",
        "response_url": slack.response_url,
        "message_ts": "300.1",
        "channel": {"id": "C1", "name": "general"},
        "message": {"type": "message", "user": "U9", "ts": "300.1", "text": f"Hi all, {KUBENET} <!here>"},
    }
    with in_process(slack, slack_bot_token=TOKEN) as http:
        assert post_interaction(http, payload) == (200, "")
    (reply,) = slack.replied()
    assert reply["response_type"] == "ephemeral"
    assert "kubenet-to-overlay" in said(reply)
    assert slack.calls == []


def test_plain_text_is_what_its_writer_saw():
    assert written("<@U1> is <https://x.example/a|the plan> &lt;ok&gt; &amp;lt; in <#C1|general>?") == (
        "is the plan <ok> &lt; in general?"
    )
    assert written("<!here> <!subteam^S1|@team> see <https://x.example/>") == "@team see https://x.example/"


def test_the_questions_of_a_channels_thread_are_its_first_message_and_the_mentions():
    thread = [
        {"user": "U1", "text": "Our gateway fails", "ts": "1.0"},
        {"user": "U2", "text": "lunch?", "ts": "1.1"},
        {"user": "U1", "text": f"<@{BOT}> is kubenet fine?", "ts": "1.2"},
        {"user": BOT, "bot_id": "B0BOT", "text": "No.", "ts": "1.3"},
        {"user": "U1", "text": f"<@{BOT}> and Overlay?", "ts": "1.4"},
    ]
    assert questions(thread, "1.4", BOT) == ("Our gateway fails", "is kubenet fine?")


def test_every_message_of_a_direct_thread_is_a_question():
    thread = [{"user": "U1", "text": "kubenet?", "ts": "1.0"}, {"user": "U1", "text": "and Overlay?", "ts": "1.1"}]
    assert questions(thread, "1.2", BOT) == ("kubenet?", "and Overlay?")
