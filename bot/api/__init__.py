"""The HTTP door: /api/…, the built site at /, probes. Decodes, asks, encodes; holds no logic."""

from bot.api.app import create_app
from bot.api.server import run

__all__ = ["create_app", "run"]
