"""A line of text with marks as Markdown (CommonMark, GitHub's tables): it is read as the same text."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from index.alternates.marks import CLOSE, IMAGES, LINKS, MARK, OPEN

_SPECIAL = re.compile(r"[\\`*\[\]~]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_BEFORE_MARK = re.compile(r"[!<&]\Z")
_STARTS = re.compile(r"\A(?:#{1,6}(?=\s|$)|[+-](?=\s|$)|>|-+(?=[\s-]*$)|\d{1,9}(?=[.)](?:\s|$)))")
_UNSAFE = re.compile(r"[\s<>()\\|`\"\x00-\x1f]")
_ASTERISKS = {OPEN["strong"]: "**", CLOSE["strong"]: "**", OPEN["em"]: "*", CLOSE["em"]: "*"}
_CODE = re.compile(f"[{OPEN['code']}{CLOSE['code']}]")
_BETWEEN = "<!-- -->"  # two spans of code without anything between them would be one
_ENDS = {CLOSE[kind]: OPEN[kind] for kind in CLOSE}
STRESS = re.compile(f"[{''.join(_ASTERISKS)}]")


@dataclass(frozen=True, slots=True)
class Inline:
    """How marks become Markdown: `target(n)` is the address of link or image n ("" for none), `words(n)` its words."""

    target: Callable[[int], str]
    words: Callable[[int], str]

    def line(self, text: str) -> str:
        """A block of its own."""
        return _STARTS.sub(lambda start: _escaped_start(start[0]), self.part(text).strip(" \t"), count=1)

    def cell(self, text: str) -> str:
        """A cell of a table; its lines are kept apart."""
        return "<br>".join(self.part(line).replace("|", "\\|") for line in text.split("\n"))

    def part(self, text: str) -> str:
        """Text within a block."""
        pairs = _pairs(text)
        stressed = _stressed(self._written(text, 0, len(text), pairs))
        return _CODE.sub("", stressed.replace(CLOSE["code"] + OPEN["code"], _BETWEEN))

    def _written(self, text: str, start: int, end: int, pairs: dict[int, int]) -> str:
        written: list[str] = []
        at = start
        while at < end:
            mark = MARK.search(text, at, end)
            until = mark.start() if mark else end
            piece = _escaped(text[at:until])
            written.append(_BEFORE_MARK.sub(lambda match: f"\\{match[0]}", piece) if until < len(text) else piece)
            if mark is None:
                break
            at = until + 1
            number = ord(text[until])
            if until in pairs:
                close = pairs[until]
                written.append(self._pair(text, until, close, pairs))
                at = close + 1
            elif number >= IMAGES and (target := self.target(number - IMAGES)):
                written.append(f"![{_escaped(self.words(number - IMAGES))}]({address(target)})")
        return "".join(written)

    def _pair(self, text: str, start: int, end: int, pairs: dict[int, int]) -> str:
        kind = text[start]
        if kind == OPEN["code"]:
            span = code(MARK.sub("", text[start + 1 : end]))
            return f"{kind}{span}{text[end]}" if span else ""
        inner = self._written(text, start + 1, end, pairs)
        if kind == OPEN["a"]:
            target = self.target(ord(text[end]) - LINKS)
            return f"[{inner}]({address(target)})" if inner and target else inner
        return f"{kind}{inner}{text[end]}" if inner else ""


def code(text: str) -> str:
    """A code span."""
    if not text:
        return ""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    padded = text[0] == "`" or text[-1] == "`" or (text[0] == text[-1] == " " and text.strip())
    return f"{fence} {text} {fence}" if padded else f"{fence}{text}{fence}"


def address(target: str) -> str:
    """Where a link leads, without characters that would end it."""
    safe = _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), target)
    return re.sub(r"&(?=#?\w+;)", "&amp;", safe)


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text)


def _escaped_start(start: str) -> str:
    return f"{start}\\" if start.isdigit() else f"\\{start}"


def _pairs(text: str) -> dict[int, int]:
    """Where each opened mark is closed; what is not closed within the text, or crosses another, is left out."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for mark in MARK.finditer(text):
        kind = mark[0]
        if kind in OPEN.values():
            opened.append(mark.start())
        elif ord(kind) < IMAGES:
            opens = _ENDS.get(kind, OPEN["a"])
            places = [n for n, at in enumerate(opened) if text[at] == opens]
            if places:
                pairs[opened[places[-1]]] = mark.start()
                del opened[places[-1] :]
    return pairs


def _stressed(written: str) -> str:
    """Stress by asterisks, where these would be read as stress: not beside punctuation within a word."""
    opened: list[int] = []
    used: set[int] = set()
    for mark in STRESS.finditer(written):
        if mark[0] in OPEN.values():
            opened.append(mark.start())
        elif opened:
            start = opened.pop()
            if _flanks(written, start, 1) and _flanks(written, mark.start(), -1):
                used |= {start, mark.start()}
    return "".join(
        (_ASTERISKS[character] if n in used else "") if character in _ASTERISKS else character
        for n, character in enumerate(written)
    )


def _flanks(written: str, at: int, inwards: int) -> bool:
    inner, outer = _kind(written, at + inwards), _kind(written, at - inwards)
    return inner not in ("space", "mark") and outer != "mark" and (inner != "punctuation" or outer != "word")


def _kind(written: str, at: int) -> str:
    character = written[at] if 0 <= at < len(written) else " "
    if character in _ASTERISKS or character == "*":
        return "mark"
    if _CODE.match(character):
        return "punctuation"
    if character.isspace():
        return "space"
    return "punctuation" if unicodedata.category(character)[0] in "PS" else "word"
