"""What the search for a question gives: the record that an answer is made from."""

from dataclasses import dataclass

from bot.decision.account import Account
from bot.decision.decide import Decision
from bot.decision.ranking import Ranking
from bot.evidence.evidence import Evidence
from bot.records import Status


@dataclass(frozen=True, slots=True)
class Search:
    """One question (as asked, or joined with the one before it) and what was found for it."""

    evidence: Evidence
    ranking: Ranking
    decision: Decision
    accounted: Account

    @property
    def is_plain(self) -> bool:
        """Whether it answers, and leaves out nothing that would have to be said."""
        return self.decision.status is Status.ANSWERED and not self.decision.hedged

    @property
    def names_uncovered(self) -> bool:
        """Whether it does not answer, and a part of the question names a topic that is not covered."""
        return self.decision.status is Status.NOT_COVERED and self.accounted.outside is not None
