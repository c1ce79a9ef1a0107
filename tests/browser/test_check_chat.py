"""The check page with the chat beside it."""

from checkpage import KUBENET, give, visit
from playwright.sync_api import expect


def test_beside_the_chat_findings_are_cards(page, service):
    """What counts is the room of the findings, not the width of the window."""
    page.set_viewport_size({"width": 1280, "height": 800})
    visit(page, service)
    give(page, KUBENET)
    row = page.locator(".kb-check__table tbody tr").first
    expect(row).to_have_css("display", "table-row")
    page.get_by_role("button", name="Ask about this rule: AGC001 kubenet").click()
    page.locator(".kb-panel").wait_for()
    expect(row).to_have_css("display", "block")
    command = row.locator(".kb-check__command").first
    assert command.bounding_box()["width"] > 400


def test_a_rule_brings_its_own_questions(page, service):
    visit(page, service)
    give(page, KUBENET)
    page.get_by_role("button", name="Ask about this rule: AGC001 kubenet").click()
    asked = page.locator(".kb-chat__ideas li button")
    expect(asked.filter(has_text="How to fix AGC001")).to_have_count(1)
