"""Both languages say the same: headings, numbers, links, rules, notes, tables and code, page by page."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(file.relative_to(ROOT / "docs/en").as_posix() for file in (ROOT / "docs/en").rglob("*.md"))
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
FENCE = re.compile(r"^( *)```.*?^\1```", re.DOTALL | re.MULTILINE)
HEADING = re.compile(r"^(#{1,4}) [^\n]*\{ ?#([\w-]+)([^}\n]*)\}", re.MULTILINE)
NOTE = re.compile(r"^ *(?:!!!|\?\?\?\+?) (\w+)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
# What is no ordinary count: versions, prefixes, rules, dates, codes. Small numbers are spelt out in one language only.
CODE = re.compile(r"`[^`\n]+`")
TEN_THOUSANDS = re.compile(r"(\d+) ?万")  # as Japanese counts
NUMBER = re.compile(
    r"(?<![\w.])(?:v?\d+\.\d+(?:\.\d+)*(?:/\d+)?|/\d{2}\b|AGC\d{3}|\d{4}-\d{2}-\d{2}|\d{3,})(?![\w])", re.ASCII
)
# Two things of the source document, and how each language calls them.
APART = {"outage": ("停止", "outage"), "disruption": ("中断", "disrupt")}


def section_texts(text: str) -> dict[str, str]:
    """What stands below each heading, without comments and code."""
    plain = FENCE.sub("", COMMENT.sub("", text))
    marks = list(HEADING.finditer(plain))
    ends = [mark.start() for mark in marks[1:]] + [len(plain)]
    return {mark[2]: plain[mark.start() : end] for mark, end in zip(marks, ends, strict=True)}


def outline(text: str) -> dict[str, object]:
    """What must be equal in both languages, whatever the words."""
    plain = FENCE.sub("", COMMENT.sub("", text))
    rows = [line.strip().count("|") for line in plain.splitlines() if line.strip().startswith("|")]
    return {
        "headings": [(len(mark[1]), mark[2], mark[3].split()) for mark in HEADING.finditer(plain)],
        "notes": NOTE.findall(plain),
        "rows of tables": rows,
        "links": Counter(
            target for target in LINK.findall(CODE.sub("", plain)) if not target.startswith("https://creativecommons")
        ),
        "numbers": set(NUMBER.findall(TEN_THOUSANDS.sub(lambda count: f"{count[1]}0000", plain.replace(",", "")))),
        "blocks of code": len(FENCE.findall(text)),
    }


def kept_apart(japanese: str, english: str) -> list[str]:
    """Sections of which one language speaks of an outage, or of a disruption, and the other does not."""
    ja, en = section_texts(japanese), section_texts(english)
    return [
        f"{name}: {subject}"
        for name in ja.keys() & en.keys()
        for subject, (word_ja, word_en) in APART.items()
        if (word_ja in ja[name]) != (word_en in en[name].lower())
    ]


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_have_the_same_outline(page: str):
    japanese, english = (outline((ROOT / "docs" / lang / page).read_text("utf-8")) for lang in ("ja", "en"))
    assert {part: (value, english[part]) for part, value in japanese.items() if value != english[part]} == {}


@pytest.mark.parametrize("page", [page for page in PAGES if not page.startswith("service/")])
def test_an_outage_and_a_disruption_are_kept_apart(page: str):
    texts = [(ROOT / "docs" / lang / page).read_text("utf-8") for lang in ("ja", "en")]
    assert kept_apart(*texts) == []


def test_every_table_has_rows_of_one_width():
    uneven = []
    for file in (ROOT / "docs").rglob("*.md"):
        plain = FENCE.sub("", COMMENT.sub("", file.read_text("utf-8")))
        for table in re.findall(r"(?:^ *\|[^\n]*\n)+", plain, re.MULTILINE):
            if len({line.strip().replace("\\|", "").count("|") for line in table.splitlines()}) > 1:
                uneven.append((file.name, table.splitlines()[0]))
    assert uneven == []


def test_what_differs_is_noticed():
    ja, en = "# A { #a }\n\n1.7.9 の停止。\n", "# A { #a }\n\nAn outage with 1.7.9.\n"
    assert outline(ja) == outline(en) and kept_apart(ja, en) == []
    assert outline(ja.replace("1.7.9", "1.7.8"))["numbers"] != outline(en)["numbers"]
    assert outline(ja + "\n[b](b.md)\n")["links"] != outline(en)["links"]
    assert outline(ja + '\n!!! note "n"\n')["notes"] != outline(en)["notes"]
    assert kept_apart(ja.replace("停止", "中断"), en) == ["a: outage", "a: disruption"]
