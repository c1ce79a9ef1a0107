"""Who compares two values asks of each: a section that gives one of them alone tells no difference."""

import re

from bot.decision.stated import holds, own_text
from bot.evidence.topics import Topics
from bot.question.parts import patterns
from bot.question.question import Question
from index.lexical.words import normalise

COMPARED = 2
_VALUE = re.compile(r"(?<![\w./-])[v/]?[0-9]+(?:\.[0-9]+)*(?![\w./-]*\w)")


def uncompared(question: Question, topic: int, topics: Topics) -> list[str]:
    """The values that a question compares and that a topic does not give, as the question writes them.

    A wording that asks for one gives none.
    """
    if not any(pattern.search(question.asking) for pattern in patterns("compares")):
        return []
    values = list(dict.fromkeys(_VALUE.findall(question.plain)))
    if len(values) < COMPARED:
        return []
    given = normalise(own_text(topic, topics))
    bare = {value: normalise(value).removeprefix("v") for value in values}
    return [value for value in values if not any(holds(given, f"{v}{bare[value]}") for v in ("", "v"))]
