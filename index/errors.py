"""The one error that is the user's to mend: a folder, a file, a setting. Its message says what to do."""

MEND = "Run: kb index"


class KbError(Exception):
    """What is wrong, where, and the command or change that mends it, in one or two sentences."""


def reason(error: Exception) -> str:
    """Why a file was not read or written, without the errno and the path that the system's own words repeat."""
    return (isinstance(error, OSError) and error.strerror) or str(error)
