"""The one error of the checks: input (or a tool's answer) that cannot be used, and where."""

from bot.checks.grammar import slip
from bot.checks.printable import printable
from bot.checks.words import label, words


class InputError(Exception):
    """Exit code 2, or HTTP 4xx. `code` names the sentence in the words files; the place is what is known of it."""

    def __init__(
        self,
        code: str,
        *,
        pointer: str | None = None,
        line: int | None = None,
        column: int | None = None,
        file: str = "",
        **details: str | int,
    ) -> None:
        self.code = code
        self.pointer = None if pointer is None else printable(pointer)
        self.line = line
        self.column = column
        self.file = printable(file)
        self.details = {name: printable(str(value)) for name, value in details.items()}
        super().__init__(self.message("en"))

    def of(self, file: str) -> "InputError":
        """The same error, and the file that it is in."""
        self.file = printable(file)
        return self

    def below(self, lines: int) -> "InputError":
        """The same error, in a text that begins so many lines further down."""
        self.line = None if self.line is None else self.line + lines
        return self

    def message(self, lang: str) -> str:
        """One or two sentences: what is wrong, where, and what to do."""
        details = self.details
        if self.code == "not-json":
            details = details | {"reason": words(lang, f"grammar.{slip(details['reason'])}")}
        text = words(lang, f"errors.{self.code}", **details)
        places = [words(lang, "labels.at", pointer=self.pointer)] if self.pointer else []
        if self.line is not None:
            places.append(words(lang, "labels.line", line=self.line, column=self.column))
        where = label(lang, "place").format(place=", ".join(places)) if places else ""
        return f"{self.file}: {text}{where}" if self.file else f"{text}{where}"
