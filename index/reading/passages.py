"""Sections to the texts that are embedded. Long sections become several passages of one section."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.encoder.protocol import MAX_TOKENS, PROMPT, plain
from index.records import Kind, Section

LIMIT = MAX_TOKENS - PROMPT
MARKERS = 4  # begin, end, and what a tokenizer puts before the first word


@dataclass(frozen=True, slots=True)
class Row:
    """One text to embed: `section` is the section's number, `number` tells rows of one kind in it apart."""

    section: int
    kind: Kind
    number: int
    text: str


def rows(sections: tuple[Section, ...], count: Callable[[str], int], limit: int = LIMIT) -> Iterator[Row]:
    """What stands for each section in the vector index: its passages, its sentences, its heading and phrasings.

    `count` gives the tokens of a text and `limit` how many the encoder takes. A passage is never cut by the encoder;
    of a longer sentence or phrasing the beginning stands for the whole.
    """
    for number, section in enumerate(sections):
        for i, text in enumerate(passages(section, count, limit)):
            yield Row(number, Kind.PASSAGE, i, text)
        for i, span in enumerate(section.sentences):
            yield Row(number, Kind.SENTENCE, i, _beginning(section.quote(span), limit, count))
        for i, text in enumerate(filter(None, (section.title, *section.phrasings))):
            yield Row(number, Kind.PHRASING, i, _beginning(text, limit, count))


def heading(section: Section) -> str:
    """`Page > Heading > Subheading`: a section is understood with the headings that it stands under."""
    return " > ".join((*section.path, section.title)).strip()


def passages(section: Section, count: Callable[[str], int], limit: int = LIMIT) -> Iterator[str]:
    """The heading path and as many blocks as fit below the encoder's limit, in order; a longer block is cut."""
    head = heading(section)
    blocks = section.text.split("\n")
    if _bound(head) <= limit // 2 and sum(map(_bound, (head, *blocks))) <= limit:
        yield "\n".join((head, *blocks)).strip()
        return
    head = _beginning(head, limit // 2, count)
    room = limit - count(head)
    taken: list[str] = []
    used = 0
    for block in _fitting(blocks, room, count):
        size = count(block)
        if taken and used + size > room:
            yield "\n".join((head, *taken))
            taken, used = [], 0
        taken.append(block)
        used += size
    yield "\n".join((head, *taken)).strip()


def _beginning(text: str, room: int, count: Callable[[str], int]) -> str:
    return next(_fitting([text], room, count))


def _fitting(blocks: list[str], room: int, count: Callable[[str], int]) -> Iterator[str]:
    """Blocks, those above `room` tokens halved until they fit: at a space near the middle where there is one."""
    for block in blocks:
        if len(block) <= 1 or _bound(block) <= room or count(block) <= room:
            yield block
            continue
        middle = len(block) // 2
        cut = block.rfind(" ", middle // 2, middle) + 1 or middle
        yield from _fitting([block[:cut].rstrip(), block[cut:]], room, count)


def _bound(text: str) -> int:
    """At least the tokens of a text; most texts need not be counted, which takes longer than all else here.

    A token of any vocabulary is one byte or more of the text in the form that encoders get, markers apart.
    """
    return len(plain(text).encode()) + MARKERS
