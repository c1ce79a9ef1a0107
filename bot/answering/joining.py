"""Several answers as one: the first quote of each, in the order in which they were asked for, as one Answer."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answering.blocks import blocks, plain
from bot.answering.checked import sentences
from bot.answering.choices import CHOICES, RUNNERS_UP, as_question
from bot.answering.citing import quoted_links, rule_links
from bot.answering.compose import MAX_CITATIONS
from bot.answering.rows import Wanted
from bot.answering.steps import reach
from bot.answering.turn import Turn
from bot.evidence.topics import Topics
from bot.question.question import Question
from bot.records import Answer, Certainty, Citation, Place, Status
from index.records import Section

_SURER: tuple[Certainty | None, ...] = (None, "low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Half:
    """One of the questions that a text joins, and its answer."""

    question: Question
    answer: Answer

    @property
    def is_answered(self) -> bool:
        return self.answer.status is Status.ANSWERED

    @property
    def lead(self) -> Citation:
        """What its answer quotes first."""
        return self.answer.citations[0]


def joined(turn: Turn, halves: Sequence[Half], refused: Sequence[Half]) -> Answer:
    """Answers as one: judged values, each answer's first quote with what is said of it, then facts beside these.

    There is no yes or no for all of them: each quote says its own. No more sections are cited than for one question.
    """
    answers, topics, lang = [half.answer for half in halves], turn.topics, turn.lang
    checks = tuple(dict.fromkeys(check for answer in answers for check in answer.checks))
    leads = [_spoken(half, topics) if half.answer.verdict else half.lead for half in halves]
    citations = [*leads, *_further(answers, topics)]
    quoting = "\n".join(line for answer in answers for line in _quoting(answer))
    facts = dict.fromkeys(fact for answer in answers for fact in _facts(answer, citations) if fact not in quoting)
    lines = (*sentences(turn.text, checks, lang), quoting, *facts, *(half.answer.answer for half in refused))
    cited = [section for citation in citations for section in _sections(citation, topics)]
    asked = set(map(as_question, cited))
    rest = (each for answer in answers for each in answer.runners_up if each.section not in {s.id for s in cited})
    return replace(
        answers[0],
        question=turn.text,
        answer="\n".join(lines),
        confidence=min(answer.confidence for answer in answers),
        citations=tuple(replace(citation, n=n) for n, citation in enumerate(citations, 1)),
        rules=rule_links(cited, lang, topics),
        suggestions=_distinct(each for answer in answers for each in answer.suggestions if each not in asked)[:CHOICES],
        runners_up=tuple(dict.fromkeys(rest))[:RUNNERS_UP],
        not_stated=_distinct(name for answer in answers for name in answer.not_stated),
        checks=checks,
        verdict=None,
        certainty=min((answer.certainty for answer in answers), key=_SURER.index),
        outside=tuple(dict.fromkeys(each for half in (*halves, *refused) for each in half.answer.outside)),
    )


def _spoken(half: Half, topics: Topics) -> Citation:
    """The first quote with the yes or no with which it begins, as nothing else says that."""
    section, quote = _section(half.lead, topics), half.lead.quote
    start = section.text.index(quote)
    _, end = reach(section, start, start + len(quote), half.question)
    shown = blocks(section, start, end, Wanted.of(half.question))
    return replace(half.lead, blocks=shown, links=quoted_links(section, plain(shown)))


def _further(answers: Sequence[Answer], topics: Topics) -> list[Citation]:
    """What is cited beside the first quotes, as far as there are places: warnings, then what each has next."""
    first = {answer.citations[0].section for answer in answers}
    others = {each.section: each for answer in answers for each in answer.citations[1:] if each.section not in first}
    links = {link for answer in answers for link in _section(answer.citations[0], topics).links}
    warning = {section.id for topic in topics.warnings(links) for section in topics.sections(topic).values()}
    ranked = sorted(others.values(), key=lambda each: (each.section not in warning, each.n))
    kept = ranked[: max(0, MAX_CITATIONS - len(answers))]
    return [each for each in others.values() if each in kept]


def _quoting(answer: Answer) -> Iterator[str]:
    """The first quote, behind what is said before it but for the sentences of judged values."""
    quote = answer.citations[0].quote
    yield from _lines(answer.answer.partition(quote)[0])[len(sentences(answer.question, answer.checks, answer.lang)) :]
    yield quote


def _facts(answer: Answer, citations: Sequence[Citation]) -> list[str]:
    """What stands behind the first quote, without the facts of quotes that are not among these citations."""
    left_out = [each.quote for each in answer.citations[1:] if each not in citations]
    kept = [each.quote for each in answer.citations[1:] if each in citations]
    behind = _lines(answer.answer.partition(answer.citations[0].quote)[2])
    return [
        line for line in behind if any(line in quote for quote in kept) or not any(line in quote for quote in left_out)
    ]


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def _sections(citation: Citation, topics: Topics) -> list[Section]:
    """The cited section, and those that state the same."""
    return [_section(citation, topics), *(_section(place, topics) for place in citation.also)]


def _section(place: Citation | Place, topics: Topics) -> Section:
    return topics.group(place.section)[place.lang]


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
