"""The language menu leads to the same place of the same page and back; who prefers the other language is told of it."""

from urllib.parse import urljoin

import pytest
from lxml.html import parse
from playwright.sync_api import expect

from tests.browser.material import exchanged, follow_tab, ready, still

PAGES = ["", "faq/", "agc/", "agc/limitations/", "rules/agc004/"]


def switch(page, name, address):
    page.get_by_role("button", name="言語切り替え").or_(page.get_by_role("button", name="Select language")).hover()
    page.locator(".md-select__link", has_text=name).click()
    page.wait_for_url(address)
    return page.locator("html").get_attribute("lang")


@pytest.mark.parametrize("path", PAGES)
def test_to_the_same_page_and_back(page, server, path):
    page.goto(server.url + path)
    assert switch(page, "English", f"{server.url}en/{path}") == "en"
    assert switch(page, "日本語", server.url + path) == "ja"


def test_below_a_folder(page, mounted):
    page.goto(f"{mounted.url}agc/upgrade/")
    assert switch(page, "English", f"{mounted.url}en/agc/upgrade/") == "en"


@pytest.mark.parametrize("folder", ["", "en/"])
def test_head_names_the_twins(site_dir, folder):
    base = "https://docs.example/"
    for path in PAGES:
        head = parse(site_dir / folder / path / "index.html").getroot().find("head")
        links = {link.get("hreflang"): link.get("href") for link in head.iterfind("link[@hreflang]")}
        twins = {lang: urljoin(f"{base}{folder}{path}", href) for lang, href in links.items()}
        assert twins == {"ja": f"{base}{path}", "x-default": f"{base}{path}", "en": f"{base}en/{path}"}


def test_not_found_leads_home(page, server, problems):
    page.goto(f"{server.url}en/no/such/page/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert switch(page, "日本語", server.url) == "ja"
    page.goto(f"{server.url}no/such/page/")
    assert page.get_by_role("heading", name="ページが見つかりません").is_visible()
    assert switch(page, "English", f"{server.url}en/") == "en"
    assert len(problems) == 2 and all("404" in problem for problem in problems)
    problems.clear()


def test_after_instant_navigation_to_the_page_that_is_shown(page, server):
    page.goto(server.url + "faq/")
    ready(page)
    with exchanged(page):
        follow_tab(page, "AGC")
    assert switch(page, "English", f"{server.url}en/agc/") == "en"


@pytest.mark.parametrize(("folder", "name"), [("", "English"), ("en/", "日本語")])
def test_to_the_same_anchor(page, server, folder, name):
    other = "en/" if not folder else ""
    page.goto(f"{server.url}{folder}agc/upgrade/")
    ready(page)
    page.evaluate("location.hash = '#detection-delay'")
    switch(page, name, f"{server.url}{other}agc/upgrade/#detection-delay")
    page.wait_for_function("() => document.getElementById('detection-delay')?.getBoundingClientRect().top < 200")


# How far the reader is: the heading above the eye, and the part of its section that is above it, too.
PLACE = """() => {
  const end = [...document.querySelectorAll("footer")].slice(0, 1);
  const headings = [...document.querySelectorAll("article :is(h1, h2, h3)[id]"), ...end];
  const tops = headings.map((heading) => heading.getBoundingClientRect().top - 100);
  const at = tops.findLastIndex((top) => top <= 0);
  return { id: headings[at]?.id, part: -tops[at] / (tops[at + 1] - tops[at]) };
}"""


@pytest.mark.parametrize("width", [1280, 400])
def test_to_the_same_place_on_the_page(open_page, server, width):
    page = open_page(viewport={"width": width, "height": 900})
    page.goto(server.url + "faq/")
    ready(page)
    page.evaluate("document.getElementById('downtime').scrollIntoView()")
    page.mouse.wheel(0, 90)
    page.wait_for_function("() => document.getElementById('downtime')?.getBoundingClientRect().top < 40")
    still(page)
    before = page.evaluate(PLACE)
    switch(page, "English", f"{server.url}en/faq/")
    there = f"({{ id, part }}) => {{ const at = ({PLACE})(); return at.id === id && Math.abs(at.part - part) < 0.05; }}"
    page.wait_for_function(there, arg=before)
    still(page)
    after = page.evaluate(PLACE)
    assert after["id"] == before["id"] and abs(after["part"] - before["part"]) < 0.05


def test_a_place_is_gone_to_once(page, server):
    page.goto(server.url + "faq/")
    ready(page)
    page.mouse.wheel(0, 1500)
    page.wait_for_function("() => scrollY > 1000")
    switch(page, "English", f"{server.url}en/faq/")
    page.wait_for_function("() => scrollY > 500")
    page.goto(f"{server.url}en/about/")
    ready(page)
    page.goto(f"{server.url}en/faq/")
    ready(page)
    still(page)
    assert page.evaluate("scrollY") == 0


# The hint

HINTS = {"en-US": ("", "en", "Read this page in English"), "ja-JP": ("en/", "ja", "このページを日本語で読む")}


@pytest.fixture(params=HINTS)
def hinted(open_page, request):
    """A page of a reader who prefers another language than the site's folder has; the folder; the hint's words."""
    folder, lang, text = HINTS[request.param]
    return open_page(chosen=False, locale=request.param), folder, lang, text


def test_the_hint_leads_to_the_page_in_the_readers_language(hinted, server):
    page, folder, lang, text = hinted
    other = "" if folder else "en/"
    page.goto(f"{server.url}{folder}agc/upgrade/#detection-delay")
    hint = page.locator(".kb-hint")
    link = hint.get_by_role("link", name=text)
    link.wait_for()
    assert hint.get_attribute("lang") == lang == link.get_attribute("hreflang")
    link.click()
    page.wait_for_url(f"{server.url}{other}agc/upgrade/#detection-delay")
    ready(page)
    assert page.locator(".kb-hint").count() == 0


def test_a_declined_hint_does_not_come_again(hinted, server):
    page, folder, lang, _ = hinted
    page.goto(f"{server.url}{folder}agc/upgrade/")
    close = page.locator(".kb-hint button")
    close.wait_for()
    assert close.get_attribute("aria-label") == {"en": "Close", "ja": "閉じる"}[lang]
    close.press("Enter")
    expect(page.locator(".kb-hint")).to_have_count(0)
    with page.expect_response("**/search_index.json"):  # of what a page loads by itself this is among the last
        page.goto(f"{server.url}{folder}faq/")
    ready(page)
    assert page.locator(".kb-hint").count() == 0


def test_the_hint_follows_to_the_next_page(hinted, server):
    page, folder, _, text = hinted
    page.goto(f"{server.url}{folder}faq/")
    link = page.get_by_role("link", name=text)
    link.wait_for()
    ready(page)
    with exchanged(page):
        follow_tab(page, "AGC")
    expect(link).to_have_attribute("href", f"{server.url}{'' if folder else 'en/'}agc/")


@pytest.mark.parametrize("width", [1280, 320])
def test_the_hint_moves_and_covers_nothing_that_is_pressed(open_page, server, width):
    page = open_page(chosen=False, locale="en-US", viewport={"width": width, "height": 900})
    page.goto(server.url + "agc/upgrade/")
    hint = page.locator(".kb-hint")
    hint.wait_for()
    ready(page)
    still(page)
    heading = "document.querySelector('h2').getBoundingClientRect().top + scrollY"
    before = page.evaluate(heading)
    box, opener = hint.bounding_box(), page.locator(".kb-opener").bounding_box()
    assert box["x"] + box["width"] <= opener["x"] and box["x"] >= 0
    for part in hint.locator("a, button").all():
        assert min(part.bounding_box()[side] for side in ("width", "height")) >= 24
    hint.evaluate("(it) => it.remove()")
    assert page.evaluate(heading) == before


@pytest.mark.parametrize(("locale", "folder"), [("ja-JP", ""), ("en-GB", "en/"), ("fr-FR", ""), ("fr-FR", "en/")])
def test_no_hint_for_who_reads_this_language_or_none_of_them(open_page, server, locale, folder):
    page = open_page(chosen=False, locale=locale)
    with page.expect_response("**/search_index.json"):
        page.goto(server.url + folder)
    ready(page)
    assert page.locator(".kb-hint").count() == 0


def test_without_storage_the_hint_and_the_menu_still_work(open_page, server, problems):
    page = open_page(chosen=False, locale="en-US")
    page.add_init_script(
        "for (const kind of ['localStorage', 'sessionStorage'])"
        "Object.defineProperty(window, kind, { get() { throw new DOMException('off', 'SecurityError'); } })"
    )
    page.goto(server.url + "service/cli/")
    page.locator(".kb-hint a").wait_for()
    assert switch(page, "English", f"{server.url}en/service/cli/") == "en"
    problems[:] = [problem for problem in problems if problem != "off"]  # Material's own scripts report it
