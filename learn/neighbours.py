"""The sections of a site that share the most telling words with a question."""

from collections.abc import Callable, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from learn.records import Section

MOST = 16


class Neighbours:
    """Sections by tf-idf over the encoder's tokens, which need no word boundaries (Japanese has none)."""

    def __init__(self, sections: Sequence[Section], tokens: Callable[[str], list[int]]) -> None:
        self._sections = sections
        self._words = TfidfVectorizer(analyzer=tokens, sublinear_tf=True)
        self._matrix = self._words.fit_transform([f"{' '.join(each.path)} {each.text}" for each in sections])

    def of(self, question: str) -> list[Section]:
        """The likest, the best first."""
        likeness = (self._matrix @ self._words.transform([question]).T).toarray()[:, 0]
        return [self._sections[place] for place in np.argsort(-likeness)[:MOST]]
