"""What the reader says of a question and a section; for learning, what one says that was not taught the question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from bot.json_lines import read_lines
from index.encoder.reader import Reading, as_text, reader
from index.records import Section

UNSEEN_FILE = Path(__file__).parents[1] / "data" / "unseen_readings.jsonl"
Read = Callable[[str, Section], Reading]


@dataclass(frozen=True, slots=True)
class Unseen:
    """Log odds of sections by their ids, from a reader that was taught without the question (`learn/`)."""

    question: str
    answers: dict[str, float]


_LINE = TypeAdapter(Unseen)


def read_section(question: str, section: Section) -> Reading:
    """A question and a section in the packaged reader."""
    return reader().read(question, as_text(section.path, section.title, section.text))


def unseen(file: Path = UNSEEN_FILE) -> Read:
    """Reads as one that was not taught the questions that it reads: weights learned of its words suit new questions."""
    known = read_unseen(file)

    def read(question: str, section: Section) -> Reading:
        answers = known.get(question, {}).get(section.id)
        return read_section(question, section) if answers is None else Reading(answers, "", ())

    return read


def read_unseen(file: Path) -> Mapping[str, Mapping[str, float]]:
    """Questions with the log odds of sections. Raises KbError naming the line that is wrong."""
    rows = read_lines(file, _LINE.validate_json, "readings of a question", "Write the file again with learn/unseen.py.")
    return {row.question: row.answers for row in rows}
