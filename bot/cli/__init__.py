"""The terminal door, `kb`: arguments in, one function called, its result as text out."""

from bot.cli.kb import main

__all__ = ["main"]
