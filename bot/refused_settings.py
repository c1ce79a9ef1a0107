"""The error of settings that were refused: which ones, and why; never a secret."""

from collections.abc import Sequence

from pydantic_core import ErrorDetails

from bot.language import say
from bot.refused_values import why_refused
from index.errors import KbError
from index.remote.address import shown

SECRETS = ("writer_key", "slack_signing_secret", "slack_signing_secret_old", "slack_bot_token", "slack_app_token")

_ADDRESSES = [(name,) for name in ("index", "store", "rate_store", "writer_url", "slack_api_url", "slack_hooks_url")]


class SettingsError(KbError):
    """Settings that were refused; its text is English, `message` that of any language."""

    def __init__(self, problems: Sequence[ErrorDetails]) -> None:
        self._problems = problems
        super().__init__(self.message("en"))

    def message(self, lang: str) -> str:
        """Which settings, what they are, and why that cannot be."""
        problems = (f"{_name(problem)}={_shown(problem)}: {why_refused(lang, problem)}" for problem in self._problems)
        return say(lang, "errors", "settings", problems="; ".join(problems))


def _name(problem: ErrorDetails) -> str:
    return f"KB_{'_'.join(str(part) for part in problem['loc']).upper()}"


def _shown(problem: ErrorDetails) -> str:
    """The refused value; a secret is never repeated."""
    if problem["loc"][:1] in _ADDRESSES:  # a person may have put a key into it
        return repr(shown(str(problem["input"])))
    return "…" if problem["loc"][:1] and problem["loc"][0] in SECRETS else repr(problem["input"])
