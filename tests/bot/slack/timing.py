"""How long things take: no limit ends a test because the machine is busy, and a question lasts until its gate opens."""

import threading
from typing import Any

from deliver import NOW

from bot.answering.ask import Bot
from bot.slack.context import Timing

# Tests of one of these limits set it.
PATIENT = Timing(store=60, reader=60, file=60, reply=60, call=60, ping=60, drain=60, clock=lambda: NOW)


class GatedBot:
    """The bot, whose questions with the word "slow" wait for the gate, and with the word "fail" raise an error."""

    def __init__(self, bot: Bot) -> None:
        self._bot, self.gate = bot, threading.Event()
        self.at_gate: list[str] = []  # questions that have begun to wait

    @property
    def bot(self) -> "GatedBot":
        return self

    def __getattr__(self, name: str) -> Any:
        return getattr(self._bot, name)

    def ask(self, question: str, *more: Any) -> Any:
        if "slow" in question:
            self.at_gate.append(question)
            assert self.gate.wait(120)
        if "fail" in question:
            raise RuntimeError(f"canary-in-an-error {question}")
        return self._bot.ask(question, *more)
