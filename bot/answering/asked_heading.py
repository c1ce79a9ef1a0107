"""A near section that is headed by the very question asked answers it, whatever topic that is not covered leads.

What a site leaves out often shares its words with what it tells: "Command options for filling pots" is not covered, and
"Which command fills a pot with hot water?" still answers "which command fills a pot?".
"""

from collections.abc import Iterable
from dataclasses import replace

from bot.answering.follow_up import SHOWN_AS, shows
from bot.answering.polarity import same_way_round
from bot.answering.searched import Search
from bot.decision.account import account, can_be_quoted
from bot.decision.decide import Weights, decide
from bot.decision.logistic import Logistic
from bot.decision.reading import Read
from bot.decision.same_question import is_wording
from bot.decision.stated import holds
from bot.evidence.topics import Topics
from bot.question.parts import Part, kinds, kinds_of, neutral, parts, patterns, plain, root
from bot.question.question import Question
from bot.records import Status
from index.lexical.words import normalise
from index.records import Section

NEAREST = 3  # topics among which the section is looked for
LEAST = 0.0  # log odds that it answers


def asked_heading_first(
    question: Question, search: Search, topics: Topics, weights: Weights, part: Logistic, read: Read
) -> Search:
    """The search led by such a section, and answered, where it was not and the section is read to answer."""
    ranking = search.ranking
    if search.decision.status is Status.ANSWERED or not len(ranking.order) or _names_silence(question, search, topics):
        return search
    headed = (
        rank
        for rank, topic in ranking.nearest(NEAREST)
        if can_be_quoted(topic, topics) and _asks(topics.in_language(topic, question.lang), question, topics)
    )
    if (rank := next(headed, None)) is None:
        return search
    led = ranking.led(rank, fixed=True)
    accounted = account(question, led.order, topics, part, read)
    if accounted.reading is not None and accounted.reading.answers < LEAST:
        return search
    decision = decide(question, search.evidence, led, topics, weights, accounted)
    if decision.status is not Status.ANSWERED:
        confidence = max(decision.confidence, weights.model.answer_from)
        decision = replace(decision, status=Status.ANSWERED, confidence=confidence)
    return replace(search, ranking=led, decision=decision, accounted=accounted)


def _names_silence(question: Question, search: Search, topics: Topics) -> bool:
    """Whether the question is a wording of the topic that leads and is not covered."""
    first = int(search.ranking.order[0])
    return not topics.covered[first] and any(
        is_wording(question.text, section) for section in topics.sections(first).values()
    )


def _asks(section: Section, question: Question, topics: Topics) -> bool:
    """Whether a heading asks for the same kind of thing, and names all that the question names beside it."""
    title, asked = plain(section.title), kinds_of(question.plain)
    if not asked or kinds_of(title) != asked or not same_way_round(question, section.title, besides={"open"}):
        return False  # who only names the kind ("the command?") asks openly, too
    if not _starts(question.plain, topics) <= _starts(title, topics):
        return False
    return any(not _is_kind(each, question) for each in _own(question)) and _names_all(question, title, topics)


def telling_how(question: Question, near_by: Iterable[Section], topics: Topics) -> Section | None:
    """The first section headed by a command or by steps, and by all that a question names: how that is done."""
    return next((each for each in near_by if each.covered and _tells_how(each, question, topics)), None)


def shows_how(question: Question, section: Section, topics: Topics) -> bool:
    """Whether a section shows steps or a command, and speaks of what a question does with the terms that it names."""
    acting = [each for each in _own(question) if each.script != "term" and not topics.glossary.names(each.word)]
    text = plain(f"{section.title}\n{section.text}")
    return bool(acting) and shows(section, SHOWN_AS) and all(_named_in(each, text, topics) for each in acting)


def _tells_how(section: Section, question: Question, topics: Topics) -> bool:
    return bool(kinds_of(section.title) & SHOWN_AS) and _names_all(question, plain(section.title), topics)


def _own(question: Question) -> list[Part]:
    return [each for each in question.parts if each.word not in neutral()]


def _names_all(question: Question, title: str, topics: Topics) -> bool:
    own = _own(question)
    return bool(own) and all(_named_in(each, title, topics) for each in own)


def _starts(text: str, topics: Topics) -> set[str]:
    """The terms of the glossary from which a text goes."""
    matches = (match["what"] for pattern in patterns("starts") for match in pattern.finditer(text))
    return {term for what in matches if (term := topics.glossary.longest(what))}


def _is_kind(part: Part, question: Question) -> bool:
    """Whether a part only says for which kind of thing is asked."""
    matches = (match for kind in kinds() for match in kind.asks.finditer(question.plain))
    return any(match.start() < part.end and part.start < match.end() for match in matches)


def _named_in(part: Part, text: str, topics: Topics) -> bool:
    """Whether a text has a part, under any name or, of a single word, in any form."""
    named = normalise(text)
    if any(holds(named, name) for name in (part.word, *topics.glossary.names(part.word))):
        return True
    if not part.word.isascii():  # Japanese writes words apart or in one
        return part.word in "".join(named.split())
    return root(part.word) in {root(each.word) for each in parts(text)}
