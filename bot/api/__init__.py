"""The HTTP door: requests to /api/…, pages and probes in, JSON and files of the built site out. Holds no logic."""

from bot.api.app import create_app
from bot.api.server import run

__all__ = ["create_app", "run"]
