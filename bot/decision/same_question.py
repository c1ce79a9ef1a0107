"""Whether a question is the one that a section's heading asks: only then its yes or no is the section's."""

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache

from bot.decision.condition import bare, left_open
from bot.decision.relations import counts, singular_but_names
from bot.decision.stated import sections_with
from bot.evidence.topics import Topics
from bot.question.conversation import stands_alone
from bot.question.glossary import Glossary
from bot.question.parts import Part, is_wish, neutral, parts, patterns, plain, root, stem
from bot.question.question import Question
from index.lexical.words import normalise, words
from index.records import Section

KEPT = 4096  # wordings that are kept in main names
GIVEN = 0.3  # share of the sections: what so many speak of is what the site is about
SAME = 0.85  # share of a heading's parts that a question names, if it is the same question


def same_question(question: Question, section: Section, topics: Topics) -> bool:
    """Whether a question asks what a section's heading asks, and leaves no condition of its fact open."""
    return not left_open(question, section, topics) and names_the_same(question, section, topics)


def names_the_same(question: Question, section: Section, topics: Topics) -> bool:
    """Whether a question names what the section's heading (or a phrasing of it) names, and nothing more.

    Only then its yes or no is the section's: a condition that is added may turn it, and so may a term of the glossary
    that is exchanged for another one, however much they share ("pot", "pot shelf"). "And in the oven?" says too little
    to be the heading's question.
    """
    glossary = topics.glossary
    wordings = _wordings(section)
    if is_wish(question.plain):
        return False
    if is_wording(question.text, section) or _in_main_names(question.plain, glossary) in (
        _in_main_names(wording, glossary) for wording in wordings
    ):
        return True
    if not adds_nothing(question, section, topics):
        return False
    terms = glossary.mentions(singular_but_names(question.plain, glossary))
    own = _words_of(question.words, question.tokens, question.written, topics)
    counted = counts(question.plain, topics).keys()  # one of this to several of that is another question
    named = ((wording, glossary.mentions(singular_but_names(wording, glossary))) for wording in wordings)
    alike = [
        wording
        for wording, terms_of_it in named
        if terms_of_it.keys() == terms.keys() and counted == counts(wording, topics).keys()
    ]
    return any(_share(list(_turning(parts(wording), topics)), own, topics) >= SAME for wording in alike)


def adds_nothing(
    question: Question, section: Section, topics: Topics, *, begins: int = 0, besides: Set[str] = frozenset()
) -> bool:
    """Whether the sentence that asks names nothing that no wording of a section's question names.

    `begins`: from where in the question on; `besides`: words that may be named, too.
    """
    glossary, wordings = topics.glossary, _wordings(section)
    written = singular_but_names(question.written, glossary)
    if (
        not stands_alone(question)
        or glossary.cut_short(written)
        or not origins(question.plain) <= origins("\n".join(wordings))
    ):
        return False
    terms = glossary.mentions(singular_but_names(question.plain, glossary))
    whole = "\n".join(map(glossary.without, wordings))  # a word of a term is not the term
    known = _words_of(parts(whole), words(whole), written, topics) | set(words(" ".join(terms.values())))
    asked = (part for part in question.parts if part.asked and part.start >= begins and part.text not in besides)
    return all(_named_in(part, known, topics) for part in _turning(asked, topics))


def _wordings(section: Section) -> list[str]:
    return [plain(wording) for wording in (section.title, *section.phrasings)]


def origins(text: str) -> set[str]:
    """From where a text says that something is reached: "from the cellar"."""
    return {stem(normalise(match["what"])) for each in patterns("origins") for match in each.finditer(text)}


def is_wording(text: str, section: Section) -> bool:
    """Whether a text is the section's heading, or stands below it as a wording, but for marks and capitals."""
    return bare(text) in map(bare, (section.title, *section.phrasings))


@lru_cache(maxsize=KEPT)
def _in_main_names(text: str, glossary: Glossary) -> str:
    """A text with the first name in place of each term, without marks and capitals."""
    for name, shown in glossary.mentions(text).items():
        text = text.replace(shown, f" {name} ")
    return " ".join(bare(text).split())


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
    return frozenset(held | {root(word) for word in held} | names | {word for name in names for word in words(name)})


def _named_in(part: Part, held: frozenset[str], topics: Topics) -> bool:
    word = part.word
    if word in held or (root(word) in held and not part.named):
        return True
    return all(token in held for token in part.tokens) or not held.isdisjoint(topics.glossary.names(word))
