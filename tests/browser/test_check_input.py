"""What the check page takes: files, pasted text, several outputs, and what it says of those that are bad."""

import json
import re

import pytest
from checkpage import (
    AKS,
    ASSOCIATIONS,
    EVIL,
    IMAGE,
    KUBENET,
    SUBNET,
    WHOLE,
    chips,
    commands,
    give,
    refused,
    settled,
    statuses,
    visit,
)
from playwright.sync_api import expect


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


def test_what_is_given_is_text_and_never_becomes_a_part_of_the_page(page, service):
    visit(page, service)
    give(page, {**WHOLE, "albController": {"version": EVIL}, "aks": {**AKS, "name": EVIL}})
    assert EVIL in page.locator(".kb-check__table").inner_text()
    drop(page, (f"{EVIL}.json", json.dumps(SUBNET).encode()))
    assert EVIL in page.locator(".kb-check__pieces").inner_text()
    assert page.locator("[data-kb-check] img").count() == 0


KEPT = "JSON.stringify([{...localStorage}, document.cookie, location.href])"


def test_input_is_kept_in_this_tab_until_it_is_cleared(page, service):
    visit(page, service)
    assert "This tab keeps the input until you close or clear it" in page.locator(".kb-check__note").inner_text()
    give(page, {**KUBENET, "name": "secret-cluster"}, SUBNET)
    page.get_by_role("button", name="What if I install AGC?").click()
    settled(page)
    before = page.locator(".kb-check__table").inner_text()
    assert "secret" not in page.evaluate(KEPT)
    page.locator(".md-tabs__link").first.click()
    page.locator(".kb-check__table").wait_for(state="detached")
    page.go_back()
    page.locator(".kb-check__table").wait_for()
    settled(page)
    assert page.locator(".kb-check__table").inner_text() == before
    page.reload()
    page.locator(".kb-check__table").wait_for()
    settled(page)
    assert chips(page) == ["az aks show", "az network vnet subnet show"]
    assert page.locator(".kb-check").is_hidden()
    page.locator(".kb-check__bar").get_by_role("button", name="Clear", exact=True).click()
    settled(page)
    assert (chips(page), statuses(page)) == ([], [])
    assert "secret" not in page.evaluate("JSON.stringify({...sessionStorage})")
    page.reload()
    page.locator("#kb-check-text").wait_for()
    assert (chips(page), page.locator("#kb-check-text").input_value()) == ([], "")


def test_another_tab_knows_nothing_of_it(page, service, servers):
    visit(page, service)
    give(page, AKS)
    other = page.context.new_page()
    visit(other, service)
    assert (chips(other), other.evaluate("sessionStorage.getItem('kb-check')")) == ([], None)


def test_a_text_that_is_not_checked_yet_is_kept_too(page, service, problems):
    visit(page, service)
    give(page, AKS)
    page.get_by_role("button", name="Edit: az aks show").click()
    page.locator("#kb-check-text").fill('{"name": ')
    page.reload()
    page.locator("#kb-check-text").wait_for()
    assert page.locator("#kb-check-text").input_value() == '{"name": '
    give(page, json.dumps(KUBENET))
    assert chips(page) == ["az aks show"] and statuses(page)[0] == "fail", "in its place, not beside it"


def test_what_is_kept_stays_when_the_service_is_away(page, service, problems):
    visit(page, service)
    give(page, AKS)
    page.route("**/api/check?*", lambda route: route.abort())
    page.reload()
    page.get_by_role("alert").locator("p").first.wait_for()
    settled(page)
    assert chips(page) == ["az aks show"]
    page.unroute("**/api/check?*")
    page.reload()
    page.locator(".kb-check__table").wait_for()
    assert chips(page) == ["az aks show"]
    problems.clear()


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


def test_words_of_a_tool_in_front_are_taken_when_the_text_is_alone(page, service):
    visit(page, service)
    give(page, 'WARNING: words of a tool\n{"networkProfile": {"networkPlugin": "kubenet"}}')
    assert chips(page) == ["az aks show"] and statuses(page)[0] == "fail"
