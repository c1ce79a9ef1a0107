"""The objects below one address. Only this file knows the library that speaks to Azure, S3, Google and folders.

Credentials are found as the clouds' own tools find them: workload identity, an identity of the machine, environment
variables. Each call has an end: the library tries again for some seconds, and a stalled one is given up.
"""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from index.remote.address import shown
from index.remote.calls import within
from index.remote.trouble import LostError, RemoteError, Trouble, reason
from index.storage.disk import POINTER, only_builder

if TYPE_CHECKING:
    from obstore.store import ObjectStore

CALL = 30.0  # seconds for one call with all its retries
CHUNK = 1 << 23  # bytes read by one call
LARGEST_POINTER = 1 << 16  # bytes
_OBJECTS = 10_000  # that are listed at most
_IDENTITY = ("169.254.169.254", "metadata.google.internal", "/token", "credential")  # where credentials are asked for
_PLAIN_HTTP = ("AWS_ALLOW_HTTP", "AZURE_ALLOW_HTTP", "GOOGLE_ALLOW_HTTP")  # for stores on one's own machine


@dataclass(frozen=True, slots=True)
class Pointer:
    """The manifest as it lies in the store, with what tells its version from all others."""

    content: bytes
    version: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """An object as it is listed, with the store's own time."""

    name: str  # below the address
    size: int
    modified: datetime


class Bucket:
    """Reads and writes below an address. All errors are RemoteError, without anything secret."""

    def __init__(
        self, address: str, call: float = CALL, store: "ObjectStore | None" = None, *, create: bool = False
    ) -> None:
        """`create`: make the folder of a `file://` address. `store`: that of the tests. Needs the extra `cloud`."""
        import obstore.store  # noqa: F401  # who has no such package is told so now

        self.shown, self._address, self._call, self._create = shown(address), address, call, create
        parts = urlsplit(address)
        # Folders know no conditional writes: a lock in the folder makes them so.
        self._folder = Path(unquote(parts.path)) if parts.scheme == "file" else None
        self._opened = store

    @property
    def _store(self) -> "ObjectStore":
        """Opened when it is first used: what is missing then may be there later."""
        from obstore.store import LocalStore, from_url

        if self._opened is None and self._folder:
            if not (self._create or self._folder.is_dir()):
                raise RemoteError(Trouble.MISSING, f"{self.shown}: there is no such folder")
            self._opened = LocalStore(self._folder, mkdir=self._create)
        if self._opened is None:
            self._opened = from_url(
                self._address,
                client_options={
                    "allow_http": any(os.environ.get(name, "").lower() in ("1", "true") for name in _PLAIN_HTTP),
                    "connect_timeout": timedelta(seconds=5),
                    "timeout": timedelta(seconds=self._call),
                    "user_agent": "cni-kb",
                },
                retry_config={"max_retries": 4, "retry_timeout": timedelta(seconds=self._call / 2)},
            )
        return self._opened

    async def pointer(self, unless: Pointer | None = None) -> Pointer | None:
        """The pointer; `unless` itself if it is still the same, None if there is none."""
        from obstore.exceptions import NotModifiedError

        known = dict(unless.version).get("e_tag") if unless else None

        def call() -> Pointer | None:
            try:
                given = self._store.get(POINTER, options={"if_none_match": known} if known else None)
            except NotModifiedError:
                return unless
            except FileNotFoundError as error:
                if _no_bucket(error):
                    raise
                return None
            if given.meta["size"] > LARGEST_POINTER:
                raise RemoteError(Trouble.DAMAGED, f"{self.shown}/{POINTER}: too large for a manifest")
            version = {name: str(given.meta.get(name) or "") for name in ("e_tag", "version")}
            return Pointer(bytes(given.bytes()), tuple((name, value) for name, value in version.items() if value))

        with self._refused(POINTER):
            return await within(self._call, call)

    async def size(self, name: str) -> int:
        """Bytes of an object."""
        with self._refused(name):
            return await within(self._call, lambda: int(self._store.head(name)["size"]))

    async def read(self, name: str, start: int, end: int) -> bytes:
        """A part of an object."""
        with self._refused(name):
            return await within(self._call, lambda: bytes(self._store.get_range(name, start=start, end=end)))

    async def parts(self, name: str, size: int) -> AsyncIterator[bytes]:
        """An object of `size` bytes, piece by piece."""
        for start in range(0, size, CHUNK):
            yield await self.read(name, start, min(start + CHUNK, size))

    async def put(self, name: str, content: bytes | Path, most: float) -> None:
        """Write an object, whole or not at all, within `most` seconds; of a file some pieces at a time."""
        with self._refused(name):
            await within(most, lambda: self._store.put(name, content))

    async def switch(self, content: bytes, before: Pointer | None) -> None:
        """Replace the pointer, if it is still `before`. Raises LostError."""
        if await self._switched(content, before):
            return
        now = await self.pointer()
        if now is None or now.content != content:  # else the answer to our own write was lost, or both are equal
            raise LostError(self.shown)

    async def _switched(self, content: bytes, before: Pointer | None) -> bool:
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        if self._folder:
            with only_builder(self._folder):
                same = await self.pointer() == before
                if same:
                    await self.put(POINTER, content, self._call)
                return same
        mode = dict(before.version) if before else "create"

        def call() -> bool:
            try:
                self._store.put(POINTER, content, mode=mode)  # type: ignore[arg-type]
            except (AlreadyExistsError, PreconditionError):
                return False
            return True

        with self._refused(POINTER):
            return await within(self._call, call)

    async def listed(self) -> list[Stored]:
        """All objects below the address; of very many the first."""

        def call() -> list[Stored]:
            objects = chain.from_iterable(self._store.list(chunk_size=1000))
            return [Stored(entry["path"], entry["size"], entry["last_modified"]) for entry in islice(objects, _OBJECTS)]

        with self._refused(""):
            return await within(self._call, call)

    async def remove(self, name: str) -> None:
        """Remove an object; one that is not there is removed."""

        def call() -> None:
            with suppress(FileNotFoundError):
                self._store.delete(name)

        with self._refused(name):
            await within(self._call, call)

    @contextmanager
    def _refused(self, name: str) -> Iterator[None]:
        """Errors as ours."""
        from obstore import exceptions as known

        try:
            yield
        except FileNotFoundError as error:
            place, what = (self.shown, "bucket") if _no_bucket(error) else (f"{self.shown}/{name}", "object")
            raise RemoteError(Trouble.MISSING, f"{place}: there is no such {what}") from None
        except (known.PermissionDeniedError, known.UnauthenticatedError, PermissionError) as error:
            refusal = f"{self.shown}: access denied ({reason(error)})"
            mend = "Check the identity of this process, and its role on the bucket"
            raise RemoteError(Trouble.DENIED, f"{refusal}. {mend}") from None
        except (known.BaseError, TimeoutError, OSError, RuntimeError, ValueError) as error:
            raise RemoteError(Trouble.UNREACHABLE, f"{self.shown}: cannot be used ({_why(error)})") from None


def _no_bucket(error: BaseException) -> bool:
    return any(code in str(error) for code in ("NoSuchBucket", "ContainerNotFound", "bucket does not exist"))


def _why(error: BaseException) -> str:
    text = str(error)
    if "Account must be specified" in text:
        return "AZURE_STORAGE_ACCOUNT_NAME is not set"
    if any(sign in text for sign in _IDENTITY):
        return "no credentials were found in the environment or from an identity of this machine"
    if "BadScheme" in text:
        return "its endpoint is http; AWS_ALLOW_HTTP or AZURE_ALLOW_HTTP=true allows that on your own machine"
    return reason(error)
