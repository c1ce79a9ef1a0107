"""The index of an object store or a database, brought into a folder of this machine as the settings say."""

from pathlib import Path

from bot.service.live import Follow
from bot.settings import Settings
from index.encoder.protocol import Encoder
from index.postgres.choose import store_at
from index.remote.mirror import Mirror
from index.remote.pull import Bounds, reader_with


def follower(settings: Settings) -> Follow | None:
    """What follows the index in its store; None if the index is a folder."""
    address = settings.index_address
    if address is None:
        return None

    def follow(folder: Path, encoder: Encoder) -> Mirror:
        bounds = Bounds(int(settings.index_largest_gb * (1 << 30)))
        return Mirror(store_at(address), folder, reader_with(encoder), settings.index_poll, bounds)

    return follow
