"""A name of what is not covered, of which no covered section has a word: no other section answers about it.

"Kettles in a sauna, any pitfalls?" is near to the pitfalls of kettles, where the site only says that it tells nothing
about saunas.
"""

from collections.abc import Iterable

from bot.decision.account import Account
from bot.decision.stated import holds, spoken_of
from bot.evidence.topics import Topics
from bot.question.parts import Part, kinds, neutral
from bot.question.question import Question
from index.lexical.words import normalise

SHORT = 8  # words of a question in which no name stands in passing
TWICE = 2  # times that a topic has its name
_NAMES = frozenset({"latin", "katakana"})  # scripts of names


def unknown_name(accounted: Account, topics: Topics) -> Part | None:
    """The part that names a topic which is not covered, where no covered section has its words.

    A run of kanji is no name: it joins words, of which sections may speak one by one.
    """
    part = accounted.outside_part
    return None if part is None or part.script not in _NAMES or spoken_of(part, topics) else part


def names_topic(part: Part, topic: int, topics: Topics) -> bool:
    """Whether a part is a name of a topic that is not covered, and not just a word with which its author asks for it.

    No covered section has it, and the topic has it more than once; a Latin name it writes in each of its languages.
    """
    if part.script not in _NAMES or spoken_of(part, topics):
        return False
    held = topics.sections(topic).values()
    counts = [sum(holds(normalise(text), part.word) for text in (each.title, *each.phrasings)) for each in held]
    return sum(counts) >= TWICE and (not part.word.isascii() or all(counts))


def left_out_names(question: Question, accounted: Account, names: Iterable[str], topics: Topics) -> list[str]:
    """The name of the topic that is not covered and that a question names, if none of these names has it already.

    In a long text, or in what stands around the sentence that asks, a name may stand in passing.
    """
    part, topic = accounted.outside_part, accounted.outside
    if part is None or topic is None or len(question.words) > SHORT or not part.asked:
        return []
    if any(part.text in name for name in names) or topics.glossary.names(part.word):
        return []
    return [part.text] if names_topic(part, topic, topics) else []


def turns_on(name: Part, question: Question, accounted: Account) -> bool:
    """Whether nothing can be said without a name: it is all that is asked about, or one side of a comparison."""
    return bool(question.intents["asks_comparison"]) or asks_only_about(name, accounted)


def asks_only_about(name: Part, accounted: Account) -> bool:
    """Whether all else that a question tells is the kind of thing that it asks for."""
    others = (part for part, _ in accounted.chances if part != name and part.word not in neutral())
    return all(any(kind.asks.search(part.text) for kind in kinds()) for part in others)
