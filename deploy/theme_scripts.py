"""bot/data/theme_scripts.json: by which digests the inline scripts of Material for MkDocs are known.

After a new version of Material: `python -m deploy.theme_scripts` adds the installed one's; further wheels of Material
may be named. Digests of versions before stay, for sites that were built with them.
"""

import json
import sys
from collections.abc import Iterator
from importlib.metadata import files
from pathlib import Path
from zipfile import ZipFile

from bot.api.csp import digest, inline_scripts

FILE = Path(__file__).parents[1] / "bot/data/theme_scripts.json"


def installed() -> Iterator[bytes]:
    """The templates of the installed Material."""
    for file in files("mkdocs-material") or ():
        if file.suffix == ".html":
            yield Path(str(file.locate())).read_bytes()


def packed(wheel: Path) -> Iterator[bytes]:
    """The templates in a wheel of it."""
    with ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith(".html"):
                yield archive.read(name)


def scripts(template: bytes) -> list[bytes]:
    """Its inline scripts but for those that the theme puts together from parts, which are data."""
    return [
        script for script in inline_scripts(template) if b"{%" not in script and not script.lstrip().startswith(b"{{")
    ]


def main(wheels: list[Path]) -> None:
    """Add what is not yet known."""
    known = set(json.loads(FILE.read_text("utf-8")) if FILE.exists() else [])
    for templates in (installed(), *map(packed, wheels)):
        known |= {digest(script) for template in templates for script in scripts(template)}
    FILE.write_text(json.dumps(sorted(known), indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
