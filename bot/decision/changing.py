"""Whether a thing changes is stated by a sentence that says so of this thing: "do lids get new handles?".

All else that a section says of lids and handles is as near to such a question, and tells how they are, not what becomes
of them.
"""

from collections.abc import Iterator

from bot.decision.stated import holds
from bot.evidence.topics import Topics
from bot.language import patterns as expressions
from bot.question.parts import ASKS, SENTENCE_END, neutral, parts, patterns, plain, stem
from bot.question.question import Question
from index.lexical.words import normalise


def unchanged(question: Question, topic: int, topics: Topics) -> list[str]:
    """What of a question asks whether a thing changes of which no sentence of a topic says that, as it is written."""
    untold = []
    for match in (match for pattern in patterns("changes") for match in pattern.finditer(question.asking)):
        noun = None if _only_tells(question.asking, match.end()) else _noun(match["what"])
        if noun and not any(_speaks_of(noun, said, topics) for said in _of_change(topic, topics)):
            untold.append(match.group().strip())
    return untold


def _only_tells(asking: str, at: int) -> bool:
    """Whether a sentence that reaches a place only tells of the asker, in front of one that asks."""
    ends = next((match.end() for match in SENTENCE_END.finditer(asking, at)), len(asking))
    return bool(ASKS.search(asking[ends:].rstrip())) and not ASKS.search(asking[:ends].rstrip())


def _noun(what: str) -> str | None:
    """The word that names a thing: the last that is not neutral."""
    named = [part.word for part in parts(plain(what)) if part.word not in neutral()]
    return named[-1] if named else None


def _of_change(topic: int, topics: Topics) -> Iterator[str]:
    """The sentences of a topic, in all languages, that say of anything that it changes or stays."""
    change = expressions("change")["states"]
    for section in topics.sections(topic).values():
        said = (plain(section.quote(span)) for span in section.sentences)
        yield from (text for text in (plain(section.title), *said) if change.search(text))


def _speaks_of(noun: str, said: str, topics: Topics) -> bool:
    written = normalise(said)
    named = any(holds(written, name) for name in topics.glossary.group(noun))
    return named or stem(noun) in {stem(part.word) for part in parts(said)}
