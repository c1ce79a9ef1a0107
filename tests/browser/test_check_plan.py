"""What the check page plans below its findings."""

import pytest
from checkpage import AKS, EVIL, IMAGE, give, settled, visit
from playwright.sync_api import expect

from tests.browser.axe import violations

PLANS = {
    "ja": ("手順を計画: CNI オーバーレイへ", "CNI オーバーレイまで", "元に戻せない"),
    "en": ("Plan the steps to CNI Overlay", "steps left to CNI Overlay", "cannot be undone"),
}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_way_is_planned_below_the_findings(page, service, lang):
    button, summary, irreversible = PLANS[lang]
    visit(page, service, lang)
    give(page, {**AKS, "networkProfile": {"networkPlugin": "kubenet", "networkPolicy": "calico"}}, [])
    page.get_by_role("button", name=button, exact=True).click()
    settled(page)
    assert summary in page.locator(".kb-plan h2").inner_text()
    expect(page.locator(".kb-plan h2")).to_be_focused()
    steps = page.locator(".kb-plan__steps > li")
    needs = steps.evaluate_all("steps => steps.map(step => step.dataset.need)")
    assert needs == ["done", "done", "todo", "todo", "todo", "todo"]
    upgrade, engine = steps.nth(4), steps.last
    assert irreversible in upgrade.inner_text()
    line = "az aks update --resource-group rg-aks --name prod --subscription 0000"
    commands = upgrade.locator(".kb-check__command code").all_inner_texts()
    assert [text.partition(" --")[0] for text in commands[:2]] == ["kb snapshot", "kb check snapshot.json"]
    assert commands[2].startswith(f"{line} --network-plugin azure")
    assert engine.locator(".kb-check__command code").first.inner_text().startswith(f"{line} --network-policy ")
    for step in (upgrade, engine):
        for href in step.locator("blockquote a").evaluate_all("links => links.map(link => link.href)"):
            assert page.request.get(href).ok
    assert not [text for text in page.locator(".kb-plan a").all_inner_texts() if "#" in text]  # no ids
    assert "`" not in page.locator(".kb-plan").inner_text() and upgrade.locator("p > code").count() > 0
    assert page.locator(".kb-check__told").inner_text() == ""  # the heading says it, and a hidden status reads it
    assert summary in page.locator(".kb-plan ~ .kb-unseen[role=status]").text_content()
    assert violations(page, "[data-kb-check]") == {}


def test_what_is_in_the_way_of_a_plan_is_said_and_a_plan_can_be_taken_along(page, service):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, service)
    pools = [{"name": EVIL, "podSubnetId": "/pods", "vnetSubnetId": None}]
    give(page, {**AKS, "networkProfile": {"networkPlugin": "azure"}, "agentPoolProfiles": pools})
    page.get_by_role("button", name="Plan the steps to CNI Overlay").click()
    settled(page)
    blocker = page.locator(".kb-plan__blocker")
    assert "A cluster with pod subnets cannot be upgraded" in blocker.inner_text() and EVIL in blocker.inner_text()
    assert page.locator(".kb-plan__steps > li").count() == 0
    page.get_by_role("button", name="Plan the steps to Application Gateway for Containers").click()
    settled(page)
    page.locator(".kb-check__planner").get_by_role("button", name="Copy Markdown").click()
    settled(page)
    assert page.evaluate("navigator.clipboard.readText()").startswith("## Plan")
    give(page, IMAGE)  # other data, other plans
    assert page.locator(".kb-plan h2").count() == 0
