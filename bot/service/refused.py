"""Why a question gets no answer: its asker has asked too often, or it is too long."""


class OftenError(Exception):
    """Who asks has asked as often as one may; `seconds` until the next question."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


class LongError(Exception):
    """The `question`, or the `history` before it, has more than `limit` characters as it is read."""

    def __init__(self, part: str, limit: int) -> None:
        super().__init__(f"{part}: more than {limit} characters")
        self.part, self.limit = part, limit
