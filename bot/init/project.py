"""What makes a documentation site: its generator, the file that configures it, and where it is built."""

from dataclasses import dataclass
from pathlib import Path

# Where a generator's configuration lies, seen from the root of a repository; the first that is there counts.
_PLACES = {
    "Zensical": ("zensical.toml",),
    "MkDocs": ("mkdocs.yml", "mkdocs.yaml"),
    "Docusaurus": tuple(
        f"{folder}docusaurus.config.{kind}"
        for folder in ("", "website/", "docs/")
        for kind in ("ts", "js", "mjs", "cjs")
    ),
    "VitePress": tuple(
        f"{folder}.vitepress/config{inner}.{kind}"
        for folder in ("docs/", "", "website/")
        for inner in ("", "/index")
        for kind in ("mts", "ts", "mjs", "js")
    ),
    "Starlight": tuple(
        f"{folder}astro.config.{kind}" for folder in ("", "docs/", "website/") for kind in ("mjs", "ts", "mts", "js")
    ),
    "Sphinx": ("conf.py", "docs/conf.py", "docs/source/conf.py", "source/conf.py", "doc/conf.py", "doc/source/conf.py"),
}
# Further names that a configuration may have where somebody names it: one for each language, for example.
_NAMED = {"MkDocs": ("mkdocs*.yml", "mkdocs*.yaml"), "Zensical": ("zensical*.toml",)}
# One of these words is in a configuration whose name other programs have, too.
_OWN_WORDS = {
    "Sphinx": ("Sphinx", "html_theme", "extensions", "html_static_path"),
    "Starlight": ("@astrojs/starlight",),
}
_BUILT = ("", "site", "public", "_site", "dist", "build", "book", "html", "_build/html", "build/html")


@dataclass(frozen=True, slots=True)
class Project:
    """`generator` is the name of one of those above; `site` is the folder that it builds by default."""

    generator: str
    file: Path
    site: Path


def recognise(place: Path) -> list[Project]:
    """The projects at a folder, or the one of this configuration."""
    if place.is_file():
        names = [name for name, places in _PLACES.items() if any(map(place.match, (*places, *_NAMED.get(name, ()))))]
        return [Project(name, place, _site(name, place)) for name in names[:1]]
    projects = [
        Project(name, place / first, _site(name, place / first))
        for name, places in _PLACES.items()
        if (first := next((file for file in places if (place / file).is_file()), None))
    ]
    return [project for project in projects if _names(project.file, _OWN_WORDS.get(project.generator, ()))]


def built(place: Path) -> Path | None:
    """A folder of HTML here, made by whatever."""
    return next((place / name for name in _BUILT if (place / name / "index.html").is_file()), None)


def _site(generator: str, file: Path) -> Path:
    match generator:
        case "Docusaurus":
            return file.parent / "build"
        case "Starlight":
            return file.parent / "dist"
        case "VitePress":
            return (file.parents[1] if file.parent.name == "config" else file.parent) / "dist"
        case "Sphinx":
            return file.parents[1] / "build/html" if file.parent.name == "source" else file.parent / "_build/html"
        case _:
            return file.parent / "site"


def _names(file: Path, words: tuple[str, ...]) -> bool:
    """Whether a configuration has one of the words, if any are given."""
    try:
        text = file.read_text("utf-8", "replace") if words else ""
    except OSError:
        return True  # the error that follows says why
    return not words or any(word in text for word in words)
