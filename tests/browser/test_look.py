"""How the pages look to a reader: nothing sticks out of a phone, every text stands out from what is behind it."""

import pytest

from tests.browser.material import ready

# Between them: every kind of text, table, code and picture of the site.
SHOWN = ["", "faq/", "plugins/", "quality/", "rules/agc004/", "service/cli/"]
SCHEMES = ["light", "dark"]

# Elements that reach beyond the right edge, other than inside something that scrolls or clips by itself.
STICKS_OUT = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const box = element.getBoundingClientRect();
  if (!box.width || box.right <= innerWidth + 1 || !element.checkVisibility({visibilityProperty: true})) return false;
  for (let outer = element.parentElement; outer !== document.body; outer = outer.parentElement)
    if (getComputedStyle(outer).overflowX !== "visible") return false;
  return !element.closest("[data-md-component=sidebar], .md-search__inner, .md-select__inner, .md-tooltip");
}).map((element) => element.outerHTML.slice(0, 80))"""

# Texts with less contrast than asked for: WCAG 2.2, relative luminance, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
FAINT = """(least) => {
  const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
  const over = (colors, opacity) => {  // painted from the back to the front, the last one with an opacity
    colors.forEach((color, i) => {
      canvas.globalAlpha = i === colors.length - 1 ? opacity : 1;
      canvas.fillStyle = color;
      canvas.fillRect(0, 0, 1, 1);
    });
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const luminance = (rgb) => rgb.map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const faint = [];
  for (const element of document.querySelectorAll("article *, header *, .md-tabs *, nav *, footer *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    const behind = [];
    let opacity = 1;
    for (let outer = element; outer; outer = outer.parentElement) {
      behind.unshift(getComputedStyle(outer).backgroundColor);
      opacity *= getComputedStyle(outer).opacity;
    }
    const back = luminance(over(["#fff", ...behind], 1));
    const front = luminance(over(["#fff", ...behind, getComputedStyle(element).color], opacity));
    const contrast = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    const name = `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 30)}`;
    if (contrast < least) faint.push(`${contrast.toFixed(2)} ${name}`);
  }
  return [...new Set(faint)];
}"""


def addresses(site_dir, lang):
    found = {file.parent.relative_to(site_dir).as_posix() for file in site_dir.rglob("index.html")}
    return sorted(address for address in found if (address.split("/")[0] == "en") == (lang == "en"))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_nothing_is_wider_than_a_phone(open_page, server, site_dir, lang):
    page = open_page(viewport={"width": 360, "height": 740})
    pages = addresses(site_dir, lang)
    assert len(pages) > 30
    wide = {}
    for address in pages:
        page.goto(f"{server.url}{address}/")
        ready(page)
        width, out = page.evaluate(f"() => [document.scrollingElement.scrollWidth, ({STICKS_OUT})()]")
        if width > 360 or out:
            wide[address] = (width, out[:3])
    assert wide == {}


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
        if found := page.evaluate(FAINT, 4.5):
            faint[path] = found
    assert faint == {}


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


def test_examples_can_be_read_without_scripts(open_page, server):
    page = open_page(java_script_enabled=False)
    page.goto(f"{server.url}en/")
    page.get_by_role("link", name="Can I upgrade from kubenet?").click()
    page.wait_for_url("**/en/faq/#kubenet-to-overlay")
    assert page.locator("#kubenet-to-overlay").is_visible()


def test_paper_has_no_question_box(page, server):
    page.goto(server.url)
    page.get_by_role("textbox", name="このサイトに質問する").wait_for()
    page.emulate_media(media="print")
    assert not page.locator(".kb-ask").is_visible()
