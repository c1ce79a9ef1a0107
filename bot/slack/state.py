"""What a button must know: it lies in the message itself, so it outlives restarts and every worker can read it."""

import json
from dataclasses import dataclass

from bot.slack.limits import VALUE, size

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}  # as JSON may write them: no markup in a value


@dataclass(frozen=True, slots=True)
class State:
    """The question that a message answers, and how the message is shown."""

    question: str
    lang: str
    key: str  # of the request that was answered: what votes on one answer have in common
    before: str = ""  # the question before, where this one follows it
    private: bool = True  # only who asked sees the message
    vote: str | None = None  # up, down: of the one who sees a private message

    @property
    def history(self) -> list[str]:
        """What the question was asked with."""
        return [self.before] if self.before else []

    def text(self) -> str | None:
        """For a button's value; None where the question is too long for one."""
        fields = [self.question, self.lang, self.key, self.before, int(self.private), self.vote]
        text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
        for character, escaped in _ESCAPES.items():
            text = text.replace(character, escaped)
        return text if size(text) <= VALUE else None

    @classmethod
    def read(cls, text: str) -> "State":
        """The reverse of `text`. Raises ValueError for anything else."""
        match json.loads(text):
            case [str(question), str(lang), str(key), str(before), int(private), ("up" | "down" | None) as vote]:
                return cls(question, lang, key, before, bool(private), vote)
        raise ValueError("not a state")
