"""The yes or no of an answer: of a value that was judged, of the section that says it, of a plain sentence."""

from collections.abc import Sequence

from bot.answering.checked import (
    beyond_verdict,
    facts_verdict,
    plain_verdict,
    pools_verdict,
    told_verdict,
    value_verdict,
)
from bot.answering.compose import Quoted
from bot.answering.polarity import asked_as, verdict_of, verdict_spans
from bot.decision.account import Account
from bot.decision.bounded import bound_verdict
from bot.decision.plain_sentence import sentence_verdict
from bot.evidence.topics import Topics
from bot.question.question import Question
from bot.question.statement import same_verbs, statement
from bot.records import CheckedValue, Verdict
from index.records import Section

DENIED = -1.0  # log odds of the reader
_BY_RULES = (plain_verdict, facts_verdict, pools_verdict, told_verdict)
AGAINST: dict[Verdict, Verdict] = {"yes": "no", "no": "yes"}


def yes_or_no(
    question: Question, quoted: Quoted, checks: Sequence[CheckedValue], accounted: Account, topics: Topics
) -> tuple[Verdict | None, int]:
    """The yes or no that a judged value or the first quote gives, and how many of its sentences say nothing else.

    Beside a judged value no yes or no of a section is repeated; what the reader denies is not about the value, unless
    the question asks for nothing else.
    """
    by_rules = (gives(question, checks) for gives in _BY_RULES)
    if ruled := next((verdict for verdict in by_rules if verdict), None):
        return ruled, 0
    if bound := bound_verdict(question, quoted.section, topics):  # of a value that passes, too
        return bound, 0
    if checks:
        denied = accounted.reading is not None and accounted.reading.answers < DENIED
        return None if denied else value_verdict(question, checks), 0
    verdict, spoken = verdict_of(quoted.section, quoted.spans)
    if beyond := beyond_verdict(question):
        return (beyond, spoken) if verdict in (beyond, None) else (None, spoken)
    leads = (
        quoted.spans[0] in quoted.section.sentences[: verdict_spans(quoted.section) + 1]
    )  # its own yes or no may be left out
    return verdict or (sentence_verdict(question, quoted.section, topics) if leads else None), spoken


def of_statement(question: Question, section: Section, verdict: Verdict | None) -> tuple[bool, Verdict | None]:
    """Whether a section's yes or no must be spelled out to a question, and what it is of the statement in that.

    To "two lids don't fit, right?" the no of "Do two lids fit?" is a yes; what depends on a condition has neither, nor
    has what is done to a thing by another verb than the section's.
    """
    if not verdict_spans(section):  # a plain sentence says whether the statement holds
        return verdict in AGAINST and statement(question.asking).spelled, verdict
    said = asked_as(question, section.title)
    if said is None or not said.spelled:
        return False, verdict
    plain = verdict if verdict in AGAINST and not _another_verb(question, section) else None
    return True, AGAINST[plain] if plain and said.denied else plain


def _another_verb(question: Question, section: Section) -> bool:
    """Whether the sentence that asks has a verb, written with a single kanji, that no wording of a section has."""
    wordings = "\n".join((section.title, *section.phrasings))
    verbs = (part.text for part in question.words if part.script == "han" and len(part.text) == 1)
    return not all(any(each in wordings for each in same_verbs(verb)) for verb in verbs)
