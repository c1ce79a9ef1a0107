"""Failures are told with a way on; without the service the browser searches; nothing hostile gets in."""

import pytest
from chatwork import ANSWER, BUSY, announced, ask, open_chat, settled
from playwright.sync_api import expect


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        (BUSY, "You can ask again in 12 seconds."),
        ((500, {"error": {"code": "internal", "message": "An internal error."}}), "An internal error."),
        ((502, "<h1>Bad gateway</h1>"), "The service had a problem."),
        (
            (503, {"error": {"code": "x", "message": "Starting."}}, ("Retry-After", "3")),
            "Starting. You can ask again in 3",
        ),
        ((413, {"error": {"code": "question_too_long", "message": "Shorter, please."}}), "Shorter, please."),
        ((200, {"nothing": "known"}), "The service had a problem."),
    ],
    ids=["busy", "500", "502-html", "503", "413", "strange"],
)
def test_failures_are_told_and_can_be_tried_again(page, server, problems, reply, text):
    server.answers[:] = [reply, (200, ANSWER)]
    open_chat(page, f"{server.url}en/faq/")
    turn = ask(page, "Anything?")
    assert text in turn.inner_text()
    assert text in announced(page)
    turn.get_by_role("button", name="Try again").click()
    page.locator("[data-status=answered]").wait_for()
    assert page.locator(".kb-turn").count() == 1
    assert [asked["question"] for _, asked in server.asked] == ["Anything?"] * 2
    problems.clear()


def test_search_instead_of_a_failed_answer(page, server, problems):
    server.answers[:] = [(500, {"error": {"code": "internal", "message": "An internal error."}})]
    open_chat(page, f"{server.url}en/faq/")
    ask(page, "subnet size for AGC").get_by_role("button", name="Search this site instead").click()
    page.locator("[data-status=offline] li").first.wait_for()
    links = page.locator("[data-status=offline] li a").evaluate_all("all => all.map(a => a.href.split(':~:')[0])")
    assert f"{server.url}en/agc/limitations/#subnet-size" in links
    problems.clear()


@pytest.mark.parametrize(
    ("path", "question", "section", "says"),
    [
        ("", "kubenet からアップグレードできますか？", "faq/#kubenet-to-overlay", "ブラウザーの中でこのサイトを検索"),
        ("en/", "How large must the AGC subnet be?", "en/agc/limitations/#subnet-size", "your browser searched"),
    ],
)
def test_a_plain_web_server_still_answers(page, server, problems, path, question, section, says):
    """Each refuses in its own way what only a service can take."""
    open_chat(page, f"{server.url}{path}plugins/")
    for reply in [(501, "Unsupported method"), (404, "<h1>Not found</h1>"), (405, "no")]:
        server.answers[:] = [reply]
        turn = ask(page, question)
        assert says in turn.inner_text(), reply
        assert says in announced(page), reply
        links = turn.locator("li a").evaluate_all("links => links.map(a => a.href.split(':~:')[0])")
        assert server.url + section in links, reply
        assert "<" not in turn.locator("blockquote").first.inner_text()
    problems.clear()


def test_offline_search_below_a_folder(page, mounted, problems):
    page.goto(f"{mounted.url}en/")
    turn = ask(page, "How large must the AGC subnet be?")
    assert turn.locator("li a").first.get_attribute("href").startswith(f"{mounted.url}en/")
    problems.clear()


def test_offline_search_that_finds_nothing(page, server, problems):
    open_chat(page, f"{server.url}en/faq/")
    assert "found nothing" in ask(page, "qqqq zzzz").inner_text()
    problems.clear()


def test_no_network_at_all(page, server, problems):
    open_chat(page, f"{server.url}en/faq/")
    page.context.set_offline(True)
    turn = ask(page, "Anything?")
    assert "No connection." in turn.inner_text()
    page.context.set_offline(False)
    server.answers[:] = [(200, ANSWER)]
    turn.get_by_role("button", name="Try again").click()
    page.locator("[data-status=answered]").wait_for()
    problems.clear()


def test_a_later_question_wins(page, server):
    """The earlier one is stopped; both stay in order."""
    slow = "slow"
    page.route(
        "**/api/ask", lambda route: None if route.request.post_data_json["question"] == slow else route.continue_()
    )
    server.answers[:] = [(200, ANSWER)]
    open_chat(page, f"{server.url}en/faq/")
    page.locator("#kb-question").fill(slow)
    page.keyboard.press("Enter")
    page.locator(".kb-turn[aria-busy=true]").wait_for()
    ask(page, "quick")
    assert page.locator(".kb-turn__question").all_inner_texts() == ["slow", "quick"]
    assert page.locator(".kb-answer").evaluate_all("all => all.map(a => a.dataset.status)") == ["stopped", "answered"]


EVIL = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    '"><iframe src="javascript:alert(1)">',
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "{{constructor.constructor('alert(1)')()}}",
]
ADDRESSES = [
    "javascript:alert(1)",
    "data:text/html,x",
    "https://evil.example/",
    "//evil.example/",
    "\\\\evil.example",
    "vbscript:x",
]


def hostile(evil):
    names = {"title": evil, "path": [evil], "section": evil}
    table = {"kind": "table", "header": [evil], "rows": [[evil]], "more": 1}
    steps = {"kind": "list", "items": [{"text": evil, "blocks": []}], "start": None, "more": 0}
    note = {"kind": "note", "note": evil, "title": evil, "blocks": []}
    code = {"kind": "code", "text": evil, "language": evil, "more": 0}
    shown = {"quote": f"{evil} …", "blocks": [{"kind": "paragraph", "text": evil}, table, steps, note, code]}
    also = [{**names, "lang": "en", "url": "/en/"}]
    cited = {**ANSWER["citations"][0], **names, **shown, "also": also}
    rule = {"id": evil, "name": evil, "title": evil, "severity": evil, "url": "/en/rules/agc001/"}
    near = {"section": evil, "lang": "en", "title": evil, "url": "/en/"}
    texts = {"answer": evil, "suggestions": [evil]}
    return {**ANSWER, **texts, "citations": [cited], "rules": [rule], "runners_up": [near]}


def test_hostile_text_stays_text(page, server):
    """When it is answered, judged, and shown again from what the tab remembers."""
    open_chat(page, f"{server.url}en/faq/")
    for evil in EVIL:
        server.answers[:] = [(200, hostile(evil))]
        turn = ask(page, evil)
        turn.get_by_role("button", name="Not helpful").click()
        with page.expect_response("**/api/feedback"):
            turn.get_by_role("button", name="Not what I meant").click()
        expect(turn.locator(".kb-feedback__others a")).to_have_text(evil)
    for _ in ("as answered", "as remembered"):
        turns = page.locator(".kb-turn")
        assert turns.locator("img, script, iframe, math, [onerror], [onload], [href^=javascript]").count() == 0
        assert turns.locator(".kb-turn__question").all_inner_texts() == EVIL
        quoted = turns.locator("blockquote").evaluate_all("all => all.map(quote => quote.firstChild.textContent)")
        assert quoted == EVIL
        for form in ("th", "td", "li > p", ".kb-note__title", "code"):
            assert turns.locator(f"blockquote {form}").evaluate_all("all => all.map(one => one.textContent)") == EVIL
        page.reload()
        settled(page)


def test_hostile_addresses_are_no_links(page, server):
    open_chat(page, f"{server.url}en/faq/")
    for url in ADDRESSES:
        cited = {**ANSWER["citations"][0], "url": url, "translation_url": url}
        rule = {**ANSWER["rules"][0], "url": url}
        server.answers[:] = [(200, {**ANSWER, "citations": [cited], "rules": [rule]})]
        links = ask(page, "Anything?").locator("a[href]").evaluate_all("all => all.map(a => a.href)")
        assert [link for link in links if not link.startswith(server.url)] == [], url


def test_a_hostile_address_asks_text(page, server):
    server.answers[:] = [(200, ANSWER)]
    page.goto(f"{server.url}en/faq/?ask=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    assert settled(page).locator(".kb-turn__question").inner_text() == "<img src=x onerror=alert(1)>"
