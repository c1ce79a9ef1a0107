"""The form to try the API, /api/docs, by the rules of axe-core: closed, open, and with an answer."""

import pytest

from tests.browser.axe import violations

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_form_with_an_answer_breaks_no_rule(open_page, service, width, scheme):
    """One operation is open; at night all of them are."""
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(f"{service}/api/docs")
    page.locator("#operations-questions-ask .opblock-summary-control").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    page.locator(".live-responses-table .response-col_status").get_by_text("200").wait_for()
    assert violations(page) == {}


@pytest.mark.nightly
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_part_of_the_form_breaks_a_rule(open_page, service, width, scheme):
    page = open_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(f"{service}/api/docs")
    page.locator(".opblock").nth(4).wait_for()
    assert violations(page) == {}
    for operation in page.locator(".opblock-summary-control").all():
        operation.click()
    tries = page.get_by_role("button", name="Try it out")
    tries.nth(4).wait_for()
    while tries.count():
        tries.first.click()
    page.get_by_role("button", name="Execute").first.click()
    page.locator(".live-responses-table .response-col_status").get_by_text("200").wait_for()
    assert violations(page) == {}


def test_each_field_of_the_form_has_the_name_of_its_parameter(page, service, problems):
    page.goto(f"{service}/api/docs")
    page.locator("#operations-clusters-plan .opblock-summary-control").click()
    page.locator("#operations-clusters-plan").get_by_role("button", name="Try it out").click()
    for name in ("to", "lang", "format"):
        page.locator("#operations-clusters-plan").get_by_label(name, exact=True).wait_for()


def test_the_form_is_as_dark_as_the_reader_s_system(open_page, service):
    background = "getComputedStyle(document.documentElement).backgroundColor"
    page = open_page(color_scheme="dark")
    page.goto(f"{service}/api/docs")
    page.locator(".opblock").first.wait_for()
    dark = page.evaluate(background)
    assert dark == "rgb(28, 32, 34)"
    page.emulate_media(color_scheme="light")
    page.locator("html:not(.dark-mode)").wait_for(state="attached")
    assert page.evaluate(background) != dark
