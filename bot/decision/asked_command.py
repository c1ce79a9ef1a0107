"""Who asks which command tells a thing is answered by a section that shows commands and speaks of that thing.

All sections that show commands are alike to such a question, whatever their commands do.
"""

from bot.decision.account import can_be_quoted, leader
from bot.decision.ranking import Ranking
from bot.decision.stated import speaks_of, stated_by
from bot.evidence.topics import Topics
from bot.question.parts import Part, kinds
from bot.question.question import Question
from index.records import FormKind

NEAREST = 30  # topics among which the section is looked for


def asked_command_first(question: Question, ranking: Ranking, topics: Topics) -> Ranking:
    """The ranking led by the best section with commands that speaks of each term asked about, if the best does not."""
    best = leader(ranking, topics)
    if best is None or not any(question.asks(kind) for kind in kinds() if kind.key == "command"):
        return ranking
    named = [part for part in question.parts if part.asked and _is_term(part, topics)]
    if not named or _speaks_of_all(best, named, topics):
        return ranking
    return ranking.led_by_first(
        rank
        for rank, topic in ranking.nearest(NEAREST)
        if can_be_quoted(topic, topics) and _shows_code(topic, topics) and _speaks_of_all(topic, named, topics)
    )


def _is_term(part: Part, topics: Topics) -> bool:
    """Whether a part is a term of the glossary or a word of one."""
    return part.script == "term" or bool(topics.glossary.names(part.word))


def _speaks_of_all(topic: int, named: list[Part], topics: Topics) -> bool:
    (stated,) = stated_by([topic], topics)
    return all(speaks_of(stated, part, topics) for part in named)


def _shows_code(topic: int, topics: Topics) -> bool:
    sections = topics.sections(topic).values()
    return any(form.kind is FormKind.CODE for section in sections for form in section.forms)
