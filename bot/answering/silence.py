"""A quote that says of what is asked that the source says nothing leaves it out, whatever else it tells.

How a sentence says so is data of each language (bot/words/<lang>/question.toml).
"""

from collections.abc import Set

from bot.answering.compose import Quoted
from bot.decision.naming import whole
from bot.evidence.topics import Topics
from bot.language import patterns
from bot.question.conversation import only_a_kind
from bot.question.parts import kinds_of, neutral, parts, plain, stems
from bot.question.question import Question


def said_silence(question: Question, quoted: Quoted, topics: Topics) -> tuple[str, ...]:
    """The question, if of the quoted sentences the one that has most of its words says that the source is silent.

    Its words are those of the author's wording that is nearest to it, too, without the terms of the glossary: of those
    all sentences speak. Who reads the first sentence of a section reads at once that it is silent, and what another
    source does not say is told as that of another source.
    """
    section, says = quoted.section, patterns("silence")["says"]
    silent = [span for span in quoted.spans if span != section.sentences[0] and says.search(section.quote(span))]
    if (
        not silent
        or section.other_source
        or (only_a_kind(section.title) and kinds_of(section.title) & kinds_of(question.plain))
    ):
        return ()
    wording = topics.nearest_phrasing(question, section) or ""
    own = stems(part for part in parts(topics.glossary.without(question.plain)) if part.word not in neutral())
    own |= stems(part for part in parts(topics.glossary.without(plain(wording))) if part.word not in neutral())
    shares = {span: _shared(own, plain(section.quote(span))) for span in quoted.spans}
    most = max(shares.values())
    return (whole(question),) if most and all(span in silent for span in shares if shares[span] == most) else ()


def _shared(own: Set[str], sentence: str) -> int:
    """How many words a sentence has; Japanese writes several in one."""
    said = stems(parts(sentence))
    return sum(word in said or (not word.isascii() and word in sentence.lower()) for word in own)
