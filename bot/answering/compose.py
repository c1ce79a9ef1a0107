"""Ranked sections to an answer that is nothing but quotes: which sections, which sentences, in which order."""

from dataclasses import dataclass

import numpy as np

from bot.answering.antecedent import with_antecedent
from bot.answering.polarity import facts, without_joined_verdict
from bot.answering.rows import Wanted, asked_table, counts_rows, named_rows, quotes_row, whole_rows
from bot.answering.units import units
from bot.decision.coverage import covering_most
from bot.decision.ranking import Ranking
from bot.evidence.evidence import CHANNELS, Evidence, Floats
from bot.evidence.topics import Topics
from bot.language import patterns
from bot.question.figures import counted, figures
from bot.question.parts import is_closed, neutral, stem
from bot.question.question import Question
from index.lexical.words import normalise
from index.records import Section, Span

MAX_CITATIONS = 3
QUOTE_LENGTH = 640  # characters; a quote is a few sentences, never a page
SHORTEST_NAME = 4  # letters of a word that a sentence further down may be about
COUNTED = 16  # characters behind an amount that say what it counts
CLEARLY = 0.02  # cosine by which a sentence further down must be nearer to the question
# A section is cited beside the first if it is nearly as good: this share of the first one's fused score.
NEARLY = 0.75
TABLE = "\t"  # between the cells of a table
COMPARED = 2  # columns behind the first in a table that compares
PHRASING = CHANNELS.index("phrasing")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A section and the spans of it that answer; together they are one contiguous quote."""

    section: Section
    spans: tuple[Span, ...]

    @property
    def quote(self) -> str:
        """An exact part of the section's text, from the first sentence to the last."""
        return self.section.text[self.spans[0].start : self.spans[-1].end]

    def sentences(self) -> list[str]:
        """The sentences that are quoted, without what stands between them."""
        return [self.section.quote(span) for span in self.spans]


def compose(
    question: Question, evidence: Evidence, ranking: Ranking, topics: Topics, lang: str, *, verdict: bool = True
) -> tuple[Quoted, ...]:
    """Up to three quoted sections in the asker's language (or the one there is), the best first, warnings last.

    `verdict`: the first section's yes or no may be repeated, if it answers the question.
    """
    quoted: list[Quoted] = []
    least = -np.inf
    for topic, place in zip(ranking.order, ranking.places, strict=True):
        if len(quoted) >= MAX_CITATIONS or ranking.fused[place] < least:
            break
        section = topics.in_language(topic, lang)
        if not section.covered or not section.sentences:
            continue
        if not quoted:
            least = NEARLY * ranking.fused[place]
        alike = float(evidence.raw[place, PHRASING]) if verdict and not quoted else 0.0
        spans = _without_pointers(section, facts(section, question, alike), question.text)
        known = spans
        spans = _chosen(section, known, topics.sentence_cosines(evidence, section), question)
        spans = with_antecedent(section, spans, known, QUOTE_LENGTH)
        candidate = Quoted(section, without_joined_verdict(section, spans, question, alike))
        if all(candidate.quote not in other.quote for other in quoted):
            quoted.append(candidate)
    if question.is_keyword and question.words:  # who types a name wants what the site's own source says of it
        quoted.sort(key=lambda quote: quote.section.other_source)
    return _with_warning(quoted, topics, lang)


def all_of(section: Section, question: str) -> Quoted:
    """What a section says from its first sentence on, as far as it fits into a quote."""
    spans = _without_pointers(section, section.sentences, question)
    fitting = tuple(span for span in spans if span.end - spans[0].start <= QUOTE_LENGTH)
    return Quoted(section, fitting or spans[:1])


def _with_warning(quoted: list[Quoted], topics: Topics, lang: str) -> tuple[Quoted, ...]:
    """Adds the warning that shares a rule with the best citation, in place of the weakest if there are three."""
    rules = {link for best in quoted[:1] for link in best.section.links if link.startswith("rules/")}
    for topic in topics.warnings(rules):
        section = topics.in_language(topic, lang)
        if rules & set(section.links) and all(section.id != quote.section.id for quote in quoted):
            return (*quoted[: MAX_CITATIONS - 1], Quoted(section, section.sentences[:1]))
    return tuple(quoted)


def _without_pointers(section: Section, spans: tuple[Span, ...], question: str) -> tuple[Span, ...]:
    """Leaves out the pointers at the end of a section, unless it has nothing else or a check was asked for."""
    while (
        len(spans) > 1
        and patterns("pointers")["sentence"].fullmatch(section.quote(spans[-1]))
        and not patterns("pointers")["wanted"].search(question)
    ):
        spans = spans[:-1]
    return spans


def _chosen(section: Section, spans: tuple[Span, ...], cosines: Floats, question: Question) -> tuple[Span, ...]:
    """As many sentences as fit from the first one, the section's fact; a clearly better later sentence stands alone.

    A short section is quoted whole: its conditions belong to its fact. Of a table whose row is named, that row.
    """
    fitting = tuple(span for span in spans if span.end - spans[0].start <= QUOTE_LENGTH) or spans[:1]
    near = dict(zip(section.sentences, cosines, strict=True))
    sentences = [span for span in spans if not _in_row(section, span)] or list(spans)
    best = max(spans, key=lambda span: near[span])
    if near[best] - max(near[span] for span in sentences) < CLEARLY:
        best = max(sentences, key=lambda span: near[span])
    while len(fitting) > 1 and fitting[-1] != best and _unasked_row(question, section, fitting[-1]):
        fitting = fitting[:-1]
    wanted = Wanted.of(question)
    in_rows = _in_row(section, best) or counts_rows(section, wanted) or quotes_row(section, wanted)
    if in_rows and (named := named_rows(section, spans, wanted, QUOTE_LENGTH)):
        return named
    if table := asked_table(section, spans, question):
        fitting = tuple(span for span in table if span.end - table[0].start <= QUOTE_LENGTH)
        return whole_rows(section, fitting or table[:1])
    if (counting := _counting(section, spans, question)) and not set(counting) & set(fitting):
        best = max(counting, key=lambda span: near[span])
        return whole_rows(section, (best,))
    if passage := _covering_passage(section, spans, fitting, question):
        return passage
    chosen = fitting if near[best] - max(near[span] for span in fitting) < CLEARLY else (best,)
    return whole_rows(section, chosen)


def _covering_passage(
    section: Section, spans: tuple[Span, ...], fitting: tuple[Span, ...], question: Question
) -> tuple[Span, ...]:
    """Of a section that does not fit into a quote, the sentences from where it names a closed question's condition.

    Whose it is ("with the glass lid, do I …?") is said once, and not by the sentences in front.
    """
    if len(fitting) == len(spans) or not is_closed(question.asking):
        return ()
    quoted = _compact(" ".join(map(section.quote, fitting)))
    words = {_compact(part.word) for part in question.words if part.word not in neutral()}
    lacking = {word for word in words if len(word) >= SHORTEST_NAME and word not in quoted}
    others = [span for span in spans if span not in fitting and not _in_row(section, span)]
    texts = [_compact(_own_words(section, span)) for span in others]
    first = covering_most(lacking, [{word for word in lacking if word in text} for text in texts])
    if first is None:
        return ()
    return tuple(span for span in others[first:] if span.end - others[first].start <= QUOTE_LENGTH)


def _own_words(section: Section, span: Span) -> str:
    """A sentence without the words of its links: what a cited document is called says no condition."""
    text = section.quote(span)
    for link in section.linked:
        text = text.replace(link.text, " ")
    return text


def _compact(text: str) -> str:
    """A normalised text without what joins or parts its words: an "add-on" is an "addon"."""
    return normalise(text).replace("-", "").replace(" ", "")


def _counting(section: Section, spans: tuple[Span, ...], question: Question) -> tuple[Span, ...]:
    """The sentences that give an amount of what a question asks the number of: "64 tokens"."""
    if (what := counted(question.plain)) is None:
        return ()
    roots, quotes = {stem(what.lower())}, {span: section.quote(span) for span in spans}
    return tuple(
        span
        for span, text in quotes.items()
        if any(roots & _stems(text[figure.end : figure.end + COUNTED]) for figure in figures(text))
    )


def _in_row(section: Section, span: Span) -> bool:
    """Whether a sentence stands in a row of a table."""
    start = section.text.rfind("\n", 0, span.start) + 1
    end = section.text.find("\n", span.end)
    return TABLE in section.text[start : end if end >= 0 else None]


def _unasked_row(question: Question, section: Section, span: Span) -> bool:
    """Whether a sentence stands in a table that nobody asked for."""
    return _in_row(section, span) and not _asks_for_table(question, section, span)


def _asks_for_table(question: Question, section: Section, span: Span) -> bool:
    """Whether a question names what the table of a sentence is about: a column, or what a row begins with.

    Who compares things asks for the table that sets them side by side, under whatever names.
    """
    lines = section.text.split("\n")
    at = section.text.count("\n", 0, span.start)
    first = last = at
    while first and TABLE in lines[first - 1]:
        first -= 1
    while last + 1 < len(lines) and TABLE in lines[last + 1]:
        last += 1
    named = [lines[first], *(line.partition(TABLE)[0] for line in lines[first + 1 : last + 1])]
    if question.intents["asks_comparison"] and lines[first].count(TABLE) >= COMPARED:
        return True
    return not _stems(question.text).isdisjoint(_stems(" ".join(named)))


def _stems(text: str) -> set[str]:
    return {stem(unit) for unit in units(text)}
