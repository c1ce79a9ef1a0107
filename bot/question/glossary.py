"""The glossary at work: other ways of writing a term are searched by its main names, too.

Authors edit one thing, the glossary page: in a section with the class `glossary`, each row of the table lists equal
terms, main ones first (the last cell is the meaning). Word search looks for the main names beside what was written.
Meaning is lost on a spelling that the site never uses, or that stands in another script than the sentence around it:
there the main name takes its place before the question is embedded.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from index.lexical.bm25 import WordIndex
from index.lexical.words import normalise, words
from index.normal_form import nfkc
from index.records import Section

KEPT = 2048  # texts whose terms are kept: headings and wordings are looked at again with every question
_BESIDE_WIDE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]")


class Glossary:
    """Groups of equal terms, ready to be looked up in a question. `held` tells which words the site uses."""

    def __init__(self, sections: Iterable[Section], held: WordIndex) -> None:
        sections = list(sections)
        pairs = [(normalise(term), term, group) for section in sections for group in section.synonyms for term in group]
        self._entries = [(plain, tuple(words(" ".join(group[:2])))) for plain, _, group in pairs]
        self._groups = {plain: group for plain, _, group in reversed(pairs)}  # of two groups the first counts
        for plain, _, group in pairs:  # Japanese is written with and without spaces beside Latin words
            self._groups.setdefault(_BESIDE_WIDE.sub("", plain), group)
        names: dict[str, set[str]] = defaultdict(set)
        for plain, _, group in pairs:
            for word in {plain, _BESIDE_WIDE.sub("", plain), *plain.split()}:
                names[word].update(normalise(term) for term in group)
        self._names = {word: frozenset(terms) for word, terms in names.items()}
        self._unused = {plain for plain, term, _ in pairs if _fewest(term, held) <= len(sections)}
        self._long = tuple(term for term in self._groups if len(term) > 1)
        self._mentioned: Callable[[str], Mapping[str, str]] = lru_cache(KEPT)(self._mentions)

    def expand(self, question: str, tokens: Sequence[str]) -> list[str]:
        """The question's words and those of the main names of every term it contains."""
        plain = normalise(question)
        named = (names for term, names in self._entries if term in plain and any(places_of(term, plain)))
        return list(dict.fromkeys([*tokens, *chain.from_iterable(named)]))

    def names(self, word: str) -> frozenset[str]:
        """Every normalised term that is equal to a normalised word, or to a term that the word is a part of."""
        return self._names.get(word, frozenset())

    def group(self, term: str) -> frozenset[str]:
        """The normalised names of a term; of what is none, itself."""
        return frozenset(normalise(name) for name in self._groups.get(term, (term,)))

    def all_names(self, written: str) -> frozenset[str]:
        """Every name of every term that stands in a normalised text."""
        terms = (term for term in self._groups if term in written and any(places_of(term, written)))
        return frozenset(normalise(name) for term in terms for name in self._groups[term])

    def names_of_all(self) -> Collection[str]:
        """The normalised names of all terms."""
        return self._groups.keys()

    def continued(self, word: str) -> frozenset[str]:
        """What follows a normalised word within longer terms, up to their ends."""
        ends = ((term, end) for term in self._groups if word in term for _, end in places_of(word, term))
        return frozenset(rest for term, end in ends if (rest := term[end:].lstrip(" -")))

    def within(self, word: str) -> bool:
        """Whether a normalised word stands within longer terms, and begins and ends none."""
        return word not in self._groups and any(f" {word} " in term for term in self._groups)

    def ends(self, word: str) -> bool:
        """Whether a normalised word is a term, or the last of one, and so names a thing by itself."""
        return any(end == len(term) for term in self._groups if term.endswith(word) for _, end in places_of(word, term))

    def is_term(self, text: str) -> bool:
        """Whether a text is a term and nothing else."""
        return normalise(text).strip(" ?!.。") in self._groups

    def longest(self, text: str) -> str | None:
        """The first name of the longest term that stands in a text; None if none does."""
        written = normalise(text)
        terms = [term for term in self._long if term in written and any(places_of(term, written))]
        return normalise(self._groups[max(terms, key=len)][0]) if terms else None

    def cut_short(self, written: str) -> bool:
        """Whether a normalised text has the first words of a longer name, which name another thing ("Azure CNI")."""
        longest: dict[int, int] = {}  # of the terms that stand in the text, by their starts
        for term in self._groups:
            for start, end in places_of(term, written) if term in written else ():
                longest[start] = max(end, longest.get(start, 0))
        for term in self._groups:
            begun = term
            while " " in (begun := begun.rpartition(" ")[0]):
                known = begun in self._groups or begun not in written
                if not known and any(longest.get(start, 0) < end for start, end in places_of(begun, written)):
                    return True
        return False

    def without(self, text: str) -> str:
        """A text without the terms that it names."""
        for shown in self.mentions(text).values():
            text = text.replace(shown, " ")
        return text

    def mentions(self, text: str) -> Mapping[str, str]:
        """The terms that a text names, by their first names, as it writes them; the longest where some overlap."""
        return self._mentioned(text)

    def _mentions(self, text: str) -> dict[str, str]:
        written = normalise(text)
        held = ((term, place) for term in self._long if term in written for place in places_of(term, written))
        named: dict[str, str] = {}
        covered: set[int] = set()
        for term, (start, end) in sorted(held, key=lambda each: each[1][0] - each[1][1]):
            if start not in covered and end - 1 not in covered:  # as in `terms`
                covered.update(range(start, end))
                shown = text[start:end] if len(text) == len(written) else term
                named.setdefault(normalise(self._groups[term][0]), shown)
        return named

    def terms(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and first name of terms of several words in a normalised text, the longest where some overlap."""
        places = sorted(
            (
                (start, end, normalise(self._groups[term][0]))
                for term in self._groups
                if (" " in term or "-" in term or not term.isascii()) and len(term) > 3 and term in text
                for start, end in places_of(term, text)
            ),
            key=lambda place: (place[0] - place[1], place[0]),
        )
        taken: list[tuple[int, int, str]] = []
        covered: set[int] = set()
        for place in places:  # none of those that follow is longer: one that overlaps begins or ends within
            if place[0] not in covered and place[1] - 1 not in covered:
                taken.append(place)
                covered.update(range(*place[:2]))
        return sorted(taken)

    def in_main_names(self, question: str, lang: str) -> str:
        """The question with main names, in its language, for spellings unused on the site or in another script."""
        written, plain = nfkc(question), normalise(question)
        if len(written) != len(plain):  # a letter whose lower case is two: places would shift
            written = plain
        replaced = [
            (start, end, name)
            for start, end in _leftmost(
                place for term in self._groups if term in plain for place in places_of(term, plain)
            )
            if (name := self._in_place_of(written[start:end], plain[start:end], lang))
            and not _goes_on(written, start - 1, start)  # half of a longer word in katakana
            and not _goes_on(written, end - 1, end)
        ]
        for start, end, name in reversed(replaced):
            written = f"{written[:start]}{name}{written[end:]}"
        return written if replaced else question

    def _in_place_of(self, written: str, term: str, lang: str) -> str | None:
        """The main name that takes the place of a term as it is written; None: it is searched as it is."""
        main = _main(self._groups[term], lang)
        foreign = term.isascii() != main.isascii()
        respelt = written.lower() != term  # in hiragana
        return main if foreign or respelt or term in self._unused else None


def _leftmost(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those that overlap none before them; of those that begin at one place the longest."""
    taken = 0
    for start, end in sorted(places, key=lambda place: (place[0], -place[1])):
        if start >= taken:
            yield start, end
            taken = end


def _main(group: Sequence[str], lang: str) -> str:
    """The first name; in English the second, where only that is in Latin letters."""
    first, second = (*group, *group)[:2]
    return second if lang == "en" and second.isascii() and not first.isascii() else first


def _fewest(term: str, held: WordIndex) -> int:
    """Sections that hold the term's rarest word."""
    places = (held.vocabulary.get(word) for word in words(term))
    return min((0 if i is None else int(held.starts[i + 1] - held.starts[i]) for i in places), default=0)


def _goes_on(text: str, left: int, right: int) -> bool:
    inside = left >= 0 and right < len(text)
    return inside and bool(_KATAKANA.match(text[left]) and _KATAKANA.match(text[right]))


def places_of(term: str, plain: str) -> Iterator[tuple[int, int]]:
    """Where a normalised term stands in normalised text; after its Latin ends no Latin letter or digit may go on."""
    start = plain.find(term)
    while start >= 0:
        end = start + len(term)
        before, after = plain[start - 1 : start], plain[end : end + 1]
        if not (term[0].isascii() and _latin(before)) and not (term[-1].isascii() and _latin(after)):
            yield start, end
        start = plain.find(term, start + 1)


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
