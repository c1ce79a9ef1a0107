"""The one error that is the user's to mend: a folder, a file, a setting. Its message says what to do."""

MEND = "Run: kb index"


class KbError(Exception):
    """What is wrong, where, and the command or change that mends it, in one or two sentences."""
