"""docs/ watched for its author: after each change the site and its index are made again and only then shown.

MkDocs builds the whole site each time. That takes a second, and what a partial build leaves out (the navigation, the
search, links from other pages) would have to be guessed. Of the index only the texts that changed are embedded.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from index.build import build
from index.encoder.choose import building_encoder
from index.errors import KbError
from index.publishing.publish import publish

QUIET = 0.1  # seconds without another change: editors write a file in several steps
# MkDocs and the look for changes read the files; that is no reason to build them again.
_CHANGES = {"created", "modified", "deleted", "moved"}
_log = logging.getLogger("kb")


@dataclass(frozen=True, slots=True)
class Refreshed:
    """A change that readers see: how long that took, and how many texts had to be embedded."""

    seconds: float
    embedded: int


@dataclass(frozen=True, slots=True)
class Watched:
    """The folder with mkdocs.yml and docs/, and what is made of it."""

    project: Path
    site: Path
    index: Path
    model: str


@contextmanager
def watching(
    watched: Watched,
    fresh: Callable[[], None],
    tell: Callable[[Refreshed | KbError], None],
    quiet: float = QUIET,
) -> Iterator[None]:
    """Build again after each change, in a thread, for as long as the context lasts.

    `fresh()` is called when a new index may lie there, then `tell` with what happened; after an error the old site
    and the old index are still there. `quiet`: seconds without another change after which a build begins. Raises
    KbError if the folder cannot be watched.
    """
    ended, changes = threading.Event(), _Changes()
    observer = Observer()
    try:
        observer.schedule(changes, str(watched.project), recursive=False)  # mkdocs*.yml
        observer.schedule(changes, str(watched.project / "docs"), recursive=True)
        observer.start()
    except OSError as error:
        raise KbError(
            f"{watched.project / 'docs'}: cannot be watched ({error.strerror}). Run kb serve --watch where mkdocs.yml "
            "and docs/ lie; on Linux fs.inotify.max_user_watches limits how many folders can be."
        ) from error
    thread = threading.Thread(target=_watch, args=(watched, changes, ended, fresh, tell, quiet), name="kb-docs-watch")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        changes.seen.set()
        observer.stop()
        observer.join()
        thread.join()


class _Changes(FileSystemEventHandler):
    """`seen` is set by a change of what the site is made of; `at` is when the last one came."""

    def __init__(self) -> None:
        self.seen, self.at = threading.Event(), 0.0

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = [Path(str(path)) for path in (event.src_path, event.dest_path) if path]
        if event.event_type in _CHANGES and any("docs" in path.parts or path.suffix == ".yml" for path in paths):
            self.at = time.monotonic()
            self.seen.set()


def _watch(
    watched: Watched,
    changes: _Changes,
    ended: threading.Event,
    fresh: Callable[[], None],
    tell: Callable[[Refreshed | KbError], None],
    quiet: float,
) -> None:
    try:
        building_encoder(watched.model)  # before it is needed: the first change is as fast as the others
    except Exception as error:  # it is told when it is needed
        _log.debug("the encoder is not loaded", exc_info=error)
    failed = False
    while changes.seen.wait():
        begun = changes.at
        changes.seen.clear()
        while not ended.is_set() and changes.seen.wait(quiet):
            changes.seen.clear()
        if ended.is_set():  # whatever was cleared: it is set before the last `seen`
            return
        failed = not _show(watched, begun, fresh, tell, again=failed)


def _show(
    watched: Watched,
    begun: float,
    fresh: Callable[[], None],
    tell: Callable[[Refreshed | KbError], None],
    *,
    again: bool,
) -> bool:
    """Build what has changed; False if that failed. `again`: build it though the pages are the same."""
    try:
        if publish(watched.project, watched.site) or again:
            _, embedded = build(watched.site, watched.index, watched.model)
            fresh()
            tell(Refreshed(time.monotonic() - begun, embedded))
        return True
    except KbError as error:
        tell(error)
    except OSError as error:  # a page was moved away while it was read
        tell(KbError(f"{error.filename or watched.project}: {error.strerror or error}. Save it once more."))
    except Exception:  # whatever it is, the next change is built again
        _log.exception("the change is not shown")
    return False
