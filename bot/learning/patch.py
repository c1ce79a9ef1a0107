"""What gaps say of the docs, as a patch: other wordings, entries among what is not covered, sections to write."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language import ELSE, say
from bot.learning.gaps import ASK, EXTEND, SCOPE, STUB, Gap
from bot.learning.sources import Docs, as_heading, as_line, slug

WORDINGS = 5  # of a gap in a language: the middle ones say what the others say
_LONGEST = 50  # characters of an id …
_TITLE = 120  # … and of a heading


@dataclass(frozen=True, slots=True)
class Patched:
    """The patch, and the gaps for which there is no place in these docs."""

    text: str
    left: tuple[Gap, ...]


def patch(gaps: Sequence[Gap], docs: Docs, langs: Sequence[str]) -> Patched:
    """Add what each gap asks for to the docs of every language."""
    left = [gap for gap in gaps if not _placed(gap, docs, langs)]
    return Patched(docs.patch(), tuple(left))


def _placed(gap: Gap, docs: Docs, langs: Sequence[str]) -> bool:
    if gap.section is None:
        return False
    if gap.kind == EXTEND:
        noted = [docs.note(gap.section, lang, _todo(gap, lang)) for lang in langs if gap.of(lang)]
        return all(noted)
    if gap.kind in (ASK, SCOPE):
        worded = [docs.ask(gap.section, lang, wordings(gap, lang)) for lang in langs if wordings(gap, lang)]
        return all(worded)
    anchor, attributes, last = _anchor(gap), docs.has_attributes, gap.kind == STUB
    bodies = {lang: _section(gap, lang, anchor, attributes=attributes) for lang in langs}
    added = [docs.add_section(gap.section, lang, anchor=anchor, body=bodies[lang], last=last) for lang in langs]
    return all(added)


def wordings(gap: Gap, lang: str) -> list[str]:
    """What to add as wordings in a language: of a section that answers what it answers, else what nobody answers."""
    section = gap.section or ""
    fit = [each for each in gap.of(lang) if (each.is_answered_by(section) if gap.kind == ASK else each.is_silent)]
    return [each.question for each in fit[:WORDINGS]]


def _section(gap: Gap, lang: str, anchor: str, *, attributes: bool) -> list[str]:
    """A section that is not cited until its author has written it: until then it says what is not covered."""
    own = gap.of(lang)
    title = own[0].question if own else say(lang, "learning", "untranslated", title=gap.title)
    asked = [as_line(question) for question in wordings(gap, lang)]
    comment = ["<!-- ask", *asked, "-->", ""] if asked else []
    named = as_heading(shortened(title))
    heading = (
        [f"## {named} {{ #{anchor} .not-covered }}"] if attributes else [f"## {named}", "", "<!-- not-covered -->"]
    )
    return [
        *heading,
        "",
        *comment,
        say(lang, "learning", "not_yet" if gap.kind == STUB else "outside"),
        "",
        f"<!-- {_todo(gap, lang)} -->",
    ]


def shortened(question: str, most: int = _TITLE) -> str:
    """A question in one line, cut if it is long."""
    text = " ".join(question.split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _todo(gap: Gap, lang: str) -> str:
    """What the author should do, for a comment."""
    asked = " / ".join(each.question for each in gap.of(lang)[:2])
    return as_line(say(lang, "learning", f"todo.{gap.kind}", size=gap.size, asked=asked))


def _anchor(gap: Gap) -> str:
    """An id in ASCII, the same in every language."""
    english = next(iter(gap.of(ELSE)), None)
    words = slug(english.question if english else gap.title)[: _LONGEST + 1]
    whole = re.sub(r"-[^-]*$", "", words) if len(words) > _LONGEST else words
    return whole.strip("-_") or f"gap-{hashlib.sha256(gap.title.encode()).hexdigest()[:8]}"
