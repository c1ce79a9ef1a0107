"""The topic that a site names as not covered and that a question names: it is refused with the site's own words."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from bot.decision.stated import headings_of, speaks_of, stated_by
from bot.evidence.topics import Topics
from bot.question.parts import Kind, Part, asking_part, kinds, plain
from bot.question.places import PLACE
from bot.question.question import Question
from index.records import Section

SILENT = 5  # of the nearest topics that may say that they do not state a kind of thing
NEAREST = 8  # topics named as not covered, looked at
OWN = 0.2  # share of the sections with a word from which it belongs to what is not covered
FEW = 24  # sections with a word, up to which it is looked at where it stands


def named_outside(
    ranked: Sequence[int] | NDArray[np.int64], asked: Sequence[Part], topics: Topics
) -> tuple[int, Part] | None:
    """The nearest topic named as not covered whose heading or phrasings have one of the parts, and that part.

    The likeliest part comes first; but where such a topic is the nearest of all and has as many of the parts, it is
    meant. A part that the covered sections use much more is no name of such a topic: "difference", "nodes".
    """
    asked = [piece for part in asked for piece in _pieces(part)]
    own = [part for part in asked if len(part.text) > 1 and _outside_share(part, topics) >= OWN]
    nearest = list(islice((int(topic) for topic in ranked if not topics.covered[topic]), NEAREST)) if own else []
    headings = [(topic, headings_of(topic, topics)) for topic in nearest]
    named = ((topic, part) for part in own for topic, stated in headings if speaks_of(stated, part, topics))
    if (first := next(named, None)) is None:
        return None
    best = headings[0][0]
    held = {topic: [part for part in asked if speaks_of(of, part, topics)] for topic, of in headings}
    leads = best == ranked[0] and len(held[best]) >= len(held[first[0]])
    return (best, held[best][0]) if leads else first


def shares_one_word(question: Question, topics: Topics) -> bool:
    """Whether a question has one word beside the kind it asks for, and the covered sections use that much more.

    "The lids" names no topic that lists "steel lids": it may mean any.
    """
    spans = [match.span() for kind in kinds() for match in kind.asks.finditer(question.plain)]
    words = [part for part in question.words if not any(a < part.end and part.start < b for a, b in spans)]
    if len(words) != 1 or not len(topics.index.words.places(words[0].tokens)):
        return False
    return _outside_share(words[0], topics) < OWN


def asks_for(part: Part, question: Question, names: Sequence[str], cited: int, topics: Topics) -> bool:
    """Whether a question asks for what names a topic that is not covered, and does not just mention it as a condition.

    Asked for is what the answer leaves out. Where no word names that, it is what the cited topic does not speak of.
    """
    asked = (kind.asks.search(question.plain, question.asks_from) for kind in kinds())
    if any(match and match.start() < part.end and part.start < match.end() for match in asked):
        return True
    named = [name for name in names if name in question.plain and name != asking_part(question.plain.strip())]
    if named:
        return any(part.text in name or name in part.text for name in named)
    (stated,) = stated_by([cited], topics)
    return part.asked and not speaks_of(stated, part, topics)


def silent_on(asked: Sequence[Kind], ranked: Sequence[int] | NDArray[np.int64], topics: Topics) -> int | None:
    """The topic named as not covered whose wordings ask for one of these kinds of thing, if it is among the nearest.

    Of the places where there is a thing, however far: "Kettles in Oslo?" shares no word with "Where to buy".
    """
    anywhere = any(kind.key == PLACE for kind in asked)
    for rank, topic in enumerate(map(int, ranked if anywhere else islice(ranked, SILENT))):
        wanted = [kind for kind in asked if rank < SILENT or kind.key == PLACE]
        if not topics.covered[topic] and any(_asks(kind, topic, topics) for kind in wanted):
            return topic
    return None


def telling_pages(sections: Iterable[Section]) -> frozenset[str]:
    """Pages that tell more than what they do not: a section not covered there says that its page is silent."""
    counted = Counter((section.page, section.covered) for section in sections)
    return frozenset(page for page, covered in counted if covered and counted[page, True] > counted[page, False])


def leading_silence(
    ranked: NDArray[np.int64], seen: Mapping[str, float], topics: Topics, telling: Set[str]
) -> int | None:
    """The topic that says that its page does not tell what is asked, where it is nearer than any that could be quoted.

    `seen`: what the decision looked at. Other topics that are not covered answer by name alone.
    """
    if not len(ranked) or topics.covered[ranked[0]] or seen.get("outside_phrasing", -1.0) < 0:
        return None
    pages = {section.page for section in topics.sections(int(ranked[0])).values()}
    return int(ranked[0]) if pages & telling else None


def _asks(kind: Kind, topic: int, topics: Topics) -> bool:
    sections = topics.sections(topic).values()
    return any(kind.asks.search(plain(text)) for section in sections for text in section.phrasings)


def _pieces(part: Part) -> list[Part]:
    """A part, and what a slash joins in it."""
    joined = re.split("[/+]", part.text)
    return [part, *(replace(part, text=text) for text in joined if text and len(joined) > 1)]


def _outside_share(part: Part, topics: Topics) -> float:
    """Of the sections that have the words of a part, the share of those named as not covered.

    Of a rare word in between, those count that have it in what they are called: mentions in passing cover no topic.
    """
    places = topics.index.words.places(part.tokens)
    if not len(places):
        return 0.0
    holding = topics.of_section[places]
    outside = ~topics.covered[holding]
    share = float(outside.mean())
    if OWN / 2 <= share < OWN and len(places) <= FEW:
        named = [topic for topic in set(holding.tolist()) if speaks_of(headings_of(topic, topics), part, topics)]
        return float(np.mean([not topics.covered[topic] for topic in named])) if named else share
    return share
