"""The buttons of an answer, pressed as Slack says so: for its own reader alone, or below a message for everyone."""

from typing import Any

import pytest
from deliver import NOW, command, post_command, post_interaction
from fastapi.testclient import TestClient
from standin import HUMAN, TOKEN, Fault, Slack
from test_commands import KUBENET, actions, shown

from bot.service.store import Store
from bot.slack.state import State

PEOPLE = "C0PEOPLE"


@pytest.fixture
def votes(store: Store):
    """What the store of `chat` holds: by question, the votes and who of the doors took them."""
    return lambda question: [
        (vote.vote, vote.door, vote.lang, vote.section) for vote in store.votes() if vote.question == question
    ]


def ask(service: TestClient, slack: Slack, question: str) -> dict[str, Any]:
    """The private message that answers a question."""
    assert post_command(service, command(question, slack.response_url)) == (200, "")
    message = slack.replied()[-1]
    slack.forget()
    return message


def press(service: TestClient, slack: Slack, action: str, value: str, **more: Any) -> tuple[int, Any]:
    """A press of a button in a message that only its reader sees, in the shape that Slack documents."""
    return post_interaction(
        service,
        {
            "type": "block_actions",
            "token": "old",
            "container": {"type": "message", "message_ts": "1.2", "channel_id": "C1", "is_ephemeral": True},
            "channel": {"id": "C1", "name": "general"},
            "state": {"values": {}},
            "response_url": slack.response_url,
            "actions": [
                {
                    "action_id": action,
                    "block_id": "b1",
                    "text": {"type": "plain_text", "text": "…", "emoji": True},
                    "value": value,
                    "type": "button",
                    "action_ts": "1548426417.840180",
                }
            ],
            **more,
        },
    )


def test_share_posts_in_the_askers_name_and_removes_the_private_copy(chat: TestClient, slack: Slack):
    value = actions(ask(chat, slack, KUBENET))["share"]
    assert press(chat, slack, "share", value) == (200, "")
    posted = slack.called("chat.postMessage")[0]
    assert posted["channel"] == "C1"
    assert f"<@{HUMAN}> asked:" in shown(posted)
    assert "kubenet-to-overlay" in shown(posted)
    assert set(actions(posted)) == {"vote_up", "vote_down", "more"}
    assert (posted["unfurl_links"], posted["unfurl_media"]) in ((False, False), ("0", "0"))
    assert slack.replied() == [{"delete_original": True}]


def test_share_stays_in_its_thread(chat: TestClient, slack: Slack):
    value = actions(ask(chat, slack, KUBENET))["share"]
    press(chat, slack, "share", value, container={"type": "message", "thread_ts": "9.9", "is_ephemeral": True})
    assert slack.called("chat.postMessage")[0]["thread_ts"] == "9.9"


@pytest.mark.parametrize(("token", "error"), [(None, None), (TOKEN, "not_in_channel"), (TOKEN, "html")])
def test_share_uses_the_response_url_where_the_bot_may_not_post(
    in_process, slack: Slack, token: str | None, error: str | None
):
    slack.answers["chat.postMessage"] = {"ok": False, "error": error}
    with in_process(slack, slack_bot_token=token) as http:
        press(http, slack, "share", actions(ask(http, slack, KUBENET))["share"])
    everyone, removed = (body for _, body in slack.replies)
    assert (everyone["response_type"], everyone["replace_original"]) == ("in_channel", False)
    assert f"<@{HUMAN}> asked:" in shown(everyone)
    assert removed == {"delete_original": True}


@pytest.mark.parametrize(("seconds", "shared"), [(0, 1), (29, 1), (31, 2)])
def test_a_double_click_shares_once(in_process, slack: Slack, tmp_path, seconds: int, shared: int):
    now = [float(NOW)]
    with in_process(slack, Store(tmp_path / "store.db", lambda: now[0]), slack_bot_token=TOKEN) as http:
        value = actions(ask(http, slack, KUBENET))["share"]
        press(http, slack, "share", value)
        slack.replied()
        now[0] += seconds
        press(http, slack, "share", value)
    assert [method for method, _ in slack.calls] == ["chat.postMessage"] * shared
    assert [body for _, body in slack.replies] == [{"delete_original": True}] * shared


def test_the_private_copy_stays_when_it_could_not_be_shared(in_process, slack: Slack):
    with in_process(slack) as http:
        value = actions(ask(http, slack, KUBENET))["share"]
        slack.faults += [Fault(404)]
        press(http, slack, "share", value)
    _, private = (body for _, body in slack.replies)
    assert "could not be shared" in private["text"]
    assert (private["response_type"], private["replace_original"]) == ("ephemeral", False)


def test_the_last_vote_counts_and_is_shown(chat: TestClient, slack: Slack, votes):
    question = f"{KUBENET} vote"
    message = ask(chat, slack, question)
    for action, expected in (("vote_up", ["up"]), ("vote_down", ["down"]), ("vote_down", [])):
        press(chat, slack, action, actions(message)[action])
        message = slack.replied()[0]
        slack.forget()
        assert message["replace_original"] is True
        assert [vote for vote, *_ in votes(question)] == expected
        marked = [State.read(value).vote for value in actions(message).values()]
        assert set(marked) == {expected[0] if expected else None}
        assert shown(message).count("✓") == len(expected)


def test_a_vote_is_kept_with_what_it_was_about(chat: TestClient, slack: Slack, votes):
    question = "kubenet のクラスターからアップグレードできますか？"
    press(chat, slack, "vote_up", actions(ask(chat, slack, question))["vote_up"])
    slack.replied()
    assert votes(question) == [("up", "slack", "ja", "faq#kubenet-to-overlay")]


def test_votes_of_two_people_on_a_shared_answer_both_count(chat: TestClient, slack: Slack, votes):
    value = State(KUBENET, "en", "shared-1", private=False).text()
    for user, vote in (("U1", "vote_up"), ("U2", "vote_up"), ("U2", "vote_down")):
        press(chat, slack, vote, value or "", user={"id": user})
        thanks = slack.replied()
        slack.forget()
        assert thanks[0]["replace_original"] is False  # what everyone sees is left alone
    assert sorted(vote for vote, *_ in votes(KUBENET)) == ["down", "up"]


def test_no_vote_is_asked_for_where_none_is_kept(in_process, slack: Slack):
    with in_process(slack, store="off") as http:
        assert set(actions(ask(http, slack, KUBENET))) == {"share", "more", "other"}


def test_more_results_are_links_in_a_message_of_their_own(chat: TestClient, slack: Slack):
    value = actions(ask(chat, slack, KUBENET))["more"]
    press(chat, slack, "more", value)
    reply = slack.replied()[0]
    assert reply["replace_original"] is False
    assert 1 <= shown(reply).count("• <https://kb.example.com/en/") <= 5
    assert "/en/faq/#kubenet-to-overlay|" not in shown(reply)  # cited already


def test_the_other_language_takes_the_place_of_the_first_and_back(chat: TestClient, slack: Slack):
    message = ask(chat, slack, KUBENET)
    for path in (
        "https://kb.example.com/faq/#kubenet-to-overlay|",
        "https://kb.example.com/en/faq/#kubenet-to-overlay|",
    ):
        press(chat, slack, "other", actions(message)["other"])
        message = slack.replied()[0]
        slack.forget()
        assert message["replace_original"] is True
        assert f"*1.* <{path}" in shown(message)


def test_a_near_topic_is_answered_when_it_is_pressed(chat: TestClient, slack: Slack):
    value = actions(ask(chat, slack, "What does AGC cost?"))["choose_0"]
    press(chat, slack, "choose_0", value)
    reply = slack.replied()[0]
    assert "*1.* <https://kb.example.com/en/" in shown(reply)
    assert reply["response_type"] == "ephemeral"


def test_a_question_reaches_people_only_when_its_button_is_pressed_and_once(in_process, slack: Slack):
    with in_process(slack, slack_bot_token=TOKEN, slack_human_channel=PEOPLE) as http:
        post_command(http, command("What does AGC cost &lt;!here&gt;?", slack.response_url))
        message = slack.replied()[0]
        assert slack.calls == []
        for count in (2, 3):
            press(http, slack, "human", actions(message)["human"])
            slack.replied(count)
    ((method, posted),) = slack.calls
    assert (method, posted["channel"]) == ("chat.postMessage", PEOPLE)
    assert f"<@{HUMAN}>" in posted["text"] and "What does AGC cost &lt;!here&gt;?" in posted["text"]
    assert all(f"<#{PEOPLE}>" in body["text"] for _, body in slack.replies[1:])


def test_an_answered_question_is_not_offered_to_people(in_process, slack: Slack):
    with in_process(slack, slack_bot_token=TOKEN, slack_human_channel=PEOPLE) as http:
        assert set(actions(ask(http, slack, KUBENET))) == {"share", "vote_up", "vote_down", "more", "other"}


@pytest.mark.parametrize("value", ["", "{}", "[1,2,3]", "not json", '["q","en","k","",1,"sideways"]'])
def test_a_value_that_is_no_state_does_nothing(in_process, slack: Slack, value: str):
    with in_process(slack, slack_bot_token=TOKEN) as http:
        assert press(http, slack, "share", value) == (200, "")
    assert (slack.calls, slack.replies) == ([], [])


def test_a_follow_up_stays_one(chat: TestClient, slack: Slack):
    value = State("じゃあサブネットのサイズは？", "ja", "k", "CNI オーバーレイで AGC を使いたい").text() or ""
    press(chat, slack, "vote_up", value)
    assert "/24" in shown(slack.replied()[0])


def test_a_state_is_read_as_it_was_written():
    for state in (State('a"<b>&\n', "ja", "k"), State("q", "en", "k", "before", False, "down")):
        text = state.text() or ""
        assert State.read(text) == state
        assert not set("<>&") & set(text)
    assert State("x" * 2000, "en", "k").text() is None
