"""The topic that a site names as not covered and that a question names: it is refused with the site's own words."""

from collections.abc import Iterable, Sequence
from itertools import islice

from bot.decision.stated import headings_of, speaks_of
from bot.evidence.topics import Topics
from bot.question.parts import Part

NEAREST = 8  # topics named as not covered, looked at
OWN = 0.2  # share of the sections with a word from which it belongs to what is not covered


def named_outside(ranked: Iterable[int], asked: Sequence[Part], topics: Topics) -> int | None:
    """The nearest topic named as not covered whose heading or phrasings have one of the parts, the likeliest first.

    A part that the covered sections use much more is no name of such a topic: "difference", "nodes".
    """
    own = [part for part in asked if len(part.text) > 1 and _outside_share(part, topics) >= OWN]
    nearest = list(islice((int(topic) for topic in ranked if not topics.covered[topic]), NEAREST)) if own else []
    headings = [(topic, headings_of(topic, topics)) for topic in nearest]
    named = (topic for part in own for topic, stated in headings if speaks_of(stated, part, topics))
    return next(named, None)


def _outside_share(part: Part, topics: Topics) -> float:
    """Of the sections that have the words of a part, the share of those named as not covered."""
    places = topics.index.words.places(part.tokens)
    return 1 - float(topics.covered[topics.of_section[places]].mean()) if len(places) else 0.0
