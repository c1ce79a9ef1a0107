"""A question, read once: whatever follows takes the record and reads the text no second time."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from bot.language import detect
from bot.question.glossary import Glossary
from bot.question.intent import intents, is_identifier, is_keyword
from bot.question.parts import Kind, Part, last_sentence, plain, single_parts, with_terms
from index.encoder.protocol import Encoder
from index.lexical.words import latin, normalise, trigrams, words

_IDENTIFIER = re.compile(r"/?[0-9][0-9.]*")


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What one text asks, in each form in which it is searched, decided and answered."""

    text: str  # as it was asked
    lang: str  # to answer in: one of the site's
    plain: str  # NFKC: parts are places in it
    written: str  # as the index writes words
    tokens: tuple[str, ...]
    query: tuple[str, ...]  # the tokens, then those of the main names of the glossary's terms in it
    latin: tuple[str, ...]  # the words that may be misspelt
    trigrams: tuple[str, ...]  # of these, by their letters
    numbers: frozenset[str]
    parts: tuple[Part, ...]  # what it names; a term of the glossary is one part
    words: tuple[Part, ...]  # the same, each word by itself
    asks_from: int  # where in `plain` the sentence begins that asks
    intents: Mapping[str, float]
    is_keyword: bool
    is_identifier: bool  # a setting, a field, a rule: a name with a sign, a digit or a capital in it
    embedding: Callable[[], NDArray[np.float32]]
    missing: str | None = None  # the version of the documentation that was asked for and that there is not

    @classmethod
    def read(
        cls,
        text: str,
        glossary: Glossary,
        langs: Sequence[str],
        encoder: Encoder,
        own: Mapping[str, Collection[str]] = MappingProxyType({}),
    ) -> "Question":
        """Take a text apart. `langs`: the site's languages, its main one first; `own`: words of some of them."""
        asked, written, tokens, latin_words = plain(text), normalise(text), words(text), latin(text)
        asks_from = last_sentence(asked)
        single = tuple(single_parts(asked, asks_from))
        lang = detect(text, langs, own)
        terms = glossary.terms(written) if len(written) == len(asked) else []  # else places would shift
        return cls(
            text,
            lang,
            asked,
            written,
            tuple(tokens),
            tuple(glossary.expand(text, tokens)),
            tuple(latin_words),
            tuple(trigrams(latin_words)),
            identifiers(tokens),
            with_terms(single, terms, asked, asks_from),
            single,
            asks_from,
            intents(text),
            is_keyword(text),
            is_identifier(text),
            cache(lambda: encoder.queries([glossary.in_main_names(text, lang)])[0]),
        )

    @property
    def vector(self) -> NDArray[np.float32]:
        """Its meaning, (d,), of unit length; made when it is first asked for, as greetings need none."""
        return self.embedding()

    def asks(self, kind: Kind) -> bool:
        """Whether the sentence that asks, asks for this kind of thing."""
        return bool(kind.asks.search(self.plain, self.asks_from))

    @property
    def asking(self) -> str:
        """The sentence that asks, and what follows it."""
        return self.plain[self.asks_from :]


def identifiers(tokens: Sequence[str]) -> frozenset[str]:
    """The numbers among the tokens of a text: versions, sizes, counts."""
    return frozenset(token for token in tokens if _IDENTIFIER.fullmatch(token))
