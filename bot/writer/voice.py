"""Whether two sentences differ only in where they begin: "B supports A" is "A is supported by B".

Who does it and whom it is done to stay the same. A sentence that has more in it than that is left as it is.
"""

from collections.abc import Sequence

from bot.language import function_words
from bot.writer.records import Word
from bot.writer.signals import attached, passive, purpose, telling, who

_BETWEEN = {"negation", "possibility", "inability"}  # what may stand before the verb: "cannot be reached by"
_KEPT = {"advice", "limit", "obligation", "possibility"}  # what says the same on both sides of a purpose
_ACTOR = 6  # words


def same_voice(spoken: Sequence[Word], quoted: Sequence[Word], lang: str) -> bool:
    """Whether one is the other in the passive: the same words, and the same acts on the same."""
    small = function_words(lang) - attached(lang)
    plain = not any(word.text in small for word in _before(spoken, lang))
    return _is_active_of(spoken, quoted, lang) or (plain and _is_active_of(quoted, spoken, lang))


def _before(sentence: Sequence[Word], lang: str) -> Sequence[Word]:
    """The subject of a passive text. What its quote says of the verb ("in winter") must not become part of it."""
    be = (passive(lang) or ("",))[0]
    return sentence[: next((n for n, word in enumerate(sentence) if word.text == be), 0)]


def same_purpose(spoken: Sequence[Word], quoted: Sequence[Word], lang: str) -> bool:
    """Whether "To A, B" is "B to A"."""
    return _ends_with_purpose(spoken, quoted, lang) or _ends_with_purpose(quoted, spoken, lang)


def _is_active_of(active: Sequence[Word], sentence: Sequence[Word], lang: str) -> bool:
    turned = _active(sentence, lang)
    if turned is None or len(turned[0]) != len(active) or active[0].clause != active[-1].clause:
        return False
    words, at, ending = turned
    said = [word.text for word in active]
    verb, spoken = words[at], said[at]
    agree = _root(verb, ending) == _root(spoken, ending) and not spoken.endswith(ending)
    return agree and words[:at] + words[at + 1 :] == said[:at] + said[at + 1 :]


def _active(words: Sequence[Word], lang: str) -> tuple[list[str], int, str] | None:
    """The words of a passive sentence in the order of the active one, and where its verb is."""
    known, texts = passive(lang), [word.text for word in words]
    if known is None or texts.count(known[0]) != 1 or texts.count(known[2]) != 1 or words[0].clause != words[-1].clause:
        return None
    be, ending, by = known
    at, agent = texts.index(be), texts.index(by)
    begins = next((n for n in range(at, 0, -1) if words[n - 1].name not in _BETWEEN), 0)
    subject, before, actor = words[:begins], [*words[begins:at], *words[at + 1 : agent - 1]], words[agent + 1 :]
    whole = subject and 0 < len(actor) <= _ACTOR and texts[agent - 1].endswith(ending)
    plain = all(word.text not in function_words(lang) and not word.text[0].isdigit() for word in actor)
    turns = any(word.turns for word in [*subject, *actor]) or any(word.name not in _BETWEEN for word in before)
    if not whole or not plain or turns:
        return None
    front = [word.text for word in [*actor, *before]]
    return [*front, texts[agent - 1], *(word.text for word in subject)], len(front), ending


def _root(verb: str, ending: str) -> str:
    """What "caused" and "cause" share, and "supported" and "support"."""
    return verb.removesuffix(ending).removesuffix(ending[0])


def _ends_with_purpose(front: Sequence[Word], end: Sequence[Word], lang: str) -> bool:
    first, last = front[0].clause, front[-1].clause
    if front[0].text != purpose(lang) or last - first != 1 or len({word.clause for word in end}) != 1:
        return False
    if any(word.turns and word.name not in _KEPT for word in front):
        return False
    texts, cut = [word.text for word in front], sum(word.clause == first for word in front)
    if texts[cut] != who(lang) or any(telling(lang).match(text) for text in texts[cut:]):
        return False
    return [word.text for word in end] == texts[cut:] + texts[:cut]
