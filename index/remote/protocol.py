"""What holds an index for many machines: an object store (bucket.py), or a database (index/postgres)."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Protocol

from index.remote.bucket import Pointer, Stored


class IndexStore(Protocol):
    """Files by the names of their generations, and a pointer that names one. All errors are RemoteError."""

    @property
    def shown(self) -> str:
        """Its address, without anything secret."""

    async def pointer(self, unless: Pointer | None = None) -> Pointer | None:
        """The pointer; `unless` itself if it is still the same, None if there is none."""

    async def size(self, name: str) -> int:
        """Bytes of a file."""

    def parts(self, name: str, size: int) -> AsyncIterator[bytes]:
        """A file of `size` bytes, piece by piece."""

    async def put(self, name: str, content: bytes | Path, most: float) -> None:
        """Write a file, whole or not at all, within `most` seconds."""

    async def switch(self, content: bytes, before: Pointer | None) -> None:
        """Replace the pointer, if it is still `before`. Raises LostError."""

    async def listed(self) -> list[Stored]:
        """All files."""

    async def remove(self, name: str) -> None:
        """Remove a file; one that is not there is removed."""
