"""What the search for a question gives: the record that an answer is made from."""

from dataclasses import dataclass

from bot.decision.account import Account
from bot.decision.decide import Decision, Ranking
from bot.evidence.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Search:
    """One question (as asked, or joined with the one before it) and what was found for it."""

    evidence: Evidence
    ranking: Ranking
    decision: Decision
    accounted: Account
