"""The app's home: questions to start with are answered in place, in the reader's language."""

import re

import pytest
from deliver import command, post_command, post_event, post_interaction
from fastapi.testclient import TestClient
from standin import HUMAN, TOKEN, Slack
from twosites import first_index

from bot.answering.ask import Bot
from bot.language import say
from bot.records import Status
from bot.slack.home import STARTERS, home_view


def opened(tab: str = "home") -> dict[str, object]:
    return {"type": "app_home_opened", "user": HUMAN, "channel": "D1", "tab": tab, "event_ts": "1.1"}


def buttons(view: dict) -> list[str]:
    actions = [block for block in view["blocks"] if block["type"] == "actions"]
    return [element["value"] for block in actions for element in block["elements"]]


@pytest.mark.parametrize(("locale", "lang"), [("ja-JP", "ja"), ("en-GB", "en"), ("de-DE", "en")])
def test_the_home_is_in_the_language_of_the_readers_settings(chat: TestClient, slack: Slack, locale: str, lang: str):
    slack.answers["users.info"] = {"user": {"id": HUMAN, "locale": locale}}
    post_event(chat, opened())
    published = slack.called("views.publish")[0]
    assert published["user_id"] == HUMAN
    assert published["view"]["blocks"][0]["text"]["text"] == say(lang, "slack", "home.title")


def test_the_messages_tab_is_left_alone(in_process, slack: Slack):
    with in_process(slack, slack_bot_token=TOKEN) as http:
        assert post_event(http, opened("messages")) == (200, "")
    assert slack.calls == []


@pytest.mark.parametrize("action", ["home_ask_kubenet", "home_question"])
def test_a_question_is_answered_in_the_home(chat: TestClient, slack: Slack, action: str):
    question = say("en", "slack", "home.starters.kubenet")
    post_interaction(
        chat,
        {
            "type": "block_actions",
            "container": {"type": "view", "view_id": "V1"},
            "view": {"id": "V1", "type": "home"},
            "actions": [{"type": "button", "action_id": action, "block_id": action, "value": question}],
        },
    )
    view = slack.called("views.publish")[0]["view"]
    assert "/en/faq/#kubenet-to-overlay" in str(view)
    assert buttons(view)[-4:] == [say("en", "slack", f"home.starters.{name}") for name in STARTERS]


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("starter", STARTERS)
def test_every_starter_is_answered_in_its_language(bot: Bot, lang: str, starter: str):
    question = say(lang, "slack", f"home.starters.{starter}")
    answer = bot.ask(question)
    assert (answer.status, answer.lang) == (Status.ANSWERED, lang)
    assert len(question) <= 75  # a button's words


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_long_answer_keeps_within_slacks_limit_of_a_view(lang: str):
    long = [{"type": "divider"}] * 200
    view = home_view(lang, "https://kb.example.com/", long)
    assert len(view["blocks"]) == 100
    assert buttons(view) == [say(lang, "slack", f"home.starters.{name}") for name in STARTERS]


# Another site


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    """A site without rules, one of whose headings is a question that it answers."""
    folder = tmp_path_factory.mktemp("other")
    (folder / "site").mkdir()
    (folder / "site/index.html").write_text(
        "<!doctype html><html lang='en'><body><main><h1 id='a'>Coffee machine</h1><h2 id='b'>How often is the machine "
        "descaled?</h2><p>The machine is descaled every three months.</p><h2 id='c'>Warranty</h2><p>The warranty of "
        "the machine lasts two years.</p></main></body></html>",
        "utf-8",
    )
    first_index(folder / "site", folder / "index")
    return Bot.load(folder / "index", "bundled")


@pytest.mark.parametrize(("locale", "lang"), [("ja-JP", "ja"), ("en-GB", "en")])
def test_on_another_site_the_home_begins_with_its_own_headings_and_names_its_command(
    in_process, slack: Slack, other: Bot, locale: str, lang: str
):
    slack.answers["users.info"] = {"user": {"id": HUMAN, "locale": locale}}
    with in_process(slack, bot=other, slack_bot_token=TOKEN, slack_command="/coffee") as http:
        post_event(http, opened())
        post_command(http, {**command("help", slack.response_url), "command": "/coffee"})
        helped = slack.replied()[0]
        view = slack.called("views.publish")[0]["view"]
    assert buttons(view) == ["How often is the machine descaled?"]
    assert view["blocks"][0]["text"]["text"] == say(lang, "slack", "home.other.title")
    for shown in (str(view), str(helped)):
        assert "`/coffee How often is the machine descaled?`" in shown
        assert not re.search("AKS|/cni|AGC|kubenet", shown)
