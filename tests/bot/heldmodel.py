"""A model that says nothing until it is let: what is shown meanwhile does not depend on anyone's speed."""

import asyncio
import threading
from collections.abc import Sequence

from bot.writer.outcome import UnavailableError


def quoting(asked: dict) -> str:
    """The first sentence of the first quote that is more than "No."."""
    quote = asked["messages"][1]["content"].split("\n[1] ")[-1].split("\n")[1]
    return f"{next(part for part in quote.split('. ') if ' ' in part).rstrip('.')} [1]."


class Held:
    """It says what quotes say, or nothing if it `fails`.

    `asked`, `left`: how many requests have come, and were cancelled before they were answered.
    """

    def __init__(self) -> None:
        self.let, self.fails = threading.Event(), False
        self.asked, self.left = threading.Semaphore(0), threading.Semaphore(0)

    async def text(self, messages: Sequence[dict[str, str]]) -> str:
        self.asked.release()
        try:
            while not self.let.is_set():  # another thread sets it
                await asyncio.sleep(0.01)
        except asyncio.CancelledError:
            self.left.release()
            raise
        if self.fails:
            raise UnavailableError("it fails")
        return quoting({"messages": messages})

    async def close(self) -> None:
        pass
