"""How to ask in Slack: what `help` shows."""

from collections.abc import Mapping, Sequence
from urllib.parse import urljoin

from bot.language import say
from bot.slack.blocks import COMMAND, Message, in_languages
from bot.slack.limits import shorten


def help_message(
    lang: str | None, site_url: str, command: str = COMMAND, asked: Mapping[str, Sequence[str]] | None = None
) -> Message:
    """How to ask; in both languages if the reader's is not known.

    `asked`: on a site without rules for clusters, what its headings ask, by language.
    """

    def text(spoken: str) -> str:
        if asked is None:
            return say(
                spoken,
                "slack",
                "help.text",
                command=command,
                site=_home(spoken, site_url),
                rules=_rules(spoken, site_url),
            )
        question = shorten(next(iter(asked[spoken]), say(spoken, "slack", "home.other.question")), 150)
        return say(spoken, "slack", "help.other", command=command, question=question, site=f"{site_url.rstrip('/')}/")

    return in_languages(lang, text)


def _home(lang: str, site_url: str) -> str:
    return f"{site_url.rstrip('/')}/" if lang == "ja" else urljoin(f"{site_url.rstrip('/')}/", "en/")


def _rules(lang: str, site_url: str) -> str:
    return urljoin(_home(lang, site_url), "rules/")
