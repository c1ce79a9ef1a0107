"""The service as a process of its own, as patient as the one within this process."""

import sys
import time

PROGRAM = """
import functools
from slack_bolt.listener.async_listener import AsyncCustomListener
import bot.slack
import bot.service.desk
from bot.slack.context import Timing
AsyncCustomListener.ack_timeout = property(lambda _: 60, lambda *_: None)
bot.service.desk.SECONDS = 600
patient = Timing(store=60, reader=60, file=60, reply=60, call=60, ping=60, drain=600)
bot.slack.attach = functools.partial(bot.slack.attach, timing=patient)
{changes}
from bot.cli.kb import main
main()
"""


def program(changes: str = "") -> list[str]:
    """What runs in place of `kb`; `changes` first."""
    return [sys.executable, "-c", PROGRAM.format(changes=changes)]


def now() -> int:
    """What the clock of a process says."""
    return int(time.time())
