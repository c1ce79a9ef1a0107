"""bot/data/chat: the chat that other sites take along, bundled from docs/theme; `python -m deploy.chat` writes it anew.

Its files are committed, so that a wheel has them without node; a test tells whether they are those of the sources.
"""

import json
from pathlib import Path

from index.publishing.bundle import esbuild

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "bot/data/chat"
NAME = "kb-1"  # the contract's version: what pages may rely on changes with this number only
_SCRIPTS = Path("docs/theme/scripts")
_MINIFIED = ("--bundle", "--minify", "--charset=utf8", "--legal-comments=none", "--log-level=warning", "--color=false")
_OF_PAGES = ("check", "examples", "full", "page", "placeholder", "translation", "unfold")  # that only this site's say


def write(folder: Path = FOLDER) -> None:
    """Put the bundle into the folder, and nothing else."""
    for file in folder.rglob("*.js"):
        file.unlink()
    defined = {
        "KB_STYLE": _style(_SCRIPTS / "embed.css"),
        "KB_ANSWER_STYLE": _style(_SCRIPTS / "answer.css"),
        "KB_WORDS_EN": _words("en"),
        "KB_WORDS_JA": _words("ja"),
    }
    esbuild(
        ROOT,
        f"{NAME}={_SCRIPTS / 'embed.js'}",
        *_MINIFIED,
        "--format=esm",
        "--splitting",
        "--target=es2022",
        f"--chunk-names={NAME}/[name]-[hash]",
        *(f"--define:{name}={json.dumps(value, ensure_ascii=False)}" for name, value in defined.items()),
        f"--outdir={folder}",
    )


def _style(file: Path) -> str:
    return esbuild(ROOT, str(file), *_MINIFIED).strip()


def _words(lang: str) -> str:
    words = json.loads((ROOT / f"docs/theme/assets/words/{lang}.json").read_text("utf-8"))
    kept = {name: said for name, said in words.items() if name not in _OF_PAGES}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    write()
