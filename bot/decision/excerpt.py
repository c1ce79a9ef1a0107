"""What of a section the reader reads beside a question, as it reads no more than so many tokens.

An author's wording that is nearest to the question stands in front. Of a long text the lines are read that are nearest
to the question, in their order; a row of a table with the row that names its columns. A paragraph that does not fit is
read by its sentences: what answers may be its last one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.evidence.evidence import Floats
from bot.evidence.topics import Topics
from bot.question.question import Question
from index.encoder.reader import MAX_PASSAGE, as_text, reader
from index.records import Section, Span

CELLS = "\t"  # stands between the cells of a table's row
FAR = -1.0  # the least cosine
LONG = 8  # letters: a text of more for each token that is read does not fit
ENOUGH = 8  # lines without room, after which none is looked for


def excerpt(question: Question, section: Section, topics: Topics) -> Section:
    """The section with as much of its text as the reader reads."""
    wording = topics.nearest_phrasing(question, section)
    before = f"{wording}\n" if wording else ""
    room = MAX_PASSAGE - reader().length(as_text(section.path, section.title, "")) - reader().length(before)
    lines = section.text.split("\n")
    if len(section.text) > LONG * room or sum(map(reader().length, lines)) > room:
        return replace(section, text=before + _nearest_text(question, section, topics, room))
    return replace(section, text=before + section.text)


def _nearest_text(question: Question, section: Section, topics: Topics, room: int) -> str:
    """The nearest lines of a section, and of a line without room the nearest sentences."""
    pieces = list(_pieces(section, topics.nearness(question, section), room))
    texts, near = [section.quote(piece.span) for piece in pieces], _nearness(pieces)
    chosen = nearest(texts, near, reader().length, room)
    read, end = "", 0
    for place in sorted(chosen):
        piece = pieces[place]
        goes_on = not piece.opens and place - 1 in chosen
        read += section.text[end : piece.span.start] if goes_on else "\n" * bool(read)
        read, end = read + texts[place], piece.span.end
    return read


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line, or of a long one a sentence and what stands up to the next; `near` is the cosine of the nearest."""

    span: Span
    near: float
    opens: bool  # a line begins with it


def _pieces(section: Section, near: Floats, room: int) -> Iterator[_Piece]:
    """What a section is read by; `near` are the cosines of its sentences."""
    end, sentence = -1, 0
    for line in section.text.split("\n"):
        start, end = end + 1, end + 1 + len(line)
        first = sentence
        while sentence < len(section.sentences) and section.sentences[sentence].start < end:
            sentence += 1
        cosines = [float(each) for each in near[first:sentence]]
        if CELLS in line or len(line) <= room or reader().length(line) <= room:
            yield _Piece(Span(start, end), max(cosines, default=FAR), opens=True)
            continue
        cuts = [start, *(span.start for span in section.sentences[first + 1 : sentence]), end]
        for at, cosine in enumerate(cosines or [FAR]):
            text = section.text[cuts[at] : cuts[at + 1]].rstrip() if len(cosines) > 1 else line
            yield _Piece(Span(cuts[at], cuts[at] + len(text)), cosine, opens=at == 0)


def nearest_lines(lines: Sequence[str], near: Sequence[float], length: Callable[[str], int], room: int) -> list[str]:
    """The lines of `nearest`, in their order."""
    return [lines[place] for place in sorted(nearest(lines, near, length, room))]


def nearest(lines: Sequence[str], near: Sequence[float], length: Callable[[str], int], room: int) -> set[int]:
    """The places of the lines that are nearest and have room together; of the nearest even if it has none.

    `near`: how near each is, the more the nearer; `length` of a line and `room` in tokens.
    """
    chosen: set[int] = set()
    left_out, headers = 0, _headers(lines)
    for place in sorted(range(len(lines)), key=lambda place: -near[place]):
        together = {place, headers[place]} - chosen
        needed = sum(length(lines[each]) for each in together)
        if needed <= room or not chosen:
            chosen |= together
            room -= needed
        else:
            left_out += 1
        if left_out == ENOUGH:
            break
    return chosen


def _headers(lines: Sequence[str]) -> list[int]:
    """Of each line the place of the first row of the table that it stands in; its own where it stands in none."""
    headers: list[int] = []
    for place, line in enumerate(lines):
        below = CELLS in line and place > 0 and CELLS in lines[place - 1]
        headers.append(headers[-1] if below else place)
    return headers


def _nearness(pieces: Sequence[_Piece]) -> list[float]:
    """Of each piece how near it is; code has no sentence, and is as near as what stands in front of it."""
    near: list[float] = []
    for piece in pieces:
        near.append(near[-1] if near and piece.near == FAR else piece.near)
    return near
