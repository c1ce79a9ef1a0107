"""What each field of the API means, with an example; a test names a field that has none."""

from typing import Any

_URL = "The page and its heading: a path of the site, or a whole address with `urls=absolute`."
_LANG = "Language: `ja` or `en`."
_SECTION = "Page and heading, the same in every language."
_SEVERITY = "`error`, or `info` for advice."
_QUOTE = "An existing cluster that uses kubenet can be upgraded to CNI Overlay."
_CITATION = {
    "n": 1,
    "section": "faq#kubenet-to-overlay",
    "lang": "en",
    "title": "Can I upgrade an existing kubenet cluster to CNI Overlay?",
    "url": "/en/faq/#kubenet-to-overlay",
    "quote": _QUOTE,
    "translation_url": "/faq/#kubenet-to-overlay",
    "path": ["Frequently asked questions"],
    "blocks": [{"kind": "paragraph", "text": _QUOTE}],
    "also": [],
}
_ALSO = {
    "section": "agc/upgrade#kubenet-to-overlay",
    "lang": "en",
    "title": "From kubenet to CNI Overlay",
    "path": ["Upgrade to CNI Overlay"],
    "url": "/en/agc/upgrade/#kubenet-to-overlay",
}
_PARAGRAPH = {"kind": "paragraph", "text": "First create the new subnet."}
_COMMAND = "kubectl get nodes -o wide"
_ITEM = {"text": "If pods need direct external access, choose a flat network.", "blocks": []}
_PATH = "Headings above it, the page's first."
_MORE = "How many {} the section has beyond these; follow the citation's `url` for them."
_KIND = "Tells the forms of blocks apart."
_RULE = {
    "id": "AGC001",
    "name": "kubenet",
    "title": "AGC001 kubenet: kubenet is not used",
    "severity": "error",
    "url": "/en/rules/agc001/",
}
_CHECK = {
    "id": "AGC004",
    "name": "subnet-size",
    "status": "fail",
    "observed": "/26",
    "expected": "Exactly one IPv4 prefix, and it is a /24",
    "fix": "Put Application Gateway for Containers into a subnet with a /24 prefix.",
    "url": "/en/rules/agc004/",
}
_NEXT = {
    "section": "agc/kubenet#upgrade-recommended",
    "lang": "en",
    "title": "kubenet with Application Gateway for Containers › Upgrade to CNI Overlay recommended",
    "url": "/en/agc/kubenet/#upgrade-recommended",
}
_REASON = {
    "text": "A maintenance window is recommended for the upgrade.",
    "section": "agc/upgrade#maintenance-window",
    "url": "https://docs.example/en/agc/upgrade/#maintenance-window",
}
_CHECK_AFTERWARDS = {"command": "kubectl get nodes", "expected": "Every node is Ready."}
_QUESTION = "Can I upgrade from kubenet?"

# (description, example) by schema and field.
FIELDS: dict[tuple[str, str], tuple[str, Any]] = {
    ("Question", "question"): (
        "The question. Its length counts as it is read: a character that stands for several counts for all of them.",
        _QUESTION,
    ),
    ("Question", "lang"): ("Language of the answer; null or absent means that of the question.", "en"),
    ("Question", "history"): (
        "Earlier questions of the conversation, oldest first; together at most `KB_MAX_HISTORY` characters.",
        [{"question": "Which subnet size does AGC need?"}],
    ),
    ("Asked", "question"): ("The earlier question.", "Which subnet size does AGC need?"),
    ("Vote", "answer"): ("A name that the client makes for each answer that it shows.", "c2f1a9d0-77"),
    ("Vote", "vote"): ("The vote; null withdraws the one before.", "up"),
    ("Vote", "reason"): ("Why an answer did not help.", "incomplete"),
    ("Vote", "question"): ("The question, as the answer has it.", _QUESTION),
    ("Vote", "lang"): ("Language of the answer.", "en"),
    ("Vote", "status"): ("Status of the answer.", "answered"),
    ("Vote", "section"): ("`section` of the first citation, or null.", "faq#kubenet-to-overlay"),
    ("Answer", "question"): ("The question that is answered.", _QUESTION),
    ("Answer", "lang"): ("Language of the answer: `ja` or `en`.", "en"),
    ("Answer", "status"): (
        "`answered`; `clarify`: several sections come close, and `suggestions` holds the choices; `not_covered`: the "
        "site does not answer this, and nothing is cited.",
        "answered",
    ),
    ("Answer", "answer"): (
        "Sentences quoted from the cited sections; before them what rules say of values in the question, and what the "
        "site does not state.",
        f"Yes. {_QUOTE}",
    ),
    ("Answer", "confidence"): ("Calibrated probability, from 0 to 1, that the site covers the question.", 0.97),
    ("Answer", "citations"): ("Up to three sections that support the answer, the best first.", [_CITATION]),
    ("Answer", "rules"): ("Rule checks that the cited sections link to.", [_RULE]),
    ("Answer", "suggestions"): (
        "Questions near this one that the site answers.",
        ["Can I install AGC on a kubenet cluster?"],
    ),
    ("Answer", "took_ms"): ("Milliseconds that the answer took.", 12.3),
    ("Answer", "runners_up"): ("Up to five sections that came next and are not cited, best first.", [_NEXT]),
    ("Answer", "not_stated"): (
        "Parts of the question, as it writes them, of which the cited sections say nothing; with one of them no yes or "
        "no is said.",
        ["Cilium"],
    ),
    ("Answer", "checks"): ("What the rules say of values in the question.", [_CHECK]),
    ("Answer", "verdict"): (
        "`yes`, `no` or `conditional`, as the answer begins; null where it says none or something is not stated.",
        "conditional",
    ),
    ("Answer", "certainty"): (
        "`high`, `medium` or `low`: how sure the answer is. Never `high` where something is not stated; null "
        "if nothing is answered.",
        "high",
    ),
    ("Citation", "n"): ("Its number in the answer, from 1.", _CITATION["n"]),
    ("Citation", "section"): (_SECTION, _CITATION["section"]),
    ("Citation", "lang"): (_LANG, _CITATION["lang"]),
    ("Citation", "title"): ("The heading.", _CITATION["title"]),
    ("Citation", "url"): (_URL, _CITATION["url"]),
    ("Citation", "quote"): ("An exact part of the published section.", _CITATION["quote"]),
    ("Citation", "translation_url"): ("The same section in the other language; null if there is none.", "/faq/#a"),
    ("Citation", "path"): (_PATH, _CITATION["path"]),
    ("Citation", "blocks"): (
        "The quote in the forms of its page, each text an exact part of the section: lists whole or their first items, "
        "rows with their header, code behind the sentence that it belongs to. A yes or no that `verdict` says is left "
        "out.",
        _CITATION["blocks"],
    ),
    ("Citation", "also"): ("Sections that state the same and are therefore not cited on their own.", [_ALSO]),
    ("Place", "section"): (_SECTION, _ALSO["section"]),
    ("Place", "lang"): (_LANG, _ALSO["lang"]),
    ("Place", "title"): ("The heading.", _ALSO["title"]),
    ("Place", "path"): (_PATH, _ALSO["path"]),
    ("Place", "url"): (_URL, _ALSO["url"]),
    ("Paragraph", "kind"): (_KIND, "paragraph"),
    ("Paragraph", "text"): ("The paragraph, or the sentences of it that are quoted.", _PARAGRAPH["text"]),
    ("Listing", "kind"): (_KIND, "list"),
    ("Listing", "items"): ("The items.", [_ITEM]),
    ("Listing", "start"): ("Number of the first item here; null: the list has bullets.", 1),
    ("Listing", "more"): (_MORE.format("items"), 0),
    ("Item", "text"): ("The item's first paragraph; empty if it begins with something else.", _ITEM["text"]),
    ("Item", "blocks"): ("What else the item holds: further paragraphs, code, a list.", [_PARAGRAPH]),
    ("Table", "kind"): (_KIND, "table"),
    ("Table", "header"): ("The cells that name the columns; empty if no row does.", ["Plugin", "Network model"]),
    ("Table", "rows"): (
        "Rows of cells; the lines of a cell are apart by newlines. Where the question names rows, only those.",
        [["Azure CNI Overlay", "Overlay"]],
    ),
    ("Table", "more"): (_MORE.format("rows"), 2),
    ("Code", "kind"): (_KIND, "code"),
    ("Code", "text"): ("The code, its line breaks and spaces as on the page.", _COMMAND),
    ("Code", "language"): ("As the page names it; empty if it names none.", "sh"),
    ("Code", "more"): (_MORE.format("lines"), 0),
    ("Note", "kind"): (_KIND, "note"),
    ("Note", "note"): ("Its kind, as the page names it.", "warning"),
    ("Note", "title"): ("Its title; empty if it has none.", "Before you begin"),
    ("Note", "blocks"): ("What stands in it.", [_PARAGRAPH]),
    ("RuleLink", "id"): ("Id of the rule.", _RULE["id"]),
    ("RuleLink", "name"): ("Name of the rule.", _RULE["name"]),
    ("RuleLink", "title"): ("Title of the rule's page.", _RULE["title"]),
    ("RuleLink", "severity"): (_SEVERITY, _RULE["severity"]),
    ("RuleLink", "url"): (_URL, _RULE["url"]),
    ("CheckedValue", "id"): ("Id of the rule.", _CHECK["id"]),
    ("CheckedValue", "name"): ("Name of the rule.", _CHECK["name"]),
    ("CheckedValue", "status"): ("`pass`, `fail` or `unknown`.", _CHECK["status"]),
    ("CheckedValue", "observed"): ("The value, as the question writes it.", _CHECK["observed"]),
    ("CheckedValue", "expected"): ("What the rule expects.", _CHECK["expected"]),
    ("CheckedValue", "fix"): ("What to do.", _CHECK["fix"]),
    ("CheckedValue", "url"): (_URL, _CHECK["url"]),
    ("RunnerUp", "section"): (_SECTION, _NEXT["section"]),
    ("RunnerUp", "lang"): (_LANG, _NEXT["lang"]),
    ("RunnerUp", "title"): ("The page's title and the heading.", _NEXT["title"]),
    ("RunnerUp", "url"): (_URL, _NEXT["url"]),
    ("About", "url"): ("Public address of the site (KB_SITE_URL).", "https://docs.example/"),
    ("About", "langs"): ("Languages of the site, its main one first.", ["ja", "en"]),
    ("About", "starters"): ("Questions to begin with, from the site's headings.", [_CITATION["title"]]),
    ("RuleEntry", "id"): ("Id of the rule.", "AGC004"),
    ("RuleEntry", "name"): ("Name of the rule.", "subnet-size"),
    ("RuleEntry", "severity"): (_SEVERITY, "error"),
    ("RuleEntry", "title"): (
        "What a cluster that passes is like, by language.",
        {"ja": "ゲートウェイのサブネットが /24 である", "en": "The gateway's subnet is a /24"},
    ),
    ("RuleEntry", "url"): ("The rule's page, by language.", {"ja": "/rules/agc004/", "en": "/en/rules/agc004/"}),
    ("Findings", "schema"): ("Version of this form.", 2),
    ("FirstFindings", "schema"): ("Version of this form.", 1),
    ("Plans", "schema"): ("Version of this form.", 1),
    ("PlansQuote", "text"): ("The sentence.", _REASON["text"]),
    ("PlansQuote", "section"): (_SECTION, _REASON["section"]),
    ("PlansQuote", "url"): ("Its address.", _REASON["url"]),
    ("PlansNote", "text"): ("What to mind.", "The upgrade cannot be undone."),
    ("PlansNote", "title"): ("Title of the other document; empty if it is this site.", ""),
    ("PlansNote", "url"): ("Address of the other document; empty if it is this site.", ""),
    ("PlansNote", "edition"): ("Edition of the other document; empty if it is this site.", "2024-11-26"),
    ("PlansCheck", "command"): ("A command that only reads; null if there is none.", "kubectl get nodes"),
    ("PlansCheck", "expected"): ("What it prints if all is well.", "Every node is Ready."),
    ("PlansBlocker", "id"): ("Name of what is in the way.", "pod-subnet"),
    ("PlansBlocker", "title"): ("What is in the way.", "The cluster has a pod subnet"),
    ("PlansBlocker", "rule"): ("Rule that says so.", "AGC012"),
    ("PlansBlocker", "observed"): ("The data that decided; null if there was none.", "podSubnetId"),
    ("PlansBlocker", "reason"): ("Why it is in the way.", _REASON),
    ("PlansBlocker", "notes"): ("What else to mind.", []),
    ("PlansBlocker", "instead"): ("What can be done instead.", "Plan a new cluster with CNI Overlay."),
    ("PlansStep", "id"): ("Name of the step.", "upgrade"),
    ("PlansStep", "title"): ("What the step does.", "Upgrade the cluster to CNI Overlay"),
    ("PlansStep", "marks"): ("What the step is like.", ["irreversible", "disruptive"]),
    ("PlansStep", "rule"): ("Rule that the step serves.", "AGC001"),
    ("PlansStep", "reason"): ("Why it is taken.", _REASON),
    ("PlansStep", "notes"): ("What else to mind.", []),
    ("PlansStep", "check"): ("How to see afterwards that it worked.", _CHECK_AFTERWARDS),
    ("Failure", "error"): ("What went wrong.", {"code": "question_empty", "message": "The question has no words."}),
    ("Problem", "code"): ("A name that does not change; the documentation lists all.", "question_too_long"),
    ("Problem", "message"): (
        "One sentence in the language of the question, or of `Accept-Language`.",
        "The question is longer than 1000 characters. Please shorten it.",
    ),
}
# Whole examples, for who tries the API.
EXAMPLES: dict[str, Any] = {
    "Question": {"question": _QUESTION},
    "Vote": {
        "answer": "c2f1a9d0-77",
        "vote": "up",
        "question": _QUESTION,
        "lang": "en",
        "status": "answered",
        "section": "faq#kubenet-to-overlay",
    },
}
