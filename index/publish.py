"""docs/ to a built site: one MkDocs run per language, written aside and swapped in whole.

Only this file runs MkDocs, and only as a program, so another generator costs these lines. `mkdocs.yml` is the site's
main language at /, each `mkdocs.<lang>.yml` beside it is built into /<lang>/: one search index per language.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from index.errors import KbError
from index.site import read_site


def publish(project: Path, site: Path) -> bool:
    """Build the site of `project` into `site`; False if nothing changed since the last time."""
    main = project / "mkdocs.yml"
    if not main.is_file():
        raise KbError(f"{main}: no such file. Run kb site where mkdocs.yml lies, or index a built site: kb index DIR")
    stamp = site.with_name(f"{site.name}.digest")
    digest = _digest(project)
    if site.is_dir() and stamp.is_file() and stamp.read_text("utf-8") == digest:
        return False
    aside, old = site.with_name(f".{site.name}.new"), site.with_name(f".{site.name}.old")
    shutil.rmtree(aside, ignore_errors=True)
    _mkdocs(main, aside)
    for config in sorted(project.glob("mkdocs.*.yml")):
        _mkdocs(config, aside / config.name.split(".")[1])
    _add_phrasings(aside)
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    aside.rename(site)
    shutil.rmtree(old, ignore_errors=True)
    stamp.write_text(digest, "utf-8")
    return True


def _mkdocs(config: Path, target: Path) -> None:
    # Without --quiet: it would hide warnings from --strict, too.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(config), "-d", str(target)]
    address = os.environ.get("KB_SITE_URL", "http://127.0.0.1:8000/").rstrip("/")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "KB_SITE_URL_EN": f"{address}/en/"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).splitlines() if line and not line.startswith("INFO")]
        raise KbError("\n".join((f"mkdocs build failed for {config.name}:", *said)))


def _add_phrasings(site: Path) -> None:
    """Give the site's own search the authors' other wordings; a worker that does not know the key ignores it."""
    wordings = {section.url: section.phrasings for section in read_site(site).sections if section.phrasings}
    for file in site.rglob("search/search_index.json"):
        folder = file.parent.parent.relative_to(site).as_posix()
        root = "/" if folder == "." else f"/{folder}/"
        content = json.loads(file.read_text("utf-8"))
        for doc in content["docs"]:
            if found := wordings.get(root + doc["location"]):
                doc["phrasings"] = list(found)
        file.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _digest(project: Path) -> str:
    """SHA-256 over everything a build reads: the configurations, docs/ and the address of the site."""
    hashed = hashlib.sha256(os.environ.get("KB_SITE_URL", "").encode())
    for file in [*sorted(project.glob("mkdocs*.yml")), *sorted((project / "docs").rglob("*"))]:
        if file.is_file():
            hashed.update(f"{file.relative_to(project)}\0{file.stat().st_size}\0".encode())
            hashed.update(file.read_bytes())
    return hashed.hexdigest()
