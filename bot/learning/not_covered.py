"""Which section says already that what was asked is not covered, and how far a question is from a section."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.evidence.topics import Topics
from bot.learning.vectors import SAME, Space
from bot.records import Answer
from index.records import Section

# Distance up to which a section names what is asked, though the bot does not answer with it.
NAMED = 0.45


def said_not_covered(
    vector: NDArray[np.float32], answer: Answer, near: Sequence[Section], topics: Topics, space: Space
) -> str | None:
    """The section that says that a question's topic is not covered: the bot answers with it, or none comes nearer."""
    apart = {
        topics.ids[topic]: distance
        for topic in map(int, np.flatnonzero(~topics.covered))
        if (distance := distance_to(vector, topics.ids[topic], answer.lang, topics, space)) <= SAME
    }
    said = [name for name in apart if _says(answer.answer, topics.group(name).get(answer.lang))]
    if said:
        return said[0]
    nearest = min(apart, key=lambda name: apart[name], default=None)
    others = [distance_to(vector, each.id, answer.lang, topics, space) for each in near]
    return nearest if nearest and apart[nearest] < min(*others, NAMED) else None


def _says(answer: str, section: Section | None) -> bool:
    return section is not None and section.text != "" and answer.startswith(section.text)


def distance_to(vector: NDArray[np.float32], section: str, lang: str, topics: Topics, space: Space) -> float:
    """How far a question is from the nearest heading or wording of a section; 1 if it has none in the language."""
    wordings = space.section(topics.topic_of(section), lang)
    return 1.0 - float((wordings @ vector).max()) if len(wordings) else 1.0
