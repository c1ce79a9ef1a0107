"""What of a section the reader reads beside a question, as it reads no more than so many tokens.

An author's wording that is nearest to the question stands in front. Of a long text the lines are read that are nearest
to the question, in their order; a row of a table with the row that names its columns.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from bot.evidence.topics import Topics
from bot.question.question import Question
from index.encoder.reader import MAX_PASSAGE, as_text, reader
from index.records import Section

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
        lines = nearest_lines(lines, _nearness(question, section, topics), reader().length, room)
    return replace(section, text=before + "\n".join(lines))


def nearest_lines(lines: Sequence[str], near: Sequence[float], length: Callable[[str], int], room: int) -> list[str]:
    """The lines that are nearest and have room together, in their order; the nearest even if it has none.

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
    return [lines[place] for place in sorted(chosen)]


def _headers(lines: Sequence[str]) -> list[int]:
    """Of each line the place of the first row of the table that it stands in; its own where it stands in none."""
    headers: list[int] = []
    for place, line in enumerate(lines):
        below = CELLS in line and place > 0 and CELLS in lines[place - 1]
        headers.append(headers[-1] if below else place)
    return headers


def _nearness(question: Question, section: Section, topics: Topics) -> list[float]:
    """Of each line the cosine of its nearest sentence; code has none, and is as near as what stands in front of it."""
    starts = [0, *(at + 1 for at, letter in enumerate(section.text) if letter == "\n")]
    nearest = np.full(len(starts), FAR)
    first = np.searchsorted(starts, [span.start for span in section.sentences], side="right") - 1
    np.maximum.at(nearest, first, topics.nearness(question, section))
    near: list[float] = nearest.tolist()
    for place in range(1, len(near)):
        if near[place] == FAR:
            near[place] = near[place - 1]
    return near
