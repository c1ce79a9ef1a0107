"""Whether a question means what a section's heading asks, in words of its own: then the section's yes or no is its.

Words alone tell that only of few questions ("can it be dialled from outside?"). The reader knows more of them, and may
be as wrong as sure where one thing is exchanged for another: so all that can be compared must be the same.
"""

from bot.decision.account import Account
from bot.decision.agents import another_agent
from bot.decision.condition import left_open
from bot.decision.relations import counts, singular_but_names
from bot.decision.same_question import origins, same_question
from bot.decision.stated import headings_of
from bot.evidence.topics import Topics
from bot.question.conversation import stands_alone
from bot.question.parts import is_wish, plain
from bot.question.question import Question
from index.records import Section

SURE = 2.2  # log odds: from 2.0 on, 72 of 74 verdicts were right on the labelled questions and their twins
LEAST = 1.2  # … of a question in the heading's own words: nothing told 1 of 46 apart but this
LEFT_OUT = 0.2  # chance of a part that is none that the section states


def same_meaning(question: Question, section: Section, accounted: Account, topics: Topics) -> bool:
    """Whether a question means what the heading of a section asks, which the reader read, with no condition open."""
    reading = accounted.reading
    if another_agent(question, (section.title, *section.phrasings), topics):
        return False
    if same_question(question, section, topics):
        return reading is None or reading.answers >= LEAST
    if reading is None or reading.answers < SURE or left_open(question, section, topics):
        return False
    glossary = topics.glossary
    if (
        is_wish(question.plain)
        or not stands_alone(question)
        or glossary.cut_short(singular_but_names(question.written, glossary))
    ):
        return False
    left_out = any(chance > LEFT_OUT for _, chance in accounted.left_out())
    return not left_out and not _exchanges(question, section, topics)


def _exchanges(question: Question, section: Section, topics: Topics) -> bool:
    """Whether a question names a term, an origin or a count that no wording of a section's question has."""
    wordings = [plain(wording) for wording in (section.title, *section.phrasings)]
    glossary = topics.glossary
    terms = glossary.mentions(singular_but_names(question.plain, glossary)).keys()
    named = [glossary.mentions(singular_but_names(wording, glossary)).keys() for wording in wordings]
    known = set(glossary.mentions(headings_of(topics.topic_of(section.id), topics).text))
    counted = {key for wording in wordings for key in counts(wording, topics)}
    otherwise = any((name, not several) in counted for name, several in counts(question.plain, topics).keys() - counted)
    return (
        otherwise
        or not terms <= known.union(*named)
        or not any(each <= terms for each in named)
        or not origins(question.plain) <= origins("\n".join(wordings))
    )
