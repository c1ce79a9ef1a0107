"""How a report for people looks: as wide as their terminal, in colour where it shows colours, folded or whole."""

from collections.abc import Mapping
from dataclasses import dataclass

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
WIDEST = 120  # longer lines are hard to read
NARROWEST = 40


@dataclass(frozen=True, slots=True)
class Look:
    """Without a width nothing is broken; `whole`: nothing is folded."""

    width: int | None = None
    colour: bool = False
    whole: bool = False

    def paint(self, text: str, *styles: str) -> str:
        """The text in styles such as `bold` and `red`."""
        if not self.colour or not text:
            return text
        return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"


def colours(environment: Mapping[str, str], terminal: bool) -> bool:
    """As other tools do: never with NO_COLOR, always with FORCE_COLOR, else on a terminal that is no `dumb` one."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return terminal and environment.get("TERM") != "dumb"
