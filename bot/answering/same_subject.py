"""A follow-up that names no subject of its own ("which permissions?") stays with what was asked about before."""

import re
from collections.abc import Callable, Sequence, Set

import numpy as np

from bot.decision.decide import Ranking
from bot.decision.named_headings import CODE
from bot.evidence.topics import Topics
from bot.question.conversation import FEW, last_asked, only_a_kind, small_talk
from bot.question.parts import Part
from bot.question.question import Question
from index.lexical.words import words

EARLIER = 5  # questions before the last, among which its subject is looked for
_KANA = re.compile(r"[\u3041-\u30ff]")


def names_no_subject(question: Question, topics: Topics) -> bool:
    """Whether a question is short and has no term of the glossary, no name and no number."""
    if len(question.words) > FEW or topics.glossary.mentions(question.plain):
        return False
    japanese = bool(_KANA.search(question.plain))
    return not any(_is_name(part, japanese) for part in question.words)


def asked_before(history: Sequence[str], read: Callable[[str], Question], topics: Topics) -> str | None:
    """What a question may go on from: the last one, with the one that this goes on from itself; None: nothing."""
    last = last_asked(history)
    if last is None or subjects(read(last), topics):
        return last
    earlier = history[: len(history) - 1 - list(reversed(history)).index(last)][-EARLIER:]
    asked = (text for text in reversed(earlier) if not small_talk(text) and not only_a_kind(text))
    subject = next((text for text in asked if subjects(read(text), topics)), None)
    return last if subject is None or not names_no_subject(read(last), topics) else f"{subject}\n{last}"


def subjects(question: Question, topics: Topics) -> frozenset[str]:
    """The codes that a question names ("E-404"); where it names none, every name of its terms of the glossary."""
    codes = frozenset(token for token in question.tokens if CODE.fullmatch(token))
    terms = topics.glossary.mentions(question.plain)
    return codes or frozenset(name for term in terms for name in topics.glossary.group(term))


def within(ranking: Ranking, names: Set[str], topics: Topics) -> Ranking:
    """The ranking without the covered topics that have none of these names; what is not covered stays."""
    speaking = np.concatenate([topics.of_section[topics.index.words.places(words(name))] for name in names])
    kept = np.isin(ranking.order, speaking) | ~topics.covered[ranking.order]
    return Ranking(ranking.order[kept], ranking.fused, ranking.places[kept], ranking.fixed)


def _is_name(part: Part, japanese: bool) -> bool:
    """In Japanese a Latin word is a name, however it is written."""
    return part.named or any(map(str.isdigit, part.text)) or (japanese and part.script == "latin")
