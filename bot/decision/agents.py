"""Who does what a text speaks of: "Does a pot warm the cup?" is not "Does the cup warm a pot?".

What stands around the agent is data of each language (bot/words/<lang>/question.toml).
"""

from collections.abc import Iterable

from bot.decision.relations import singular
from bot.evidence.topics import Topics
from bot.question.parts import parts, patterns, plain
from bot.question.question import Question

SHORTEST = 2  # letters of a word that names something
LONG_MARK = "ー"


def another_agent(question: Question, wordings: Iterable[str], topics: Topics) -> bool:
    """Whether a question names an agent that is none in any wording, and theirs as something else."""
    own = _agents(question.asking, topics)
    known = {agent for wording in wordings for agent in _agents(plain(wording), topics)}
    named = {_root(singular(part.word)) for part in question.words}
    return bool(own) and own.isdisjoint(known) and not named.isdisjoint(known)


def _agents(text: str, topics: Topics) -> set[str]:
    """The agents of a text under all their names: each the last word of what stands in its place."""
    places = (match["what"] for pattern in patterns("agents") for match in pattern.finditer(text))
    heads = [[part.word for part in parts(singular(place)) if len(part.text) >= SHORTEST][-1:] for place in places]
    return {_root(name) for head in heads for word in head for name in (word, *topics.glossary.names(word))}


def _root(word: str) -> str:
    """A word without the long mark at its end, which Japanese writes or leaves out."""
    return word.removesuffix(LONG_MARK)
