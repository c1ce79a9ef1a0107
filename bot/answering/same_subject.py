"""A follow-up that names no subject of its own ("which permissions?") stays with what was asked about before."""

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass

import numpy as np

from bot.answering.exchange import exchanged
from bot.decision.named_headings import CODE
from bot.decision.ranking import Ranking
from bot.decision.stated import full_text, holds
from bot.evidence.topics import Topics
from bot.question.conversation import FEW, of_a_subject, only_a_kind, points_back, restricts, small_talk
from bot.question.parts import Part, neutral
from bot.question.question import Question
from index.lexical.words import normalise, words
from index.records import Section

EARLIER = 6  # questions among which the subject is looked for
_VALUE = re.compile(r"[v/]?[0-9][0-9./]*")
_KANA = re.compile(r"[\u3041-\u30ff]")


@dataclass(frozen=True, slots=True)
class Before:
    """What a question may go on from: the turn with its subject, those that restrict it, and what else is asked."""

    turns: tuple[str, ...]

    @property
    def text(self) -> str:
        """The turns as the text of one question."""
        return "\n".join(self.turns)


def names_no_subject(question: Question, topics: Topics) -> bool:
    """Whether a question is short and has no term of the glossary, no name and no number."""
    if len(question.words) > FEW or _terms(question, topics):
        return False
    japanese = bool(_KANA.search(question.plain))
    return not any(_is_name(part, japanese) for part in question.words)


def passes_on(question: Question, topics: Topics) -> bool:
    """Whether a question that follows another has no subject of its own, be it long or with a number."""
    back = points_back(question) or restricts(question)
    if subjects(question, topics) or not (back or 0 < len(question.words) <= FEW):
        return False
    japanese = bool(_KANA.search(question.plain))
    return not any(_is_name(part, japanese) and not any(map(str.isdigit, part.text)) for part in question.words)


def asked_before(history: Sequence[str], read: Callable[[str], Question], topics: Topics) -> Before | None:
    """What a question may go on from: the last turn that named a subject, with what later ones changed; None: nothing.

    A turn that names another subject for the same question changes it, one that restricts it is added, and so is the
    last that asks for something else of the same subject.
    """
    asking = [text for text in history if any(map(str.isalnum, text)) and not small_talk(text)]
    before: Before | None = None
    kept: tuple[str, ...] = ()  # the subject with what restricts it
    for text in (text for text in asking[-EARLIER:] if not only_a_kind(text)):
        question = read(text)
        if before is None or _begins_anew(question, before, read, topics):
            kept = (text,)
            before = Before(kept)
        elif (other := exchanged(text, "\n".join(kept), topics)) and (other.alike or not restricts(question)):
            kept = tuple(other.text.split("\n"))
            before = Before(kept)
        else:
            before = Before((*kept, text))
            kept = before.turns if restricts(question) else kept
    return before


def _begins_anew(question: Question, before: Before, read: Callable[[str], Question], topics: Topics) -> bool:
    """Whether a turn has a subject of its own; without one, that of the turn before stays: a value alone has none."""
    if question.words and all(_VALUE.fullmatch(part.text) for part in question.words):
        return False
    if restricts(question) or exchanged(question.text, before.text, topics):
        return False
    return not names_no_subject(question, topics)


def subjects(question: Question, topics: Topics) -> frozenset[str]:
    """The codes that a question names ("E-404"); where it names none, every name of its terms of the glossary."""
    codes = _codes(question.tokens)
    terms = _terms(question, topics)
    return codes or frozenset(name for term in terms for name in topics.glossary.group(term))


def strays(question: Question, before: Question, leading: Section) -> bool:
    """Whether a question without a code is led by a section of another code than the question before is about.

    What the pages of several codes state alike ("show me an example") is asked of the one that was named.
    """
    earlier, headed = _codes(before.tokens), _codes(words("\n".join((leading.title, *leading.path))))
    return bool(earlier and headed) and not _codes(question.tokens) and not earlier & headed


def _codes(tokens: Iterable[str]) -> frozenset[str]:
    return frozenset(token for token in tokens if CODE.fullmatch(token))


def within(ranking: Ranking, names: Set[str], topics: Topics) -> Ranking:
    """The ranking without the covered topics that have none of these names, if any; what is not covered stays.

    The words of a name stand together: who speaks of pots on a shelf does not speak of the "pot shelf".
    """
    if not names:
        return ranking
    named = {name: topics.of_section[topics.index.words.places(words(name))].tolist() for name in names}
    speaking = [
        topic
        for name, held in named.items()
        for topic in set(held)
        if " " not in name or holds(normalise(full_text(topic, topics)), name)
    ]
    kept = np.isin(ranking.order, speaking) | ~topics.covered[ranking.order]
    return ranking.kept(kept)


def narrowest(question: Question, topics: Topics) -> str | None:
    """Of several terms that a question names the one of which the fewest sections speak: that is what "it" is."""
    terms = _terms(question, topics)
    if len(terms) < FEW:
        return None
    held = {
        term: {
            place for name in topics.glossary.group(term) for place in topics.index.words.places(words(name)).tolist()
        }
        for term in terms
    }
    return min(terms, key=lambda term: len(held[term]))


def subject_of(question: Question, topics: Topics) -> str | None:
    """What a question is about, as it writes it: its only term, or the one of which the fewest sections speak."""
    terms = _terms(question, topics)
    subject = narrowest(question, topics) or next(iter(terms), None)
    return topics.glossary.mentions(question.plain)[subject] if subject else None


def _terms(question: Question, topics: Topics) -> list[str]:
    """The terms that a question names, without those that are asked of any subject."""
    return [term for term, text in topics.glossary.mentions(question.plain).items() if not of_a_subject(text)]


def within_all(ranking: Ranking, questions: Iterable[Question], topics: Topics) -> Ranking:
    """The same by the subjects of several questions: what is left has one name of each at least."""
    for question in questions:
        ranking = within(ranking, subjects(question, topics), topics)
    return ranking


def of_each(ranking: Ranking, before: Question, turns: Iterable[Question], topics: Topics) -> Ranking:
    """The ranking of what has the subject of each turn of a dialogue; of any of them where nothing has."""
    each = within_all(ranking, turns, topics)
    return each if topics.covered[each.order].any() else within(ranking, subjects(before, topics), topics)


def asks_more(question: Question, ranking: Ranking, topics: Topics) -> bool:
    """Whether a question names something of this site by itself; other topics do not."""
    named = (token for part in question.words for token in part.tokens)
    return topics.knows(named) and bool(topics.covered[ranking.order[0]])


def heads(question: Question, section: Section) -> bool:
    """Whether a heading has all that a question names ("Docker" of "Does it run in Docker?")."""
    named = {token for part in question.words if part.word not in neutral() for token in part.tokens}
    return bool(named) and named <= set(words(section.title))


def _is_name(part: Part, japanese: bool) -> bool:
    """In Japanese a Latin word is a name, however it is written."""
    return part.named or any(map(str.isdigit, part.text)) or (japanese and part.script == "latin")
