"""Whatever the answer is, its message keeps Slack's limits and mentions nobody."""

import dataclasses
import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot import checks
from bot.answering.ask import Bot
from bot.language import say
from bot.records import Answer, Citation, RuleLink, RunnerUp, Status
from bot.service.desk import Desk
from bot.service.store import Store
from bot.settings import Settings
from bot.slack.blocks import (
    answer_message,
    failure_message,
    findings_message,
    help_message,
    link,
    note,
    rule_message,
)
from bot.slack.context import Context
from bot.slack.limits import CUT, escape, fitted, plain, shorten, size

SITE = "https://kb.example.com/"
LIMITS = {"section": 3000, "button": 75, "value": 2000, "blocks": 50, "total": 12_000, "actions": 25}
# What could be taken for markup, breaks when it is cut, or counts double.
NASTY = [
    *("<!channel>", "<!here>", "<@U1>", "<#C1|x>", "&amp;", "&lt;", "|", ">"),
    *("🧑‍🚀", "が゙", "e\u0301", "。", ". ", "\n", "\u202e", "\ud800"),
]
TEXT = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from([*NASTY, "kubenet を使う", "A sentence here. "]), max_size=60).map("".join),
    st.builds(lambda part, times: part * times, st.sampled_from([*NASTY, "あ。", "A b. ", "x"]), st.integers(1, 2500)),
)
URL = st.one_of(st.just("/en/faq/#a"), TEXT.map(lambda text: f"/{text}"), TEXT, st.just("javascript:alert(1)"))


def context(**more: Any) -> Context:
    kept = Settings(site_url=SITE, **more)
    site = SimpleNamespace(bot=SimpleNamespace(langs=("ja", "en")))
    return Context(Desk(kept, site), Store(Path("unused")))  # type: ignore[arg-type]


CONTEXT = context(slack_bot_token="x", slack_human_channel="C0PEOPLE")

answers = st.builds(
    Answer,
    question=TEXT,
    lang=st.sampled_from(["ja", "en"]),
    status=st.sampled_from(Status),
    answer=TEXT,
    confidence=st.floats(0, 1),
    citations=st.lists(
        st.builds(Citation, st.integers(1, 99), TEXT, st.just("en"), TEXT, URL, TEXT, st.none() | URL), max_size=8
    ).map(tuple),
    rules=st.lists(st.builds(RuleLink, TEXT, TEXT, TEXT, TEXT, URL), max_size=15).map(tuple),
    suggestions=st.lists(TEXT, max_size=8).map(tuple),
    took_ms=st.just(1.0),
    runners_up=st.lists(st.builds(RunnerUp, TEXT, TEXT, TEXT, URL), max_size=5).map(tuple),
)


def texts(node: Any) -> list[tuple[str, str]]:
    """(type, text) of every text object."""
    if isinstance(node, dict):
        own = [(node["type"], node["text"])] if isinstance(node.get("text"), str) and "type" in node else []
        return own + [text for value in node.values() for text in texts(value)]
    return [text for value in node for text in texts(value)] if isinstance(node, list) else []


def check_limits(message: dict[str, Any]) -> None:
    blocks = message["blocks"]
    assert 1 <= len(blocks) <= LIMITS["blocks"]
    assert size(json.dumps(blocks, ensure_ascii=False)) <= LIMITS["total"]
    assert 0 < size(message["text"]) <= LIMITS["section"]
    for kind, text in texts(blocks):
        assert 0 < size(text) <= (LIMITS["section"] if kind == "mrkdwn" else LIMITS["button"])
    seen = set()
    for block in blocks:
        Block.parse(block).validate_json()  # type: ignore[union-attr]  # Slack's own model of it
        if block["type"] == "actions":
            assert 1 <= len(block["elements"]) <= LIMITS["actions"]
            for button in block["elements"]:
                assert size(button["value"]) <= LIMITS["value"]
                assert button["action_id"] not in seen
                seen.add(button["action_id"])


def check_no_markup(message: dict[str, Any], allowed: str = r"https?://") -> None:
    for kind, text in [("mrkdwn", message["text"]), *texts(message["blocks"])]:
        if kind == "plain_text":
            assert not set("<>") & set(text)
        else:
            assert re.sub(rf"<{allowed}[^<>|\s]+\|[^<>|]+>", "", text).count("<") == 0
            assert re.search(r"&(?!amp;|lt;|gt;)", text) is None
    assert re.search("[<>]", "".join(re.findall(r'"value": "((?:[^"\\]|\\.)*)"', json.dumps(message)))) is None


@given(answers, st.booleans(), st.booleans(), st.sampled_from([None, "up", "down"]), st.lists(TEXT, max_size=2))
@settings(deadline=None)
def test_any_answer_keeps_slacks_limits(
    answer: Answer, buttons: bool, private: bool, vote: str | None, history: list[str]
):
    message = answer_message(answer, CONTEXT, "key", buttons, history=history, private=private, vote=vote)
    check_limits(message)
    check_no_markup(message)


@given(st.lists(TEXT, min_size=1, max_size=12), st.sampled_from(checks.Status), st.sampled_from(["ja", "en"]))
@settings(deadline=None)
def test_any_findings_keep_slacks_limits(observed: list[str], status: checks.Status, lang: str):
    found = checks.check({"aks": {"networkProfile": {"networkPlugin": "kubenet"}}}, lang, SITE)
    changed = [
        dataclasses.replace(one, observed=text, status=status) for one, text in zip(found, observed, strict=False)
    ]
    message = findings_message(changed, lang, SITE)
    check_limits(message)
    check_no_markup(message)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_findings_begin_with_the_sentence_of_every_other_report(lang: str):
    kubenet = {"aks": {"networkProfile": {"networkPlugin": "kubenet"}}, "planned": "install-agc"}
    sentence = checks.sentence(checks.inspect(kubenet, lang), lang)
    first = findings_message(checks.check(kubenet, lang, SITE), lang, SITE)["blocks"][0]["text"]["text"]
    assert first.startswith(f"*{sentence}*\n")


def test_advice_and_what_is_unknown_are_told_apart_from_passes():
    profile = {"networkPlugin": "azure", "networkPluginMode": None, "networkPolicy": "none"}
    cluster = {"networkProfile": profile, "agentPoolProfiles": [{"name": "p", "podSubnetId": None}]}
    found = checks.check({"aks": cluster, "planned": "upgrade-to-overlay"}, "en", SITE)
    text = "\n".join(block["text"]["text"] for block in findings_message(found, "en", SITE)["blocks"])
    assert "/ advice 1 / pass 1 /" in text
    assert re.search(r":bulb: <[^|]+\|AGC010> advice: upgrade-to-overlay\n(.+\n){2}\*What to do\*: Schedule", text)
    assert re.search(r":grey_question: <[^|]+\|AGC002> unknown: .+\n(.+\n){2}\*The source does not say\*: ", text)
    assert re.search(r":grey_question: <[^|]+\|AGC012> unknown: nothing given\n(.+\n){2}\*Missing data\*: ", text)


@pytest.mark.parametrize("lang", ["ja", "en", None])
def test_words_of_our_own_keep_the_limits(lang: str | None):
    rules = [rule_message(rule.id, lang, SITE) for rule in checks.rules()]
    for message in [help_message(lang, SITE), failure_message(lang), rule_message("", lang, SITE), *rules]:
        check_limits(message)
        check_no_markup(message)
    check_limits(note(lang or "en", "too_long", limit=1000))


def test_the_real_answer_keeps_every_quote(bot: Bot):
    answer = bot.ask("Can I upgrade from kubenet?")
    message = str(answer_message(answer, CONTEXT, "key"))
    assert all(line in message for citation in answer.citations for line in escape(citation.quote).split("\n"))


def test_what_the_site_does_not_state_comes_before_the_quotes(bot: Bot):
    answer = bot.ask("Can I upgrade from kubenet with Cilium?")
    message = answer_message(answer, CONTEXT, "key")
    sentence = say("en", "answers", "not_stated", names="“Cilium”")
    assert answer.not_stated == ("Cilium",) and message["text"].startswith(sentence)
    texts = [block["text"]["text"] for block in message["blocks"] if block["type"] == "section"]
    assert texts[0].startswith(escape(sentence)) and not any(escape(sentence) in text for text in texts[1:])


@given(TEXT, st.integers(10, 400))
def test_shortened_text_is_a_whole_beginning(text: str, limit: int):
    short = shorten(text, limit)
    assert size(short) <= limit
    assert re.search(r"&(?!amp;|lt;|gt;)", short) is None
    assert short == escape(text) or (short.endswith(CUT) and escape(text).startswith(short.removesuffix(CUT)))


def test_text_is_cut_at_the_end_of_a_sentence():
    assert shorten("One is here. Two is there. Three is longer.", 30) == "One is here. Two is there. …"
    assert shorten("最初の文です。次の文です。長い長い文です。", 16) == "最初の文です。次の文です。 …"


def test_a_character_of_several_code_points_is_not_cut():
    assert shorten("🧑‍🚀" * 5, 14) == "🧑‍🚀🧑‍🚀 …"
    assert shorten("が゙" * 3 + "e\u0301" * 20, 13).removesuffix(CUT)[-1] in "\u0301゙"


def test_what_is_left_out_first_is_text_at_the_end():
    text = {"type": "section", "text": {"type": "mrkdwn", "text": "x"}}
    buttons = {"type": "actions", "elements": []}
    assert fitted([text] * 60 + [buttons]) == [text] * 49 + [buttons]


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("/en/faq/#a", "<https://kb.example.com/en/faq/#a|words>"),
        ("https://example.com/?a=1&b=2", "<https://example.com/?a=1&amp;b=2|words>"),
        ("https://example.com/a|b>c d", "<https://example.com/a%7Cb%3Ec%20d|words>"),
        ("javascript:alert(1)", "words"),
        ("//evil.example/", "<https://kb.example.com/evil.example/|words>"),
        ("", "words"),
    ],
)
def test_links_lead_to_web_pages_only(url: str, written: str):
    assert link(url, "words", SITE) == written


def test_plain_text_has_no_brackets():
    assert plain("<!channel>\n a\u202eb") == "‹!channel› ab"
