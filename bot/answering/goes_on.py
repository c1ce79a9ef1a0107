"""What a question after others goes on from, and the section that states what it names with what was asked before."""

from bot.answering.compose import all_of
from bot.answering.follow_up import AS_LIKELY
from bot.answering.same_subject import Before, subject_of, subjects
from bot.answering.search import Searches
from bot.answering.searched import Search
from bot.decision.same_or_other import sides
from bot.decision.stated import holds
from bot.evidence.topics import Topics
from bot.language import say
from bot.question.conversation import looks_up, only_a_kind, points_back, restricts
from bot.question.parts import DONE, Part, kinds, kinds_of, neutral, parts, plain, stem, stems
from bot.question.question import Question
from index.lexical.words import normalise
from index.records import Section

NEAR = 8  # sections among which the one about both is
LEADING = 3  # … among which the one is that tells how


def last_answered(earlier: Before, searches: Searches) -> Search:
    """What the last of the turns was answered from; one that only restricts those before is asked with them."""
    *turns, text = earlier.turns
    asked = searches.question(text)
    if not turns or restricts(asked):
        return searches.search(searches.question(earlier.text))
    return searches.after(asked, turns)


def naming_both(question: Question, before: Question, lang: str, searches: Searches, topics: Topics) -> Section | None:
    """The nearest section whose heading names all that a question names ("and Windows?") and some of the one before."""
    own = [part for part in question.words if part.word not in neutral()]
    if not own or not points_back(question) or kinds_of(question.text) or sides(question.plain):
        return None
    # A term takes the place of another one; an amount or a reason is asked of a thing, not stated beside it.
    if topics.glossary.mentions(question.plain) or kinds_of(before.text):
        return None
    if any(part.word in before.written for part in own):
        return None
    earlier = [part for part in before.words if part.word not in neutral()]
    near = searches.nearest(searches.joined(question, before), lang, NEAR)
    return next((each for each in near if each.covered and _names(each, own, earlier, topics)), None)


def telling_done(question: Question, before: Question, lang: str, searches: Searches) -> Section | None:
    """The section headed by a kind of thing ("Steps") that tells how to do to it what a short question asks.

    It stands on the page that leads what there is for both questions, among the nearest, and answers them.
    """
    if not question.intents["asks_procedure"] or not searches.stays(question):
        return None
    first, *others = searches.nearest(searches.joined(question, before), lang, LEADING)
    headed = (
        each
        for each in (first, *others)
        if each.page == first.page and each.covered and only_a_kind(each.title) and kinds_of(each.title) & DONE
    )
    section = next(headed, None)
    if section is None or searches.read(f"{before.text}\n{question.text}", section).answers < AS_LIKELY:
        return None
    return section


def lasting(question: Question, before: Search, lang: str, searches: Searches) -> Section | None:
    """The section that tells how a thing is mended, for who asks how long that takes; None if it begins without that.

    `before`: what the question before was answered from; how long something else takes may be not covered.
    """
    (duration,) = (kind for kind in kinds() if kind.key == "duration")
    if not question.asks(duration) or not points_back(question):
        return None
    near = (each for each in searches.nearest(before, lang, LEADING) if each.covered and each.sentences)
    first = next(near, None)
    if first is None or not only_a_kind(first.title) or "remedy" not in kinds_of(first.title):
        return None
    return first if duration.states.search(all_of(first, question.text).quote) else None


def looked_up(question: Question, before: Question, topics: Topics) -> str | None:
    """The question of who asks where to look up what was asked before, as one for the command; None if it is none.

    It has the subject of the one before; one with a subject of its own is asked by itself.
    """
    if not looks_up(question) or subjects(question, topics):
        return None
    subject = subject_of(before, topics)
    asked = question.plain.strip(" ?。")
    return f"{subject}: {asked}{say(question.lang, 'conversation', 'shown_by')}" if subject else None


def _names(section: Section, own: list[Part], earlier: list[Part], topics: Topics) -> bool:
    title = normalise(section.title)
    named = stems(parts(plain(section.title)))
    if not all(holds(title, part.word) for part in own):
        return False
    return any(
        stem(part.word) in named or any(holds(title, name) for name in (part.word, *topics.glossary.names(part.word)))
        for part in earlier
    )
