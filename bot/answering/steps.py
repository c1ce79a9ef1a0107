"""Procedures are quoted whole: a quote reaches as far as its command, and an introduction brings the steps it promises.

What introduces ("… with the following command:") answers nothing without what follows it: in its section, or, where it
is the end of the section, in the next one.
"""

from collections.abc import Iterable, Sequence
from itertools import islice, takewhile

from bot.answering.compose import MAX_CITATIONS, Quoted, all_of, compose
from bot.answering.follow_up import PROCEDURE
from bot.decision.ranking import Ranking
from bot.evidence.evidence import Evidence
from bot.evidence.topics import Topics
from bot.question.parts import is_closed, kinds_of
from bot.question.question import Question
from index.records import Form, FormKind, Section

INTRODUCES = (":", "：")
GAP = 400  # characters between a quote and the command that carries it out
LENGTH = 2400  # characters of a whole procedure
NEAR = 10  # of the ranked topics: those that may carry the steps of the first
SHORT = 320  # characters of a section that only introduces those below it


def reach(section: Section, start: int, end: int, question: Question) -> tuple[int, int]:
    """Where what is shown of a quote begins and ends: with its code, and the output of that."""
    codes = [form for form in section.forms if form.kind is FormKind.CODE]
    shown = any(code.start < end and start < code.end for code in codes)
    asked = bool(question.intents["asks_procedure"]) and not is_closed(question.asking)
    at = _end_of_line(section.text, end)
    for code in (code for code in codes if code.start >= at):
        between = section.text[at : code.start]
        if code.end - start > LENGTH or not (
            _introduces(section, at, code.start) or (asked and not shown and len(between) <= GAP)
        ):
            break
        shown, at, end = True, _end_of_line(section.text, code.end), code.end
    if asked and not shown:
        start, end = _to_nearest(section, codes, start, end)
    return start, end


def _to_nearest(section: Section, codes: Sequence[Form], start: int, end: int) -> tuple[int, int]:
    """What is shown of a quote without code, as far as the nearest code: back to the first step, or on to the next."""
    before = next((code for code in reversed(codes) if code.end <= start), None)
    behind = next((code for code in codes if code.start >= end and code.end - start <= LENGTH), None)
    if before and (behind is None or start - before.end <= behind.start - end):
        places = (_introduction(section, code.start) for code in codes if code.end <= start)
        return next((place for place in places if end - place <= LENGTH), start), end
    return start, behind.end if behind else end


def composed(
    question: Question, evidence: Evidence, ranking: Ranking, topics: Topics, lang: str, *, verdict: bool = True
) -> tuple[Quoted, ...]:
    """The quotes that answer, each procedure whole."""
    quoted = compose(question, evidence, ranking, topics, lang, verdict=verdict)
    return with_steps(question, quoted, ranking.order.tolist(), topics)


def with_steps(
    question: Question, quoted: Sequence[Quoted], ranked: Iterable[int], topics: Topics
) -> tuple[Quoted, ...]:
    """After an introduction the section that carries its steps, in place of the weakest where there are too many.

    `ranked`: the topics, best first.
    """
    if not quoted or (steps := _steps(question, quoted, ranked, topics)) is None:
        return tuple(quoted)
    others = [quote for quote in quoted[1:] if quote.section.id != steps.id]
    return (quoted[0], all_of(steps, question.text), *others)[:MAX_CITATIONS]


def _steps(question: Question, quoted: Sequence[Quoted], ranked: Iterable[int], topics: Topics) -> Section | None:
    section = quoted[0].section
    last = section.text[section.sentences[-1].start :].rstrip()
    following = _next(section, topics)
    promises = last.endswith(INTRODUCES) and quoted[0].spans[-1] == section.sentences[-1]
    if promises and following and _carries(following) and following.path in (section.path, _below(section)):
        return following
    if _has_steps(section) or not question.intents["asks_procedure"]:
        return None
    near = (topics.in_language(topic, section.lang) for topic in islice(ranked, NEAR))
    below = [
        candidate
        for candidate in near
        if candidate.page == section.page and candidate.path[: len(_below(section))] == _below(section)
    ]
    if best := next((candidate for candidate in below if _carries(candidate)), None):
        return best
    introduces = len(section.text) <= SHORT or kinds_of(section.title) & PROCEDURE
    parts = _following(section, topics) if introduces else ()
    return next((part for part in parts if _carries(part)), None)


def _following(section: Section, topics: Topics) -> Iterable[Section]:
    """The sections right below it, in the order of the page."""
    below = _below(section)
    behind = islice(topics.index.sections, _number(section, topics) + 1, None)
    return takewhile(
        lambda each: (each.page, each.lang) == (section.page, section.lang) and each.path[: len(below)] == below, behind
    )


def _below(section: Section) -> tuple[str, ...]:
    return (*section.path, section.title)


def _carries(section: Section) -> bool:
    return section.covered and bool(section.sentences) and _has_steps(section)


def _next(section: Section, topics: Topics) -> Section | None:
    """The section after it on its page."""
    following = next(islice(topics.index.sections, _number(section, topics) + 1, None), None)
    return following if following and (following.page, following.lang) == (section.page, section.lang) else None


def _number(section: Section, topics: Topics) -> int:
    """Its number in the index."""
    numbers, held = topics.numbers(topics.topic_of(section.id)), topics.index.sections
    return next(number for number in numbers if held[number].lang == section.lang)


def _has_steps(section: Section) -> bool:
    return any(form.kind is FormKind.CODE or (form.kind is FormKind.LIST and form.label) for form in section.forms)


def _introduces(section: Section, start: int, end: int) -> bool:
    """Whether all between two places leads to what stands behind: labels, and sentences that introduce it."""
    lines = section.text[start:end].strip("\n").split("\n")
    at = start + len(section.text[start:end]) - len(section.text[start:end].lstrip("\n"))
    for line in lines:
        said = any(at <= span.start < at + len(line) for span in section.sentences)
        if said and not line.rstrip().endswith(INTRODUCES):
            return False
        at += len(line) + 1
    return True


def _introduction(section: Section, start: int) -> int:
    """Where what leads to a place begins: labels above it, and the line before if it introduces what stands there."""
    text, sentences = section.text, {span.start for span in section.sentences}
    while start:
        line = text.rfind("\n", 0, start - 1) + 1
        speaks = line in sentences
        if speaks and not text[line:start].rstrip().endswith(INTRODUCES):
            break
        if any(form.kind is FormKind.CODE and form.start <= line < form.end for form in section.forms):
            break
        start = line
        if speaks:
            break
    return start


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
