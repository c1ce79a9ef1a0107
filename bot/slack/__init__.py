"""The Slack door: a command, buttons, mentions, the home and the check dialog. Decodes, asks, encodes."""

from bot.slack.app import attach

__all__ = ["attach"]
