"""Prompts that a person chooses in their host, each in every language that the bot speaks."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.language import ELSE, SPOKEN, pack, say
from bot.mcp.arguments import RefusedError

# What each prompt asks for; its words are in bot/words/<lang>/mcp.toml.
OF_RULES = ("check", "plan")  # which are about the rules
_TAKES = {"answer": ("question",), "check": ("cluster",), "plan": ("cluster", "goal")}


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt in one language. `takes`: its arguments, each with its description."""

    name: str
    of_rules: bool
    title: str
    description: str
    takes: Mapping[str, str]
    text: str

    def filled(self, given: Mapping[str, str]) -> str:
        """The message that begins the conversation. Raises RefusedError where an argument is missing or unknown."""
        if set(given) != set(self.takes) or not all(text.strip() for text in given.values()):
            raise RefusedError(say(ELSE, "mcp", "errors.unknown_argument", names=", ".join(self.takes)))
        return self.text.strip().format(**given)


def prompts() -> dict[str, Prompt]:
    """Every prompt by its name, which ends in its language: `answer_en`."""
    listed = [_prompt(kind, lang) for kind in _TAKES for lang in SPOKEN if kind in pack(lang, "mcp")["prompts"]]
    return {prompt.name: prompt for prompt in listed}


def _prompt(kind: str, lang: str) -> Prompt:
    words = pack(lang, "mcp")["prompts"][kind]
    takes = {name: words[name] for name in _TAKES[kind]}
    return Prompt(f"{kind}_{lang}", kind in OF_RULES, words["title"], words["description"], takes, words["text"])
