"""The HTML files of a built site."""

from pathlib import Path


def html_files(folder: Path) -> list[Path]:
    """In order. A folder may have such a name, too: Docusaurus makes `old.html/index.html` of a redirect."""
    return sorted(file for file in folder.rglob("*.html") if file.is_file())
