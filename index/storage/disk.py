"""Files that change all at once: a generation's folder is written whole and synced before a pointer names it.

    <folder>/manifest.json     the pointer, the only file that is ever replaced, atomically
    <folder>/.embedded         vectors of a build that has not ended (index/storage/kept.py)
    <folder>/<generation>/…    its files; a generation that a pointer may name is never written again

A reader, a crash or a full disk sees the old files or the new ones, never a mixture.
"""

import fcntl
import hashlib
import mmap
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from index.arrays import Buffer
from index.errors import MEND, KbError
from index.processors import processors

POINTER = "manifest.json"
KEPT = ".embedded"
MAPPED = 1 << 24  # bytes above which a file is mapped
THREADS = min(4, processors())
_ASIDE, _WRITTEN, _LOCK = ".building", ".manifest.json", ".lock"
# What a builder makes and may delete. Anything else in the folder belongs to somebody else.
_OURS = re.compile(rf"[0-9a-f]{{16}}|{re.escape(_ASIDE)}|{re.escape(_WRITTEN)}|{re.escape(KEPT)}")


class BusyError(KbError):
    """Another process has the folder."""


@contextmanager
def only_builder(folder: Path, what: str = "index") -> Iterator[None]:
    """Hold `folder` for one builder; the lock ends with its process. Raises BusyError if another one has it.

    `what` is built there.
    """
    with ExitStack() as held:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = held.enter_context((folder / _LOCK).open("w"))
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BusyError(f"{folder}: another process is building this {what}. Wait for it to finish.") from None
        except OSError as error:
            raise _unwritable(folder, error) from error
        yield


def replace_all(folder: Path, generation: str, files: Mapping[str, bytes], pointer: bytes) -> None:
    """Write a generation and let the pointer name it; for the holder of `only_builder`.

    Raises KbError if the disk is full or cannot be written: the old files are still there and still named.
    """
    if not _holds(folder / generation, files):
        with new_generation(folder, generation) as aside:
            for name, content in files.items():
                write_synced(aside / name, content)
    point(folder, generation, pointer)


@contextmanager
def new_generation(folder: Path, generation: str) -> Iterator[Path]:
    """A folder to write a generation's files into, which gets its name once the block has ended without an error."""
    aside, target = folder / _ASIDE, folder / generation
    with _writing(folder):
        _remove(aside)
        aside.mkdir()
        yield aside
        _sync(aside)
        _remove(target)  # damaged: no reader accepts it
        aside.rename(target)
        _sync(folder)


def point(folder: Path, generation: str, pointer: bytes) -> None:
    """Let the pointer name a generation that is there, and remove the others."""
    written = folder / _WRITTEN
    with _writing(folder):
        write_synced(written, pointer)
        written.replace(folder / POINTER)
        _sync(folder)
    tidy(folder, generation)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        for leftover in (folder / _ASIDE, folder / _WRITTEN):  # they may be what fills the disk
            _remove(leftover, ignore_errors=True)
        if isinstance(error, OSError):
            raise _unwritable(folder, error) from error
        raise


def read_files(folder: Path, digests: Mapping[str, str]) -> dict[str, Buffer]:
    """The verified files of a generation: in memory, those above `MAPPED` bytes as maps of the disk.

    Raises KbError naming the first bad file. Of a small file what is returned is what was verified. A large one is
    read through once, all at the same time, and nobody writes to it again; a map of it costs no memory of its own.
    """
    with ThreadPoolExecutor(THREADS) as threads:  # hashing lets other threads run
        verified = threads.map(lambda name: _verified(folder / name, digests[name]), digests)
        files = dict(zip(digests, verified, strict=True))
    if strange := sorted(file for file in folder.iterdir() if file.name not in digests):
        raise KbError(f"{strange[0]}: not a file of this index. {MEND}")
    return files


def _verified(file: Path, expected: str) -> Buffer:
    try:
        with file.open("rb") as opened:
            if os.fstat(opened.fileno()).st_size > MAPPED:
                digest = hashlib.file_digest(opened, "sha256").hexdigest()
                content: Buffer = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            else:
                content = opened.read()
                digest = sha256(content)
    except OSError as error:
        raise KbError(f"{file}: missing or cannot be read ({error.strerror}). {MEND}") from error
    if digest != expected:
        raise KbError(f"{file}: damaged (SHA-256 differs). {MEND}")
    return content


def tidy(folder: Path, generation: str) -> None:
    """Remove what builders left: old generations and halves of new ones. For the holder of `only_builder`."""
    for leftover in leftovers(folder, generation):
        _remove(leftover, ignore_errors=True)


def leftovers(folder: Path, generation: str) -> list[Path]:
    """What builders made in `folder` that nothing names any more."""
    return [file for file in folder.iterdir() if _OURS.fullmatch(file.name) and file.name != generation]


def sha256(content: bytes) -> str:
    """Hex SHA-256."""
    return hashlib.sha256(content).hexdigest()


def _holds(folder: Path, files: Mapping[str, bytes]) -> bool:
    try:
        read_files(folder, {name: sha256(content) for name, content in files.items()})
    except KbError:
        return False
    return True


def write_synced(file: Path, content: bytes) -> None:
    """Write a file through to the disk."""
    with file.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())  # some disks say only now that they are full


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path, *, ignore_errors: bool = False) -> None:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError:
        if not ignore_errors:
            raise


def _unwritable(folder: Path, error: OSError) -> KbError:
    return KbError(
        f"{folder}: the index cannot be written ({error.strerror or error}). What was there is unchanged. "
        f"Make room or choose another folder with KB_INDEX. {MEND}"
    )
