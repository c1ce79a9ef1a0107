"""What the names are of the parts of a question that an answer leaves out."""

from collections.abc import Sequence

from bot.answering.checked import speaks_of
from bot.decision.account import Account
from bot.decision.unknown_name import unknown_name
from bot.decision.unstated import Unstated
from bot.evidence.topics import Topics
from bot.records import CheckedValue


def names_left_out(
    left_out: Unstated, checks: Sequence[CheckedValue], accounted: Account, topics: Topics
) -> tuple[str, ...]:
    """The parts, without those that belong to a judged value; if there is none, a name that no covered section has."""
    names = () if checks and left_out.whole else left_out.names
    if unjudged := tuple(name for name in names if not speaks_of(name, checks)):
        return unjudged
    name = unknown_name(accounted, topics)
    return () if name is None or speaks_of(name.text, checks) else (name.text,)
