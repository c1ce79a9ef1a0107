"""The way that a question asks for, and nothing else: what states no way there only compares both ends, or names them.

"From cellar to attic?" finds what is said of cellars and attics. A question that asks for more (how long, whether a lid
is needed) may be answered by a section that does not repeat the way.
"""

from bot.decision.relations import directions
from bot.decision.stated import Stated
from bot.evidence.topics import Topics
from bot.question.parts import neutral, parts, patterns
from bot.question.question import Question


def untold_ways(question: Question, stated: Stated, topics: Topics) -> list[str]:
    """The ways that are all a question asks for, and whose ends a topic does not state as the end of any way."""
    pairs = directions(question.plain, topics)
    goals = {end for _, end in stated.pairs}
    untold = [shown for (_, end), shown in pairs.items() if end not in goals]
    if not untold or question.intents["asks_comparison"]:
        return []
    rest = topics.glossary.without(question.plain)
    others = (part for part in parts(rest) if part.word not in neutral() and not _is_going(part.text))
    return [] if any(True for _ in others) else untold


def _is_going(word: str) -> bool:
    """Whether a word only says that something goes from one place to another."""
    return any(pattern.fullmatch(word) for pattern in patterns("ways"))
