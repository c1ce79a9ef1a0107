"""What the names are of the parts of a question that an answer leaves out."""

from collections.abc import Sequence

from bot.answering.checked import is_of_now, none_fails, speaks_of
from bot.checks.asked.shared_asked import several_subnets
from bot.decision.unstated import Unstated
from bot.question.question import Question
from bot.records import CheckedValue


def unjudged(question: Question, left_out: Unstated, checks: Sequence[CheckedValue]) -> tuple[str, ...]:
    """The parts that an answer leaves out, without those that belong to a judged value, or only say what was once.

    Of gateways in several subnets, which: what is said of one subnet is not said of these.
    """
    names = () if checks and left_out.whole else left_out.names
    left = tuple(name for name in names if not speaks_of(name, checks) and (not checks or is_of_now(name, question)))
    fails = bool(checks) and not none_fails(checks)
    several = None if left or fails else several_subnets(question.plain)
    return left if several is None else (several,)
