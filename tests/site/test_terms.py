"""One term per thing: pages and words use those of docs/terms.toml, and no other name for the same thing."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

UNREAD = re.compile(
    r"<!--.*?-->|^ *```.*?^ *```|`[^`\n]+`|\]\([^)\n]*\)|\{[^{}\n]*\}|https?://\S+", re.DOTALL | re.MULTILINE
)
GLOSSARY = re.compile(r"^#+ [^\n]*\{[^}\n]*\.glossary[^}\n]*\}\n.*?(?=^#|\Z)", re.DOTALL | re.MULTILINE)
# Patterns by which questions are read, which are never shown.
UNSHOWN = {"question", "conversation"}


def other_names(text: str, terms: dict[str, list[str]]) -> Iterator[str]:
    """What the text says in place of a term, each with the term."""
    shown = UNREAD.sub(" ", GLOSSARY.sub("", text))
    for term, others in terms.items():
        for other in others:
            yield from (f"{match[0]} (say {term})" for match in re.finditer(other, shown))


def texts(root: Path, lang: str) -> dict[str, str]:
    files = [
        *(root / "docs" / lang).rglob("*.md"),
        *(file for file in (root / "bot/words" / lang).glob("*.toml") if file.stem not in UNSHOWN),
        root / f"docs/theme/assets/words/{lang}.json",
    ]
    return {file.relative_to(root).as_posix(): file.read_text("utf-8") for file in files}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_pages_and_words_say_one_term_for_one_thing(root: Path, lang: str):
    terms = tomllib.loads((root / "docs/terms.toml").read_text("utf-8"))[lang]
    by_page = {name: list(other_names(text, terms)) for name, text in texts(root, lang).items()}
    assert {name: others for name, others in by_page.items() if others} == {}


def test_another_name_is_noticed_where_readers_see_it():
    terms = {"teapot": ["tea ?kettle"]}
    table = "## Terms { #terms .glossary }\n\n| teapot | teakettle |\n\n"
    assert list(other_names("A tea kettle.", terms)) == ["tea kettle (say teapot)"]
    assert list(other_names("<!-- ask\na teakettle?\n-->\n`teakettle` [pot](teakettle.md)\n", terms)) == []
    assert list(other_names(f"{table}## Use {{ #use }}\n\nA teakettle.\n", terms)) == ["teakettle (say teapot)"]
