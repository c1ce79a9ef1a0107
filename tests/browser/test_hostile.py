"""Every payload of tests/hostile in the chat: shown as written, and nothing else happens.

That it stays text when it is copied: tests/js/answer-markdown.test.js.
"""

import json

import pytest
from chatwork import ANSWER, ask, open_chat

pytestmark = pytest.mark.slow

ACTIVE = "script, img, svg:not(.kb-icon), math, iframe, object, embed, link, style, meta, base, form, details, template"
HANDLERS = """element => [...element.querySelectorAll("*")].flatMap((one) =>
  [...one.attributes].filter(({ name }) => name.startsWith("on")).map(({ name }) => name))"""


@pytest.fixture(scope="module")
def payloads(root):
    return json.loads((root / "tests/hostile/payloads.json").read_text("utf-8"))


def hostile(payload):
    cited = {
        **ANSWER["citations"][0],
        "title": payload,
        "quote": payload,
        "blocks": [{"kind": "paragraph", "text": payload}],
    }
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
