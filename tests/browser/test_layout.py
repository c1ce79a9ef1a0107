"""Facts of layout in twelve states: each page in both languages, schemes and widths; and what zoom and paper do to it.

Pictures of the states are in build/layout/, for people to look at.
"""

import pytest
from checkpage import KUBENET, give

from tests.browser.facts import COVERED, CUT, FAINT, SMALL, STICKS_OUT, UNREACHED
from tests.browser.material import ready, still
from tests.browser.states import show

pytestmark = pytest.mark.slow

SCREENS = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "desk": {"viewport": {"width": 1280, "height": 900}},
}
PAGES = ["landing", "check", "ask"]
# Every pair of language, scheme and screen once.
SEEN = [("ja", "light", "phone"), ("ja", "dark", "desk"), ("en", "dark", "phone"), ("en", "light", "desk")]
ON_PURPOSE = ".kb-unseen, .kb-answer__sources blockquote, [data-md-component=header-topic]"
BARS = ".md-header, .kb-host .kb-ask"
MIDDLES = """elements => elements.map((element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return (top + bottom) / 2;
})"""
PLACE = "element => element.getBoundingClientRect()"


def settle(page):
    page.mouse.move(0, page.viewport_size["height"] - 1)  # over nothing that opens
    ready(page)
    still(page)


@pytest.mark.parametrize("state", PAGES)
@pytest.mark.parametrize(("lang", "scheme", "screen"), SEEN)
def test_nothing_overlaps_sticks_out_is_cut_faint_or_small(open_page, service, root, state, lang, scheme, screen):
    page = open_page(color_scheme=scheme, **SCREENS[screen])
    show(page, service, state, lang)
    settle(page)
    page.screenshot(path=root / f"build/layout/{state}-{lang}-{scheme}-{screen}.png")
    width = page.evaluate("document.scrollingElement.scrollWidth")
    assert width == SCREENS[screen]["viewport"]["width"]
    facts = {
        "sticks out": page.evaluate(STICKS_OUT),
        "covered": page.evaluate(COVERED, BARS),
        "cut": page.evaluate(CUT, ON_PURPOSE),
        "faint": page.evaluate(FAINT, 4.5),
        "small": page.evaluate(SMALL, 24),
        "not scrolled by keys": page.evaluate(UNREACHED),
    }
    assert {name: broken for name, broken in facts.items() if broken} == {}


@pytest.mark.parametrize("percent", [200, 400])
@pytest.mark.parametrize("state", PAGES)
def test_zoom_covers_and_cuts_nothing(open_page, service, state, percent):
    """A browser of 1280 by 1024 pixels; zoom makes its pixels fewer."""
    page = open_page(viewport={"width": 128000 // percent, "height": 102400 // percent})
    show(page, service, state, "en")
    settle(page)
    assert page.evaluate("document.scrollingElement.scrollWidth") == 128000 // percent
    assert page.evaluate(STICKS_OUT) == []
    assert page.evaluate(COVERED, BARS) == []
    assert page.evaluate(CUT, ON_PURPOSE) == []


@pytest.mark.parametrize("state", PAGES)
def test_paper_can_be_read_after_a_dark_screen(open_page, service, state):
    page = open_page(color_scheme="dark")
    show(page, service, state, "ja")
    page.emulate_media(media="print")
    still(page)
    assert page.evaluate(FAINT, 4.5) == []


def test_in_forced_colors_bubbles_badges_and_cards_have_borders(open_page, service):
    page = open_page(forced_colors="active")
    border = "element => parseFloat(getComputedStyle(element).borderTopWidth)"
    show(page, service, "ask", "en")
    for name in (".kb-turn__question", ".kb-number", ".kb-opener"):
        assert page.locator(name).first.evaluate(border) > 0, name
    show(page, service, "landing", "en")
    for name in (".kb-examples", ".kb-examples li", ".kb-cards li"):
        assert page.locator(name).first.evaluate(border) > 0, name
    show(page, service, "check", "en")
    for name in (".kb-status--fail", ".kb-status--pass", ".kb-check__command code"):
        assert page.locator(name).first.evaluate(border) > 0, name


def test_in_forced_colors_no_border_cuts_the_sign_of_a_badge(open_page, service):
    page = open_page(forced_colors="active")
    show(page, service, "check", "en")
    sides = """all => all.map((badge) => {
      const {borderLeftWidth, paddingLeft} = getComputedStyle(badge);
      return [parseFloat(borderLeftWidth), parseFloat(paddingLeft)];
    })"""
    badges = page.locator(".kb-status").evaluate_all(sides)
    assert badges and [(border, room) for border, room in badges if border and room < 4] == []


def test_beside_no_column_lines_are_shorter_than_the_page_is_wide(open_page, service):
    page = open_page(**SCREENS["desk"])
    for path in ("ask/", "check/"):
        page.goto(f"{service}/en/{path}")
        ready(page)
        widths = page.locator("article > p").evaluate_all("all => all.map((p) => p.getBoundingClientRect().width)")
        assert widths and max(widths) <= 800, path


def test_numbers_of_a_table_stand_in_one_line_below_each_other(open_page, service):
    page = open_page(**SCREENS["phone"])
    page.goto(f"{service}/en/quality/")
    ready(page)
    cells = page.locator("#figures ~ * td:not(:first-child)")
    style = """cells => [...new Set(cells.map((cell) => {
      const {whiteSpace, textAlign} = getComputedStyle(cell);
      return `${whiteSpace} ${textAlign}`;
    }))]"""
    assert cells.count() > 20 and cells.evaluate_all(style) == ["nowrap right"]


def test_on_a_phone_a_finding_begins_with_its_status_and_rule_in_one_line(open_page, service):
    page = open_page(**SCREENS["phone"])
    show(page, service, "check", "en")
    for row in page.locator(".kb-check__table tbody tr[data-status=fail]").all():
        status, rule = (row.locator(part).first.evaluate(PLACE) for part in (".kb-status", "a"))
        assert rule["top"] < status["bottom"] and status["top"] < rule["bottom"] and status["right"] < rule["left"]


def test_on_a_phone_one_heading_has_a_mark_and_a_tap_shows_that_of_another(open_page, service):
    page = open_page(**SCREENS["phone"])
    page.goto(f"{service}/en/agc/limitations/")
    ready(page)
    shown = "marks => marks.filter((mark) => getComputedStyle(mark).opacity > 0).map((mark) => mark.parentElement.id)"
    marks = page.locator(".kb-section")
    marks.first.wait_for(state="attached")
    assert marks.evaluate_all(shown) == ["limitations"]
    page.locator("#subnet-size").tap(position={"x": 20, "y": 10})
    still(page)
    assert marks.evaluate_all(shown) == ["limitations", "subnet-size"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_on_a_phone_no_button_of_what_was_given_stands_alone(open_page, service, lang):
    page = open_page(**SCREENS["phone"])
    show(page, service, "check", lang)  # an input with a long name
    assert len({round(middle) for middle in page.locator(".kb-check__all button").evaluate_all(MIDDLES)}) == 1
    page.locator(".kb-check__all button").last.click()
    give(page, KUBENET)
    page.locator(".kb-check__pieces code", has_text="az aks show").wait_for()
    middles = page.locator(".kb-check__bar button").evaluate_all(MIDDLES)
    assert len(middles) == 4 and max(middles) - min(middles) <= 2


@pytest.mark.parametrize("path", ["agc/limitations/", "en/agc/limitations/", "en/rules/agc009/"])
def test_a_headings_mark_stands_beside_its_last_line_however_many_it_has(open_page, service, path):
    page = open_page(**SCREENS["phone"])
    page.goto(f"{service}/{path}")
    ready(page)
    page.locator(".kb-section").first.wait_for(state="attached")
    lines = page.locator(".kb-section").evaluate_all("""marks => marks.map((mark) => {
      const range = document.createRange();
      range.selectNodeContents(mark.parentElement);
      range.setEndBefore(mark);
      const rects = [...range.getClientRects()].filter(({ width }) => width > 0), last = rects.at(-1);
      const { top, bottom, left, right } = mark.getBoundingClientRect(), middle = (top + bottom) / 2;
      return [rects.some(({ top }) => top < last.top - 9), last.top < middle && middle < last.bottom,
              Math.abs(left - last.right) < 8, right <= innerWidth];
    })""")
    assert any(several for several, *_ in lines)
    assert [line for line in lines if not all(line[1:])] == []


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_in_a_low_window_the_box_hides_no_answer(open_page, service, lang):
    """A screen of 900 lines at 400 percent: the box is below the answer, and not over what there is to read."""
    page = open_page(viewport={"width": 320, "height": 225})
    show(page, service, "ask", lang)
    settle(page)
    page.locator(".kb-answer__text").scroll_into_view_if_needed()
    ask, answer = (page.locator(part).first.evaluate(PLACE) for part in (".kb-host .kb-ask", ".kb-answer"))
    assert answer["bottom"] <= ask["top"]


@pytest.mark.parametrize("screen", SCREENS)
def test_code_and_tables_that_are_too_wide_are_scrolled_by_keys(open_page, service, screen):
    page = open_page(**SCREENS[screen])
    wide = 0
    for path in ("service/cli/", "quality/", "rules/", "check/"):
        page.goto(f"{service}/en/{path}")
        ready(page)
        page.wait_for_function(f"() => ({UNREACHED})().length === 0")
        wide += page.locator("article :is(code, .md-typeset__scrollwrap)[tabindex='0']").count()
    assert wide > 3
