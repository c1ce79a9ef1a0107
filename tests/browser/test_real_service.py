"""The landing page with the real service behind it."""

import pytest


@pytest.mark.parametrize(
    ("path", "question", "verdict", "link"),
    [
        ("/", "kubenet からアップグレードできますか？", "はい。", "/faq/#kubenet-to-overlay"),
        ("/en/", "Can I upgrade from kubenet?", "Yes, with conditions.", "/en/faq/#kubenet-to-overlay"),
    ],
)
def test_asking_on_the_landing_page(page, service, path, question, verdict, link):
    page.goto(service + path)
    page.locator("form.kb-ask input").fill(question)
    page.keyboard.press("Enter")
    page.get_by_text(verdict).first.wait_for()
    page.locator(f"a[href$='{link}']").first.click()
    page.wait_for_url(f"{service}{link}")
    assert page.locator("h2#kubenet-to-overlay").is_visible()
