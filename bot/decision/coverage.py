"""Which text says what a question names and the text that leads does not.

Among ranked texts, as among the sentences of one, the next best is the one that covers most of what is lacking.
"""

from collections.abc import Sequence, Set


def covering_most(lacking: Set[str], texts: Sequence[Set[str]]) -> int | None:
    """The place of the text that has the most of what is lacking, of equals the first; None: no text has any of it."""
    covered = [len(lacking & text) for text in texts]
    most = max(covered, default=0)
    return covered.index(most) if most else None
