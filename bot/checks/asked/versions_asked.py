"""The version of ALB Controller that a question gives."""

import re

from bot.checks.asked.bounds import names_a_limit
from bot.checks.asked.upgrade_asked import without_kubernetes

_OTHERS = "".join(f"(?<!{name}{gap})" for name in ("ingress", "イングレス", "nginx") for gap in ("", "[ -]"))
CONTROLLER = rf"(?:alb[ -]?controllers?|alb ?コントローラー?|{_OTHERS}(?:コントローラー?|controller))"
_NUMBER = r"v?[0-9]+\.[0-9]+(?:\.[0-9]+)?(?:-[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*)?(?![0-9/]|\.[0-9A-Za-z])"
_BETWEEN = r"(?:(?!\band\b|\bor\b|\bthan\b)[^0-9。?？!\n、,，;と])"
# The number behind the name counts before the one in front of it: "Gateway API 1.1.0 and ALB Controller 1.7.9".
_VERSIONS = (
    re.compile(rf"{CONTROLLER}{_BETWEEN}{{0,24}}?(?P<version>{_NUMBER})", re.IGNORECASE),
    re.compile(rf"(?<![0-9./])(?P<version>{_NUMBER}){_BETWEEN}{{0,12}}{CONTROLLER}", re.IGNORECASE),
)
_ANY_VERSION = re.compile(r"(?<![0-9./])v?[0-9]+\.[0-9]+\.[0-9]+(?![0-9/]|\.[0-9])")
_OWN_NAME = re.compile(r"[ :=]+(?P<word>[\w.-]*[A-Za-z])")  # Cilium 1.6.5, read from its end
_NO_NAMES = {
    "to",
    "from",
    "not",
    "is",
    "was",
    "its",
    "it's",
    "then",
    "and",
    "or",
    "by",
    "at",
    "on",
    "via",
    "with",
    "than",
}


def version(question: str) -> str | None:
    """The version that stands beside the controller; none if another one may be meant ("from 1.5.2 to 1.7.9")."""
    question = without_kubernetes(question)
    bound = next(filter(None, (pattern.search(question) for pattern in _VERSIONS)), None)
    if bound is None or names_a_limit(question):
        return None
    others = (match for match in _ANY_VERSION.finditer(question) if not _overlap(match, bound))
    return bound["version"].lstrip("vV") if all(_has_a_name(question, match.start()) for match in others) else None


def _overlap(match: re.Match[str], bound: re.Match[str]) -> bool:
    start, end = bound.span("version")
    return match.start() < end and match.end() > start


def _has_a_name(question: str, start: int) -> bool:
    before = _OWN_NAME.match(question[:start][::-1])
    return before is not None and before["word"][::-1].lower() not in _NO_NAMES
