"""Whether a question is the one that a section's heading asks: only then its yes or no is the section's."""

from collections.abc import Iterable, Iterator, Sequence

from bot.decision.relations import counts, singular
from bot.decision.stated import sections_with
from bot.evidence.topics import Topics
from bot.language import patterns as expressions
from bot.question.conversation import points_back
from bot.question.parts import Part, is_wish, neutral, parts, patterns, plain, stem
from bot.question.question import Question
from index.lexical.words import normalise, words
from index.records import Section

GIVEN = 0.3  # share of the sections: what so many speak of is what the site is about
SAME = 0.85  # share of a heading's parts that a question names, if it is the same question


def same_question(question: Question, section: Section, topics: Topics) -> bool:
    """Whether a question names what the section's heading (or a phrasing of it) names, and nothing more.

    Only then its yes or no is the section's: a condition that is added or dropped may turn it, and so may a term of the
    glossary that is exchanged for another one, however much they share ("pot", "pot shelf"). "And in the oven?" says
    too little to be the heading's question.
    """
    glossary = topics.glossary
    wordings = [plain(wording) for wording in (section.title, *section.phrasings)]
    if is_wish(question.plain) or _drops_a_condition(question, section, topics):
        return False
    if is_wording(question.text, section):
        return True
    written = singular(question.written)
    terms = glossary.mentions(singular(question.plain)).keys()
    if (
        points_back(question)
        or glossary.cut_short(written)
        or not any(glossary.mentions(singular(wording)).keys() == terms for wording in wordings)
    ):
        return False
    whole = "\n".join(map(glossary.without, wordings))  # a word of a term is not the term
    known = _words_of(parts(whole), words(whole), written, topics)
    own = _words_of(question.words, question.tokens, question.written, topics)
    counted = counts(question.plain, topics).keys()
    if not any(counted == counts(wording, topics).keys() for wording in wordings):
        return False  # one of this to several of that is another question
    if not all(_named_in(part, known, topics) for part in _turning(question.parts, topics) if part.asked):
        return False
    return any(_share(list(_turning(parts(wording), topics)), own, topics) >= SAME for wording in wordings)


def _drops_a_condition(question: Question, section: Section, topics: Topics) -> bool:
    """Whether a question is not the heading, and leaves out a term under which the section's fact holds.

    An author's own wording may leave it out, too: "Can a lid be steamed?" where the fact begins "In an oven, …".
    """
    if _bare(question.text) == _bare(section.title):
        return False
    return not _conditions(section, topics) <= topics.glossary.mentions(question.plain).keys()


def _conditions(section: Section, topics: Topics) -> frozenset[str]:
    """The terms that the first sentence of a section sets as its condition, in any language."""
    topic = int(topics.catalogue.named[topics.catalogue.names[section.id]])
    facts = [text for each in topics.sections(topic).values() if (text := plain(_fact(each)))]
    matches = (match for text in facts for pattern in patterns("conditions") for match in pattern.finditer(text))
    return frozenset(name for match in matches for name in topics.glossary.mentions(match["what"]))


def _fact(section: Section) -> str:
    """The first sentence of a section that is more than a yes or no."""
    alone = expressions("verdicts")["alone"]
    said = map(section.quote, section.sentences)
    return next((text for text in said if not alone.fullmatch(text)), "")


def is_wording(text: str, section: Section) -> bool:
    """Whether a text is the section's heading, or stands below it as a wording, but for marks and capitals."""
    return _bare(text) in map(_bare, (section.title, *section.phrasings))


def _bare(text: str) -> str:
    return normalise(text).strip(" ?？。")


def _turning(named: Iterable[Part], topics: Topics) -> Iterator[Part]:
    """The parts that may turn an answer. A single kanji is the stem of a verb; what most sections name is a given."""
    most = GIVEN * len(topics.index.sections)
    for part in named:
        given = max((sections_with(word, topics) for word in part.tokens), default=0) > most
        if part.text.lower() not in neutral() and not (part.script == "han" and len(part.text) == 1) and not given:
            yield part


def _share(listed: Sequence[Part], held: frozenset[str], topics: Topics) -> float:
    return sum(_named_in(part, held, topics) for part in listed) / len(listed) if listed else 1.0


def _words_of(named: Iterable[Part], tokens: Iterable[str], written: str, topics: Topics) -> frozenset[str]:
    """The normalised words of a text and their stems, and every name of the terms in it."""
    held = {part.word for part in named} | set(tokens)
    names = topics.glossary.all_names(written)
    return frozenset(held | {stem(word) for word in held} | names | {word for name in names for word in words(name)})


def _named_in(part: Part, held: frozenset[str], topics: Topics) -> bool:
    word = part.word
    if word in held or (stem(word) in held and not part.named):
        return True
    return all(token in held for token in part.tokens) or not held.isdisjoint(topics.glossary.names(word))
