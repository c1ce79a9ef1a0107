"""A generation from a store into a folder: bounded, each byte verified, and the pointer of the folder moved last."""

import asyncio
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.encoder.canary import verify
from index.encoder.protocol import Encoder
from index.errors import MEND, KbError
from index.remote.bucket import Pointer
from index.remote.protocol import IndexStore
from index.remote.trouble import RemoteError, Trouble
from index.storage.disk import POINTER, BusyError, new_generation, only_builder, point, read_files, tidy
from index.storage.store import Manifest, load_generation, manifest_of, read_manifest

LARGEST = 8 << 30  # bytes of a generation
SECONDS = 1800.0  # for a whole generation; each call has a shorter end of its own
FILES = 64  # of a generation
AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Reader:
    """What a generation must pass before this process takes it up. Both raise KbError."""

    fits: Callable[[Manifest], None]  # before anything is downloaded
    opens: Callable[[Path, Manifest], None]  # the verified files, in a folder whose pointer does not name them yet


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a store may ask of this machine."""

    largest: int = LARGEST
    seconds: float = SECONDS


def manifest_in(pointer: Pointer, bucket: IndexStore) -> Manifest:
    """The manifest of a pointer. Raises RemoteError."""
    try:
        manifest = manifest_of(pointer.content, f"{bucket.shown}/{POINTER}")
    except KbError as error:
        raise RemoteError(Trouble.DAMAGED, _mended(error, bucket)) from None
    if len(manifest.files) > FILES:
        raise RemoteError(Trouble.DAMAGED, f"{bucket.shown}: an index has not {len(manifest.files)} files")
    return manifest


def reader_with(encoder: Encoder) -> Reader:
    """A reader whose questions this encoder embeds."""

    def fits(manifest: Manifest) -> None:
        if (manifest.model, manifest.model_digest) != (encoder.name, encoder.digest):
            raise KbError(f"the index was built with {manifest.model}, settings ask for {encoder.name}. {MEND}")
        try:
            verify(encoder, manifest.canary)
        except (ValueError, TypeError) as error:
            raise KbError(f"the manifest holds no vector of the encoder ({error}). {MEND}") from None

    return Reader(fits, lambda folder, manifest: _opened(folder, manifest, encoder))


def _opened(folder: Path, manifest: Manifest, encoder: Encoder) -> None:
    load_generation(folder, manifest, encoder.name, encoder.digest)


async def pull(bucket: IndexStore, pointer: Pointer, folder: Path, reader: Reader, bounds: Bounds) -> Manifest:
    """Bring the generation that `pointer` names into `folder` and let the folder name it, if it passes `reader`.

    Raises RemoteError, and BusyError while another process of this machine does the same: the folder is unchanged.
    """
    manifest = manifest_in(pointer, bucket)
    target = folder / manifest.generation
    _passes(lambda: reader.fits(manifest), bucket)
    try:
        with only_builder(folder):
            if not _whole(target, manifest):
                async with asyncio.timeout(bounds.seconds):
                    with new_generation(folder, manifest.generation) as aside:
                        await _download(bucket, manifest, aside, bounds.largest)
            _passes(lambda: reader.opens(folder, manifest), bucket)
            point(folder, manifest.generation, pointer.content)
    except TimeoutError:
        why = f"{bucket.shown}: not here after {bounds.seconds:.0f} seconds, given up"
        raise RemoteError(Trouble.UNREACHABLE, why) from None
    except RemoteError:
        _forget(folder)
        raise
    except BusyError:
        raise
    except KbError as error:
        why = getattr(error.__cause__, "strerror", None) or str(error)
        mend = "Make room, or choose another folder with KB_INDEX_CACHE"
        raise RemoteError(Trouble.CACHE, f"{folder}: cannot keep the index of {bucket.shown} ({why}). {mend}") from None
    return manifest


def _forget(folder: Path) -> None:
    """Remove what was refused; a store that is wrong again and again must not fill the disk."""
    with suppress(KbError, OSError), only_builder(folder):
        tidy(folder, read_manifest(folder).generation if (folder / POINTER).exists() else "")


def _passes(look: Callable[[], None], bucket: IndexStore) -> None:
    try:
        look()
    except KbError as error:
        raise RemoteError(Trouble.UNFIT, f"{bucket.shown}: {_mended(error, bucket)}") from None


def _whole(target: Path, manifest: Manifest) -> bool:
    try:
        read_files(target, manifest.files)
    except (KbError, OSError):
        return False
    return True


async def _download(bucket: IndexStore, manifest: Manifest, aside: Path, largest: int) -> None:
    places = {name: f"{manifest.generation}/{name}" for name in manifest.files}
    sizes: dict[str, int] = {}
    measured = await asyncio.gather(*map(bucket.size, places.values()), return_exceptions=True)
    for name, size in zip(places, measured, strict=True):
        if isinstance(size, BaseException):  # the first in order, so that the log is not told of another each time
            raise size
        sizes[name] = size
    if (total := sum(sizes.values())) > largest:
        why = f"{bucket.shown}: {total:,} bytes are more than the {largest:,} of KB_INDEX_LARGEST_GB"
        raise RemoteError(Trouble.UNFIT, why)
    turns = asyncio.Semaphore(AT_ONCE)
    tasks = [
        asyncio.create_task(_file(bucket, place, sizes[name], aside / name, manifest.files[name], turns))
        for name, place in places.items()
    ]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _file(bucket: IndexStore, place: str, size: int, file: Path, digest: str, turns: asyncio.Semaphore) -> None:
    hashed = hashlib.sha256()
    async with turns:
        with file.open("wb") as opened:
            async for part in bucket.parts(place, size):
                hashed.update(part)
                opened.write(part)
            opened.flush()
            os.fsync(opened.fileno())
    if hashed.hexdigest() != digest:
        why = f"{bucket.shown}/{place}: damaged (SHA-256 differs). Run: kb index --to {bucket.shown}"
        raise RemoteError(Trouble.DAMAGED, why)


def _mended(error: KbError, bucket: IndexStore) -> str:
    return str(error).replace(MEND, f"Run: kb index --to {bucket.shown}")
