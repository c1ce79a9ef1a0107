"""The words of the checks (bot/words/<lang>/checks.toml): nothing a person reads is written in the code."""

from bot.language import say


def words(lang: str, key: str, **values: object) -> str:
    """The text of a key such as `rules.AGC004.why`, with its `{places}` filled."""
    return say(lang, "checks", key, **values)


def label(lang: str, name: str) -> str:
    """A word of the reports: a heading or a status."""
    return words(lang, f"labels.{name}")
