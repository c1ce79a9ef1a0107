"""docs/ to a built site: one MkDocs run per language whose pages changed, put together aside and swapped in whole.

Only this file runs MkDocs, and only as a program, so another generator costs these lines. `mkdocs.yml` is the site's
main language at /, each `mkdocs.<lang>.yml` beside it goes to /<lang>/: one search index per language.
"""

import ctypes
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import yaml

from index.alternates.write import write_all
from index.errors import KbError
from index.processors import processors
from index.publishing.bundle import bundle, inputs
from index.reading import sources
from index.reading.site import Site, read_site
from index.storage.disk import only_builder

_FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)  # as MkDocs finds it
_DOCS_DIR = re.compile(r"^docs_dir: *([\w./-]+) *$", re.MULTILINE)
_PACKAGE, _ROOMS = Path(__file__).parents[1], ("alternates", "publishing", "reading")
_HERE, _EXCHANGE = -100, 2  # AT_FDCWD, RENAME_EXCHANGE of Linux


def publish(project: Path, site: Path) -> bool:
    """Build the site of `project` into `site`; False if nothing changed since the last time.

    Raises KbError where there is no configuration or a page cannot be read, and BusyError while another process builds.
    """
    main = project / "mkdocs.yml"
    if not main.is_file():
        raise KbError(f"{main}: no such file. Run kb site where mkdocs.yml lies, or index a built site: kb index DIR")
    stamp = site.with_name(f"{site.name}.digest")
    digest = _digest(project)
    if site.is_dir() and stamp.is_file() and stamp.read_text("utf-8") == digest:
        return False
    for page in sorted((project / "docs").rglob("*.md")):
        _require_front_matter(page)
    parts = site.with_name(f".{site.name}.parts")  # the site of each language, for the next time
    with only_builder(parts, "site"):
        _build(project, site, parts)
        stamp.write_text(digest, "utf-8")
    return True


def _build(project: Path, site: Path, parts: Path) -> None:
    main = project / "mkdocs.yml"
    configs = {"": main} | {config.name.split(".")[1]: config for config in sorted(project.glob("mkdocs.*.yml"))}
    with ThreadPoolExecutor(processors()) as threads:
        built = list(threads.map(lambda config: _part(config, list(configs.values()), parts), configs.values()))
    aside = site.with_name(f".{site.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    for lang, part in zip(configs, built, strict=True):
        shutil.copytree(part, aside / lang)
    _add_sources(aside, project / "docs")
    read = read_site(aside)
    _add_wordings(aside, read)
    write_all(aside, read)
    replace(aside, site)


def _part(config: Path, configs: list[Path], parts: Path) -> Path:
    """The site of one language, built anew unless only what belongs to other languages changed."""
    project, part = config.parent, parts / config.stem
    stamp = parts / f"{config.stem}.digest"
    own = _docs_dir(config)
    others = {_docs_dir(other) for other in configs} - {own}
    strange = [folder for folder in others if not (folder.is_relative_to(own) or own.is_relative_to(folder))]
    digest = _digest(project, strange)
    if not (part.is_dir() and stamp.is_file() and stamp.read_text("utf-8") == digest):
        stamp.unlink(missing_ok=True)
        shutil.rmtree(part, ignore_errors=True)
        _mkdocs(config, part)
        bundle(project, part)
        stamp.write_text(digest, "utf-8")
    return part


def _docs_dir(config: Path) -> Path:
    """Where a language's pages lie; all of docs/ where its configuration does not say so in one plain line."""
    match = _DOCS_DIR.search(config.read_text("utf-8"))
    return config.parent / (match[1] if match else "docs")


def replace(new: Path, site: Path) -> None:
    """Put the folder `new` in the place of `site`, whole; on Linux there is no moment at which there is no site."""
    old = site.with_name(f".{site.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if not site.exists():
        new.rename(site)
    elif _exchange(new, site):
        shutil.rmtree(new, ignore_errors=True)
    else:
        site.rename(old)
        new.rename(site)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(first: Path, second: Path) -> bool:
    """Swap two names in one step, as renameat2(2) does; False where the system or the file system cannot."""
    try:
        swap = ctypes.CDLL(None).renameat2  # Python has no name for it
    except (AttributeError, OSError, TypeError):
        return False
    return int(swap(_HERE, os.fsencode(first), _HERE, os.fsencode(second), _EXCHANGE)) == 0


def _require_front_matter(page: Path) -> None:
    """Refuse a page whose settings are not YAML: MkDocs would print them as text of the page and say nothing."""
    match = _FRONT_MATTER.match(page.read_text("utf-8-sig"))
    try:
        yaml.safe_load(match[1] if match else "")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{page}:{mark.line + 2}" if mark else str(page)  # counted from 0, below the first ---
        why = getattr(error, "problem", None) or str(error)
        raise KbError(f"{place}: the settings between the lines --- are not YAML: {why}. Mend that line.") from None


def _mkdocs(config: Path, target: Path) -> None:
    # Without --quiet: it would hide warnings from --strict, too.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(target)]
    address = os.environ.get("KB_SITE_URL", "http://127.0.0.1:8000/").rstrip("/")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "KB_SITE_URL_EN": f"{address}/en/"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if line and not line.startswith("INFO")]
        raise KbError("\n".join((f"mkdocs build failed for {config.name}:", *said)))


def _add_wordings(site: Path, read: Site) -> None:
    """Give the site's own search the authors' other wordings; a worker that does not know the keys ignores them."""
    sections = {section.url: section for section in read.sections}
    for file in site.rglob("search/search_index.json"):
        folder = file.parent.parent.relative_to(site).as_posix()
        root = "/" if folder == "." else f"/{folder}/"
        content = json.loads(file.read_text("utf-8"))
        for doc in content["docs"]:
            section = sections.get(root + doc["location"])
            if section and section.phrasings:
                doc["phrasings"] = section.phrasings
            if section and section.synonyms:
                doc["synonyms"] = section.synonyms
            if section and not section.covered:
                doc["covered"] = False
        file.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _add_sources(site: Path, docs: Path) -> None:
    """What is known of the documents that the pages follow goes with the site."""
    for name in (sources.FILE, sources.LEDGER):
        if (docs / name).is_file():
            (site / sources.FOLDER).mkdir(exist_ok=True)
            shutil.copyfile(docs / name, site / sources.FOLDER / name)


def _digest(project: Path, strange: Sequence[Path] = ()) -> str:
    """SHA-256 over what a build reads: configurations, docs/ but for `strange` folders, the site's address, this."""
    hashed = hashlib.sha256(os.environ.get("KB_SITE_URL", "").encode())
    own = sorted(file for room in _ROOMS for file in (_PACKAGE / room).glob("*.py"))
    for file in (*own, *inputs(project)):
        hashed.update(file.read_bytes())
    for file in [*sorted(project.glob("mkdocs*.yml")), *sorted((project / "docs").rglob("*"))]:
        if file.is_file() and not any(file.is_relative_to(folder) for folder in strange):
            hashed.update(f"{file.relative_to(project)}\0{file.stat().st_size}\0".encode())
            hashed.update(file.read_bytes())
    return hashed.hexdigest()
