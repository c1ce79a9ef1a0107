"""A short question after another ("why?", "the command?"): the section whose heading says what it asks for."""

from collections.abc import Sequence, Set

from bot.answering.choices import RUNNERS_UP
from bot.question.conversation import only_a_kind
from bot.question.parts import kinds_of, parts, plain, stems
from bot.question.question import Question
from index.records import FormKind, Section

SHORT = 30  # characters of a question that may be a heading
NEAR = 100  # sections looked at for a heading that names what is asked for
_SHOWN_AS = frozenset({"command", "steps"})  # kinds of thing that stand in code and numbered lists


def headed(question: Question, near_by: Sequence[Section]) -> Section | None:
    """The section about what was asked before whose heading a short question repeats, or whose kind it names.

    It stands on the page of the best section, or on the only page with such a section that this links to. Steps
    and commands may stand in any of the nearest sections. `near_by`: sections for the question before, best first.
    """
    usable = [one for one in near_by if one.covered and one.sentences]
    best, asked = near_by[0], kinds_of(question.text) if only_a_kind(question.text) else frozenset()
    repeated = stems(question.words)
    headed = [
        one
        for one in usable
        if one.page in (best.page, *best.links)
        and (asked & kinds_of(one.title) if only_a_kind(one.title) else repeated and _named(one.title) == repeated)
    ]
    own = [one for one in headed if one.page == best.page]
    only = own or (headed if len({one.page for one in headed}) == 1 else [])
    if not only and asked & _SHOWN_AS:
        only = [one for one in usable[:RUNNERS_UP] if _shows(one, asked)]
    return next(iter(only), None)


def _named(title: str) -> frozenset[str]:
    return stems(parts(plain(title)))


def _shows(section: Section, asked: Set[str]) -> bool:
    """Whether a section has code where a command is asked for, or a numbered list where steps are."""
    return any(
        ("command" in asked and form.kind is FormKind.CODE)
        or ("steps" in asked and form.kind is FormKind.LIST and bool(form.label))
        for form in section.forms
    )
