"""What the chat's tests share: answers as the contract has them, and the steps of a reader."""

ANSWER = {
    "question": "Can I upgrade from kubenet?",
    "lang": "en",
    "status": "answered",
    "answer": "Yes, with conditions. <b>An existing cluster</b> can be upgraded.\nThis page collects common questions.",
    "confidence": 0.97,
    "citations": [
        {
            "n": n,
            "section": section,
            "lang": "en",
            "title": title,
            "url": f"/en/{section.replace('#', '/#')}",
            "quote": quote,
            "translation_url": f"/{section.replace('#', '/#')}",
        }
        for n, section, title, quote in [
            (1, "faq#kubenet-to-overlay", "From kubenet", "An existing cluster that uses kubenet can be upgraded"),
            (2, "agc/upgrade#maintenance-window", "When", "This page collects common questions."),
        ]
    ],
    "rules": [
        {"id": "AGC001", "name": "kubenet", "title": "No kubenet", "severity": "error", "url": "/en/rules/agc001/"}
    ],
    "suggestions": ["A related question?"],
    "runners_up": [
        {"section": "agc/upgrade#check-subnet", "lang": "en", "title": "Check the subnet", "url": "/en/agc/upgrade/"}
    ],
    "took_ms": 12.3,
}
EMPTY = {"citations": [], "rules": [], "confidence": 0.1, "took_ms": 1.0}
CLARIFY = {**ANSWER, **EMPTY, "status": "clarify", "answer": "Which one?", "suggestions": ["The first?", "The second?"]}
NOT_COVERED = {
    **{**ANSWER, **EMPTY, "status": "not_covered", "answer": "Not covered.", "suggestions": ["A near topic?"]},
    "runners_up": [],
}
BUSY = (429, {"error": {"code": "rate_limited", "message": "Slow down."}}, ("Retry-After", "12"))
PANEL = "dialog.kb-panel"
PHONE = {"width": 390, "height": 780}


def open_chat(page, url):
    """A page with the panel open by its shortcut: the panel."""
    page.goto(url)
    page.locator(".kb-opener").wait_for(state="attached")
    page.keyboard.press("Control+i")
    page.locator("#kb-question:focus").wait_for()
    return page.locator(PANEL)


def ask(page, question):
    """Asked in whatever box the page has: the last turn, once it is answered."""
    page.locator("#kb-question").fill(question)
    page.locator("#kb-question").press("Enter")
    return settled(page)


def settled(page):
    page.wait_for_function(
        "() => document.querySelector('.kb-turn') && !document.querySelector('.kb-turn[aria-busy=true]')"
    )
    return page.locator(".kb-turn").last


def told(page):
    """What a screen reader is told."""
    return page.locator(".kb-chat [role=status]").inner_text()
