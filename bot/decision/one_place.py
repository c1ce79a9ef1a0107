"""A question that names a single place asks about that place, and for no other one.

"Kettles in Oslo?" is near to what holds for two kettles in different places, as both are about kettles and places. Its
answer is where there are kettles: a site that does not tell says that.
"""

from dataclasses import replace

from bot.decision.relations import singular
from bot.decision.same_or_other import OTHER, in_one_place, sides, sides_of
from bot.decision.stated import Stated, headings_of, holds, sections_with, speaks_of
from bot.evidence.topics import Topics
from bot.question.parts import Part, neutral
from bot.question.places import place_nouns, places
from bot.question.question import Question

COMMON = 0.1  # share of the sections: a word of so many does not tell what is asked of them


def asks_of_one_place(question: Question, topic: int, topics: Topics) -> bool:
    """Whether a question names one place, and nothing of what heads a topic on what is in another place."""
    asked = question.plain
    if len(places(asked, topics.glossary)) != 1 or sides(asked, topics.glossary) or in_one_place(asked):
        return False
    apart = [{what, *topics.glossary.names(what)} for what, said in sides_of(topic, topics).items() if said == OTHER]
    heads = singular(headings_of(topic, topics).text)  # a text may name another place in passing
    if not any(holds(heads, name) for names in apart if names & place_nouns() for name in names):
        return False
    titles = (
        replace(section, path=(), text="", phrasings=(), title=f"{section.title}\n{singular(section.title)}")
        for section in topics.sections(topic).values()
    )
    headed = Stated.of(titles, topics)
    telling = (part for part in question.words if not _is_common(part, topics) and part.text.lower() not in neutral())
    return not any(speaks_of(headed, part, topics) for part in telling)


def _is_common(part: Part, topics: Topics) -> bool:
    """Whether so many sections have a part that it tells nothing; of Japanese, its rarest pair of letters."""
    most = COMMON * len(topics.index.sections)
    return min((sections_with(token, topics) for token in part.tokens), default=0) > most
