"""An event loop for tests of deadlines: its time moves only when a test says so."""

import asyncio
import time


class StillLoop(asyncio.SelectorEventLoop):
    """Timers see no time pass but `passes(seconds)`, until `go()`: from then on it moves as ever."""

    def __init__(self) -> None:
        self._passed, self._since = 0.0, None
        super().__init__()

    def time(self) -> float:
        return self._passed + (time.monotonic() - self._since if self._since else 0.0)

    def passes(self, seconds: float) -> None:
        """From another thread: so much time has passed."""
        self._passed += seconds
        self.call_soon_threadsafe(lambda: None)

    def go(self) -> None:
        """From another thread: what ends the loop needs time that moves."""
        self._since = time.monotonic()
        self.call_soon_threadsafe(lambda: None)
