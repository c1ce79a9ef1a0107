"""Why a value was refused, in the reader's language: pydantic's reasons by their type, ours by the same means."""

from collections.abc import Mapping
from typing import Any

from bot.language import pack

OTHER = "other"


def why_refused(lang: str, problem: Mapping[str, Any]) -> str:
    """The reason that pydantic gives as an error's `type`, with the limits of its `ctx`; never the value itself."""
    words = pack(lang, "errors")["values"]
    limits = {name: str(value).replace(" or ", ", ") for name, value in problem.get("ctx", {}).items()}
    text: str = words.get(problem["type"], words[OTHER])
    return text.format(**limits)


def why_not_opened(lang: str, error: OSError) -> str:
    """Why a file cannot be read or written; the system's own words where we have none."""
    words: Mapping[str, str] = pack(lang, "errors")["files"]
    return words.get(type(error).__name__, error.strerror or type(error).__name__)
