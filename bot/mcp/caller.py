"""What every tool works with: the desk, and who calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urljoin

from bot.answering.ask import Bot
from bot.service.desk import Desk

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, at which desk."""

    desk: Desk
    asker: str  # whose calls are counted, and whose place in the queue is taken
    counted: bool = False  # already, for this call

    @property
    def has_rules(self) -> bool:
        """Whether the site is the one of the rules."""
        return self.desk.has_rules

    async def count(self) -> None:
        """Count a call. Raises OftenError."""
        if not self.counted:
            await self.desk.count(self.asker)

    async def look(self, work: Callable[[Bot], T]) -> T:
        """What `work` finds in the index. Raises FullError or TimeoutError."""
        return await self.desk.look(self.asker, work)

    def url(self, path: str) -> str:
        """The whole address of a page: who calls is no page of the site."""
        base = f"{self.desk.settings.site_url.rstrip('/')}/"
        return urljoin(base, path.lstrip("/")) if path.startswith("/") else path
