"""The pages under the service's own Content-Security-Policy, in a real browser."""

import shutil

import httpx
import pytest

from tests.browser.material import type_query

WATCH = "addEventListener('securitypolicyviolation', e => (window.violations ??= []).push(e.blockedURI))"


@pytest.fixture
def watched(page):
    """A page that remembers everything its policy has blocked."""
    page.add_init_script(WATCH)
    yield page
    assert page.evaluate("window.violations ?? []") == []


@pytest.mark.parametrize("path", ["/", "/en/", "/faq/", "/en/rules/agc004/", "/service/http-api/", "/en/none/"])
def test_no_page_needs_what_the_policy_blocks(watched, problems, service, path):
    watched.goto(service + path)
    watched.wait_for_function("() => window.component$ !== undefined")  # Material's script has run
    assert watched.evaluate("typeof __md_get") == "function"  # and its inline ones
    problems[:] = [problem for problem in problems if "404" not in problem]


@pytest.mark.parametrize(("path", "word"), [("/", "サブネット"), ("/en/", "subnet")])
def test_search_works(watched, service, path, word):
    watched.goto(service + path)
    type_query(watched, word)
    assert word in watched.locator(".md-search-result__item").first.inner_text().lower()


def test_the_palette_can_be_changed_and_stays(watched, service):
    watched.goto(f"{service}/en/")
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    before = watched.evaluate(scheme)
    watched.locator("label.md-header__button[for^=__palette]:visible").click()
    watched.wait_for_function(f"() => {scheme} !== '{before}'")
    after = watched.evaluate(scheme)
    watched.goto(f"{service}/en/faq/")
    assert watched.evaluate(scheme) == after


def test_the_api_documentation_works(watched, service):
    watched.goto(f"{service}/api/docs")
    watched.locator("#operations-questions-ask .opblock-summary-control").click()
    watched.get_by_role("button", name="Try it out").click()
    watched.get_by_role("button", name="Execute").click()
    watched.locator(".live-responses-table .response-col_status").get_by_text("200").wait_for()


def test_an_inline_script_that_is_not_material_s_stays_blocked(page, problems, servers, serving, site_dir, tmp_path):
    site = tmp_path / "site"
    shutil.copytree(site_dir, site)
    index = site / "en/index.html"
    smuggled = '<script>window.stolen = 1</script><img src="x.png" onerror="window.stolen = 2"></body>'
    index.write_text(index.read_text("utf-8").replace("</body>", smuggled), "utf-8")
    running = servers.enter_context(serving(site=site))
    page.add_init_script(WATCH)
    page.goto(f"{running.url}/en/")
    page.wait_for_function("() => window.violations?.length === 2")
    assert page.evaluate("window.stolen") is None
    assert page.evaluate("window.violations") == ["inline", "inline"]
    assert len([problem for problem in problems if "Content Security Policy" in problem]) == 2
    problems.clear()


def test_no_other_site_can_frame_a_page(page, problems, service, server):
    """`server` is another origin; the framed page must stay empty."""
    page.goto(server.url)
    frame = "src => document.body.append(Object.assign(document.createElement('iframe'), {src}))"
    with (
        page.expect_event("framenavigated", lambda frame: frame.url.startswith("chrome-error:")),
        page.expect_console_message(lambda message: f"{service}/" in message.text) as refusal,
    ):
        page.evaluate(frame, f"{service}/en/")
    assert httpx.get(f"{service}/en/", timeout=60).headers["x-frame-options"] == "DENY"
    assert len(page.frames) == 2 and page.frames[1].url.startswith("chrome-error:")
    problems.remove(refusal.value.text)
