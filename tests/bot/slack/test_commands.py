"""`/cni`: acknowledged at once, answered privately, whatever happens in between."""

import logging
import re
import subprocess
import sys
import threading
from dataclasses import replace

import pytest
from deliver import SECRET, command, post_command
from fastapi.testclient import TestClient
from standin import HUMAN, TOKEN, Slack
from timing import PATIENT, GatedBot

from bot import checks
from bot.cli.kb import slack_state
from bot.service.store import Store
from bot.settings import Settings

KUBENET = "Can I upgrade from kubenet?"


def shown(message: dict) -> str:
    return str(message["blocks"])


def actions(message: dict) -> dict[str, str]:
    """The buttons of a message: value by action id."""
    blocks = [block for block in message["blocks"] if block["type"] == "actions"]
    return {button["action_id"]: button["value"] for block in blocks for button in block["elements"]}


@pytest.fixture
def ask(slack: Slack):
    """Send `/cni …`; the message that answers it."""

    def ask(http: TestClient, text: str) -> dict:
        assert post_command(http, command(text, slack.response_url)) == (200, "")
        return slack.replied()[0]

    return ask


@pytest.mark.parametrize("token", [None, TOKEN])
def test_a_question_is_answered_privately_with_quotes_and_links(in_process, slack: Slack, ask, token: str | None):
    with in_process(slack, slack_bot_token=token) as http:
        reply = ask(http, KUBENET)
    assert reply["response_type"] == "ephemeral"
    assert (reply["unfurl_links"], reply["unfurl_media"]) == (False, False)
    assert "Yes. An existing cluster" in reply["text"]
    assert "<https://kb.example.com/en/faq/#kubenet-to-overlay|" in shown(reply)
    assert "<https://kb.example.com/en/rules/agc001/|AGC001" in shown(reply)
    assert "The site states this clearly." in shown(reply)
    assert "0.9" not in shown(reply)  # confidence in words only
    assert set(actions(reply)) == {"share", "vote_up", "vote_down", "more", "other"}
    assert len(slack.replies) == 1
    assert slack.calls == []  # not even with a token is the Web API needed


def test_a_japanese_question_is_answered_in_japanese(tokenless: TestClient, ask):
    reply = ask(tokenless, "kubenet からアップグレードできますか？")
    assert reply["text"].startswith("はい。kubenet を使っている既存のクラスターは")
    assert "<https://kb.example.com/faq/#kubenet-to-overlay|" in shown(reply)
    assert "サイトに" in shown(reply)
    assert "/en/faq/#kubenet-to-overlay|英語版>" in shown(reply)


def test_what_is_not_covered_is_said_with_near_topics(tokenless: TestClient, ask):
    reply = ask(tokenless, "What does AGC cost?")
    assert "does not cover" in reply["text"]
    # No channel of people is set, and nothing is there to be shared.
    assert set(actions(reply)) == {"choose_0", "choose_1", "choose_2", "vote_up", "vote_down", "other"}


def test_slack_escapes_what_people_type(tokenless: TestClient, ask):
    reply = ask(tokenless, "kubenet &lt;-&gt; overlay &amp; AGC <!channel>")
    assert "kubenet &lt;-&gt; overlay &amp; AGC" in shown(reply)
    assert "<!channel>" not in shown(reply)


@pytest.mark.parametrize(("text", "langs"), [("help", "ja en"), ("", "ja en"), ("?", "ja en"), ("ヘルプ", "ja")])
def test_help_without_a_token_is_in_the_language_of_the_text_or_in_both(
    tokenless: TestClient, ask, text: str, langs: str
):
    reply = shown(ask(tokenless, text))
    assert ("質問できます" in reply, "Ask about AKS networking" in reply) == ("ja" in langs, "en" in langs)


@pytest.mark.parametrize(("locale", "lang"), [("ja-JP", "ja"), ("en-GB", "en"), ("de-DE", "en")])
def test_help_with_a_token_is_in_the_readers_language(chat: TestClient, slack: Slack, ask, locale: str, lang: str):
    slack.answers["users.info"] = {"user": {"id": HUMAN, "locale": locale}}
    reply = shown(ask(chat, "help"))
    assert ("質問できます" in reply, "Ask about AKS networking" in reply) == (lang == "ja", lang == "en")
    assert slack.bearers == [("users.info", TOKEN)]


def test_help_does_not_wait_for_a_language_that_slack_does_not_tell(in_process, slack: Slack, ask):
    slack.silent.add("users.info")
    with in_process(slack, slack_bot_token=TOKEN, timing=replace(PATIENT, reader=0.01)) as http:
        reply = shown(ask(http, "help"))
    assert "質問できます" in reply and "Ask about AKS networking" in reply


@pytest.mark.parametrize("text", ["rules AGC004", "rules agc4", "rule 004", "ルール 4"])
def test_a_rule_is_described(tokenless: TestClient, ask, text: str):
    reply = shown(ask(tokenless, text))
    assert "rules/agc004/|AGC004>" in reply
    assert "/24" in reply
    assert set(re.findall(r"AGC\d{3}", reply)) == {"AGC004"}


@pytest.mark.parametrize("text", ["rules", "rules AGC999", "rules overlay"])
def test_without_a_known_rule_all_are_listed(tokenless: TestClient, ask, text: str):
    listed = re.findall(r"\|(AGC\d{3})>", shown(ask(tokenless, text)))
    assert listed == [rule.id for rule in checks.rules()] * 2  # in both languages


def test_a_question_that_is_too_long_is_said_to_be(tokenless: TestClient, ask):
    assert "1000" in ask(tokenless, "kubenet? " * 200)["text"]


def test_a_store_that_does_not_answer_holds_up_no_acknowledgement(
    in_process, slack: Slack, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    free = threading.Event()
    whole = Store.fresh
    monkeypatch.setattr(Store, "fresh", lambda *given: free.wait(60) and whole(*given))
    with in_process(slack, timing=replace(PATIENT, store=0.01)) as http:
        assert post_command(http, command("help", slack.response_url)) == (200, "")
        assert "only this process knows whether a request came before: it takes too long" in caplog.text
        free.set()
        assert "/cni" in shown(slack.replied()[0])


def test_a_command_is_acknowledged_before_its_search_has_ended(in_process, slack: Slack, ask, gated: GatedBot):
    with in_process(slack, bot=gated) as http:
        assert post_command(http, command(f"slow: {KUBENET}", slack.response_url)) == (200, "")
        assert slack.replies == []
        gated.gate.set()
        assert "kubenet-to-overlay" in shown(slack.replied()[0])


@pytest.mark.parametrize(("text", "words"), [("kubenet", "try again"), ("kubenet とは何ですか", "もう一度")])
def test_a_search_that_takes_too_long_ends_in_a_helpful_private_message(
    in_process, slack: Slack, ask, gated: GatedBot, text: str, words: str
):
    with in_process(slack, bot=gated) as http:
        http.app.state.desk.deadline = 0.01
        reply = ask(http, f"slow: {text}")
        assert reply["response_type"] == "ephemeral" and words in reply["text"]
        gated.gate.set()
    assert len(slack.replies) == 1, "what was found too late is not sent as well"


@pytest.mark.parametrize(("text", "words"), [("fail kubenet", "try again"), ("fail しました kubenet", "もう一度")])
def test_a_search_that_fails_ends_in_a_helpful_private_message(
    in_process, slack: Slack, ask, gated: GatedBot, text: str, words: str, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO, "kb")
    with in_process(slack, bot=gated) as http:
        reply = ask(http, text)
    assert reply["response_type"] == "ephemeral" and words in reply["text"]
    assert "a question could not be answered: RuntimeError" in caplog.text
    assert "canary" not in caplog.text


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({}, "off: no addresses, KB_SLACK_SIGNING_SECRET is not set"),
        ({"slack_signing_secret": "x"}, "/slack/commands, /slack/interactions, /slack/events"),
        ({"slack_app_token": "x"}, "Socket Mode; no addresses, KB_SLACK_SIGNING_SECRET is not set"),
        (
            {"slack_signing_secret": "x", "slack_app_token": "x"},
            "/slack/commands, /slack/interactions, /slack/events, Socket Mode",
        ),
    ],
)
def test_serve_says_which_ways_slack_has_to_it(given: dict[str, str], state: str):
    unset = dict.fromkeys(("slack_signing_secret", "slack_app_token"))
    assert slack_state(Settings(**unset | given)) == state


def test_a_missing_package_is_one_clear_line(root, index_dir, site_dir, environment):
    program = "import sys; sys.modules['slack_bolt'] = None; from bot.cli import main; main()"
    folders = {"KB_SITE": str(site_dir), "KB_INDEX": str(index_dir), "KB_SLACK_SIGNING_SECRET": SECRET}
    run = subprocess.run(
        [sys.executable, "-c", program, "serve", "--port", "0"],
        env=environment | folders, cwd=root, capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 2
    assert run.stderr == "kb: slack_bolt is not installed. Run: pip install '.[slack]'\n"
