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
from slack_limits import SITE, TEXT, check_limits, check_no_markup

from bot import checks
from bot.answering.ask import Bot
from bot.language import say
from bot.records import (
    Answer,
    CheckedValue,
    Citation,
    Code,
    Item,
    Listing,
    Note,
    Outside,
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
from bot.slack.answer_message import answer_message
from bot.slack.blocks import failure_message, note
from bot.slack.check_messages import rule_message
from bot.slack.context import Context
from bot.slack.help import help_message
from bot.slack.limits import escape

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
    outside=st.lists(st.builds(Outside, TEXT, URL), max_size=30).map(tuple),
    checks=st.lists(
        st.builds(CheckedValue, TEXT, TEXT, st.sampled_from(["pass", "fail", "unknown"]), TEXT, TEXT, TEXT, URL),
        max_size=3,
    ).map(tuple),
)


def said_first(answer: Answer) -> Answer:
    """As the service makes it: the answer has its first quote."""
    first = answer.citations[0].quote if answer.citations else ""
    return dataclasses.replace(answer, answer=f"{answer.answer}\n{first}")


def said_all(answer: Answer) -> Answer:
    """As the service makes it of a text that joins questions."""
    return dataclasses.replace(answer, answer="\n".join([answer.answer, *(each.quote for each in answer.citations)]))


@given(
    answers | answers.map(said_first) | answers.map(said_all),
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


@pytest.mark.parametrize(("verdict", "line"), [("yes", ":white_check_mark: *Yes*"), ("no", ":x: *No*")])
def test_a_verdict_has_a_sign_before_it(verdict: str, line: str):
    judged = Answer("q", "en", Status.ANSWERED, "It is.", 0.9, (), (), (), 1.0, verdict=verdict)
    assert answer_message(judged, CONTEXT, "key", False)["blocks"][1]["text"]["text"].split("\n")[0] == line


def test_a_further_quote_in_forms_of_its_own_is_shown_in_these():
    code = Code("pot fill \\\n  --slowly", "bash")
    first = Citation(1, "a", "en", "Lids", "/a/", "Lids are heavy.", None)
    second = Citation(2, "b", "en", "Fill", "/b/", f"Fill it:\n{code.text}", None, blocks=(Paragraph("Fill it:"), code))
    text = f"{first.quote}\n{second.quote}\nWater boils."
    answer = Answer("q", "en", Status.ANSWERED, text, 0.9, (first, second), (), (), 1.0)
    shown = json.dumps(answer_message(answer, CONTEXT, "key", False)["blocks"])
    (quoted,) = [block for block in json.loads(shown) if "rich_text_preformatted" in json.dumps(block)]
    assert json.dumps(code.text)[1:-1] in json.dumps(quoted)
    assert shown.index("Lids are heavy.") < shown.index("pot fill") < shown.index("Water boils.")


def test_a_refusal_links_to_what_covers_the_topic():
    documents = (Outside("Prices <of> it", "https://example.com/prices"), Outside("Odd", "javascript:alert(1)"))
    refused = Answer("q", "en", Status.NOT_COVERED, "No prices.", 0.1, (), (), (), 1.0, outside=documents)
    shown = answer_message(refused, CONTEXT, "key", False)["blocks"][-1]
    assert shown["elements"][0]["text"] == "<https://example.com/prices|Prices ‹of› it>\nOdd"


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
    texts = re.sub(r'"\}, \{"type": "(?:text|link)", (?:"url": "[^"]*", )?"text": "', "", shown)  # a link is no seam
    for citation in answer.citations:
        said = citation.quote.removeprefix("Yes. ")
        assert texts.count(said.split(" AGC")[0]) == 1, said  # behind it, names of rules are links
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
    assert first.startswith(":x: *No*\n:x: /26: AGC004 fails.")


def test_what_the_site_does_not_state_comes_before_the_quotes(bot: Bot):
    answer = bot.ask("Can I upgrade from kubenet with Cilium?")
    message = answer_message(answer, CONTEXT, "key")
    sentence = say("en", "answers", "not_stated_of", names="“Cilium”")
    assert answer.not_stated == ("Cilium",) and message["text"].startswith(sentence)
    texts = [block["text"]["text"] for block in message["blocks"] if block["type"] == "section"]
    assert texts[0].startswith(escape(sentence)) and not any(escape(sentence) in text for text in texts[1:])
