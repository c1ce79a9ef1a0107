"""Text in lines of a terminal's width, and without what could steer the terminal."""

import re
import unicodedata

# What is never broken: a Latin word with its space, or one character without spaces, with the brackets that open before
# it and the marks that must follow it.
_FOLLOWS = "[。、，．）」』】！？ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ]"
_UNIT = re.compile(rf"\s*[（「『【]*(?:[!-~\u00a1-\u2fff]+|.){_FOLLOWS}*|\s+")


def safe(text: str) -> str:
    """Text without control characters: a page must not be able to steer the reader's terminal."""
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs"))


def columns(text: str) -> int:
    """The columns that a text takes; East Asian characters take two, marks on another character none."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in text)


def padded(text: str, width: int) -> str:
    """The text with spaces up to this many columns."""
    return text + " " * (width - columns(text))


def wrapped(text: str, width: int, indent: str, first: str | None = None) -> list[str]:
    """Lines of at most `width` columns, the first one behind `first`; East Asian text may break almost anywhere."""
    lines: list[str] = []
    for paragraph in safe(text).replace("\t", "  ").split("\n"):
        line = indent if first is None or lines else first
        begun, used = line, columns(line)
        for unit in _UNIT.findall(paragraph):
            taken = columns(unit)
            if used + taken > width and line.strip() != begun.strip():
                lines.append(line.rstrip())
                line = begun = indent
                used = columns(indent)
                unit = unit.lstrip()  # a line does not begin with a space
                taken = columns(unit)
            line, used = line + unit, used + taken
        lines.append(line.rstrip())
    return lines
