"""The buttons of an answer, pressed as Slack says so: for its own reader alone, or below a message for everyone."""

from pathlib import Path
from typing import Any

import pytest
from standin import HUMAN, SECRET, Slack, command, post_command, post_interaction
from test_commands import KUBENET, actions, shown

from bot.slack.state import State
from bot.store import Store

PEOPLE = "C0PEOPLE"


@pytest.fixture(scope="module")
def staffed(serving, addresses):
    """A service that may post to a channel of people."""
    with serving(
        slack_signing_secret=SECRET, slack_bot_token="xoxb-test", slack_human_channel=PEOPLE, **addresses
    ) as running:
        yield running.url


@pytest.fixture(scope="session")
def votes(environment):
    """What the store holds now: by question, the votes and who of the doors took them."""
    store = Store(Path(environment["KB_STORE"]))
    return lambda question: [
        (one.vote, one.door, one.lang, one.section) for one in store.votes() if one.question == question
    ]


_numbers = iter(range(10_000))


def ask(service: str, slack: Slack, question: str) -> dict[str, Any]:
    """The private message that answers a question."""
    post_command(service, command(question, slack.response_url, f"actions-{next(_numbers)}"))
    message = slack.replied()[-1]
    slack.forget()
    return message


def press(service: str, slack: Slack, action: str, value: str, **more: Any) -> tuple[int, Any]:
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


def test_share_posts_in_the_askers_name_and_removes_the_private_copy(chat: str, slack: Slack):
    value = actions(ask(chat, slack, KUBENET))["share"]
    assert press(chat, slack, "share", value) == (200, "")
    posted = slack.called("chat.postMessage")[0]
    assert posted["channel"] == "C1"
    assert f"<@{HUMAN}> asked:" in shown(posted)
    assert "kubenet-to-overlay" in shown(posted)
    assert "share" not in actions(posted)
    assert (str(posted["unfurl_links"]).lower(), str(posted["unfurl_media"]).lower()) in (
        ("false", "false"),
        ("0", "0"),
    )
    assert slack.replied() == [{"delete_original": True}]


def test_share_stays_in_its_thread(chat: str, slack: Slack):
    value = actions(ask(chat, slack, f"{KUBENET} thread"))["share"]
    press(chat, slack, "share", value, container={"type": "message", "thread_ts": "9.9", "is_ephemeral": True})
    assert slack.called("chat.postMessage")[0]["thread_ts"] == "9.9"


@pytest.mark.parametrize("error", [None, "not_in_channel", "html"])
def test_share_uses_the_response_url_where_the_bot_may_not_post(
    chat: str, tokenless: str, slack: Slack, error: str | None
):
    service = chat if error else tokenless
    value = actions(ask(service, slack, f"{KUBENET} {error}"))["share"]
    slack.answers["chat.postMessage"] = {"ok": False, "error": error}
    press(service, slack, "share", value)
    everyone, removed = slack.replied(2)
    assert (everyone["response_type"], everyone["replace_original"]) == ("in_channel", False)
    assert f"<@{HUMAN}> asked:" in shown(everyone)
    assert removed == {"delete_original": True}


def test_a_double_click_shares_once(chat: str, slack: Slack):
    value = actions(ask(chat, slack, f"{KUBENET} twice"))["share"]
    press(chat, slack, "share", value)
    press(chat, slack, "share", value)
    slack.replied()
    assert len(slack.called("chat.postMessage")) == 1


def test_the_private_copy_stays_when_it_could_not_be_shared(tokenless: str, slack: Slack):
    value = actions(ask(tokenless, slack, f"{KUBENET} broken"))["share"]
    slack.faults += [(404, {}, 0)]
    press(tokenless, slack, "share", value)
    told = slack.replied(2)[-1]
    assert "could not be shared" in told["text"]
    assert told["response_type"] == "ephemeral"


def test_the_last_vote_counts_and_is_shown(chat: str, slack: Slack, votes):
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


def test_a_vote_is_kept_with_what_it_was_about(chat: str, slack: Slack, votes):
    question = "kubenet のクラスターからアップグレードできますか？"
    press(chat, slack, "vote_up", actions(ask(chat, slack, question))["vote_up"])
    slack.replied()
    assert votes(question) == [("up", "slack", "ja", "faq#kubenet-to-overlay")]


def test_votes_of_two_people_on_a_shared_answer_both_count(chat: str, slack: Slack, votes):
    question = f"{KUBENET} two people"
    value = State(question, "en", "shared-1", private=False).text()
    for user in ("U1", "U2", "U2"):
        press(chat, slack, "vote_up", value or "", user={"id": user})
    thanks = slack.replied(3)
    assert len(votes(question)) == 2
    assert {one["replace_original"] for one in thanks} == {False}  # what everyone sees is left alone


def test_no_vote_is_asked_for_where_none_is_kept(serving, addresses, slack: Slack):
    with serving(store="off", slack_signing_secret=SECRET, **addresses) as running:
        assert {"vote_up", "vote_down"} & set(actions(ask(running.url, slack, KUBENET))) == set()


def test_more_results_are_links_in_a_message_of_their_own(chat: str, slack: Slack):
    value = actions(ask(chat, slack, KUBENET))["more"]
    press(chat, slack, "more", value)
    reply = slack.replied()[0]
    assert reply["replace_original"] is False
    assert 1 <= shown(reply).count("• <https://kb.example.com/en/") <= 5
    assert "/en/faq/#kubenet-to-overlay|" not in shown(reply)  # cited already


def test_the_other_language_takes_the_place_of_the_first_and_back(chat: str, slack: Slack):
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


def test_a_near_topic_is_answered_when_it_is_pressed(chat: str, slack: Slack):
    value = actions(ask(chat, slack, "What does AGC cost?"))["choose_0"]
    press(chat, slack, "choose_0", value)
    reply = slack.replied()[0]
    assert "*1.* <https://kb.example.com/en/" in shown(reply)
    assert reply["response_type"] == "ephemeral"


def test_a_question_reaches_people_only_when_its_button_is_pressed_and_once(staffed: str, slack: Slack):
    post_command(staffed, command("What does AGC cost &lt;!here&gt;?", slack.response_url, "human"))
    message = slack.replied()[0]
    assert slack.calls == []
    for _ in range(2):
        press(staffed, slack, "human", actions(message)["human"])
    told = slack.replied(3)[1:]
    posted = slack.called("chat.postMessage")
    assert [one["channel"] for one in posted] == [PEOPLE]
    assert f"<@{HUMAN}>" in posted[0]["text"] and "What does AGC cost &lt;!here&gt;?" in posted[0]["text"]
    assert all(f"<#{PEOPLE}>" in one["text"] for one in told)


def test_an_answered_question_is_not_offered_to_people(staffed: str, slack: Slack):
    assert "human" not in actions(ask(staffed, slack, KUBENET))


@pytest.mark.parametrize("value", ["", "{}", "[1,2,3]", "not json", '["q","en","k","",1,"sideways"]'])
def test_a_value_that_is_no_state_does_nothing(chat: str, slack: Slack, value: str):
    assert press(chat, slack, "share", value)[0] == 200
    press(chat, slack, "more", State(KUBENET, "en", "k").text() or "")
    assert len(slack.replied()) == 1
    assert slack.calls == []


def test_a_follow_up_stays_one(chat: str, slack: Slack):
    value = State("じゃあサブネットのサイズは？", "ja", "k", "CNI オーバーレイで AGC を使いたい").text() or ""
    press(chat, slack, "vote_up", value)
    assert "/24" in shown(slack.replied()[0])


def test_a_state_is_read_as_it_was_written():
    for state in (State('a"<b>&\n', "ja", "k"), State("q", "en", "k", "before", False, "down")):
        text = state.text() or ""
        assert State.read(text) == state
        assert not set("<>&") & set(text)
    assert State("x" * 2000, "en", "k").text() is None
