"""Every payload of tests/hostile in the chat: shown as written, and nothing else happens; copied, it stays text."""

import json

import markdown
import pytest
from chatwork import ANSWER, ask, open_chat
from lxml import html

pytestmark = pytest.mark.slow

ACTIVE = "script, img, svg:not(.kb-icon), math, iframe, object, embed, link, style, meta, base, form, details, template"
HANDLERS = """element => [...element.querySelectorAll("*")].flatMap((one) =>
  [...one.attributes].filter(({ name }) => name.startsWith("on")).map(({ name }) => name))"""
COPY = """([answer, base]) => import(base + "assets/answer-markdown.js").then(({ markdown }) =>
  markdown(answer, (path) => new URL(path, "https://kb.example.com/").href))"""


@pytest.fixture(scope="module")
def payloads(root):
    return json.loads((root / "tests/hostile/payloads.json").read_text("utf-8"))


def hostile(payload):
    cited = {**ANSWER["citations"][0], "title": payload, "quote": payload}
    rule = {**ANSWER["rules"][0], "title": payload}
    texts = {"question": payload, "answer": payload, "suggestions": [payload]}
    return {**ANSWER, **texts, "citations": [cited], "rules": [rule]}


def test_no_payload_becomes_an_element_or_a_request(page, server, payloads):
    open_chat(page, f"{server.url}en/faq/")
    own = page.locator(".kb-panel").locator(ACTIVE).count()
    for payload in payloads:
        server.answers[:] = [(200, hostile(payload))]
        turn = ask(page, "What?")
        shown = turn.locator(".kb-answer__text").evaluate("element => element.textContent")
        assert shown.startswith(payload.split("\n")[0]), payload
        assert turn.locator(".kb-answer").locator(ACTIVE).count() == 0, payload
        assert turn.evaluate(HANDLERS) == [], payload
        links = turn.locator(".kb-answer a[href]").evaluate_all("all => all.map(a => a.href)")
        assert [link for link in links if not link.startswith(server.url)] == [], payload
    assert page.locator(".kb-panel").locator(ACTIVE).count() <= own + 1
    assert [asked["question"] for _, asked in server.asked] == ["What?"] * len(payloads)


def test_a_copied_answer_is_inert_markdown(page, server, payloads):
    page.goto(f"{server.url}en/faq/")
    for payload in payloads:
        text = page.evaluate(COPY, [hostile(payload), server.url + "en/"])
        shown = markdown.markdown(text, extensions=["tables", "fenced_code", "sane_lists"])
        rendered = html.fragment_fromstring(shown, create_parent="div")
        found = [element.tag for element in rendered.iter("script", "img", "svg", "iframe", "style", "form", "table")]
        links = [str(link) for link in rendered.xpath("//@href | //@src")]
        assert (found, [link for link in links if not link.startswith("https://kb.example.com/")]) == ([], []), payload
        assert [heading.tag for heading in rendered.iter("h1", "h2", "h3", "h4")] == ["h2"], payload
