"""What can be wrong with an index in an object store, in a word for machines and a sentence for people."""

import re
from enum import StrEnum

from index.errors import KbError


class Trouble(StrEnum):
    """Why the newest index of a store is not taken up. Few values: they label a metric."""

    UNREACHABLE = "unreachable"  # no connection, a stall, a fault of the store
    DENIED = "denied"  # no credentials, or they may not do this
    MISSING = "missing"  # no index there, or a file of it
    DAMAGED = "damaged"  # not what the manifest says
    UNFIT = "unfit"  # too large, of another model or format
    CACHE = "cache"  # the folder of this machine cannot take it


class RemoteError(KbError):
    """A KbError about a store; `trouble` says which kind."""

    def __init__(self, trouble: Trouble, message: str) -> None:
        super().__init__(message)
        self.trouble = trouble


class LostError(KbError):
    """Another builder published between our look at a store and our switch; `shown`: the store's address."""

    def __init__(self, shown: str) -> None:
        super().__init__(
            f"{shown}: another builder published its index meanwhile, and ours is not. "
            f"To publish this site over it, run again: kb index --to {shown}"
        )


# A store's own words may repeat signed addresses and keys. Of them only these are passed on.
_STATUS = re.compile(r"status code: (\d{3})\b")
_CODE = re.compile(r"<Code>([A-Za-z]{1,60})</Code>")


def reason(error: BaseException) -> str:
    """What may be repeated of a library's error: the status and the code that the store answered."""
    text = str(error)
    codes = [match[1] for pattern in (_STATUS, _CODE) if (match := pattern.search(text))]
    if codes:
        return " ".join(codes)
    if isinstance(error, TimeoutError) or "operation timed out" in text:
        return "no answer"
    if "error sending request" in text:
        return "no connection"
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
