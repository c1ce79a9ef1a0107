"""The chat with the real service behind it."""

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
    page.locator("#kb-question").fill(question)
    page.keyboard.press("Enter")
    page.get_by_text(verdict).first.wait_for()
    page.locator(".kb-answer__sources a").first.click()
    page.wait_for_url(lambda url: url.split(":~:")[0] == f"{service}{link}")
    assert page.locator("h2#kubenet-to-overlay").is_visible()


def test_feedback_is_stored_and_a_follow_up_understood(page, service):
    page.goto(f"{service}/en/plugins/?ask=Can%20I%20upgrade%20from%20kubenet%3F")
    answered = page.locator(".kb-answer[data-status=answered]")
    answered.first.wait_for()
    with page.expect_response("**/api/feedback") as reply:
        page.get_by_role("button", name="Not helpful").click()
    assert reply.value.status == 204
    page.get_by_role("button", name="Not what I meant").click()
    page.locator(".kb-feedback__others a").first.wait_for()
    page.locator("#kb-question").fill("And is there an outage?")
    page.locator("#kb-question").press("Enter")
    page.wait_for_function("() => document.querySelectorAll('.kb-turn[aria-busy=false]').length === 2")
    assert page.locator(".kb-turn").last.locator("blockquote").count() > 0
