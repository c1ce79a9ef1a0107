"""A value without its subject ("/23?", "is 1.6.7 ok?"): it is asked back, for no rule can judge it.

A question that names the subject itself ("subnet /23 ok?") is about the only one that has a rule.
"""

import re

from bot.checks.asked.sizes import SIZE, SUBNET
from bot.checks.asked.versions_asked import as_it_becomes

_VERSION = re.compile(r"(?<![A-Za-z0-9_./])v?[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.]+)?(?![A-Za-z0-9_/])")
_OF_TWO = re.compile(rf"{_VERSION.pattern}|(?<![A-Za-z0-9_./])[0-9]+\.[0-9]+(?![0-9./])")  # where one takes its place
# What may stand around a value and names nothing that it belongs to; each word is read once, the longest first.
_FILLER = re.compile(
    r"(?:\b(?:we're|i'm|i|we|our|my|the|is|are|it's|its|it|a|an|have|has|had|use|using|got|with|ok|okay|fine|enough|good|right|valid"
    r"|allowed|mine|ours|currently|now|running|run|runs|just|only|there|subnets?|prefix|mask|size|version|what|about|how|and|so|or|would|then|instead|if|still|going|go"
    r"|upgrade|upgrading|bump|bumping)\b"
    r"|サブネット|プレフィックス|サイズ|バージョン|大丈夫|問題(?:ない|あり)|使ってい?(?:ます|る)|使(?:える|え|い)|足り(?:る|ます)"
    r"|切って(?:い|あ)?(?:ます|る|り)|でしょう|ですが|ですけど|です|ません|ます|だけど|だと|いけ|いい|良い|よい|十分|平気"
    r"|上げ(?:る|れば|たら|ます|たい)|へ|いま|今|現在|現状|ん?(?:だ|です)?けど|んです|動いて(?:い)?(?:る|ます)|うち|こちら|なら|だったら|では|じゃ|まま|[はがでのにともをかなよね]|OK|[\s,:=?？!。、.])*+",
    re.IGNORECASE,
)
_SUBJECTS = {
    "size": SUBNET,
    "version": re.compile(r"controller|コントローラ", re.IGNORECASE),
}
_OWN_SUBJECT = re.compile(r"subnet|サブネット", re.IGNORECASE)  # a prefix alone may be one of anything


def has_subject(kind: str, text: str) -> bool:
    """Whether a text speaks of what such a value belongs to: a subnet, a controller."""
    return bool(_SUBJECTS[kind].search(text))


def names_subject(kind: str, question: str) -> bool:
    """Whether a question about a lone value says what it belongs to: a size that of a subnet."""
    return kind == "size" and bool(_OWN_SUBJECT.search(question))


def kind_of(value: str) -> str:
    """`size` or `version`: what a value that a rule has judged is."""
    return "size" if SIZE.fullmatch(value) else "version"


def gives_one_version(text: str) -> bool:
    """Whether a text gives a single version: only then the next one is surely of the same thing."""
    return len(_OF_TWO.findall(text)) == 1


def lone_value(question: str, *, after_version: bool = False) -> tuple[str, str] | None:
    """`size` or `version`, and the value, where a text names one and nothing that it could belong to.

    `after_version`: the question before was about a version, so that one of two numbers ("and 1.8?") is one, too.
    """
    becomes = as_it_becomes(question)
    of_two, question = after_version or becomes != question, becomes
    for kind, pattern in (("size", SIZE), ("version", _OF_TWO if of_two else _VERSION)):
        values = [match.group() for match in pattern.finditer(question)]
        if len(values) == 1 and _FILLER.fullmatch(question.replace(values[0], " ")):
            return kind, values[0]
    return None
