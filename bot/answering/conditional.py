"""The yes or no of a section for who asks its question without the condition of its fact: it is said with that."""

from bot.answering.compose import Quoted
from bot.answering.polarity import verdict_of, verdict_spans
from bot.decision.condition import only_condition
from bot.decision.same_question import names_the_same
from bot.evidence.topics import Topics
from bot.language import say
from bot.question.question import Question


def under_condition(question: Question, leading: Quoted, fact: Quoted, lang: str, topics: Topics) -> str | None:
    """The sentence before the fact that says for which condition it is a yes or no; None: there is no such sentence.

    `leading`: the quote as it begins with the section's yes or no, `fact`: the same without that.
    """
    section = leading.section
    verdict, _ = verdict_of(section, leading.spans)
    first = section.sentences[verdict_spans(section) :][:1]
    begins = fact.section.id == section.id and [span.end for span in first] == [fact.spans[0].end]
    if verdict not in ("yes", "no") or not begins or not names_the_same(question, section, topics):
        return None
    condition = only_condition(question, section, topics)
    return say(lang, "answers", f"under.{verdict}", condition=condition) if condition else None
