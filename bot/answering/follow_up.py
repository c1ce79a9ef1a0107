"""A short question after another ("why?", "the command?"): the section whose heading says what it asks for."""

import math
from collections.abc import Callable, Sequence, Set

from bot.answering.choices import RUNNERS_UP, is_question
from bot.decision.same_or_other import sides
from bot.decision.stated import holds
from bot.question.conversation import only_a_kind, says_it
from bot.question.parts import Kind, kinds, kinds_of, parts, plain, stems
from bot.question.question import Question
from index.lexical.words import normalise
from index.records import FormKind, Section

SHORT = 30  # characters of a question that may be a heading
NEAR = 400  # sections looked at for a heading that names what is asked for
ABOUT = 50  # … and that are still about what was asked before
LIKELY = 0.0  # log odds from which one of several sections is the one
AS_LIKELY = -0.5  # … from which one is whose heading says all that is asked, and more
_SHELLS = frozenset({"", "bash", "sh", "zsh", "shell", "console", "shell-session", "powershell", "pwsh", "bat"})
SHOWN_AS = frozenset({"command", "steps"})  # kinds of thing that stand in code and numbered lists
PROCEDURE = SHOWN_AS | {"remedy"}  # … that are done step by step
_WORDED = frozenset({"drawback", "price", "bound"})  # … whose words no other thing is said with

Answers = Callable[[Section], float]  # the log odds that a section answers the question after the other one


def headed(question: Question, near_by: Sequence[Section], answers: Answers, *, adds: bool = True) -> Section | None:
    """The section about what was asked before whose heading a short question repeats, or whose kind it names.

    It stands on the page of the best section, or on a page that this links to: of several the one that answers. Steps
    and commands may stand in any of the nearest sections. A heading that is no question may say more than what is
    repeated, if it answers and that `adds` to the question before. `near_by`: sections for that one, best first.
    """
    usable = [section for section in near_by if section.covered and section.sentences]
    best, asked = near_by[0], _asked(question)
    repeated = frozenset() if asked else stems(question.words)  # "how do I fix it?" names nothing
    linked = [section for section in usable if section.page in (best.page, *best.links)]
    headed = [
        section
        for section in linked
        if (
            asked & kinds_of(section.title)
            if only_a_kind(section.title)
            else repeated and _named(section.title) == repeated
        )
    ]
    own = [section for section in headed if section.page == best.page]
    only = own or (headed if len({section.page for section in headed}) == 1 else [])
    if not only and headed:
        only = _likeliest(headed, answers, LIKELY)
    if asked and not own and "command" in kinds_of(question.text):
        only = _likeliest(_with_commands(headed, usable), answers) or only
    if adds and not headed and repeated and not says_it(question) and not sides(question.plain):
        more = [section for section in linked if not is_question(section.title) and _within(repeated, section.title)]
        only = _likeliest(more, answers, AS_LIKELY)
    if not only and asked & SHOWN_AS:
        shown = [section for section in usable[:RUNNERS_UP] if _shows_in_parts(section, usable, asked)]
        only = _likeliest(shown, answers)
        only = only or _likeliest([section for section in linked if shows(section, asked)], answers)
    return next(iter(only), None)


def silent(
    question: Question, joined: Sequence[Section], before: Sequence[Section], telling: Set[str]
) -> Section | None:
    """The section that says that the kind of thing is not stated ("how long?"), of what was asked before.

    `joined`: sections for both questions together, `before`: for the one before, each the best first; `telling`: pages
    that tell more than what they do not.
    """
    asked = kinds_of(question.text) if only_a_kind(question.text) else frozenset()
    about = {section.id for section in before[:ABOUT]}
    return next(
        (
            section
            for section in joined[:RUNNERS_UP]
            if not section.covered and section.id in about and section.page in telling
            if any(asked & kinds_of(text) for text in section.phrasings)
        ),
        None,
    )


def stating(
    question: Question, joined: Sequence[Section], best: Section, names: Set[str], answers: Answers
) -> Section | None:
    """The section headed by a subject that states the kind of thing asked for ("drawbacks?"), if the best does not.

    `joined`: sections for both questions together, `best`: the one for the question before, `names`: of its subject; of
    several such sections the one that answers, if any does. A heading that is a question asks for something else.
    """
    asked = [kind for kind in kinds() if kind.key in _WORDED and kind.asks.search(plain(question.text))]
    if not asked or _states(best, asked):
        return None
    usable = (section for section in joined[:ABOUT] if section.covered and section.sentences)
    about = [section for section in usable if not is_question(section.title)]
    headed = [section for section in about if any(holds(normalise(section.title), name) for name in names)]
    telling = [section for section in headed if _states(section, asked)]
    return next(iter(_likeliest(telling, answers, LIKELY)), None)


def _asked(question: Question) -> frozenset[str]:
    """The kinds of thing that a question names and nothing else; a command that mends is among what mends."""
    asked = kinds_of(question.text) if only_a_kind(question.text) else frozenset[str]()
    return asked - {"command"} if "remedy" in asked else asked


def _with_commands(headed: Sequence[Section], usable: Sequence[Section]) -> list[Section]:
    """The sections that show a command, of these and of those with such a heading on the pages that these link to."""
    pages = {link for section in headed for link in section.links}
    wanted = frozenset().union(*(kinds_of(section.title) for section in headed))
    linked = (each for each in usable if each.page in pages and only_a_kind(each.title) and each not in headed)
    more = [each for each in linked if wanted & kinds_of(each.title)]
    return [section for section in (*headed, *more) if _shows_in_parts(section, usable, {"command"})]


def _shows_in_parts(section: Section, usable: Sequence[Section], asked: Set[str]) -> bool:
    """Whether a section shows what is asked for, or is headed by how something is done, and a part of it does."""
    path = (*section.path, section.title)
    parts_of_it = (each for each in usable if each.page == section.page and each.path[: len(path)] == path)
    return shows(section, asked) or (
        bool(kinds_of(section.title) & PROCEDURE) and any(shows(each, asked) for each in parts_of_it)
    )


def _states(section: Section, asked: Sequence[Kind]) -> bool:
    return all(kind.states.search(section.text) for kind in asked)


def _likeliest(sections: Sequence[Section], answers: Answers, least: float = -math.inf) -> list[Section]:
    chances = [(answers(section), section) for section in sections[:RUNNERS_UP]]
    best = max(chances, key=lambda pair: pair[0], default=None)
    return [best[1]] if best and best[0] >= least else []


def _named(title: str) -> frozenset[str]:
    return stems(parts(plain(title)))


def _within(repeated: Set[str], title: str) -> bool:
    """Whether a heading has all of some stems ("Windows pools?"); Japanese writes words apart or in one."""
    whole = "".join(plain(title).lower().split())
    named = _named(title)
    return all(stem in named or (not stem.isascii() and stem in whole) for stem in repeated)


def shows(section: Section, asked: Set[str]) -> bool:
    """Whether a section has a shell's code where a command is asked for, or a numbered list where steps are."""
    return any(
        ("command" in asked and form.kind is FormKind.CODE and form.label in _SHELLS)
        or ("steps" in asked and form.kind is FormKind.LIST and bool(form.label))
        for form in section.forms
    )
