"""Configurations that are JavaScript or TypeScript: `scripts` of Docusaurus, `head` of VitePress and Starlight."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.init import brackets, code


@dataclass(frozen=True, slots=True)
class ScriptConfig:
    """The key of the configuration's object that lists scripts, how an item of it is written, how the object begins."""

    key: str
    entry: Callable[[str], str]
    beginning: re.Pattern[str] = code.CONFIG

    def lines(self, url: str) -> str:
        """What belongs into the object."""
        return f"{self.key}: [{self.entry(url)}],\n"

    def add(self, text: str, url: str) -> str | None:
        """The text with the script; None if it is not understood."""
        place = code.configuration(text, self.beginning)
        known = code.keys(text, *place) if place else None
        if place is None or known is None:
            return None
        if self.key in known:
            at = known[self.key]
            return brackets.put(text, at, self.entry(url)) if text[at : at + 1] == "[" else None
        at = place[0] + 1
        line = re.compile(r"[ \t]*\n(?=([ \t]*)\S)").match(text, at)
        before = f"\n{line[1]}" if line else " "
        return f"{text[:at]}{before}{self.lines(url).rstrip()}{text[at:]}"

    def remove(self, text: str, url: str) -> str | None:
        """The text without what `add` has added; `url` is a regular expression."""
        entry = re.escape(self.entry("URL")).replace("URL", url)
        taken, count = re.subn(rf"(?<=\{{)(?:\n[ \t]*| ){self.key}: \[{entry}\],", "", text)
        return taken if count == 1 else brackets.take(text, entry)


DOCUSAURUS = ScriptConfig("scripts", lambda url: f'{{ src: "{url}", type: "module" }}')
VITEPRESS = ScriptConfig("head", lambda url: f'["script", {{ type: "module", src: "{url}" }}]')
STARLIGHT = ScriptConfig(
    "head",
    lambda url: f'{{ tag: "script", attrs: {{ type: "module", src: "{url}" }} }}',
    re.compile(r"\bstarlight\(\s*\{"),
)
