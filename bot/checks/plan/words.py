"""The words of the plans (bot/words/<lang>/plan.toml)."""

from bot.language import pack, say


def words(lang: str, key: str, **values: object) -> str:
    """The text of a key such as `steps.upgrade.title`, with its `{places}` filled."""
    return say(lang, "plan", key, **values)


def label(lang: str, name: str) -> str:
    """A word of the forms: a heading, a mark, what belongs into a placeholder."""
    return words(lang, f"labels.{name}")


def quoted(lang: str, key: str) -> tuple[str, str]:
    """A section of the site, and a sentence of it."""
    return words(lang, f"quotes.{key}.section"), words(lang, f"quotes.{key}.text")


def has(lang: str, key: str) -> bool:
    """Whether there are such words; not every step has notes."""
    entry: object = pack(lang, "plan")
    for part in key.split("."):
        if not isinstance(entry, dict) or part not in entry:
            return False
        entry = entry[part]
    return True
