"""The question box of the landing page, against a stub that answers as the contract says."""

import pytest

ANSWER = {
    "question": "Can I upgrade from kubenet?",
    "lang": "en",
    "status": "answered",
    "answer": "Yes, with conditions. <b>An existing cluster</b> can be upgraded.\nInstall afterwards.",
    "confidence": 0.97,
    "citations": [
        {
            "n": n,
            "section": section,
            "lang": "en",
            "title": title,
            "url": f"/en/{section.replace('#', '/#')}",
            "quote": f"Quote {n}.",
            "translation_url": f"/{section.replace('#', '/#')}",
        }
        for n, section, title in [
            (1, "faq#kubenet-to-overlay", "From kubenet"),
            (2, "agc/upgrade#maintenance-window", "When"),
        ]
    ],
    "rules": [
        {"id": "AGC001", "name": "kubenet", "title": "No kubenet", "severity": "error", "url": "/en/rules/agc001/"}
    ],
    "suggestions": [],
    "took_ms": 12.3,
}
EMPTY = {"citations": [], "rules": [], "confidence": 0.1, "took_ms": 1.0}
CLARIFY = {**ANSWER, **EMPTY, "status": "clarify", "answer": "Which one?", "suggestions": ["The first?", "The second?"]}
NOT_COVERED = {**ANSWER, **EMPTY, "status": "not_covered", "answer": "Not covered.", "suggestions": ["A near topic?"]}


def ask(page, url, question):
    page.goto(url)
    page.get_by_role("textbox", name="Ask this site").fill(question)
    page.get_by_role("button", name="Ask", exact=True).click()
    return settled(page)


def settled(page):
    answer = page.locator(".kb-answer[aria-busy=false]")
    answer.wait_for()
    return answer


def test_answer_with_its_sources(page, server):
    server.answers[:] = [(200, ANSWER)]
    answer = ask(page, f"{server.url}en/", "Can I upgrade from kubenet?")
    assert server.asked == [("/api/ask", {"question": "Can I upgrade from kubenet?", "lang": "en"})]
    assert answer.locator(".kb-answer__text").inner_text().startswith("Yes, with conditions. <b>An existing")
    assert answer.locator("blockquote").all_inner_texts() == ["Quote 1.", "Quote 2."]
    assert answer.locator("ol a").evaluate_all("links => links.map(a => [a.href, a.hreflang])") == [
        [f"{server.url}en/faq/#kubenet-to-overlay", "en"],
        [f"{server.url}faq/#kubenet-to-overlay", "ja"],
        [f"{server.url}en/agc/upgrade/#maintenance-window", "en"],
        [f"{server.url}agc/upgrade/#maintenance-window", "ja"],
    ]
    assert answer.get_by_role("link", name="AGC001 kubenet").get_attribute("href") == f"{server.url}en/rules/agc001/"
    assert answer.get_attribute("aria-live") == "polite"
    answer.get_by_role("link", name="From kubenet").click()
    page.wait_for_url("**/en/faq/#kubenet-to-overlay")


def test_address_asks_at_once_and_is_kept(page, server):
    server.answers[:] = [(200, ANSWER)]
    page.goto(f"{server.url}?ask=kubenet%20は%3F")
    settled(page)
    assert server.asked == [("/api/ask", {"question": "kubenet は?", "lang": "ja"})]
    page.get_by_label("このサイトに質問する").fill("別の質問")
    page.keyboard.press("Enter")
    page.wait_for_function("() => new URLSearchParams(location.search).get('ask') === '別の質問'")


@pytest.mark.parametrize(
    ("first", "title"), [(CLARIFY, "Did you mean"), (NOT_COVERED, "Near topics that this site answers")]
)
def test_choices_ask_again(page, server, first, title):
    server.answers[:] = [(200, first), (200, ANSWER)]
    answer = ask(page, f"{server.url}en/", "the subnet")
    assert answer.locator("h2").all_inner_texts() == [title]
    assert answer.get_attribute("data-status") == first["status"]
    choice = first["suggestions"][0]
    answer.get_by_role("button", name=choice).press("Enter")
    page.wait_for_selector(".kb-answer[data-status=answered][aria-busy=false]")
    assert server.asked[-1][1]["question"] == choice
    assert page.evaluate("document.activeElement.matches('.kb-answer')")
    assert page.get_by_label("Ask this site").input_value() == choice


@pytest.mark.parametrize(
    ("status", "body", "text"),
    [
        (501, "Unsupported method", "not running"),
        (404, "<h1>Not found</h1>", "not running"),
        (502, "<h1>Bad gateway</h1>", "had a problem"),
        (413, {"error": {"code": "question_too_long", "message": "Shorter, please."}}, "Shorter, please."),
    ],
)
def test_failures_are_told(page, server, problems, status, body, text):
    server.answers[:] = [(status, body)]
    assert text in ask(page, f"{server.url}en/", "Anything?").inner_text()
    assert all(str(status) in problem for problem in problems)
    problems.clear()


def test_offline(page, server, problems):
    page.goto(f"{server.url}en/")
    page.get_by_label("Ask this site").wait_for()
    page.context.set_offline(True)
    page.get_by_label("Ask this site").fill("Anything?")
    page.keyboard.press("Enter")
    assert "not running" in settled(page).inner_text()
    problems.clear()


def test_hostile_addresses_are_no_links(page, server):
    evil = {**ANSWER["citations"][0], "url": "javascript:alert(1)", "title": "<img src=x onerror=alert(1)>"}
    server.answers[:] = [(200, {**ANSWER, "citations": [evil]})]
    answer = ask(page, f"{server.url}en/", "Anything?")
    assert answer.locator("[href^=javascript], img").count() == 0
    assert "<img" in answer.inner_text()


def test_below_a_folder(page, mounted):
    mounted.answers[:] = [(200, ANSWER)]
    answer = ask(page, f"{mounted.url}en/", "Anything?")
    assert mounted.asked[0][0] == "/some/folder/api/ask"
    assert answer.get_by_role("link", name="From kubenet").get_attribute("href").startswith(f"{mounted.url}en/faq/")


def test_length_is_limited(page, server):
    page.goto(f"{server.url}en/")
    box = page.get_by_label("Ask this site")
    box.press_sequentially("x" * 10)
    assert box.get_attribute("maxlength") == "500"
