"""What an answer leaves out of a question.

Parts that the cited sections do not account for (bot/decision/account.py) are named if a learned model
(`kb contrast --learn`) holds it likely that the answer leaves anything out. What kind of thing is asked for, from where
to where, and how many of what are compared as such.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.decision.account import Account
from bot.decision.changing import unchanged
from bot.decision.compared import uncompared
from bot.decision.given import given_otherwise
from bot.decision.logistic import Logistic, read_logistic
from bot.decision.modifiers import other_nouns
from bot.decision.naming import names_of, whole
from bot.decision.negation import negated_terms, without_politeness
from bot.decision.one_place import asks_of_one_place
from bot.decision.per_unit import other_units
from bot.decision.reasons import gives_reason
from bot.decision.relations import apart, counts, directions, exchanged, other_values, turns_away
from bot.decision.stated import own_text, stated_by
from bot.decision.unknown_name import left_out_names
from bot.decision.ways import untold_ways
from bot.evidence.topics import Topics
from bot.language import say
from bot.question.parts import Kind, kinds
from bot.question.places import PLACE
from bot.question.question import Question
from index.lexical.words import normalise
from index.records import Section

PARTS_FILE = Path(__file__).parents[1] / "data" / "parts.json"


@dataclass(frozen=True, slots=True)
class Model:
    """`part`: the chance that a part is left out; `whole`: the chance that an answer leaves anything out."""

    part: Logistic
    whole: Logistic
    unstated_from: float  # an answer that so probably leaves something out says what
    doubt_from: float  # … and from here on no verdict is repeated


@dataclass(frozen=True, slots=True)
class Unstated:
    """What an answer leaves out, as the question writes it, and whether its verdict may not be the question's."""

    names: tuple[str, ...]
    doubtful: bool
    whole: bool = field(default=False, compare=False)  # no word names it: the one name is the sentence that asks


@cache
def load_model(file: Path = PARTS_FILE) -> Model:
    """The reviewed weights."""
    raw = json.loads(file.read_text("utf-8"))
    return Model(read_logistic(raw["part"]), read_logistic(raw["whole"]), raw["unstated_from"], raw["doubt_from"])


def unstated(
    question: Question,
    cited: Sequence[int],
    accounted: Account,
    seen: Mapping[str, float],
    topics: Topics,
    lang: str,
    model: Model,
    *,
    confidence: float = 0.5,
    hedged: bool = False,
) -> Unstated:
    """Of a question and the topics that answer it, the best first; `seen` is what the decision looked at.

    `confidence`: how sure it is that the site states the answer.
    `hedged`: something is left out for sure, so the likeliest parts are named.
    """
    asked, asking = question.plain, question.asking
    stated = stated_by(cited, topics)
    missing = missing_kinds(question, cited[0], topics)
    names = [say(lang, "question", f"kinds.{kind.key}.name") for kind in missing]
    pairs = directions(asked, topics)
    others = [pair for pair in pairs if pair not in stated[0].pairs]
    turned = [pair for pair in others if turns_away(pair, stated[0].pairs)]
    chance = _chance(accounted, seen, confidence, topics, model)
    names += [pairs[pair] for pair in turned]
    names += untold_ways(question, stated[0], topics)
    names += other_units(question, cited, topics)
    negated = negated_terms(without_politeness(asking), topics)
    names += [how for name, how in negated.items() if name not in stated[0].negated]
    names += exchanged(counts(asked, topics), [heading for each in stated for heading in each.counts])
    names += apart(asking, stated[0].text, topics)
    names += uncompared(question, cited[0], topics)
    names += unchanged(question, cited[0], topics)
    names += other_values(asked, stated[0].text)
    names += other_nouns(question, cited[0], topics)
    names += given_otherwise(question, cited[0], topics)
    names += left_out_names(question, accounted, names, topics)
    likely = hedged or chance >= model.unstated_from
    if likely:
        parts = names_of(question, accounted, stated[0], topics)
        names += [part for part in parts if not any(kind.asks.search(part) for kind in missing)]
    named_whole = likely and not names and bool(accounted.chances)
    names = [whole(question)] if named_whole else names
    longest = [name for name in names if not any(name != other and name in other for other in names)]
    doubtful = hedged or bool(names) or chance >= model.doubt_from
    return Unstated(tuple(dict.fromkeys(longest)), doubtful, named_whole)


def missing_kinds(question: Question, topic: int, topics: Topics) -> list[Kind]:
    """The kinds of thing that a question asks for and a topic does not state; a wording may ask for one, too."""
    asked = [
        kind
        for kind in kinds()
        if question.asks(kind) or (kind.key == PLACE and asks_of_one_place(question, topic, topics))
    ]
    return [kind for kind in asked if not _states(kind, question, topic, topics)]


def _states(kind: Kind, question: Question, topic: int, topics: Topics) -> bool:
    """Whether a topic states what a kind of question asks for; of an amount, the wordings of its author say nothing."""
    if kind.key == "reason":
        return gives_reason(kind, question, topic, topics)
    (stated,) = stated_by([topic], topics)
    return bool(kind.states.search(normalise(own_text(topic, topics)) if kind.key == "amount" else stated.text))


def untold_reason(question: Question, section: Section, topics: Topics, lang: str) -> tuple[str, ...]:
    """What a section leaves out of a question that asks why, if it gives no reason."""
    missing = (
        kind.key for kind in missing_kinds(question, topics.topic_of(section.id), topics) if kind.key == "reason"
    )
    return tuple(say(lang, "question", f"kinds.{key}.name") for key in missing)


def _chance(accounted: Account, seen: Mapping[str, float], confidence: float, topics: Topics, model: Model) -> float:
    """That an answer leaves anything out.

    What is near on the site that taught the model says nothing about other sites: there the reader and the decision
    tell, whose odds are multiplied.
    """
    if not topics.covered.all():
        return model.whole.probability(seen)
    if accounted.reading is None:
        return accounted.worst
    doubt = (1 - confidence) * accounted.reading.leaves_out
    return doubt / (doubt + confidence * (1 - accounted.reading.leaves_out))
