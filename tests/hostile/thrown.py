"""Pages that were made to be found: words thrown together, sections with their words shuffled, near copies."""

import html
import json
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from index.records import Section

_TOKENS = re.compile(r"[A-Za-z0-9./_-]+|[ァ-ヶー]+|[一-龥]+|[ぁ-ん]+")
Maker = Callable[[random.Random, str, Sequence[Section]], tuple[str, list[str]]]


def tokens(text: str, lang: str) -> list[str]:
    return text.split() if lang == "en" else _TOKENS.findall(text)


def joined(words: Sequence[str], lang: str) -> str:
    if lang == "en":
        return " ".join(words)
    return "".join(f" {word} " if word[0].isascii() else word for word in words).strip()


def salad(chance: random.Random, lang: str, sections: Sequence[Section]) -> tuple[str, list[str]]:
    """The site's own words in any order."""
    pool = [word for section in sections for word in tokens(f"{section.title} {section.text}", lang)]
    return joined(chance.choices(pool, k=6), lang), [joined(chance.choices(pool, k=60), lang)]


def salad_in_sentences(chance: random.Random, lang: str, sections: Sequence[Section]) -> tuple[str, list[str]]:
    """The same with a full stop after each twelve words."""
    pool = [word for section in sections for word in tokens(f"{section.title} {section.text}", lang)]
    end = ". " if lang == "en" else "。"
    said = [joined(chance.choices(pool, k=12), lang).capitalize() for _ in range(8)]
    return joined(chance.choices(pool, k=6), lang), [end.join(said) + end.strip()]


def shuffled(chance: random.Random, lang: str, sections: Sequence[Section]) -> tuple[str, list[str]]:
    """A section's heading, and its words in another order."""
    section = chance.choice(sections)
    words = tokens(section.text, lang)
    chance.shuffle(words)
    return section.title, [joined(words, lang)]


def near_copy(chance: random.Random, lang: str, sections: Sequence[Section]) -> tuple[str, list[str]]:
    """A section with a word left out of each line."""
    section, lines = chance.choice(sections), []
    for line in section.text.split("\n"):
        words = tokens(line, lang)
        if len(words) > 6:
            del words[chance.randrange(len(words))]
        lines.append(joined(words, lang))
    return section.title, lines


KINDS: dict[str, Maker] = {maker.__name__: maker for maker in (salad, salad_in_sentences, shuffled, near_copy)}


def add(site: Path, sections: Sequence[Section], make: Maker, pages: int, seed: int = 7) -> None:
    """Add so many pages to a built site, half of them in each language, under one name in both."""
    chance = random.Random(seed)
    for lang in ("ja", "en"):
        folder = site if lang == "ja" else site / lang
        own = [section for section in sections if section.lang == lang and section.text and section.covered]
        listing = folder / "search/search_index.json"
        content = json.loads(listing.read_text("utf-8"))
        for number in range(pages // 2):
            title, lines = make(chance, lang, own)
            page = folder / f"a-thrown-{number}"
            page.mkdir()
            text = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
            (page / "index.html").write_text(
                f'<!doctype html><html lang="{lang}"><head><title>x</title></head><body><main><article>'
                f'<h1 id="thrown">x</h1><h2 id="section">{html.escape(title)}</h2>{text}</article></main></body>'
                "</html>",
                "utf-8",
            )
            content["docs"].append({"location": f"{page.name}/", "title": title, "text": ""})
        listing.write_text(json.dumps(content), "utf-8")
