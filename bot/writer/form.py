"""The text of a writer to sentences with the numbers of their quotes, and what no such text may hold."""

import re
import unicodedata
from collections.abc import Collection

from bot.records import WrittenSentence
from bot.writer.quotes import normal
from index.reading.sentences import sentences

LONGEST, MOST = 1200, 8  # characters, sentences
_CITED = re.compile(r"(?P<text>[^\[\]]++)(?P<marks>(?:\[\d{1,2}\]\s*+)++)(?P<end>[.。!?！？]?)\s*+")
_MARK = re.compile(r"\[(\d{1,2})\]")
_WIDE = re.compile(r"[\[［](\d{1,2})[\]］]")
_MARKUP = re.compile(
    r"https?:|www\.|[\w.+-]+@[\w-]+\.\w|\w\.(?:com|org|net|io|dev|app|ms|azure)\b|[<>`*#|{}\\$~]|^\s*[-+•]\s|__|==|--\w|!\[",
    re.IGNORECASE | re.MULTILINE,
)


def form(text: str, numbers: Collection[int]) -> tuple[tuple[WrittenSentence, ...], str]:
    """The sentences, or why the text is none: every one ends with the number of a quote that there is."""
    text = _WIDE.sub(lambda mark: f"[{int(mark[1])}]", text.strip())  # the rest is shown as it is written
    if not text or len(text) > LONGEST:
        return (), f"the text is empty or longer than {LONGEST} characters"
    if any(unicodedata.category(char)[0] == "C" and char != "\n" for char in text):
        return (), "the text has characters that are not seen"
    read, at = list[WrittenSentence](), 0
    while at < len(text):
        match = _CITED.match(text, at)
        if match is None:
            return (), "every sentence must end with the number of its quote, as in [1]"
        cited = tuple(dict.fromkeys(int(mark) for mark in _MARK.findall(match["marks"])))
        spoken = match["text"].strip()
        if not set(cited) <= set(numbers):
            return (), "a number is that of no quote"
        if len(list(sentences(normal(spoken)))) != 1 or "\n" in spoken:
            return (), "every sentence must end with the number of its quote, as in [1]"
        read.append(WrittenSentence(f"{spoken}{match['end']}", cited))
        at = match.end()
    if len(read) > MOST:
        return (), f"the text has more than {MOST} sentences"
    return tuple(read), ""


def markup(sentence: str, quotes: str) -> bool:
    """Whether a sentence has an address, markup or an option of a command that no quote has."""
    return any(match[0] not in quotes for match in _MARKUP.finditer(sentence))
