"""What the names are of the parts of a question that an answer leaves out."""

from collections.abc import Sequence

from bot.answering.checked import speaks_of
from bot.decision.unstated import Unstated
from bot.records import CheckedValue


def unjudged(left_out: Unstated, checks: Sequence[CheckedValue]) -> tuple[str, ...]:
    """The parts that an answer leaves out, without those that belong to a judged value."""
    names = () if checks and left_out.whole else left_out.names
    return tuple(name for name in names if not speaks_of(name, checks))
