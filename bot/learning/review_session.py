"""A review by somebody who presses buttons: what is left, and what each does. They write what the keys write."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from bot.language import say
from bot.learning.gaps import Missed
from bot.learning.review import Decided, accept_test, accept_wording, digest
from index.errors import KbError

ALTERNATIVES = 5  # sections that a question may be given to
SKIP, WORDING, TEST = "skip", "wording", "test"


@dataclass(frozen=True, slots=True)
class Places:
    """Where decisions are written."""

    docs: Path
    tests: Path
    decided: Decided
    version: str | None = None  # that of the docs, of a site that has several


class Session:
    """The questions of one review, in order. Two windows may be open: a question is decided once."""

    def __init__(self, questions: Sequence[Missed], places: Places, lang: str) -> None:
        self._left, self._places, self._lock = list(questions), places, Lock()
        self.lang = lang
        self.count = len(questions)
        self.said = ""  # of the last decision

    @property
    def left(self) -> int:
        """How many are still to be decided."""
        return len(self._left)

    def next(self) -> Missed | None:
        """The question to decide on."""
        with self._lock:
            return self._left[0] if self._left else None

    def decide(self, name: str, action: str, number: int) -> None:
        """Do what a button says of the question with this digest; `number`: of the section, 0 for none.

        What is not there (any more) changes nothing.
        """
        with self._lock:
            question = next((each for each in self._left if digest(each) == name), None)
            if question is None:
                return
            try:
                if self._is_done(question, action, number):
                    self._places.decided.add(question)
                    self._left.remove(question)
            except KbError as error:
                self.said = str(error)

    def _is_done(self, question: Missed, action: str, number: int) -> bool:
        near = question.near[:ALTERNATIVES]
        section = near[number - 1] if 0 < number <= len(near) else None
        if action == SKIP:
            self.said = ""
            return True
        if action == TEST and (section or number == 0):
            new = accept_test(self._places.tests, question, section)
            self.said = self._word("tested" if new else "had", file=self._places.tests)
            return True
        if action == WORDING and section:
            file = accept_wording(self._places.docs, section, question, self._places.version)
            key = "no_source" if file is None else "worded"
            self.said = self._word(key, file=file, section=section, docs=self._places.docs)
            return file is not None
        return False

    def _word(self, key: str, **values: object) -> str:
        return say(self.lang, "learning", f"review.{key}", **values)
