"""Who gives values of two things asks whether they go together: a section that states one of them alone does not tell.

"Kettle 2.4.1 on stove 3.2" is near to all that is said of kettles. Its answer has a sentence that gives values of the
form of each, and names one of the things.
"""

import re

from bot.decision.account import can_be_quoted, leader
from bot.decision.ranking import Ranking
from bot.decision.stated import holds
from bot.evidence.topics import Topics
from bot.question.parts import plain
from bot.question.question import Question
from index.lexical.words import normalise

NEAREST = 12  # topics among which the section is looked for
PAIR = 2
_VALUE = re.compile(r"(?<![\w./-])v?[0-9]+(?:\.[0-9]+)+(?![\w/-]|\.\w)", re.ASCII)
_OF_A_THING = re.compile(
    r"(?P<name>(?<![A-Za-z])[A-Za-z][A-Za-z0-9-]{0,60}|[\u30a0-\u30ff]{2,40})(?: (?:version|ver\.?))?[ :=]{0,2}"
    r"(?P<value>v?[0-9]+(?:\.[0-9]+)+(?![A-Za-z0-9_/-]|\.[A-Za-z0-9]))",
    re.IGNORECASE,
)


def both_values_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking led by the near section that relates values of two things, where the one that leads does not."""
    values = {match["value"]: normalise(match["name"]) for match in _OF_A_THING.finditer(question.plain)}
    names, forms = set(values.values()), {_form(value) for value in values}
    best = leader(ranking, topics)
    if len(values) != PAIR or len(names) != PAIR or best is None or _relates(best, names, forms, topics):
        return ranking
    return ranking.led_by_first(
        rank
        for rank, topic in ranking.nearest(NEAREST)
        if can_be_quoted(topic, topics) and _relates(topic, names, forms, topics)
    )


def _relates(topic: int, names: set[str], forms: set[int], topics: Topics) -> bool:
    """Whether a sentence of a topic gives several values, some of each form, and names one of the things."""
    said = (plain(section.quote(span)) for section in topics.sections(topic).values() for span in section.sentences)
    pairs = (
        text for text in said if len(values := set(_VALUE.findall(text))) >= PAIR and forms <= set(map(_form, values))
    )
    enough = any if len(forms) > 1 else all  # of one form are the values of one thing, too
    return any(enough(_names(normalise(text), name, topics) for name in names) for text in pairs)


def _names(text: str, name: str, topics: Topics) -> bool:
    return any(holds(text, each) for each in topics.glossary.group(name))


def _form(value: str) -> int:
    """How many numbers a value has."""
    return value.count(".")
