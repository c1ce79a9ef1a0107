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
from bot.checks.posted import posted
from bot.language import say
from bot.records import (
    Answer,
    CheckedValue,
    Citation,
    Code,
    Item,
    Listing,
    Note,
    Paragraph,
    Place,
    RuleLink,
    RunnerUp,
    Status,
    Table,
)
from bot.service.desk import Desk
from bot.service.store import Store
from bot.settings import Settings
from bot.slack.blocks import (
    answer_message,
    failure_message,
    findings_message,
    link,
    note,
    rule_message,
)
from bot.slack.context import Context
from bot.slack.help import help_message
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

PARAGRAPHS = st.builds(Paragraph, TEXT)
ROW = st.lists(TEXT, min_size=1, max_size=25).map(tuple)
BLOCKS = st.recursive(
    st.one_of(
        PARAGRAPHS,
        st.builds(Code, TEXT, st.sampled_from(["", "sh"]), st.integers(0, 3)),
        st.builds(Table, st.just(()) | ROW, st.lists(ROW, max_size=5).map(tuple), st.integers(0, 3)),
    ),
    lambda inner: st.one_of(
        st.builds(Note, TEXT, TEXT, st.lists(inner, max_size=3).map(tuple)),
        st.builds(
            Listing,
            st.lists(st.builds(Item, TEXT, st.lists(inner, max_size=2).map(tuple)), min_size=1, max_size=5).map(tuple),
            st.none() | st.integers(1, 9),
            st.integers(0, 3),
        ),
    ),
    max_leaves=12,
)
CITATIONS = st.builds(
    Citation,
    *(st.integers(1, 99), TEXT, st.just("en"), TEXT, URL, TEXT, st.none() | URL),
    path=st.lists(TEXT, max_size=2).map(tuple),
    blocks=st.lists(BLOCKS, max_size=4).map(tuple),
    also=st.lists(st.builds(Place, TEXT, st.just("en"), TEXT, st.just(("Page",)), URL), max_size=3).map(tuple),
)
answers = st.builds(
    Answer,
    question=TEXT,
    lang=st.sampled_from(["ja", "en"]),
    status=st.sampled_from(Status),
    answer=TEXT,
    confidence=st.floats(0, 1),
    citations=st.lists(CITATIONS, max_size=4).map(tuple),
    rules=st.lists(st.builds(RuleLink, TEXT, TEXT, TEXT, TEXT, URL), max_size=15).map(tuple),
    suggestions=st.lists(TEXT, max_size=8).map(tuple),
    took_ms=st.just(1.0),
    runners_up=st.lists(st.builds(RunnerUp, TEXT, TEXT, TEXT, URL), max_size=5).map(tuple),
    verdict=st.sampled_from([None, "yes", "no", "conditional"]),
    certainty=st.sampled_from([None, "high", "medium", "low"]),
    checks=st.lists(
        st.builds(CheckedValue, TEXT, TEXT, st.sampled_from(["pass", "fail", "unknown"]), TEXT, TEXT, TEXT, URL),
        max_size=3,
    ).map(tuple),
)


def said_first(answer: Answer) -> Answer:
    """As the service makes it: the answer has its first quote."""
    first = answer.citations[0].quote if answer.citations else ""
    return dataclasses.replace(answer, answer=f"{answer.answer}\n{first}")


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
        longest = {"mrkdwn": LIMITS["section"], "plain_text": LIMITS["button"], "text": LIMITS["total"]}
        assert 0 < size(text) <= longest[kind]
    tables = [block for block in blocks if block["type"] == "table"]
    assert len(tables) <= 1
    for table in tables:
        assert 1 <= len(table["rows"]) <= 100 and len({len(row) for row in table["rows"]}) == 1
        assert 1 <= len(table["rows"][0]) <= 20 and sum(size(text) for _, text in texts(table)) <= 10_000
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
        if kind == "text":
            continue  # of rich text, which knows no markup
        if kind == "plain_text":
            assert not set("<>") & set(text)
        else:
            assert re.sub(rf"<{allowed}[^<>|\s]+\|[^<>|]+>", "", text).count("<") == 0
            assert re.search(r"&(?!amp;|lt;|gt;)", text) is None
    assert re.search("[<>]", "".join(re.findall(r'"value": "((?:[^"\\]|\\.)*)"', json.dumps(message)))) is None


@given(
    answers | answers.map(said_first),
    st.booleans(),
    st.booleans(),
    st.sampled_from([None, "up", "down"]),
    st.lists(TEXT, max_size=2),
)
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
    findings = checks.check({"aks": {"networkProfile": {"networkPlugin": "kubenet"}}}, lang, SITE)
    changed = [
        dataclasses.replace(finding, observed=text, status=status)
        for finding, text in zip(findings, observed, strict=False)
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


def test_commands_stand_below_the_first_finding_that_needs_them_as_code():
    kubenet = {"name": "prod", "resourceGroup": "rg", "networkProfile": {"networkPlugin": "kubenet"}}
    checked = posted.findings(json.dumps(kubenet).encode(), 10_000, "en", SITE)
    assert isinstance(checked, posted.Checked)
    message = findings_message(checked.findings, "en", SITE, checked.clusters, checked.commands)
    check_limits(message)
    kinds = [block["type"] for block in message["blocks"]]
    assert kinds == ["section", "section", "rich_text", "section", "section"]  # AGC002 needs what AGC001 has
    assert "|AGC001 kubenet>" in message["blocks"][1]["text"]["text"]
    (code,) = message["blocks"][2]["elements"]
    assert code["type"] == "rich_text_preformatted"
    assert code["elements"][0]["text"].startswith(
        "az aks update --resource-group rg --name prod --network-plugin azure"
    )


def test_of_commands_that_do_not_fit_the_rest_is_linked():
    kubenet = {"name": "prod", "networkProfile": {"networkPlugin": "kubenet"}}
    finding = checks.check(kubenet, "en", SITE)[0]
    for line, blocks in (("az aks show", 0), ("az aks show --name " + "n" * 2000, 1)):
        message = findings_message([finding], "en", SITE, [], {finding.id: [line]})
        check_limits(message)
        rest = [block for block in message["blocks"] if "Read on" in json.dumps(block)]
        assert len(rest) == blocks and all(finding.url.rpartition("/")[0] in json.dumps(block) for block in rest)


@pytest.mark.parametrize(("verdict", "line"), [("yes", ":white_check_mark: *Yes*"), ("no", ":x: *No*")])
def test_a_verdict_has_a_sign_before_it(verdict: str, line: str):
    judged = Answer("q", "en", Status.ANSWERED, "It is.", 0.9, (), (), (), 1.0, verdict=verdict)
    assert answer_message(judged, CONTEXT, "key", False)["blocks"][1]["text"]["text"].split("\n")[0] == line


def test_the_clusters_are_named_and_a_pass_needs_no_fix():
    overlay = {"networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay"}}
    findings = checks.check({"aks": overlay}, "en", SITE)
    blocks = findings_message(findings, "en", SITE, ["aks-<one>", "", *"bcdef"])["blocks"]
    assert blocks[0]["text"]["text"].split("\n")[1] == "aks-&lt;one&gt;, b, c, d, …"
    passed = next(line for block in blocks for line in block["text"]["text"].split("\n") if "|AGC001 kubenet>" in line)
    assert re.fullmatch(r":white_check_mark: <[^|]+\|AGC001 kubenet> pass: azure", passed)


def test_advice_and_what_is_unknown_are_told_apart_from_passes():
    profile = {"networkPlugin": "azure", "networkPluginMode": None, "networkPolicy": "none"}
    cluster = {"networkProfile": profile, "agentPoolProfiles": [{"name": "p", "podSubnetId": None}]}
    findings = checks.check({"aks": cluster, "planned": "upgrade-to-overlay"}, "en", SITE)
    text = "\n".join(block["text"]["text"] for block in findings_message(findings, "en", SITE)["blocks"])
    assert "/ advice 1 / pass 1 /" in text
    assert re.search(
        r":bulb: <[^|]+\|AGC010 upgrade-window> advice: upgrade-to-overlay\n(.+\n){2}\*What to do\*: Schedule", text
    )
    assert re.search(
        r":grey_question: <[^|]+\|AGC002 cni-mode> unknown: .+\n(.+\n){2}\*The source does not say\*: ", text
    )
    assert re.search(
        r":grey_question: <[^|]+\|AGC012 upgrade-path> unknown: nothing given\n(.+\n){2}\*Missing data\*: ", text
    )


@pytest.mark.parametrize("lang", ["ja", "en", None])
def test_words_of_our_own_keep_the_limits(lang: str | None):
    rules = [rule_message(rule.id, lang, SITE) for rule in checks.rules()]
    for message in [help_message(lang, SITE), failure_message(lang), rule_message("", lang, SITE), *rules]:
        check_limits(message)
        check_no_markup(message)
    check_limits(note(lang or "en", "too_long", limit=1000))


def test_the_real_answer_says_every_quote_once(bot: Bot):
    answer = bot.ask("Can I upgrade from kubenet?")
    message = answer_message(answer, CONTEXT, "key")
    shown = json.dumps(message["blocks"], ensure_ascii=False)
    for citation in answer.citations:
        said = citation.quote.removeprefix("Yes. ")
        assert shown.count(said[:200]) == 1, said
    assert "*Yes*" in shown and "Yes. " not in shown
    assert say("en", "answers", f"certainty.{answer.certainty}") in shown
    assert say("en", "slack", "answer.unofficial") in shown


def test_a_table_of_the_page_is_a_table(bot: Bot):
    answer = bot.ask("compare network plugins")
    (table,) = [block for block in answer_message(answer, CONTEXT, "key")["blocks"] if block["type"] == "table"]
    cells = [[cell["elements"][0]["elements"][0]["text"] for cell in row] for row in table["rows"]]
    assert cells[0][0] == "CNI plugin" and [row[0] for row in cells[1:]] == [
        *("Azure CNI Overlay", "Azure CNI Pod Subnet", "Azure CNI Node Subnet"),
    ]


def test_a_judged_value_is_marked(bot: Bot):
    answer = bot.ask("Is a /26 subnet OK for AGC?")
    blocks = answer_message(answer, CONTEXT, "key")["blocks"]
    first = next(block["text"]["text"] for block in blocks if block["type"] == "section")
    assert first.startswith(":x: /26: AGC004 fails.")


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
