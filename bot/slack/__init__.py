"""The Slack door: a command, buttons, mentions, the home and the check dialog in, messages out. Holds no logic."""

from bot.slack.app import attach

__all__ = ["attach"]
