"""A value that an earlier turn gives is judged where a later one asks about it: "the pot holds 2 litres", "enough?".

How a question names a value that was given ("is our version fine?") is data of each language
(bot/words/<lang>/conversation.toml).
"""

import re
from collections.abc import Sequence

from bot.answering.checked import checked
from bot.language import patterns
from bot.question.conversation import of_a_given_value
from bot.question.parts import is_closed, neutral, parts, plain, stems
from bot.question.question import Question
from bot.records import CheckedValue

EARLIER = 6  # turns that may give a value
BESIDE = 24  # letters around a number that name what it is of
_NUMBER = re.compile(r"(?<![A-Za-z0-9])[0-9][0-9.]*")


def with_given(question: Question, turns: Sequence[str], lang: str) -> str | None:
    """A question behind the last turn that gives the value it asks about; None if it gives one or asks about none."""
    asks = is_closed(question.asking) or patterns("fits")["asks"].search(question.asking)
    if not asks or _NUMBER.search(question.plain) or checked(question.text, lang):
        return None
    for turn in reversed(turns[-EARLIER:]):
        together = f"{turn.rstrip(' .。?？!！')}. {question.text}"
        if any(_is_asked(question, check, plain(turn)) for check in checked(together, lang)):
            return together
    return None


def _is_asked(question: Question, check: CheckedValue, turn: str) -> bool:
    """Whether a question asks about a value that a turn gives, perhaps by what stands beside it there."""
    kind = "size" if check.observed.startswith("/") else "version"
    numbers = _NUMBER.findall(check.observed)
    places = [match.span() for number in numbers for match in re.finditer(re.escape(number), turn)]
    if not places or (what := of_a_given_value(question.plain, kind)) is None:
        return False
    texts = (check.observed, *(turn[max(0, start - BESIDE) : end + BESIDE] for start, end in places))
    beside = {each for text in texts for each in stems(parts(plain(text)))}
    named = stems(part for part in parts(what) if part.word not in neutral())
    return not named or bool(named & beside)
