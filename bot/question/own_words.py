"""Words by which a question shows its language, where a site has languages that the bot has no words for.

They are taken from the site itself: what stands all over the pages of one language and hardly in the others. Most are
its articles, prepositions and question words; names of products stand in all languages alike.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from bot.language import SPOKEN, function_words, has_letters
from index.lexical.words import words
from index.records import Section

SAMPLE = 1000  # sections, spread over the site
OFTEN, RARELY = 0.05, 0.01  # of the sections


def own_words(langs: Sequence[str], sections: Sequence[Section]) -> Mapping[str, frozenset[str]]:
    """By language; none where the bot has words for all that `langs` name, or the site has only one.

    Of a language that the bot speaks they are its function words without those of the others: "was" is German, too.
    """
    unknown = [lang for lang in langs if lang not in SPOKEN]
    if not unknown or len(langs) == 1:
        return {}
    sample = [sections[place] for place in range(0, len(sections), -(-len(sections) // SAMPLE))]
    shares = {lang: _shares([section for section in sample if section.lang == lang]) for lang in langs}
    own = {lang: frozenset(_own(lang, shares)) for lang in unknown}
    elsewhere = {word for lang in unknown for word, share in shares[lang].items() if share > RARELY}
    return own | {lang: function_words(lang) - elsewhere for lang in langs if lang in SPOKEN and not has_letters(lang)}


def _shares(sections: Sequence[Section]) -> dict[str, float]:
    """In how many of the sections each word stands."""
    counted = Counter(word for section in sections for word in set(words(section.text)) if word.isalpha())
    return {word: count / len(sections) for word, count in counted.items()}


def _own(lang: str, shares: Mapping[str, Mapping[str, float]]) -> list[str]:
    others = [shares[other] for other in shares if other != lang]
    return [
        word
        for word, share in shares[lang].items()
        if share >= OFTEN and all(other.get(word, 0.0) <= RARELY for other in others)
    ]
