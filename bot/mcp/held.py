"""A section as tools give it: with its translation, and with a line where it may be out of date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answering.ask import Bot
from bot.answering.stale import stale, stale_line
from bot.mcp.caller import Caller
from bot.mcp.outputs import Beside
from bot.question.versions import of_address
from index.records import Section


@dataclass(frozen=True, slots=True)
class Held:
    """A section, the path of the same one in the other language, and why it may be out of date; "": nothing says so."""

    section: Section
    translation: str
    stale: str

    def beside(self, caller: Caller) -> Beside:
        """What there is of both."""
        beside: Beside = {}
        if self.translation:
            beside["translation_url"] = caller.url(self.translation)
        if self.stale:
            beside["stale"] = self.stale
        return beside


def held(sections: Iterable[Section], bot: Bot) -> Sequence[Held]:
    """Sections of any version of a bot's site, as of today."""
    return [_held(section, bot) for section in sections]


def _held(section: Section, bot: Bot) -> Held:
    twin = bot.of(of_address(section.id, bot.versions)).topics.twin(section)
    age = stale(section, bot.today())
    return Held(section, twin.url if twin else "", stale_line(age, section.lang) if age else "")
