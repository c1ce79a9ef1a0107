"""Which sections count in the statistics of a site: how rare a word is, how long a section, how unlike its topics.

All are found and cited alike. But pages that were made to be found must not change how all other pages rank, so two
kinds do not count: sections of pages that the site's navigation does not lead to, and those whose words stand in no
order.

In text that someone wrote, words that stand side by side do so elsewhere on the site much more often than words that
stand some way apart; in words thrown together they do not. That is so in any language.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.normal_form import nfkc
from index.records import Section

_TOKEN = re.compile(
    r"[a-z0-9]+(?:[._/:-][a-z0-9]+)*"
    r"|[\u3041-\u3096]+|[\u30a1-\u30fa\u30fc]+|[\u4e00-\u9fff\u3005]+"  # scripts without spaces: as their kind changes
    r"|[^\W_]+"
)
ENOUGH = 30  # tokens: of fewer nothing can be said
FAR = (7, 11, 13)  # places apart
# How much more often neighbours must stand side by side elsewhere. In steps, as salad makes all other text look worse.
STEPS = (0.9, 1.1, 1.3, 1.5)
_SMOOTH = 0.02  # a share that is hardly measured decides nothing
Pair = tuple[str, str]


def counted(sections: Sequence[Section], in_navigation: Sequence[bool]) -> NDArray[np.bool_]:
    """Whether each section counts; of those in the navigation, glossaries and what is named not covered always do."""
    texts = {
        number: text
        for number, section in enumerate(sections)
        if in_navigation[number]
        and section.covered
        and not section.synonyms
        and len(text := _tokens(section)) >= ENOUGH
    }
    near = {number: set(pairwise(text)) for number, text in texts.items()}
    far = {
        number: {pair for by in FAR for pair in zip(text, text[by:], strict=False)} for number, text in texts.items()
    }
    known = Counter(pair for pairs in near.values() for pair in pairs)
    kept = np.array(in_navigation, bool)
    for step in STEPS:
        while thrown := [number for number, pairs in near.items() if _ratio(pairs, far[number], known) < step]:
            kept[thrown] = False
            for number in thrown:
                known.subtract(near.pop(number))
    left_out = {section.id for section, counts in zip(sections, kept, strict=True) if not counts}
    return np.array([section.id not in left_out for section in sections], bool)  # a twin is the same words once more


def _tokens(section: Section) -> list[str]:
    return _TOKEN.findall(nfkc(section.text).lower())


def _ratio(near: set[Pair], far: set[Pair], known: Counter[Pair]) -> float:
    """By how much a section's neighbours are known from other sections better than its words that stand apart."""
    beside = sum(known[pair] > 1 for pair in near) / len(near)
    apart = sum(known[pair] > (pair in near) for pair in far) / len(far)
    return (beside + _SMOOTH) / (apart + _SMOOTH)
