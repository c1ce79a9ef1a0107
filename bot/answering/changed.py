"""The question before, changed by the one after it: about another subject, with a step more, or with a restriction."""

from bot.answering.exchange import (
    Exchange,
    begins_with,
    counts_per,
    exchanged,
    gives_amount,
    is_headed,
    names_subject,
)
from bot.answering.same_subject import subjects
from bot.answering.turn import Turn
from bot.decision.naming import whole
from bot.decision.without import topic_without
from bot.evidence.topics import Topics
from bot.question.conversation import restricts
from bot.question.parts import kinds_of, parts, plain, stems
from bot.question.question import Question
from bot.records import Answer, Status
from index.records import Section


def changed(turn: Turn, before: Question) -> Answer | None:
    """Answer the question before as the one after it changes that; None if it does not."""
    other = exchanged(turn.text, before.text, turn.topics)
    if other and (added := _added(turn, before, other)):
        return added
    in_place = other.subject if other else _restricting(turn)
    if in_place and (otherwise := _otherwise(turn, in_place, before)):
        return otherwise
    if restricted := _restricted(turn, before, other):
        return restricted
    answer = _about_another(turn, other) if other else None
    if other and answer and answer.status is not Status.ANSWERED and (section := _sibling(turn, other, before)):
        return turn.from_section(section, before)
    if other and answer and other.per and not counts_per(other.subject, answer, turn.topics):
        answer = turn.alone(before, missing=other.per)
    if other and answer and (other.alike or _answers(turn, other, answer)):
        return answer
    return None  # the other subject is of another kind


def _answers(turn: Turn, other: Exchange, answer: Answer) -> bool:
    """Whether an answer begins with a section whose heading names the other subject, and leaves nothing out."""
    return turn.is_plain(answer) and begins_with(other.subject, answer, turn.topics)


def _sibling(turn: Turn, other: Exchange, before: Question) -> Section | None:
    """The section that leads for the other subject, if its heading names all that is asked for.

    All: every term of the question. Or what the heading on its page names that answers the question before, but for
    the subjects: "Price of lids" answers "and pots?" beside "Price of pots".
    """
    question, topics = turn.searches.question(other.text), turn.topics
    section = topics.in_language(int(turn.searches.search(question).ranking.order[0]), turn.lang)
    if not section.covered or not is_headed(topics.topic_of(section.id), other.subject, topics):
        return None
    named = topics.glossary.mentions(question.plain).keys()
    if other.alike and len(named) > 1 and named <= topics.glossary.mentions(plain(section.title)).keys():
        return section
    search = turn.searches.search(before)
    first = topics.in_language(int(search.ranking.order[0]), turn.lang)
    beside = search.is_plain and first.page == section.page and first.id != section.id
    own = _asked_of(first.title, topics) & _asked_of(section.title, topics)
    return section if beside and own else None


def _asked_of(title: str, topics: Topics) -> frozenset[str]:
    """The stems of what a heading names beside terms of the glossary and names."""
    rest = topics.glossary.without(plain(title))
    return stems(part for part in parts(rest) if not part.named)


def _restricting(turn: Turn) -> str:
    """What a question names that only restricts the one before; nothing if it names no subject."""
    return turn.question.plain if restricts(turn.question) and subjects(turn.question, turn.topics) else ""


def _otherwise(turn: Turn, in_place: str, before: Question) -> Answer | None:
    """What is said for those without the condition of the answer before; `in_place`: what is named in its place."""
    search = turn.searches.search(before)
    topic = topic_without(before, in_place, search.ranking, turn.topics) if search.is_plain else None
    return None if topic is None else turn.from_section(turn.topics.in_language(topic, turn.lang), before)


def _added(turn: Turn, before: Question, other: Exchange) -> Answer | None:
    """What the pages of a procedure say of what is added to it."""
    if other.alike or "steps" not in kinds_of(before.text):
        return None
    section = turn.searches.added(turn.question, before, other.subject, turn.lang)
    return turn.from_section(section, before) if section else None


def _restricted(turn: Turn, before: Question, other: Exchange | None) -> Answer | None:
    """The question before with what restricts it, unless it rather asks the same about another subject."""
    names_subject = restricts(turn.question) and subjects(turn.question, turn.topics)
    if not names_subject or (other and other.alike):
        return None
    answer = _with_restriction(turn, before)
    return answer if not other or _keeps(turn, other, before, answer) else None


def _with_restriction(turn: Turn, before: Question) -> Answer:
    """The question before with what restricts it; of what no section says of both, the restriction is missing."""
    both = turn.searches.question(f"{before.text}\n{turn.text}")
    searched = (turn.searches.restricted(turn.question, before, own=own) for own in (False, True))
    answers = (turn.single.answer(both, turn.lang, search) for search in searched if search)
    first = next(answers, None)
    if first is None:
        return turn.alone(before, missing=whole(turn.question))
    return first if turn.is_plain(first) else next(filter(turn.is_plain, answers), first)


def _keeps(turn: Turn, other: Exchange, before: Question, answer: Answer) -> bool:
    """Whether an answer about another subject gives the amount asked for, or says that another source does."""
    if not answer.citations or (answer.not_stated and turn.is_plain(answer)):
        return True
    return gives_amount(before, other.subject, answer.citations[0].quote, turn.topics)


def _about_another(turn: Turn, other: Exchange) -> Answer:
    """The question before about another subject; what the site says of that, where it does not answer."""
    question, subject = turn.searches.question(other.text), other.subject
    answer = turn.alone(question)
    if answer.checks or answer.status is Status.NOT_COVERED:
        return answer
    is_answered = answer.status is Status.ANSWERED
    if is_answered and not gives_amount(question, subject, answer.citations[0].quote, turn.topics):
        return turn.about(question, subject, missing=whole(question))
    if is_answered and not turn.is_plain(answer):
        return turn.about(question, subject)
    if _answers(turn, other, answer):
        return answer
    nearer = turn.about(question, subject)
    if _tells_of(turn, other, question, nearer):
        return nearer
    if not is_answered or names_subject(subject, answer, turn.topics):
        return answer
    return turn.alone(question, missing=subject)


def _tells_of(turn: Turn, other: Exchange, question: Question, answer: Answer) -> bool:
    """Whether an answer tells of the other subject, and the amount of it that is asked for."""
    return _answers(turn, other, answer) and gives_amount(
        question, other.subject, answer.citations[0].quote, turn.topics
    )
