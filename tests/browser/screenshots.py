"""The main states as pictures in build/screenshots/, for people to look at, and the README's: make screenshots."""

import pytest

from tests.browser.material import still
from tests.browser.states import STATES, show

SCREENS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}


@pytest.fixture(scope="session")
def fonts():
    """Those of this machine: people read the pictures."""
    return {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_main_states(open_page, service, root, lang, screen, scheme):
    folder = root / "build/screenshots"
    page = open_page(viewport=SCREENS[screen], color_scheme=scheme)
    for state in STATES:
        show(page, service, state, lang)
        still(page)
        page.screenshot(path=folder / f"{state}-{lang}-{screen}-{scheme}.png")


def test_the_readmes_picture(open_page, service, root):
    """A question on the landing page, answered: docs/screenshot.png."""
    page = open_page(viewport={"width": 1280, "height": 940})
    page.goto(f"{service}/en/")
    page.locator("#kb-question").fill("Can I upgrade from kubenet?")
    page.keyboard.press("Enter")
    page.locator(".kb-answer[data-status=answered] .kb-verdict").wait_for()
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    # Whatever the machine that draws it calls its system's font.
    page.add_style_tag(content="body { --md-text-font-family: 'Noto Sans CJK JP' }")
    still(page)
    page.screenshot(path=root / "docs/screenshot.png")
