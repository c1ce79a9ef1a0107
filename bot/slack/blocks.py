"""The blocks of Block Kit that messages are made of, and short messages: a note, what to do when something failed."""

from typing import Any

from bot import checks
from bot.language import SPOKEN, say
from bot.settings import Settings
from bot.slack.limits import BUTTON, escape, fitted, plain, shorten

Message = dict[str, Any]  # {"text", "blocks"}
Block = dict[str, Any]
COMMAND: str = Settings.model_fields["slack_command"].default
_SIGNS = (":x:", ":grey_question:", ":bulb:", ":white_check_mark:", ":heavy_minus_sign:")
MARKS = dict(zip(checks.Status, _SIGNS, strict=True))


def failure_message(lang: str | None, key: str = "search") -> Message:
    """What went wrong (`failure.<key>` of slack.toml) and what to do; in both languages if none is known."""
    return in_languages(lang, lambda spoken: say(spoken, "slack", f"failure.{key}"))


def note(lang: str, key: str, **values: object) -> Message:
    """One short sentence (`notes.<key>` of slack.toml); values are escaped."""
    return message(section(say(lang, "slack", f"notes.{key}", **{k: escape(str(v)) for k, v in values.items()})))


def section(text: str) -> Block:
    """A block of mrkdwn that is already escaped and short enough; names in it are not looked up (`verbatim`)."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def aside(text: str) -> Block:
    """A small line of escaped mrkdwn."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def button(action: str, words: str, value: str, style: str | None = None) -> Block:
    text = {"type": "plain_text", "text": shorten(words, BUTTON, plain), "emoji": True}
    return {"type": "button", "action_id": action, "text": text, "value": value, **({"style": style} if style else {})}


def message(*blocks: Block) -> Message:
    """These blocks; the first says what a notification shows."""
    return {"text": blocks[0]["text"]["text"], "blocks": fitted(list(blocks))}


def in_languages(lang: str | None, text: Any) -> Message:
    """`text(lang)` in one language, or in each, Japanese first."""
    return message(*(section(text(spoken)) for spoken in ([lang] if lang else SPOKEN)))
