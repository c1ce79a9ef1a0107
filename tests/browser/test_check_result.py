"""How the findings of a check are shown: what stands where, and what is left of them on paper."""

import pytest
from checkpage import KUBENET, give, visit


def test_why_a_rule_is_broken_stands_with_what_was_seen_and_the_fix_begins_with_what_to_do(page, service):
    visit(page, service)
    give(page, KUBENET)
    row = page.locator(".kb-check__table tr[data-status=fail]", has_text="AGC001 kubenet")
    paragraphs = row.locator("td[data-label=Evidence] p").all_inner_texts()
    assert [text.partition(": ")[0] for text in paragraphs] == ["Expected", "Why"]
    assert row.locator("td[data-label=Fix] p").first.inner_text().startswith("Upgrade the cluster")


@pytest.mark.parametrize("width", [390, 1280])
def test_on_paper_nothing_is_left_to_press(open_page, service, width):
    page = open_page(viewport={"width": width, "height": 800})
    visit(page, service)
    give(page, KUBENET)
    page.emulate_media(media="print")
    pressed = page.locator("[data-kb-check] button").locator("visible=true").all_inner_texts()
    assert pressed == ["As given"]


def test_on_a_phone_what_plans_stands_above_the_findings(open_page, service):
    page = open_page(viewport={"width": 390, "height": 800})
    visit(page, service)
    give(page, KUBENET)
    plan = page.get_by_role("button", name="Plan the steps to CNI Overlay")
    assert plan.bounding_box()["y"] < page.locator(".kb-check__table").bounding_box()["y"]
