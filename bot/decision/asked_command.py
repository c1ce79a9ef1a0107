"""Who asks which command tells a thing is answered by a section that shows commands and speaks of that thing.

All sections that show commands are alike to such a question, whatever their commands do.
"""

from collections import Counter
from collections.abc import Mapping

from bot.decision.account import can_be_quoted, leader
from bot.decision.ranking import Ranking
from bot.decision.stated import holds, speaks_of, stated_by
from bot.evidence.topics import Topics
from bot.question.parts import Part, kinds, stem
from bot.question.question import Question
from index.lexical.words import normalise, words
from index.records import FormKind

Wanted = tuple[tuple[str, ...], str]  # the names of a part of a question, and of a word what its forms begin with
NEAREST = 30  # topics among which the section is looked for


def asked_command_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking led by the section with commands of which a sentence has most of what is asked about.

    It speaks of each term asked about, and the best section does not.
    """
    best = leader(ranking, topics)
    if best is None or not any(question.asks(kind) for kind in kinds() if kind.key == "command"):
        return ranking
    asked = [part for part in question.parts if part.asked]
    terms = [part for part in asked if part.script == "term" or topics.glossary.names(part.word)]
    if not terms or _speaks_of_all(best, terms, topics):
        return ranking
    ranks = [
        (rank, topic)
        for rank, topic in ranking.nearest(NEAREST)
        if can_be_quoted(topic, topics) and _shows_code(topic, topics) and _speaks_of_all(topic, terms, topics)
    ]
    names = [(part.word, *topics.glossary.names(part.word)) for part in asked]
    stems = [stem(part.word) if part.script == "latin" else "" for part in asked]
    wanted = Counter(zip(names, stems, strict=True))
    most = max(ranks, key=lambda pair: _most_in_a_sentence(pair[1], wanted, topics), default=None)
    return ranking if most is None else ranking.led_by_first([most[0]])


def _speaks_of_all(topic: int, terms: list[Part], topics: Topics) -> bool:
    (stated,) = stated_by([topic], topics)
    return all(speaks_of(stated, part, topics) for part in terms)


def _most_in_a_sentence(topic: int, wanted: Mapping[Wanted, int], topics: Topics) -> int:
    """Of how many parts of a question a single sentence of a topic speaks."""
    sections = topics.sections(topic).values()
    said = (normalise(section.quote(span)) for section in sections for span in section.sentences)
    return max((_held(text, wanted) for text in said), default=0)


def _held(text: str, wanted: Mapping[Wanted, int]) -> int:
    """How many parts a normalised text has, under any name or, of a single word, in any form."""
    stems = set(map(stem, words(text)))
    return sum(
        count
        for (names, form), count in wanted.items()
        if (form and form in stems) or any(holds(text, name) for name in names)
    )


def _shows_code(topic: int, topics: Topics) -> bool:
    sections = topics.sections(topic).values()
    return any(form.kind is FormKind.CODE for section in sections for form in section.forms)
