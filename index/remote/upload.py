"""An index from a folder to a store: its files first, then the pointer in one conditional write, then old ones go."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from index.errors import KbError
from index.remote.bucket import CALL, Pointer, Stored
from index.remote.protocol import IndexStore
from index.remote.pull import manifest_in
from index.remote.trouble import RemoteError, Trouble
from index.storage.disk import POINTER, read_files
from index.storage.store import Manifest, manifest_of

KEPT = 3  # generations that stay, the newest ones
GRACE = timedelta(hours=1)  # what is younger may be another builder's, under way
SLOWEST = 1 << 20  # bytes a second: what arrives more slowly is given up
_GENERATION = 16  # hex digits


@dataclass(frozen=True, slots=True)
class Published:
    """What `publish` did."""

    generation: str
    bytes_sent: int
    removed: tuple[str, ...]  # old generations


async def begin(bucket: IndexStore) -> Pointer | None:
    """The pointer that a builder means to replace, read before it builds. Raises RemoteError if it is no index's."""
    before = await bucket.pointer()
    try:
        ours = before is None or {"format", "generation", "files"} <= json.loads(before.content).keys()
    except (ValueError, AttributeError, RecursionError):
        ours = False
    if not ours:
        why = f"{bucket.shown}/{POINTER}: there is a file that is no index's. Choose another path, or remove it"
        raise RemoteError(Trouble.DAMAGED, why)
    return before


async def publish(
    bucket: IndexStore, folder: Path, before: Pointer | None, kept: int = KEPT, grace: timedelta = GRACE
) -> Published:
    """Make the index of `folder` the one that the store names, if the store still names `before`.

    Readers see the old index or the new one, whenever this stops. Raises LostError where another builder was first.
    """
    content = (folder / POINTER).read_bytes()
    manifest = manifest_of(content, folder / POINTER)
    if before and before.content == content:
        sent = await _mend(bucket, folder, manifest)
    else:
        sent = await _send(bucket, folder, manifest, tuple(manifest.files))
        await bucket.switch(content, before)
        sent += len(content) + await _mend(bucket, folder, manifest, only_missing=True)
    return Published(manifest.generation, sent, await _collect(bucket, manifest.generation, kept, grace))


async def _send(bucket: IndexStore, folder: Path, manifest: Manifest, names: Sequence[str]) -> int:
    generation = folder / manifest.generation
    read_files(generation, manifest.files)  # what is damaged here is not published
    sizes = {name: (generation / name).stat().st_size for name in names}
    for name, size in sizes.items():
        await bucket.put(f"{manifest.generation}/{name}", generation / name, CALL + size / SLOWEST)
    return sum(sizes.values())


async def _mend(bucket: IndexStore, folder: Path, manifest: Manifest, *, only_missing: bool = False) -> int:
    """Send again what is not in the store as it was sent; `only_missing` trusts what is there."""
    lost = []
    for name, digest in manifest.files.items():
        place, size = f"{manifest.generation}/{name}", (folder / manifest.generation / name).stat().st_size
        try:
            there = await bucket.size(place) == size
            if there and not only_missing:
                there = await _digest(bucket, place, size) == digest
        except RemoteError:
            there = False
        if not there:
            lost.append(name)
    return await _send(bucket, folder, manifest, lost) if lost else 0


async def _digest(bucket: IndexStore, place: str, size: int) -> str:
    hashed = hashlib.sha256()
    async for part in bucket.parts(place, size):
        hashed.update(part)
    return hashed.hexdigest()


async def _collect(bucket: IndexStore, current: str, kept: int, grace: timedelta) -> tuple[str, ...]:
    """Remove all but the newest generations. Never one that is young by the store's clock, nor the one in use."""
    objects = await bucket.listed()
    groups: defaultdict[str, list[Stored]] = defaultdict(list)
    for stored in objects:
        generation, _, name = stored.name.partition("/")
        if len(generation) == _GENERATION and not generation.strip("0123456789abcdef") and name:
            groups[generation].append(stored)
    now = max((stored.modified for stored in objects), default=None)
    removed = []
    for generation in _old(groups, current, now, kept, grace):
        pointer = await bucket.pointer()
        if pointer is None or _named(bucket, pointer) in (generation, None):
            continue
        for stored in groups[generation]:
            await bucket.remove(stored.name)
        removed.append(generation)
    return tuple(removed)


def _old(
    groups: Mapping[str, Sequence[Stored]], current: str, now: datetime | None, kept: int, grace: timedelta
) -> list[str]:
    written = {generation: max(stored.modified for stored in group) for generation, group in groups.items()}
    newest = sorted(written, key=lambda generation: (generation == current, written[generation]), reverse=True)
    return [generation for generation in newest[kept:] if now and now - written[generation] > grace]


def _named(bucket: IndexStore, pointer: Pointer) -> str | None:
    """The generation in use; None where nobody can say."""
    try:
        return manifest_in(pointer, bucket).generation
    except KbError:
        return None
