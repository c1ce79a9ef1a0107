"""A question among others to an Answer: it is taken in one way after the other, and the first that answers counts."""

from collections.abc import Callable
from dataclasses import replace

from bot.answering.asked_heading import shows_how, telling_how
from bot.answering.carried import with_given
from bot.answering.changed import changed
from bot.answering.checked import asked_back, judged_together, with_subject
from bot.answering.choices import starters
from bot.answering.follow_up import NEAR, SHORT, headed, shows, silent, stating
from bot.answering.goes_on import last_answered, lasting, looked_up, naming_both, telling_done
from bot.answering.halves import halves, the_plain, together
from bot.answering.of_a_kind import of_all
from bot.answering.same_subject import Before, subjects
from bot.answering.single import offering
from bot.answering.swapped import swapped
from bot.answering.turn import Turn
from bot.decision.relations import directions
from bot.language import say
from bot.question.conversation import (
    asks_how,
    last_asked,
    meant,
    only_a_kind,
    points_back,
    small_talk,
    turns_round,
    usual_hows,
)
from bot.question.parts import kinds_of
from bot.question.question import Question
from bot.records import Answer, Status
from index.records import Section

HEADED = 30  # sections among which one is headed by how a thing is done


def answered(turn: Turn) -> Answer:
    """Answer a question, perhaps as one that goes on from those before it."""
    if kind := small_talk(turn.text):
        return _talk(turn, kind)
    earlier = turn.searches.before(turn.history)
    if earlier is None:
        return _unclear(turn) or _with_subject(turn, None) or _lone_value(turn) or _by_itself(turn, None)
    ways = (way(turn, earlier) for way in _GOING_ON)
    return next(filter(None, ways), None) or _lone_value(turn) or _by_itself(turn, earlier)


def _talk(turn: Turn, kind: str) -> Answer:
    """To a greeting, what can be asked; to "in English please", the last question again."""
    kind, _, wanted = kind.partition(".")
    lang = wanted if wanted in turn.topics.index.manifest.langs else turn.lang
    before = last_asked(turn.history)
    if wanted and before:
        earlier = turn.history[: turn.history.index(before)]
        return answered(replace(turn, question=turn.searches.question(before), lang=lang, history=earlier))
    order = turn.searches.search(turn.searches.question(before)).ranking.order if before else ()
    offered = turn.single.choices(order, lang) or starters(turn.topics, lang)
    return offering(turn.question, say(lang, "answers", f"talk.{kind}"), lang, offered)


def _unclear(turn: Turn) -> Answer | None:
    """Asks what a first question is about that names nothing: "why?", "is it supported?"."""
    if only_a_kind(turn.text):
        return _talk(turn, "what")
    if (nothing := turn.searches.names_nothing(turn.question)) is None:
        return None
    offered = turn.single.choices(nothing.ranking.order, turn.lang)
    return offering(turn.question, say(turn.lang, "answers", "talk.what"), turn.lang, offered)


def _in_usual_words(turn: Turn, _: Before) -> Answer | None:
    """Answers "is that dangerous?" as the usual question for it."""
    usual = meant(turn.text)
    return _again(turn, usual) if usual and usual != turn.text else None


def _with_subject(turn: Turn, earlier: Before | None) -> Answer | None:
    """Takes a lone value as one of what the question or the one before names."""
    named = with_subject(turn.text, earlier.text if earlier else "", turn.lang)
    return turn.alone(turn.searches.question(named)) if named else None


def _with_given(turn: Turn, _: Before) -> Answer | None:
    """Judges a value of an earlier turn about which the question asks."""
    together = with_given(turn.question, turn.history, turn.lang)
    answer = turn.alone(turn.searches.question(together)) if together else None
    return answer if answer and answer.checks else None


def _judged_together(turn: Turn, earlier: Before) -> Answer | None:
    """Judges values of two questions that only fail together."""
    together = points_back(turn.question) and judged_together(turn.text, earlier.text, turn.lang)
    answer = turn.alone(turn.searches.question(together)) if together else None
    return answer if answer and answer.status is Status.ANSWERED else None


def _way_back(turn: Turn, earlier: Before) -> Answer | None:
    """Answers "and the reverse?" by the way back."""
    turns = turns_round(turn.text) and directions(earlier.text, turn.topics)
    return _again(turn, say(turn.lang, "conversation", "way_back")) if turns else None


def _still_uncovered(turn: Turn, earlier: Before) -> Answer | None:
    """To a question without a subject the refusal of the one whose subject it keeps, if that was refused."""
    if not (only_a_kind(turn.text) or turn.searches.stays(turn.question)):
        return None
    refused = turn.alone(turn.searches.question(earlier.turns[0]))
    return refused if refused.status is Status.NOT_COVERED else None


def _how(turn: Turn, earlier: Before) -> Answer | None:
    """To "how do I fill it then?" after "Can I fill it?" the section with the steps or the command."""
    before = turn.searches.question(earlier.text)
    if not asks_how(turn.question, before):
        return None
    answers = (_again(turn, usual) for usual in usual_hows(turn.lang))
    if shown := next((each for each in answers if turn.is_plain(each) and _shows_how(turn, each)), None):
        return shown
    section = telling_how(before, turn.searches.nearest(turn.searches.search(before), turn.lang, HEADED), turn.topics)
    return turn.from_section(section, before) if section else None


def _shows_how(turn: Turn, answer: Answer) -> bool:
    """Whether an answer begins with a section that shows how what is asked is done."""
    first = answer.citations[0]
    return shows_how(turn.question, turn.topics.group(first.section)[first.lang], turn.topics)


def _looked_up(turn: Turn, earlier: Before) -> Answer | None:
    """To "where do I see my size?" the section with the command that shows it."""
    text = looked_up(turn.question, turn.searches.question(earlier.text), turn.topics)
    answer = turn.alone(turn.searches.question(text)) if text else None
    if answer is None or answer.status is not Status.ANSWERED:
        return None
    first = answer.citations[0]
    return answer if shows(turn.topics.group(first.section)[first.lang], {"command"}) else None


def _lasting(turn: Turn, earlier: Before) -> Answer | None:
    """To "how long is it cold meanwhile?" after "How do I mend it?" the section with the remedy, if that says so."""
    section = lasting(turn.question, last_answered(earlier, turn.searches), turn.lang, turn.searches)
    return turn.from_section(section, turn.searches.question(earlier.text)) if section else None


def _of_all(turn: Turn, earlier: Before) -> Answer | None:
    """To "which lid can?" what is said of all lids."""
    both = of_all(turn.question, earlier.text, turn.topics)
    answer = turn.alone(turn.searches.question(both)) if both else None
    return answer if answer and turn.is_plain(answer) else None


def _swapped(turn: Turn, earlier: Before) -> Answer | None:
    return swapped(turn, turn.searches.question(earlier.text))


def _changed(turn: Turn, earlier: Before) -> Answer | None:
    return changed(turn, turn.searches.question(earlier.text))


def _named_by_kind(turn: Turn, earlier: Before) -> Answer | None:
    """What a short question names by its kind or its heading, of what was asked before."""
    if len(turn.text) > SHORT and not only_a_kind(turn.text):
        return None
    before = turn.searches.question(earlier.text)
    section = _section_named(turn, earlier, before)
    return turn.from_section(section, before) if section else None


def _section_named(turn: Turn, earlier: Before, before: Question) -> Section | None:
    question, lang, searches = turn.question, turn.lang, turn.searches
    if of_both := naming_both(question, before, lang, searches, turn.topics):
        return of_both
    near_by = searches.nearest(last_answered(earlier, searches), lang, NEAR)
    both = f"{before.text}\n{question.text}"

    def answers(section: Section) -> float:
        return searches.read(both, section).answers

    named = headed(question, near_by, answers, adds=not kinds_of(before.text))
    if named is not None or not only_a_kind(question.text):
        return named or telling_done(question, before, lang, searches)
    joined = searches.nearest(searches.joined(question, before), lang, NEAR)
    untold = silent(question, joined, near_by, turn.single.telling)
    return untold or stating(question, joined, near_by[0], subjects(before, turn.topics), answers)


# How a question may go on from those before it; what is read as the first of these is not read as a later one.
_GOING_ON: tuple[Callable[[Turn, Before], Answer | None], ...] = (
    _in_usual_words,
    _with_subject,
    _with_given,
    _judged_together,
    _way_back,
    _still_uncovered,
    _how,
    _looked_up,
    _lasting,
    _of_all,
    _swapped,
    _changed,
    _named_by_kind,
)


def _again(turn: Turn, text: str) -> Answer:
    """The answer to other words for a question."""
    return answered(replace(turn, question=turn.searches.question(text)))


def _lone_value(turn: Turn) -> Answer | None:
    """Asks what a value is one of."""
    if (lone := asked_back(turn.text, turn.lang)) is None:
        return None
    value, choice = lone
    return offering(turn.question, say(turn.lang, "answers", "ask_back", value=value), turn.lang, (choice,))


def _by_itself(turn: Turn, earlier: Before | None) -> Answer:
    """The answer to a question in its own words, or in those with the one before it; or to each that it joins."""
    question, lang, searches = turn.question, turn.lang, turn.searches
    asked = halves(turn, answered)
    if asked and (answer := together(turn, asked)):
        return answer
    answer = turn.single.answer(question, lang, searches.after(question, turn.history))
    if answer.status is Status.ANSWERED:
        return answer
    is_refused = earlier is not None and bool(question.words) and answer.status is Status.NOT_COVERED
    if is_refused and searches.search(question).names_uncovered:
        own = turn.single.answer(question, lang, searches.search(question))  # and no neighbour of the subject
        return replace(own, suggestions=answer.suggestions)
    return the_plain(turn, asked) or answer
