"""What became of an answer that was to be phrased."""

from enum import StrEnum


class Outcome(StrEnum):
    """Counted for Prometheus."""

    WRITTEN = "written"
    REFUSED = "refused"  # the text says something that the quotes do not say
    UNAVAILABLE = "unavailable"  # no text in time
    SKIPPED = "skipped"  # too many at once, or the model has just failed


class UnavailableError(Exception):
    """The model gave no text; the message repeats nothing that it said."""
