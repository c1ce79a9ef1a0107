"""The main states as pictures in build/screenshots/, for people to look at: make screenshots."""

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
