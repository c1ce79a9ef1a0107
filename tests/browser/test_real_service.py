"""The chat with the real service behind it."""

import pytest
from playwright.sync_api import expect

from tests.browser.material import still
from tests.browser.states import STATES, show


@pytest.mark.parametrize(
    ("path", "question", "verdict", "link"),
    [
        ("/", "kubenet からアップグレードできますか？", "はい", "/faq/#kubenet-to-overlay"),
        ("/en/", "Can I upgrade from kubenet?", "Yes", "/en/faq/#kubenet-to-overlay"),
    ],
)
def test_asking_on_the_landing_page(page, service, path, question, verdict, link):
    page.goto(service + path)
    page.locator("#kb-question").fill(question)
    page.keyboard.press("Enter")
    page.locator(".kb-verdict", has_text=verdict).wait_for()
    page.locator(".kb-answer__sources a").first.click()
    page.wait_for_url(lambda url: url.split(":~:")[0] == f"{service}{link}")
    expect(page.locator("#kubenet-to-overlay")).to_be_visible()


def test_feedback_is_stored_and_a_follow_up_understood(page, service):
    page.goto(f"{service}/en/plugins/?ask=Can%20I%20upgrade%20from%20kubenet%3F")
    answered = page.locator(".kb-answer[data-status=answered]")
    answered.first.wait_for()
    with page.expect_response("**/api/feedback") as reply:
        page.get_by_role("button", name="Not helpful").click()
    assert reply.value.status == 204
    with page.expect_response("**/api/feedback") as reply:
        page.get_by_role("button", name="Not what I meant").click()
    assert reply.value.status == 204
    page.locator(".kb-feedback__others a").first.wait_for()
    page.locator("#kb-question").fill("And what order do I install AGC in?")
    page.locator("#kb-question").press("Enter")
    expect(page.locator(".kb-turn[aria-busy=false]")).to_have_count(2)
    assert "after the upgrade" in page.locator(".kb-turn").last.locator(".kb-answer__text").inner_text()


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_state_is_wider_than_a_phone(open_page, service, lang):
    page = open_page(viewport={"width": 390, "height": 844})
    for state in STATES:
        show(page, service, state, lang)
        still(page)
        assert page.evaluate("document.scrollingElement.scrollWidth") == 390, state


MARKED_IN_VIEW = """() => {
  const marked = [...(CSS.highlights.get("kb-quote") ?? [])].filter((range) => range.startContainer.isConnected);
  const box = marked[0]?.getBoundingClientRect();
  return box !== undefined && box.top >= 0 && box.top < innerHeight;
}"""
STARTS = {
    "en": ["plugins/", "rules/agc004/", "agc/upgrade/", "service/cli/"],
    "ja": ["faq/", "glossary/", "concepts/cni/", "service/settings/"],
}


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "start"), [(lang, start) for lang, starts in STARTS.items() for start in starts])
def test_a_citation_of_the_panel_ends_at_its_quote(page, service, lang, start):
    """The panel opens after the page that is cited has loaded, and makes it narrower: its lines move."""
    site = f"{service}/{'' if lang == 'ja' else 'en/'}"
    question = {
        "ja": "オーバーレイへのアップグレード前に確認することは？",
        "en": "What should I check before the upgrade?",
    }[lang]
    page.goto(f"{site}{start}?ask={question}")
    page.locator(".kb-answer[data-status=answered]").wait_for()
    titles = page.locator(".kb-answer__sources li > div a:not([class])")
    assert titles.count() >= 2
    for at in range(titles.count()):
        titles.nth(at).click()
        page.wait_for_function(MARKED_IN_VIEW)
        page.locator("dialog.kb-panel[open] .kb-answer__sources").wait_for()
        still(page)
        assert page.evaluate(MARKED_IN_VIEW), titles.nth(at).inner_text()
