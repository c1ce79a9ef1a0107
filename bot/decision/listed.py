"""Whether one thing supports another, asked in other words than a plain sentence states it or lists what is supported.

"On a tray, the oven supports lids, bowls and glass pots" says yes to who asks for one of them and names the tray and
the oven, too. So it does to who asks for each of two, "both lids and bowls"; whether two go together is another
question, and so is one with any word that the sentence has not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.decision.negation import is_polite, negates
from bot.decision.relations import counted, says_several
from bot.decision.supported import concerns_only, stated_support
from bot.evidence.topics import Topics
from bot.language import expressions
from bot.question.parts import introducing, is_wish, neutral, parts, plain, root
from bot.question.question import Question, identifiers
from bot.question.statement import Statement, asks_yes_or_no, is_tagged, other_turns, statement
from bot.records import Verdict
from index.lexical.words import normalise, words
from index.records import Section


@dataclass(frozen=True, slots=True)
class _Stated:
    """What a sentence says that a thing supports: the items of its list, each by the terms that tell it apart.

    `given`: terms that a question must name beside an item; `kinds`: what it may name an item with.
    """

    by: str
    given: frozenset[str]
    items: tuple[frozenset[str], ...]
    kinds: frozenset[str] = frozenset()
    holds: bool = True


def listed_verdict(question: Question, section: Section, topics: Topics) -> Verdict | None:
    """The yes or no that the first sentence of a section gives to who asks for one thing that it names; else None.

    Of what is not supported it gives one to who names just that, and by what.
    """
    if not section.covered or not section.sentences or section.other_source:
        return None
    if (asked := _asked(question, topics)) is None:
        return None
    several = _each_of_several(asked.text)
    if several and asked.denied:  # "both don't" may leave one that does
        return None
    said = plain(section.quote(section.sentences[0]))
    if not question.numbers <= identifiers(words(said)):
        return None
    if (stated := _stated(said, section, topics)) is None or not _asks_for_listed(
        question, asked, stated, topics, several=several
    ):
        return None
    if list(_others(asked.text, said if stated.holds else "", topics)):
        return None
    return "yes" if stated.holds is not asked.denied else "no"


def _asked(question: Question, topics: Topics) -> Statement | None:
    """The statement that a question asks for, if that is whether something is supported; None: anything else."""
    asking = question.asking
    if question.is_keyword or is_wish(question.plain) or is_polite(asking):
        return None
    said = statement(asking)
    if not (asks_yes_or_no(asking) or is_tagged(asking)) or said.stays or negates(said.text):
        return None
    text = said.text
    for pattern in expressions("support", "each") if _each_of_several(text) else ():
        text = pattern.sub(" ", text)
    if other_turns(topics.glossary.without(text)) or _says_more(text):
        return None
    return said if any(pattern.search(said.text) for pattern in expressions("support", "holds")) else None


def _each_of_several(text: str) -> bool:
    """Whether a text says of each of several things that it is supported, and not that they go together."""
    if any(pattern.search(text) for pattern in expressions("support", "jointly")):
        return False
    return any(pattern.search(text) for pattern in expressions("support", "each")) and any(
        pattern.search(text) for pattern in expressions("support", "one_by_one")
    )


def _asks_for_listed(question: Question, asked: Statement, stated: _Stated, topics: Topics, *, several: bool) -> bool:
    """Whether a question names one item of a list, all that this is stated under, and by whom, and nothing else.

    `several`: it names some of them, each for itself.
    """
    named = topics.glossary.mentions(question.plain).keys()
    meant = [terms for terms in stated.items if terms <= named]
    if (len(meant) > 1) is not several or not meant:
        return False
    if not stated.given <= named <= stated.given.union(*meant) | stated.kinds:
        return False
    return not _is_exchanged(asked.text, stated.by, topics)


def _says_more(text: str) -> bool:
    """Whether a text speaks of several of a thing, of all of it, or of another one."""
    return any(map(says_several, counted(text))) or any(
        pattern.search(text) for pattern in expressions("support", "more")
    )


def _is_exchanged(text: str, by: str, topics: Topics) -> bool:
    """Whether a text says that the thing is supported that supports the others."""
    matches = [match for pattern in expressions("support", "ends") for match in pattern.finditer(text)]
    mentions = topics.glossary.mentions
    supported = any(by in mentions(match["what"]) for match in matches if match.groupdict().get("what"))
    return supported or any(by not in mentions(match["by"]) for match in matches if match.groupdict().get("by"))


def _stated(sentence: str, section: Section, topics: Topics) -> _Stated | None:
    if plainly := stated_support(sentence, topics):
        if not concerns_only((plainly.by, plainly.what), section, topics):
            return None
        return _Stated(plainly.by, frozenset({plainly.by}), (frozenset({plainly.what}),), holds=plainly.holds)
    matches = (match for pattern in expressions("support", "lists") if (match := pattern.fullmatch(sentence.strip())))
    return next(filter(None, (_listed(match, section, topics) for match in matches)), None)


def _listed(match: re.Match[str], section: Section, topics: Topics) -> _Stated | None:
    """The list of a sentence, if it says no more of its items than which they are."""
    mentions, what = topics.glossary.mentions, match["what"]
    rest = topics.glossary.without(match.string)
    by = next((name for name, shown in mentions(match["by"]).items() if shown == match["by"].strip()), None)
    if by is None or _says_more(match.string) or negates(rest) or other_turns(rest) or any(map(str.isdigit, rest)):
        return None
    under = frozenset(mentions(match["under"] or ""))
    pieces = [
        piece for piece in re.split("|".join(each.pattern for each in expressions("support", "between")), what) if piece
    ]
    named = [(frozenset(mentions(piece)), _kind(piece, topics)) for piece in pieces]
    items = tuple(terms - {kind} if len(terms) > 1 else terms for terms, kind in named if terms)
    kinds = frozenset(kind for terms, kind in named[-1:] if len(terms) > 1 and kind)
    about = under | {by}
    if not items or any(terms & about for terms in items):
        return None
    headings = (section.title, *section.path)
    known = frozenset().union(*items) | kinds | about
    if any(mentions(plain(each)).keys() - known for each in headings) or any(
        list(_others(plain(each), match.string, topics)) for each in headings
    ):
        return None
    return _Stated(by, about, items, kinds)


def _kind(piece: str, topics: Topics) -> str | None:
    """What the thing is that a piece names with its kind: "pots" of "glass pots" and of "pots with a glass lid"."""
    shown = {piece.find(text): name for name, text in topics.glossary.mentions(piece).items()}
    places = sorted(shown)
    behind = [at for at in places[1:] if piece[:at].lower().split()[-1] in introducing()]  # "with a glass lid"
    first = [at for at in places if not behind or at < behind[0]]
    return shown[first[-1]] if len(places) > 1 else None


def _others(text: str, known: str, topics: Topics) -> Iterator[str]:
    """What a text names beside terms and the words for support that `known` has not."""
    rest = topics.glossary.without(text)
    for pattern in expressions("support", "each") if _each_of_several(text) else ():
        rest = pattern.sub(" ", rest)
    rest = without_support(rest)
    written = normalise(known)
    roots = {root(each.word) for each in parts(known)}
    for part in parts(rest):
        held = root(part.word) in roots if part.word.isascii() else part.word in written
        if not held and part.word not in neutral() and not negates(part.text):
            yield part.text


def without_support(text: str) -> str:
    """A text without the words that ask whether something is supported."""
    for pattern in expressions("support", "holds"):
        text = pattern.sub(" ", text)
    return text
