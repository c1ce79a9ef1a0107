"""What kind of thing a question asks for: a reason, a procedure, a date, a number, a comparison.

A question can share every word with a section and still ask what the section does not state ("why must it be /24?",
"which command shows it?"). The kinds are features of the decision; how much each counts is learned (`kb calibrate`).
"""

import re
import unicodedata

_KINDS = {
    "asks_reason": (
        r"\bwhy\b|\breasons?\b|\brationale\b",
        "なぜ|何故|理由|どうして|背景|なんで",
    ),
    "asks_procedure": (
        r"\bhow (?:do|can|to|would|should|could)\b|\bsteps?\b|\bcommands?\b|\bprocedure|\bwalk me|\bguide\b"
        r"|\bexamples?\b|\b(?:az|kubectl|helm|terraform|bicep)\b",
        "手順|方法|やり方|やりかた|コマンド|どうやって|どうやれば|設定例|書き方|サンプル|例は",
    ),
    "asks_date": (
        r"\bsince when\b|\bwhen (?:is|was|will|did|does)\b|\bdates?\b|\bdeadline|\broadmap|\brelease[ds]?\b",
        "いつから|いつまで|期限|終了日|予定は|リリース",
    ),
    "asks_number": (
        r"\bhow (?:many|much|long|big|large|fast)\b|\bmax(?:imum)?\b|\bquota",
        "いくつ|何個|何台|最大|上限|何件|何本|どのくらい|どれくらい",
    ),
    "asks_comparison": (
        r"\bvs\.?\b|\bversus\b|\bdifferen|\bcompare",
        "違い|比較|どっち|どちら",
    ),
}
# Particles and endings are written in hiragana: a text without any is a noun or some of them.
_SENTENCE = re.compile(r"[\u3041-\u309f?。!]|\S\s+\S+\s+\S")  # or three words
INTENTS = tuple(_KINDS)
_PATTERNS = {name: re.compile("|".join(patterns), re.IGNORECASE) for name, patterns in _KINDS.items()}


def intents(question: str) -> dict[str, float]:
    """1.0 for each kind of thing that the question asks for, else 0.0."""
    plain = unicodedata.normalize("NFKC", question)
    return {name: float(bool(pattern.search(plain))) for name, pattern in _PATTERNS.items()}


def is_keyword(question: str) -> bool:
    """True for a word or two as people type them into a search box ("AGC", "subnet size"), which ask nothing yet."""
    plain = unicodedata.normalize("NFKC", question).strip()
    return bool(plain) and not _SENTENCE.search(plain)
