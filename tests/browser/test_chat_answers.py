"""What the chat shows for an answer, wherever it is asked."""

import pytest
from chatwork import ANSWER, COMMAND, FORMS, JUDGED, NOT_COVERED, ask, open_chat
from playwright.sync_api import expect

from tests.browser.material import still
from tests.browser.test_look import FAINT

HOSTS = pytest.mark.parametrize("path", ["en/", "en/ask/", "en/faq/"], ids=["landing", "page", "panel"])


@HOSTS
def test_answer_first_then_its_sources(page, server, path):
    server.answers[:] = [(200, ANSWER)]
    open_chat(page, server.url + path) if path == "en/faq/" else page.goto(server.url + path)
    turn = ask(page, "Can I upgrade from kubenet?")
    assert server.asked == [("/api/ask", {"question": "Can I upgrade from kubenet?", "lang": "en", "page": f"/{path}"})]
    parts = turn.locator(".kb-answer > *").evaluate_all("all => all.map(part => part.className)")
    assert parts[:6] == [
        *("kb-verdict kb-is-conditional", "kb-answer__text", "kb-answer__sure"),
        *("kb-answer__sources", "kb-answer__rules", "kb-answer__choices"),
    ]
    assert turn.locator(".kb-verdict").inner_text() == "With conditions"
    assert turn.locator(".kb-answer__text p").all_inner_texts() == [
        "<b>An existing cluster</b> can be upgraded.1",
        "This page collects common questions.2",
    ]
    assert turn.locator(".kb-answer__sure").inner_text() == "The site states this clearly."
    titles = turn.locator("ol > li > div a:not([class])")
    assert titles.all_inner_texts() == ["FAQ › From kubenet", "Upgrade to CNI Overlay › When"]
    also = turn.get_by_role("link", name="Upgrade › Again")
    assert also.get_attribute("href") == f"{server.url}en/agc/upgrade/#again"
    assert turn.locator("ol > li > div a").evaluate_all(
        "links => links.map(a => [a.href.split(':~:')[0], a.hreflang])"
    ) == [
        [f"{server.url}en/faq/#kubenet-to-overlay", "en"],
        [f"{server.url}faq/#kubenet-to-overlay", "ja"],
        [f"{server.url}en/agc/upgrade/#maintenance-window", "en"],
        [f"{server.url}agc/upgrade/#maintenance-window", "ja"],
    ]
    assert {quote.get_attribute("lang") for quote in turn.locator("blockquote").all()} == {"en"}
    assert turn.get_by_role("link", name="AGC001 kubenet").get_attribute("href") == f"{server.url}en/rules/agc001/"


def test_a_verdict_stays_in_the_language_of_its_answer(page, server):
    server.answers[:] = [(200, ANSWER)]
    page.goto(f"{server.url}en/ask/")
    ask(page, "Can I upgrade from kubenet?")
    page.goto(f"{server.url}ask/")
    verdict = page.locator(".kb-verdict")
    expect(verdict).to_have_text("With conditions")
    assert verdict.get_attribute("lang") == "en"


def test_of_many_rules_those_of_the_first_sources_are_shown_and_the_way_to_all(page, server):
    rules = [{**ANSWER["rules"][0], "id": f"AGC{n:03}"} for n in range(9)]
    server.answers[:] = [(200, {**ANSWER, "rules": rules})]
    open_chat(page, f"{server.url}en/faq/")
    shown = ask(page, "Anything?").locator(".kb-answer__rules li").locator("visible=true").all_inner_texts()
    assert shown == [*(f"AGC{n:03} kubenet" for n in range(4)), "Check your cluster"]


def test_what_the_answer_has_not_said_of_a_quote_is_folded_under_its_title(page, server):
    server.answers[:] = [(200, ANSWER)]
    open_chat(page, f"{server.url}en/faq/")
    turn = ask(page, "Anything?")
    quote = turn.locator("li").nth(1).locator("blockquote")
    assert turn.locator("blockquote").count() == 1 and not quote.is_visible()
    turn.get_by_text("Show the quote").click()
    assert quote.inner_text() == "This page collects common questions. Traffic may be disrupted."


def test_the_forms_of_the_page(page, server):
    server.answers[:] = [(200, FORMS)]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{server.url}en/ask/")
    turn = ask(page, "Compare them on Windows")
    text = turn.locator(".kb-answer__text")
    assert text.locator(".kb-unstated").inner_text() == "The site does not explicitly cover “Windows”."
    assert text.locator("th").all_inner_texts() == ["Plugin", "Uses"]
    assert text.locator("td").all_inner_texts() == ["Overlay", "<i>private</i>\naddresses", "Flat", ""]
    more = text.get_by_role("link", name="3 more")
    assert more.get_attribute("href").startswith(f"{server.url}en/faq/#kubenet-to-overlay")
    assert text.locator("ol").get_attribute("start") == "3"
    assert text.locator("ol > li > p").all_inner_texts() == ["Run this:", "Look."]
    assert text.locator("[role=note] p").all_inner_texts() == ["Mind", "Hot."]
    turn.get_by_role("button", name="Copy this code").click()
    expect(page.locator(".kb-chat [role=status]")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == COMMAND
    turn.get_by_role("button", name="Copy as Markdown").click()
    expect(turn.locator(".kb-tools__note")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "| Plugin | Uses |\n| --- | --- |" in copied
    assert "3. Run this:\n\n   ```sh\n   kb check --lang en \\\n     --format json\n   ```" in copied


def test_a_source_that_may_be_out_of_date_says_so_and_so_does_the_copy(page, server):
    server.answers[:] = [(200, JUDGED)]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{server.url}en/ask/")
    turn = ask(page, "Is 1.6 enough?")
    line = "This section was last compared with its source on 2026-01-02: A document."
    assert turn.locator(".kb-answer__sources").get_by_text("A document").locator("visible=true").all_inner_texts() == [
        line
    ]
    turn.get_by_role("button", name="Copy as Markdown").click()
    expect(turn.locator(".kb-tools__note")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()").count(line) == 1


def test_on_paper_nothing_is_cut_or_folded(page, server):
    server.answers[:] = [(200, ANSWER)]
    page.set_viewport_size({"width": 390, "height": 780})
    page.goto(f"{server.url}en/ask/")
    turn = ask(page, "Anything?")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert turn.locator("blockquote").is_visible()
    assert not turn.get_by_role("button", name="Helpful", exact=True).is_visible()


def test_paper_is_white_whatever_the_screen_was(page, server):
    server.answers[:] = [(200, FORMS), (200, ANSWER)]
    page.emulate_media(color_scheme="dark")
    page.goto(f"{server.url}en/ask/")
    ask(page, "First?")
    ask(page, "Second?").get_by_text("Show the quote").click()
    page.emulate_media(media="print", color_scheme="dark")
    faint = FAINT.replace('"article *, header *, .md-tabs *, nav *, footer *"', '".kb-turn *"')
    assert '".kb-turn *"' in faint and page.evaluate(faint, 4.5) == []


def test_a_number_marks_its_source(page, server):
    server.answers[:] = [(200, ANSWER)]
    open_chat(page, f"{server.url}en/faq/")
    turn = ask(page, "Anything?")
    number = turn.get_by_role("link", name="Source 2: Upgrade to CNI Overlay › When", exact=True)
    marked = turn.locator("li.kb-marked a:not([class])")
    number.hover()
    assert marked.all_inner_texts() == ["Upgrade to CNI Overlay › When"]
    page.mouse.move(0, 0)
    expect(marked).to_have_count(0)
    number.focus()
    assert marked.all_inner_texts() == ["Upgrade to CNI Overlay › When"]
    assert number.get_attribute("href").startswith(f"{server.url}en/agc/upgrade/#maintenance-window:~:text=")


def test_a_citation_leads_to_the_quoted_words(page, server):
    server.answers[:] = [(200, ANSWER)]
    open_chat(page, f"{server.url}en/plugins/")
    ask(page, "Anything?").get_by_role("link", name="FAQ › From kubenet", exact=True).click()
    page.wait_for_url("**/en/faq/#kubenet-to-overlay**")
    page.locator("#kubenet-to-overlay").wait_for()
    expect(page.locator("#kubenet-to-overlay")).to_be_in_viewport()


@HOSTS
@pytest.mark.parametrize("size", [{"width": 390, "height": 780}, {"width": 1280, "height": 900}], ids=["phone", "desk"])
def test_the_newest_question_and_the_box_are_in_view(page, server, path, size):
    """Whatever was answered before, on every place of the chat: the question at the top, the box at the bottom."""
    server.answers[:] = [(200, FORMS)]
    page.set_viewport_size(size)
    open_chat(page, server.url + path) if path == "en/faq/" else page.goto(server.url + path)
    for question in ("First?", "Second?", "Third?"):
        turn = ask(page, question)
        still(page)
        title = turn.locator(".kb-turn__question")
        expect(title).to_be_in_viewport(ratio=1)
        expect(page.locator("#kb-question")).to_be_in_viewport(ratio=1)
        assert title.bounding_box()["y"] < size["height"] / 3


def test_one_announcement_per_answer(page, server):
    server.answers[:] = [(200, ANSWER)]
    open_chat(page, f"{server.url}en/faq/")
    page.evaluate("""() => {
        window.said = [];
        const status = document.querySelector(".kb-chat [role=status]");
        new MutationObserver(() => said.push(status.textContent)).observe(status, {childList: true});
    }""")
    ask(page, "Anything?")
    assert page.evaluate("said") == [f"{ANSWER['answer']} Sources: 2."]
    assert page.locator("[aria-live], [role=log]").filter(has=page.locator(".kb-turn")).count() == 0


@HOSTS
def test_a_refusal_links_to_what_covers_the_topic(page, server, path):
    documents = [
        {"title": "Prices of it", "url": "https://example.com/prices"},
        {"title": "Odd", "url": "javascript:x()"},
    ]
    answer = "No prices. See Prices of it, or Odd."
    server.answers[:] = [(200, {**NOT_COVERED, "answer": answer, "outside": documents})]
    open_chat(page, server.url + path) if path == "en/faq/" else page.goto(server.url + path)
    turn = ask(page, "What does it cost?")
    links = turn.locator(".kb-answer__text a")
    assert links.all_inner_texts() == ["Prices of it"] and turn.locator(".kb-answer__text").inner_text() == answer
    assert links.get_attribute("href") == "https://example.com/prices" and links.get_attribute("target") == "_blank"


def test_links_of_a_quote_are_links(page, server):
    """Where their words first stand, in each form; to pages of the web and of this site alone."""
    links = [
        *({"text": "Uses", "url": "/en/plugins/#plugin-table"}, {"text": "Compare", "url": "https://example.com/<b>"}),
        *({"text": "private", "url": "//example.com/"}, {"text": "Run", "url": "javascript:x()"}),
        *({"text": "Look", "url": "/en/faq/"}, {"text": "Hot", "url": "http://example.com/"}),
        *({"text": "--lang", "url": "/en/faq/"}, {"text": "Flat", "url": "/\\example.com/x"}),
    ]
    cited = {**FORMS["citations"][0], "links": links}
    server.answers[:] = [(200, {**FORMS, "citations": [cited]})]
    page.goto(f"{server.url}en/ask/")
    shown = ask(page, "Compare them on Windows").locator(".kb-answer__text")
    given = shown.locator("a:not(.kb-number, .kb-more a)").evaluate_all("all => all.map(a => [a.text, a.href])")
    assert given == [
        ["Compare", "https://example.com/%3Cb%3E"],
        ["Uses", f"{server.url}en/plugins/#plugin-table"],
        ["private", f"{server.url}example.com/"],
        ["Flat", f"{server.url}example.com/x"],
        ["Look", f"{server.url}en/faq/"],
        ["Hot", "http://example.com/"],
    ]
