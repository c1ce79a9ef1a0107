"""`/cni`: acknowledged at once, answered privately, whatever happens in between."""

import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from standin import SECRET, Slack, command, post_command, wait_for

from bot.cli import slack_state
from bot.settings import Settings

KUBENET = "Can I upgrade from kubenet?"
# `kb serve` whose search takes its time, or fails, where the question says so.
TROUBLED = """
import time
import bot.ask, bot.slack.context
bot.slack.context.ANSWER_WITHIN = 6
ask = bot.ask.Bot.ask
def troubled(self, question, lang=None, history=()):
    if "slow" in question: time.sleep(4)
    if "hang" in question: time.sleep(8)
    if "fail" in question: raise RuntimeError("canary-in-an-error " + question)
    return ask(self, question, lang, history)
bot.ask.Bot.ask = troubled
from bot.cli import main
main()
"""


def shown(message: dict) -> str:
    return str(message["blocks"])


def actions(message: dict) -> dict[str, str]:
    """The buttons of a message: value by action id."""
    blocks = [block for block in message["blocks"] if block["type"] == "actions"]
    return {button["action_id"]: button["value"] for block in blocks for button in block["elements"]}


@pytest.fixture(scope="module")
def troubled(serving, addresses):
    with serving(program=[sys.executable, "-c", TROUBLED], slack_signing_secret=SECRET, **addresses) as running:
        yield running


@pytest.mark.parametrize("service", ["tokenless", "chat"])
def test_a_question_is_answered_privately_with_quotes_and_links(
    service: str, slack: Slack, request: pytest.FixtureRequest
):
    sent = command(KUBENET, slack.response_url, f"question-{service}")
    assert post_command(request.getfixturevalue(service), sent) == (200, "")
    reply = slack.replied()[0]
    assert reply["response_type"] == "ephemeral"
    assert (reply["unfurl_links"], reply["unfurl_media"]) == (False, False)
    assert "Yes, with conditions." in reply["text"]
    assert "<https://kb.example.com/en/faq/#kubenet-to-overlay|" in shown(reply)
    assert "<https://kb.example.com/en/rules/agc001/|AGC001" in shown(reply)
    assert "The documentation answers this clearly." in shown(reply)
    assert "0.9" not in shown(reply)  # confidence in words only
    assert set(actions(reply)) == {"share", "vote_up", "vote_down", "more", "other"}
    assert slack.calls == []  # not even with a token is the Web API needed


def test_a_japanese_question_is_answered_in_japanese(tokenless: str, slack: Slack):
    post_command(tokenless, command("kubenet からアップグレードできますか？", slack.response_url, "ja"))
    reply = slack.replied()[0]
    assert "<https://kb.example.com/faq/#kubenet-to-overlay|" in shown(reply)
    assert "ドキュメントに" in shown(reply)
    assert "/en/faq/#kubenet-to-overlay|英語版>" in shown(reply)


def test_what_is_not_covered_is_said_with_near_topics(tokenless: str, slack: Slack):
    post_command(tokenless, command("What does AGC cost?", slack.response_url, "cost"))
    reply = slack.replied()[0]
    assert "does not cover" in reply["text"]
    assert {"choose_0", "choose_1", "choose_2"} <= set(actions(reply))
    assert "human" not in actions(reply)  # no channel is set
    assert "share" not in actions(reply)


def test_slack_escapes_what_people_type(tokenless: str, slack: Slack):
    post_command(tokenless, command("kubenet &lt;-&gt; overlay &amp; AGC <!channel>", slack.response_url, "escaped"))
    assert "kubenet &lt;-&gt; overlay &amp; AGC" in shown(slack.replied()[0])
    assert "<!channel>" not in shown(slack.replied()[0])


@pytest.mark.parametrize(("text", "langs"), [("help", "ja en"), ("", "ja en"), ("ヘルプ", "ja")])
def test_help_without_a_token_is_in_the_language_of_the_text_or_in_both(
    tokenless: str, slack: Slack, text: str, langs: str
):
    post_command(tokenless, command(text, slack.response_url, f"help-{langs}-{text}"))
    reply = shown(slack.replied()[0])
    assert ("質問できます" in reply, "Ask about AKS networking" in reply) == ("ja" in langs, "en" in langs)


@pytest.mark.parametrize(("locale", "word"), [("ja-JP", "質問できます"), ("en-GB", "Ask about")])
def test_help_with_a_token_is_in_the_readers_language(chat: str, slack: Slack, locale: str, word: str):
    slack.answers["users.info"] = {"user": {"id": "U2CERLKJA", "locale": locale}}
    post_command(chat, command("help", slack.response_url, f"help-{locale}"))
    assert word in shown(slack.replied()[0])


@pytest.mark.parametrize("text", ["rules AGC004", "rules agc4", "ルール 4"])
def test_a_rule_is_described(tokenless: str, slack: Slack, text: str):
    post_command(tokenless, command(text, slack.response_url, f"rule-{text}"))
    reply = shown(slack.replied()[0])
    assert "rules/agc004/|AGC004>" in reply
    assert "/24" in reply


@pytest.mark.parametrize("text", ["rules", "rules AGC999", "rules overlay"])
def test_without_a_known_rule_all_are_listed(tokenless: str, slack: Slack, text: str):
    post_command(tokenless, command(text, slack.response_url, f"list-{text}"))
    reply = shown(slack.replied()[0])
    assert all(f"|AGC{n:03}>" in reply for n in range(1, 12))


def test_a_question_that_is_too_long_is_said_to_be(tokenless: str, slack: Slack):
    post_command(tokenless, command("kubenet? " * 200, slack.response_url, "long"))
    assert "1000" in slack.replied()[0]["text"]


def test_a_command_delivered_again_is_answered_once(chat: str, other_worker: str, slack: Slack):
    for service, more in ((chat, "1"), (other_worker, "2"), (chat, "3")):
        fields = {**command(KUBENET, slack.response_url, "again"), "is_enterprise_install": more}
        assert post_command(service, fields)[0] == 200
    time.sleep(1)
    assert len(slack.replied()) == 1


def test_a_slow_search_is_acknowledged_in_time_and_answered_later(troubled, slack: Slack):
    started = time.monotonic()
    assert post_command(troubled.url, command(f"slow: {KUBENET}", slack.response_url, "slow"))[0] == 200
    assert time.monotonic() - started < 2
    assert slack.replies == []
    assert "kubenet-to-overlay" in shown(slack.replied()[0])


@pytest.mark.parametrize(("word", "lang"), [("hang", "en"), ("fail", "en"), ("fail しました", "ja")])
def test_a_search_that_fails_ends_in_a_helpful_private_message(troubled, slack: Slack, word: str, lang: str):
    assert post_command(troubled.url, command(f"{word} kubenet", slack.response_url, f"{word}-{lang}"))[0] == 200
    reply = slack.replied()[0]
    assert reply["response_type"] == "ephemeral"
    assert ("try again" if lang == "en" else "もう一度") in reply["text"]
    assert "canary" not in troubled.log.read_text("utf-8")


def test_a_hundred_at_once_are_each_answered_once(serving, addresses, slack: Slack):
    """Where so many may wait; tests/bot/slack/test_capacity.py has the others."""
    urls = {f"crowd-{n}": slack.response_url for n in range(100)}
    with (
        serving(max_waiting=100, slack_signing_secret=SECRET, **addresses) as running,
        ThreadPoolExecutor(20) as pool,
    ):
        sent = [command(f"{n}. {KUBENET}", url, trigger) for n, (trigger, url) in enumerate(urls.items(), 1)]
        codes = list(pool.map(lambda fields: post_command(running.url, fields)[0], sent))
        assert set(codes) == {200}
        wait_for(lambda: slack.replies, 100, 40)
        time.sleep(0.5)
    assert sorted(slack.url + path for path, _ in slack.replies) == sorted(urls.values())
    assert all("kubenet-to-overlay" in shown(body) for _, body in slack.replies)


def test_no_reply_is_lost_when_the_service_is_told_to_stop(serving, addresses, slack: Slack):
    with serving(program=[sys.executable, "-c", TROUBLED], slack_signing_secret=SECRET, **addresses) as running:
        assert post_command(running.url, command(f"slow {KUBENET}", slack.response_url, "stopped"))[0] == 200
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(20) in (0, -signal.SIGTERM)
    assert "kubenet-to-overlay" in shown(slack.replied()[0])


def test_secrets_and_what_people_send_are_never_logged(serving, addresses, slack: Slack, kb: list[str]):
    with serving(slack_signing_secret=SECRET, slack_bot_token="xoxb-canary-token", **addresses) as running:
        url = slack.response_url
        post_command(running.url, {**command("canary-question kubenet", url, "c1"), "token": "canary-token"})
        httpx.post(
            f"{running.url}/slack/commands", content=b"text=canary-unsigned", headers={"x-slack-signature": "v0=1"}
        )
        post_command(running.url, {"command": "/other", "text": "canary-other", "trigger_id": "c2"})
        post_command(running.url, command("canary-elsewhere", "https://canary.example/x", "c3"))
        slack.replied()
        time.sleep(0.5)
        said = running.log.read_text("utf-8")
    assert "refused a request" in said
    assert [word for word in ("canary", SECRET, url, "xoxb") if word in said] == []


def test_without_a_secret_there_are_no_addresses(service: str):
    for name in ("commands", "interactions", "events"):
        assert httpx.post(f"{service}/slack/{name}", data={"ssl_check": "1"}).status_code in (404, 405)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "off: no addresses, KB_SLACK_SIGNING_SECRET is not set"),
        ({"slack_signing_secret": "x"}, "/slack/commands, /slack/interactions, /slack/events"),
        ({"slack_app_token": "x"}, "Socket Mode; no addresses, KB_SLACK_SIGNING_SECRET is not set"),
    ],
)
def test_serve_says_which_ways_slack_has_to_it(given: dict[str, str], said: str):
    assert slack_state(Settings(**given)) == said


def test_a_missing_package_is_one_clear_line(root, index_dir, site_dir, environment):
    import subprocess

    program = "import sys; sys.modules['slack_bolt'] = None; from bot.cli import main; main()"
    folders = {"KB_SITE": str(site_dir), "KB_INDEX": str(index_dir), "KB_SLACK_SIGNING_SECRET": SECRET}
    run = subprocess.run(
        [sys.executable, "-c", program, "serve", "--port", "0"],
        env=environment | folders, cwd=root, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert run.returncode == 2
    assert run.stderr == "kb: slack_bolt is not installed. Run: pip install '.[slack]'\n"
