"""Whatever lies beyond the bound of a rule, as one value: who asks for "larger than /24" is told what a /23 gets."""

import re

from bot.checks.rules.gateway_rules import MINIMUM_VERSION, SUBNET_SIZE

_SIZE, _VERSION = f"/{SUBNET_SIZE}", str(MINIMUM_VERSION)
_LARGER, _SMALLER = f"/{SUBNET_SIZE - 1}", f"/{SUBNET_SIZE + 1}"
_OLDER, _NEWER = str(MINIMUM_VERSION.replace(patch=MINIMUM_VERSION.patch - 1)), str(MINIMUM_VERSION.bump_patch())
# Of each bound: what is compared with it in English and in Japanese, and a value that lies there.
_SIDES = (
    (_SIZE, "larger|bigger|greater|wider", "大き|広", "を超え", _LARGER),
    (_SIZE, "smaller|narrower", "小さ|狭", "未満", _SMALLER),
    (_VERSION, "older|lower|earlier|less", "古|低|前", "未満", _OLDER),
    (_VERSION, "newer|higher|later|greater", "新し|高", "を超え", _NEWER),
)
_ENDINGS = {"くても": "でも", "くて": "で", "く": "に", "い": "の", "な": "の", "の": "の"}
_DIGIT = re.compile(r"[0-9]")


def _beyond(bound: str, english: str, adjectives: str, behind: str) -> re.Pattern[str]:
    number = rf"(?<![0-9.])v?{re.escape(bound)}(?![0-9]|\.[0-9])"
    return re.compile(
        rf"(?:{english}) than (?:an? |the )?{number}"
        rf"|{number} ?(?:より(?:も)?(?:{adjectives})(?P<ends>くても|くて|く|い|な|の)|{behind})",
        re.IGNORECASE,
    )


_BEYOND = [(_beyond(*side), value) for *side, value in _SIDES]


def in_place_of_bound(question: str) -> str | None:
    """A plain question with one value in place of all that lie beyond a rule's bound; None: it names no such side.

    Beside another number it is not about the bound alone.
    """
    for beyond, value in _BEYOND:
        match = beyond.search(question)
        if match is None:
            continue
        before, behind = question[: match.start()], question[match.end() :]
        if not _DIGIT.search(before + behind):
            return f"{before}{value}{_ENDINGS.get(match['ends'], '')}{behind}"
    return None
