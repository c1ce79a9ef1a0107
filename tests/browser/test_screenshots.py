"""The main states as pictures in build/screenshots/, with the real service: for people to look at, after every change.

Asserted is only what makes a picture useless: nothing on it, its text not there, or a page wider than the screen.
"""

import pytest

pytestmark = pytest.mark.slow

SCREENS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 900}}
ASKED = {
    "answered": {"ja": "AGC のサブネットの大きさは？", "en": "How large must the AGC subnet be?"},
    "clarify": {"ja": "サブネット", "en": "peering"},
    "not_covered": {"ja": "AGC の料金は？", "en": "What does AGC cost?"},
}
LANDING = {"ja": "原文の引用で答えます", "en": "answered with exact quotes"}
CHECKED = {"ja": ("例で試す", "不合格"), "en": ("Try it with an example", "Fail")}
STATES = ["landing", *ASKED, "check"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_main_states(page, service, root, lang, screen, scheme):
    folder = root / "build/screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    page.set_viewport_size(SCREENS[screen])
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for state in STATES:
        shown(page, service, state, lang)
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), state
        picture = page.screenshot(path=folder / f"{state}-{lang}-{screen}-{scheme}.png")
        assert len(picture) > 20_000, f"{state} is blank"


def shown(page, service, state, lang):
    site = f"{service}/{'' if lang == 'ja' else 'en/'}"
    if state == "landing":
        page.goto(site)
        page.get_by_role("heading", name=LANDING[lang]).wait_for()
        page.locator("#kb-question").wait_for()
    elif state == "check":
        page.goto(f"{site}check/")
        page.get_by_role("button", name=CHECKED[lang][0]).click()
        page.locator(".kb-check__table .kb-status--fail", has_text=CHECKED[lang][1]).first.wait_for()
        page.locator("[data-kb-check]").evaluate("host => host.scrollIntoView()")
    else:
        page.goto(f"{service}/readyz")  # no script of ours there that would keep the conversation
        page.evaluate("sessionStorage.clear()")
        page.goto(f"{site}agc/limitations/")
        page.locator(".kb-opener").click()
        page.locator("#kb-question").fill(ASKED[state][lang])
        page.keyboard.press("Enter")
        page.locator(f".kb-answer[data-status={state}]").wait_for()
        assert page.locator(".kb-answer__text").inner_text().strip()
