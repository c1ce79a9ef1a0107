"""What a question tells of its own cluster in words: facts, not what might be, and in front of what it asks."""

import re
from dataclasses import dataclass
from typing import Any

FACT_RULES = ("AGC005", "AGC006", "AGC007")  # on where gateways may be
# What is only thought of, asked for or taken away is no fact.
_NO_FACT = re.compile(
    r"\b(?:if|unless|suppose|assum\w*|would|could|should|might|may|can|shall|will|want|plan\w*|consider\w*|instead"
    r"|allowed to|possible to|was|were|used to|not|no|never|without|neither|nor|or|(?:un|non)[- ]?peered)\b|n't\b"
    r"|もし|たら|[^け]れば|ならば?|場合|とき|だと|たい|予定|つもり|計画|検討|できる|できます|られ(?:る|ます)"
    r"|前提|仮に|以前|だった|でした|ない|なし|無し|なく|ません|せず|未|または|もしくは",
    re.IGNORECASE,
)
_LAST = re.compile(r"(?:[.!?。、,，;:]|\s[-–—])\s*(?=[^.!?。、,，;:]+[?。.!\s]*$)")  # in front of the last clause


@dataclass(frozen=True, slots=True)
class Fact:
    """A part of a snapshot that a question tells, the rule that it concerns, and the words that tell it."""

    rule: str
    observed: str
    document: dict[str, Any]


def facts_and_question(question: str) -> tuple[str, str]:
    """What a plain question tells, and its last clause, which asks; all is told where it has but one."""
    *_, cut = (None, *_LAST.finditer(question.rstrip()))
    return (question[: cut.start()], question[cut.end() :]) if cut else (question, "")


def are_facts(context: str) -> bool:
    """Whether a text tells of what is."""
    return not _NO_FACT.search(context)
