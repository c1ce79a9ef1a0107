"""The main states of the pages with the real service: their pictures are taken, and nothing sticks out of a phone."""

import re
from urllib.parse import urlencode

ASKED = {
    "answered": {"ja": "AGC のサブネットの大きさは？", "en": "How large must the AGC subnet be?"},
    "clarify": {"ja": "こんにちは", "en": "hello"},
    "not_covered": {"ja": "AGC の料金は？", "en": "What does AGC cost?"},
}
LANDING = {"ja": "引用で答えます", "en": "Answered with exact quotes"}
CHECKED = {"ja": ("例で試す", "不合格"), "en": ("Try it with an example", "Fail")}
STATES = ["landing", *ASKED, "check", "ask"]


def show(page, service, state, lang):
    """Ends when the state is there; what a picture of it would be useless without is awaited."""
    site = f"{service}/{'' if lang == 'ja' else 'en/'}"
    page.goto(f"{service}/readyz")  # no script of ours there that would keep the conversation
    page.evaluate("sessionStorage.clear()")
    if state == "landing":
        page.goto(site)
        page.get_by_role("heading", name=LANDING[lang]).wait_for()
        page.locator("#kb-question").wait_for()
    elif state == "check":
        page.goto(f"{site}check/")
        page.get_by_role("button", name=CHECKED[lang][0]).click()
        page.locator(".kb-check__table .kb-status--fail", has_text=CHECKED[lang][1]).first.wait_for()
    elif state == "ask":
        page.goto(f"{site}ask/?{urlencode({'ask': ASKED['answered'][lang]})}")
        page.locator(".kb-answer[data-status=answered] .kb-answer__text", has_text=re.compile(r"\S")).wait_for()
    else:
        page.goto(f"{site}agc/limitations/")
        page.locator(".kb-opener").click()
        page.locator("#kb-question").fill(ASKED[state][lang])
        page.keyboard.press("Enter")
        page.locator(f".kb-answer[data-status={state}] .kb-answer__text", has_text=re.compile(r"\S")).wait_for()
