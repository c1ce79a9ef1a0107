"""What the chat's tests share: answers as the contract has them, and the steps of a reader."""

ANSWER = {
    "question": "Can I upgrade from kubenet?",
    "lang": "en",
    "status": "answered",
    "answer": "Yes, with conditions. <b>An existing cluster</b> can be upgraded.\nThis page collects common questions.",
    "verdict": "conditional",
    "certainty": "high",
    "not_stated": [],
    "checks": [],
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
            "path": [page],
            "blocks": [{"kind": "paragraph", "text": shown}],
            "also": also,
        }
        for n, section, page, title, quote, shown, also in [
            (
                *(1, "faq#kubenet-to-overlay", "FAQ", "From kubenet"),
                "Yes, with conditions. <b>An existing cluster</b> can be upgraded.",
                "<b>An existing cluster</b> can be upgraded.",
                [
                    {
                        "section": "a#b",
                        "lang": "en",
                        "title": "Again",
                        "path": ["Upgrade"],
                        "url": "/en/agc/upgrade/#again",
                    }
                ],
            ),
            (
                *(2, "agc/upgrade#maintenance-window", "Upgrade to CNI Overlay: how", "When"),
                "This page collects common questions. Traffic may be disrupted.",
                "This page collects common questions. Traffic may be disrupted.",
                [],
            ),
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
EMPTY = {"citations": [], "rules": [], "confidence": 0.1, "took_ms": 1.0, "verdict": None, "certainty": None}
TABLE = {
    "kind": "table",
    "header": ["Plugin", "Uses"],
    "rows": [["Overlay", "<i>private</i>\naddresses"], ["Flat", ""]],
    "more": 3,
}
COMMAND = "kb check --lang en \\\n  --format json"
STEPS = [
    {"text": "Run this:", "blocks": [{"kind": "code", "text": COMMAND, "language": "sh", "more": 0}]},
    {"text": "Look.", "blocks": []},
]
FORMS = {
    **ANSWER,
    "answer": "The site does not explicitly cover “Windows”.\nCompare.\nPlugin\tUses",
    "not_stated": ["Windows"],
    "verdict": None,
    "certainty": "low",
    "citations": [
        {
            **ANSWER["citations"][0],
            "quote": "Compare.\nPlugin\tUses",
            "blocks": [
                {"kind": "paragraph", "text": "Compare."},
                TABLE,
                {"kind": "list", "items": STEPS, "start": 3, "more": 0},
                {"kind": "note", "note": "warning", "title": "Mind", "blocks": [{"kind": "paragraph", "text": "Hot."}]},
            ],
        }
    ],
}
JUDGED = {
    **ANSWER,
    "answer": f"1.6: R003 fails. Expected: 1.7.\n{ANSWER['answer']}",
    "verdict": None,
    "checks": [{"id": "R003", "name": "x", "observed": "1.6", "expected": "1.7", "status": "fail", "url": "/en/r/"}],
    "citations": [
        {**ANSWER["citations"][0], "stale": {"why": "old", "source": "A document", "since": "2026-01-02"}},
        ANSWER["citations"][1],
    ],
}
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


def announced(page):
    """What a screen reader is told."""
    return page.locator(".kb-chat [role=status]").inner_text()
