"""What the rooms of learning hand to each other."""

from dataclasses import dataclass
from enum import StrEnum

from index.encoder.reader import as_text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a documentation page and the text up to the next one. `path` ends with the heading itself."""

    id: str
    page: str
    place: int  # among all sections of its page, from 0
    lang: str
    path: tuple[str, ...]
    text: str

    @property
    def heading(self) -> str:
        return self.path[-1]

    def without_heading(self) -> str:
        """As the reader reads it where the heading is the question."""
        return as_read(self.path[:-1], self.text)

    def whole(self) -> str:
        """As the reader reads it."""
        return as_read(self.path, self.text)


def as_read(path: tuple[str, ...], text: str) -> str:
    """Headings and text as one text."""
    return as_text(path[:-1], path[-1], text) if path else text


class Origin(StrEnum):
    """Where an example comes from: what it weighs, and which stage of the training takes it."""

    SQUAD2 = "squad2"
    JAQUAD = "jaquad"
    XQUAD = "xquad"
    CONDAQA = "condaqa"
    HEADING = "heading"  # a heading as question, with its own text or another one of its page
    WRITTEN = "written"  # a hand-written question with the section that it was written for
    NEAR = "near"  # … with another section of like words, which does not answer it
    NEIGHBOUR = "neighbour"  # … with a section of the most like words, which might: nobody has said
    OWN_WRITTEN = "own written"  # the same three of this project's own site
    OWN_NEAR = "own near"
    OWN_NEIGHBOUR = "own neighbour"
    OWN_WORDING = "own wording"  # what an author wrote that a section answers (`ask`)
    OWN_PAIR = "own pair"  # bot/data/contrast.<lang>.jsonl
    OWN_QUESTION = "own question"  # bot/data/calibration.jsonl
    OWN_CANDIDATE = "own candidate"  # what the search offers for the last two
    TEST_PAIR = "test pair"  # tests/data/contrast.<lang>.jsonl: only judges


@dataclass(frozen=True, slots=True)
class Example:
    """A question, a section as the reader reads it, and whether the section answers the whole question."""

    question: str
    section: str
    answered: bool
    origin: Origin
    part: str = ""  # of the question, which the section leaves out
    held: bool = False  # it judges and does not teach
    family: str = ""  # what is never torn apart by folds: a section's questions, a pair, a question's candidates
    name: str = ""  # of what a figure or a reading is of
