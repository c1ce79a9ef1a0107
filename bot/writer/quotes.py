"""A quote as the sentences that it says: where each of them stands, and whether it may be said alone."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from itertools import groupby
from unicodedata import decomposition

from bot.language import function_words
from bot.records import Block, Citation, Listing, Note, Paragraph, Table
from bot.writer.reading import KEPT, said
from bot.writer.records import LEAST, Unit
from bot.writer.signals import far, left_out, own_subject, pointing, restricting, small_between, turns_of
from index.normal_form import nfkc
from index.reading.sentences import sentences

# Compatibility characters that say something else than the plain ones: "10⁶" is not 106, "½" is not 1 and 2.
_OTHERWISE = ("<super>", "<sub>", "<fraction>", "<circle>", "<square>", "<font>")
# Where a sentence begins with a name in small letters: "… ends. kubenet is …".
_SMALL = re.compile(r"(?<=[a-z0-9)]{4}\.)(?<!approx\.)(?<!incl\.)(?<!resp\.)\s+(?=[a-z])")
_ASIDE = re.compile(r"\s*(?:\([^()]*\)|（[^（）]*）)")
_NAMES = re.compile(r"[A-Za-z][\w-]*")
_ENDS = re.compile(r"[.。!?！？]$")
_WORDS, _LONG = 10, 200  # of a name, at most; its characters


def normal(text: str) -> str:
    """One form of each character that is written wide or narrow; what is not seen stays, to be refused."""
    if text.isascii():
        return text
    parts = groupby(text, lambda char: decomposition(char).startswith(_OTHERWISE))
    return "".join("".join(part) if other else nfkc("".join(part)) for other, part in parts).replace("’", "'")


def units_of(citation: Citation, lang: str) -> tuple[Unit, ...]:
    """The sentences of a quote; the blocks of its page tell which of its lines are items, and which paragraphs."""
    paragraphs, items = _lines(citation.blocks, ())
    return units(citation.quote, lang, frozenset(paragraphs), frozenset(items))


def _lines(blocks: Collection[Block], before: tuple[Block, ...]) -> tuple[set[str], set[str]]:
    """The texts of paragraphs that no paragraph of one sentence introduces; those of items, and what they hold."""
    paragraphs, items, last = set[str](), set[str](), before
    for block in blocks:
        match block:
            case Paragraph():
                led = bool(last) and isinstance(last[-1], Paragraph) and _leads(last[-1].text)
                (items if led else paragraphs).add(normal(block.text))
            case Table():
                paragraphs.add(normal("\t".join(block.header)))
            case Listing():
                for item in block.items:
                    held, below = _lines(item.blocks, ())
                    items |= {normal(item.text), *held, *below}
            case Note():
                held, below = _lines(block.blocks, ())
                items |= {*held, *below}
            case _:
                pass  # code is not phrased
        last = (block,)
    return paragraphs, items


def _leads(paragraph: str) -> bool:
    return normal(paragraph).rstrip().endswith(":") or len(list(sentences(paragraph))) < 2


@lru_cache(KEPT)
def units(
    text: str, lang: str, paragraphs: frozenset[str] = frozenset(), items: frozenset[str] = frozenset()
) -> tuple[Unit, ...]:
    """The sentences of a quote in their order, with and without abbreviations in brackets; behind "…:" with that.

    A line below the first may be an item of a list, whatever stands above it: it follows that. So do cells, whose
    column has a name, and whose row. Where no block is known, the first row names the columns.
    """
    known = bool(paragraphs or items)
    made, lead, header, at = list[Unit](), "", list[str](), 0
    closed: bool | None = None  # whether lines end as sentences do, below the lead
    for n, line in enumerate(line.strip(" ") for line in normal(text).split("\n") if line.strip()):
        if "\t" in line:
            cells = [cell.strip() for cell in line.split("\t")]
            made += (_unit(cell, lang, at, at, bool(pointing(lang).search(cell))) for cell in _named(cells, header))
            header = header or ([] if known and line not in paragraphs else cells)
            lead, at = "", at + 2  # nothing follows a row
            continue
        header = []
        follows = line in items or (n > 0 and line not in paragraphs)
        if lead and (line in paragraphs or closed not in (None, bool(_ENDS.search(line)))):
            lead = ""
        begins = line.endswith(":")
        at += at == 0 and line in items  # what introduces it is not quoted
        begun = at
        for whole, parts in _spans(line, lang):
            if len(parts) > 1:
                made.append(_unit(whole, lang, at, at + len(parts) - 1, follows or points(whole, lang), begun))
            for part in parts:
                made.append(_unit(part, lang, at, at, follows or points(part, lang), begun))
                if lead and not begins:
                    made.append(_unit(f"{lead} {part}", lang, at, at, bool(pointing(lang).search(part))))
                at += at > 0 or len(said(part, lang).words) >= LEAST  # a "No." in front says nothing
        if begins:
            lead, closed = line, None
        elif lead:
            closed = bool(_ENDS.search(line))
    restricted = {unit.first - 1 for unit in made if restricting(lang).match(unit.text)}
    made = [replace(unit, held=unit.last in restricted) for unit in made]
    return tuple(each for unit in made for each in (unit, *_without_abbreviations(unit, lang)))


def _named(cells: list[str], header: list[str]) -> Iterator[str]:
    """The cells of a row with the names of their columns, and of their row."""
    if len(header) == len(cells) and all(header) and all(cells):
        yield f"{header[0]}: {cells[0]}"
        yield from (f"{cells[0]}: {name}: {cell}" for name, cell in zip(header[1:], cells[1:], strict=True))


def _unit(text: str, lang: str, first: int, last: int, follows: bool, begun: int | None = None) -> Unit:
    since = first if begun is None or not far(lang).search(text) else begun
    return Unit(text, said(text, lang), first, last, since, follows, held=False)


def _spans(line: str, lang: str) -> Iterator[tuple[str, list[str]]]:
    """Each sentence, and those in it that begin with a name in small letters, and no small word ("temp. below")."""
    for span in sentences(line):
        whole = line[span.start : span.end]
        parts = list[str]()
        for part in _SMALL.split(whole):
            goes_on = parts and part.split()[0] in function_words(lang)
            parts = [*parts[:-1], f"{parts[-1]} {part}"] if goes_on else [*parts, part]
        yield whole, parts


def _without_abbreviations(unit: Unit, lang: str) -> Iterator[Unit]:
    text = _ASIDE.sub(partial(_kept_aside, unit.text, lang), unit.text)
    if text != unit.text:
        yield replace(unit, text=text, said=said(text, lang))


def _kept_aside(text: str, lang: str, match: re.Match[str]) -> str:
    """Nothing for what shortens the words in front of it, or writes out their short form; else it bounds them."""
    aside = match[0].strip()[1:-1]
    before, within = _NAMES.findall(text[max(match.start() - _LONG, 0) : match.start()]), _NAMES.findall(aside)
    shortens = any(_initials(before[-n:], lang) == aside for n in range(2, _WORDS))
    writes_out = len(within) > 1 and before[-1:] == [_initials(within, lang)]
    return " " if shortens or writes_out else match[0]


def _initials(words: Collection[str], lang: str) -> str:
    return "".join(word[0].upper() for word in words if word.lower() not in small_between(lang))


def points(text: str, lang: str) -> bool:
    """Whether it speaks of what another sentence names: it points back, or names nothing of its own."""
    if pointing(lang).search(text):
        return True
    subject = own_subject(lang)
    if not subject.pattern:
        return False
    marked = text
    for name, turn in turns_of(lang):
        marked = turn.sub(f" \x02{name}\x03 ", marked)
    return not subject.search(marked)


def links(text: str, lang: str) -> bool:
    """Whether its words say that it goes on from another sentence ("this", "therefore")."""
    linking = any(re.search(rf"\b{word}\b", text, re.IGNORECASE) for word in left_out(lang))
    return linking or bool(pointing(lang).search(text))
