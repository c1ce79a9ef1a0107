"""Every state of the chat under axe-core, in both languages, schemes and sizes of window."""

import pytest
from chatwork import ANSWER, BUSY, CLARIFY, FORMS, JUDGED, NOT_COVERED, PHONE, ask, open_chat

from tests.browser import axe
from tests.browser.material import still

DESK = {"width": 1280, "height": 900}
OURS = ".kb-corner, .kb-panel, .kb-chat"
REPLIES = {
    "answered": (200, ANSWER),
    "forms": (200, FORMS),
    "judged": (200, JUDGED),
    "yes": (200, {**ANSWER, "verdict": "yes", "certainty": "low"}),
    "no": (200, {**ANSWER, "verdict": "no", "certainty": "medium"}),
    "clarify": (200, CLARIFY),
    "not_covered": (200, NOT_COVERED),
    "busy": BUSY,
    "failed": (500, {"error": {"code": "internal", "message": "It broke."}}),
    "offline": (501, "none"),
}


LAST = ("clarify", "not_covered", "offline")  # only the last turn shows choices; all else stays in view


def violations(page):
    """What axe-core has against the chat."""
    still(page)
    return axe.violations(page, {"include": [[part] for part in OURS.split(", ") if page.locator(part).count()]})


@pytest.fixture(params=["light", "dark"])
def scheme(request, page):
    page.emulate_media(color_scheme=request.param)
    return request.param


# Every pair of scheme, language and size once.
SEEN = [("light", "ja", DESK), ("dark", "en", DESK), ("dark", "ja", PHONE), ("light", "en", PHONE)]


@pytest.mark.parametrize(("scheme", "lang", "size"), SEEN, indirect=["scheme"])
def test_axe_has_nothing_to_say(page, server, problems, scheme, lang, size):
    """Every state of the panel, one after the other, with all that was asked before."""
    page.set_viewport_size(size)
    page.goto(f"{server.url}{'en/' if lang == 'en' else ''}faq/")
    page.locator(".kb-opener").wait_for()
    assert page.locator("body").get_attribute("data-md-color-scheme") == {"light": "default", "dark": "slate"}[scheme]
    violated = {"closed": violations(page)}
    page.locator(".kb-opener").click()
    page.locator("#kb-question:focus").wait_for()
    violated["empty"] = violations(page)
    for state, reply in REPLIES.items():
        server.answers[:] = [reply]
        ask(page, "Anything?")
        if state in LAST:
            violated[state] = violations(page)
    page.route("**/api/ask", lambda route: None)
    page.locator("#kb-question").fill("And now?")
    page.keyboard.press("Enter")
    page.locator(".kb-turn[aria-busy=true]").wait_for()
    page.locator("#kb-question").fill("Or now?")
    page.keyboard.press("Enter")
    page.locator("[data-status=stopped]").wait_for()
    violated["stopped, and waiting"] = violations(page)
    page.unroute("**/api/ask")
    server.answers[:] = [REPLIES["answered"]]
    ask(page, "Anything?").locator(".kb-quoted summary").click()
    violated["unfolded"] = violations(page)
    page.locator(".kb-turn").last.locator(".kb-tool[aria-pressed]").last.click()
    page.locator(".kb-feedback button").last.click()
    violated["feedback"] = violations(page)
    page.locator("#kb-question").fill("x" * 1001)
    violated["too long"] = violations(page)
    page.evaluate("document.dispatchEvent(new CustomEvent('kb-ask', {detail: {about: {title: 'X', url: '#x'}}}))")
    page.locator(".kb-ask__about button").wait_for()
    violated["about"] = violations(page)
    assert {state: said for state, said in violated.items() if said} == {}
    page.reload()
    if size == PHONE:
        page.locator(".kb-opener").click()
    page.locator(".kb-panel .kb-turn").last.wait_for()
    assert violations(page) == {}  # a conversation that comes along
    problems.clear()


@pytest.mark.parametrize("path", ["", "ask/"])
@pytest.mark.parametrize(("scheme", "lang", "size"), SEEN, indirect=["scheme"])
def test_axe_on_pages_with_a_box(page, server, scheme, lang, size, path):
    page.set_viewport_size(size)
    address = f"{server.url}{'en/' if lang == 'en' else ''}{path}"
    page.goto(address)
    page.locator("#kb-question").wait_for()
    violated = {"empty": violations(page)}
    for state in ("forms", "clarify", "not_covered", "judged"):
        server.answers[:] = [REPLIES[state]]
        ask(page, "Anything?")
        violated[state] = violations(page)
    page.goto(address)
    if not path:
        unfold = page.locator(".kb-chat__ideas button")
        unfold.wait_for()
        violated["folded"] = violations(page)
        unfold.click()
    page.locator(".kb-turn").last.wait_for()
    violated["unfolded"] = violations(page)
    assert {state: said for state, said in violated.items() if said} == {}


def test_axe_on_the_sheet_of_a_phone(page, server, scheme):
    page.set_viewport_size(PHONE)
    server.answers[:] = [(200, ANSWER)]
    open_chat(page, f"{server.url}faq/")
    ask(page, "Anything?")
    assert violations(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
