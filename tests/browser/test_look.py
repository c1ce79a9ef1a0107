"""How the pages look to a reader: nothing sticks out of a phone, every text stands out from what is behind it."""

import pytest
from playwright.sync_api import expect

from tests.browser.facts import FAINT, FAINT_BOXES, FAINT_ICONS, STICKS_OUT, UNRINGED
from tests.browser.material import exchanged, follow_tab, ready, still

# Between them: every kind of text, table, code and picture of the site.
SHOWN = ["", "faq/", "plugins/", "quality/", "rules/agc004/", "service/cli/"]
SCHEMES = ["light", "dark"]


def addresses(site_dir, lang):
    folders = {file.parent.relative_to(site_dir).as_posix() for file in site_dir.rglob("index.html")}
    assert len(folders) > 60
    return sorted(f"{address}/" for address in folders if (address.split("/")[0] == "en") == (lang == "en"))


@pytest.mark.parametrize("folder", ["", "en/"])
def test_nothing_is_wider_than_a_phone(open_page, server, folder):
    assert wider_than_a_phone(open_page, server, [f"{folder}{path}" for path in SHOWN]) == {}


@pytest.mark.nightly
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_no_page_is_wider_than_a_phone(open_page, server, site_dir, lang):
    assert wider_than_a_phone(open_page, server, addresses(site_dir, lang)) == {}


def wider_than_a_phone(open_page, server, pages):
    page = open_page(viewport={"width": 360, "height": 740})
    wide = {}
    for address in pages:
        page.goto(f"{server.url}{address}")
        ready(page)
        width, out = page.evaluate(f"() => [document.scrollingElement.scrollWidth, ({STICKS_OUT})()]")
        if width > 360 or out:
            wide[address] = (width, out[:3])
    return wide


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("folder", ["", "en/"])
def test_text_can_be_read(page, server, scheme, folder):
    page.emulate_media(color_scheme=scheme)
    faint = {}
    for path in SHOWN:
        page.goto(f"{server.url}{folder}{path}")
        ready(page)
        body = page.locator("body")
        assert body.get_attribute("data-md-color-scheme") == {"light": "default", "dark": "slate"}[scheme]
        if faint_texts := page.evaluate(FAINT, 4.5):
            faint[path] = faint_texts
    assert faint == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_icons_and_hints_in_boxes_can_be_seen(page, server, scheme):
    page.emulate_media(color_scheme=scheme)
    for path, shown in (("en/", "#kb-question"), ("check/", "#kb-check-text"), ("service/cli/", ".md-code__button")):
        page.goto(f"{server.url}{path}")
        ready(page)
        page.locator(shown).first.wait_for()
        still(page)
        assert (page.evaluate(FAINT_BOXES, 4.5), page.evaluate(FAINT_ICONS, 3)) == ([], []), path


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_focus_can_be_seen_on_everything_in_the_header(open_page, server, scheme, width):
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 900})
    page.goto(f"{server.url}en/faq/")
    ready(page)
    page.keyboard.press("Tab")  # from here on the reader has no mouse
    header = ":is(.md-header, .md-tabs, .kb-corner) :is(a, button, .md-option)"  # the search opens, which is seen
    header += ":not(.md-search *)"
    assert [page.locator(f".md-header {name}").count() for name in (".md-option", ".md-select__link")] == [2, 2]
    assert page.evaluate(UNRINGED, [header, 3]) == []


@pytest.mark.parametrize("folder", ["", "en/"])
def test_the_sites_name_fits_into_a_phones_header(page, server, folder):
    page.set_viewport_size({"width": 390, "height": 740})
    page.goto(f"{server.url}{folder}")
    name = page.locator(".md-header__topic .md-ellipsis").first
    width, room = name.evaluate("name => [name.scrollWidth, name.clientWidth]")
    assert 0 < width <= room


@pytest.mark.parametrize(("folder", "font"), [("", "Noto Sans CJK JP"), ("en/", "system-ui")])
def test_text_is_set_in_fonts_for_its_language(page, server, folder, font):
    page.goto(f"{server.url}{folder}")
    fonts = page.locator(".md-content h1").evaluate("heading => getComputedStyle(heading).fontFamily")
    assert font in fonts.replace('"', "").split(", ")[:4]


def test_the_landing_page_has_its_look_when_one_comes_from_another_page(page, server):
    page.goto(f"{server.url}en/faq/")
    ready(page)
    with exchanged(page):
        follow_tab(page, "Home")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.kb-hero')].some((hero) => getComputedStyle(hero).display === 'grid')"
    )


def test_examples_can_be_read_without_scripts(open_page, server):
    page = open_page(java_script_enabled=False)
    page.goto(f"{server.url}en/")
    page.get_by_role("link", name="Can I upgrade from kubenet?").click()
    page.wait_for_url("**/en/faq/#kubenet-to-overlay")
    expect(page.locator("#kubenet-to-overlay")).to_be_visible()


def test_paper_has_no_question_box(page, server):
    page.goto(server.url)
    page.get_by_role("textbox", name="このサイトに質問する").wait_for()
    page.emulate_media(media="print")
    assert not page.locator(".kb-ask").is_visible()
