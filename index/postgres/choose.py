"""The store that an address names."""

from index.remote.address import is_database
from index.remote.protocol import IndexStore


def store_at(address: str, *, create: bool = False) -> IndexStore:
    """An object store or a database. Needs the extra `cloud` or `postgres`; nothing is asked of it yet."""
    if is_database(address):
        from index.postgres.database import Database

        return Database(address)
    from index.remote.bucket import Bucket

    return Bucket(address, create=create)
