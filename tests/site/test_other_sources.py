"""Whatever comes from another document than the site's source names it, its edition and when that was verified.

`docs/other-sources.csv` lists the documents: address, edition (the date at the document's head), the day on which the
statements were compared with it, and the text that was read. That no command stands without such a document is
tested in test_command_sources.py.
"""

import csv
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LANGS = ("ja", "en")
SOURCE = "https://learn.microsoft.com/azure/application-gateway/for-containers/container-networking"
DOCUMENTS = re.compile(
    r"\]\((https://(?:[\w.-]+\.)?"
    r"(?:microsoft\.com|azure\.cn|kubernetes\.io|github\.com|helm\.sh|fluxcd\.io|argo-cd\.readthedocs\.io)"
    r"/[^)\s#]+)[^)\s]*\)"
)
# What says that a fact comes from elsewhere.
ELSEWHERE = {"en": r"\b(?:[Aa]nother|[Tt]he (?:same|other)) source\b", "ja": "別の出典|同じ出典"}
# Only a reference that is published anew with each version of its program has no edition.
REFERENCE = re.compile("/cli/|/reference/kubectl/generated/|//helm.sh/|//fluxcd.io/|//argo-cd.readthedocs.io/")
MARK = {
    "en": r"\((?:edition of (?P<edition>[\d-]+), )?verified (?P<verified>[\d-]+)\)",
    "ja": r"（(?:(?P<edition>[\d-]+) 版、)?(?P<verified>[\d-]+) 確認[）。]",
}
# What the list says of a text that is not the one at its address, and how a page says so.
OLDER = "the current text was not read"
SAYS_OLDER = {"en": OLDER, "ja": "現在の本文は確認していません"}
# What may follow a link before its mark: links listed with it, then words, but neither another link nor a new line.
BETWEEN = r"(?:(?:, |、)\[[^\]]*\]\([^)]*\))*[^\[\](（\n]*?"
# The repository in which the source is published, named for its licence.
NO_STATEMENT = {"https://github.com/MicrosoftDocs/azure-docs"}

with (ROOT / "docs/other-sources.csv").open(encoding="utf-8", newline="") as opened:
    LEDGER = list(csv.DictReader(opened))
EDITIONS = {(row["url"], row["edition"], row["verified"]) for row in LEDGER}


def sections(text: str) -> dict[str, str]:
    """The text below each heading, by the heading as it is written."""
    parts = re.split(r"^(#{1,6} [^\n]+)\n", re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def blocks(text: str) -> list[str]:
    """Paragraphs, list items and table rows; an admonition is one block, with all that it holds."""
    paragraphs: list[str] = []
    for part in re.split(r"\n(?!\n*    )\s*", text.strip()):
        paragraphs += [part] if part.startswith(("!!!", "???")) else part.split("\n")
    return [block for block in paragraphs if block.strip()]


def unnamed(text: str, lang: str, editions: set[tuple[str, str, str]]) -> list[str]:
    """The documents that some block links to without naming an edition of theirs that is listed."""
    missing = []
    for heading, body in sections(text).items():
        if ".not-covered" in heading:
            continue  # it points to where something is documented, and states nothing
        for block in blocks(body):
            for link in DOCUMENTS.finditer(block):
                mark = re.match(BETWEEN + MARK[lang], block[link.end() :])
                named = (link[1], mark["edition"] or "", mark["verified"]) if mark else None
                if link[1] not in {SOURCE, *NO_STATEMENT} and named not in editions:
                    missing.append(link[1])
    return missing


def silent(text: str, lang: str, older: set[str]) -> list[str]:
    """The documents, read in an older text than the current one, that some block links to without saying so."""
    return [
        link[1]
        for heading, body in sections(text).items()
        if ".not-covered" not in heading
        for block in blocks(body)
        for link in DOCUMENTS.finditer(block)
        if link[1] in older and SAYS_OLDER[lang] not in block
    ]


def undated(text: str, lang: str) -> list[str]:
    """Headings of the sections that speak of another source and name none with its day; a page's first may announce."""
    below = [(heading, body) for heading, body in sections(text).items() if not heading.startswith("# ")]
    return [heading for heading, body in below if re.search(ELSEWHERE[lang], body) and not re.search(MARK[lang], body)]


def pages(lang: str) -> dict[str, str]:
    folder = ROOT / "docs" / lang
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in sorted(folder.rglob("*.md"))}


@pytest.mark.parametrize("lang", LANGS)
def test_a_linked_document_is_named_with_an_edition_that_is_listed(lang: str):
    assert {name: missing for name, text in pages(lang).items() if (missing := unnamed(text, lang, EDITIONS))} == {}


@pytest.mark.parametrize("lang", LANGS)
def test_what_another_source_says_stands_with_its_day(lang: str):
    assert {name: headings for name, text in pages(lang).items() if (headings := undated(text, lang))} == {}


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_says_that_the_current_text_was_not_read(lang: str):
    older = {row["url"] for row in LEDGER if OLDER in row["text"]}
    assert older and {name: links for name, text in pages(lang).items() if (links := silent(text, lang, older))} == {}


def test_an_older_text_that_is_cited_as_the_current_one_is_noticed():
    address = "https://learn.microsoft.com/azure/x"
    assert silent(f"# H\n\nSee [X]({address}).\n\nElsewhere the current text was not read.", "en", {address}) == [
        address
    ]
    assert silent(f"# H\n\nSee [X]({address}); the current text was not read.", "en", {address}) == []
    assert silent(f"# H\n\n[X]({address})（現在の本文は確認していません）", "ja", {address}) == []
    assert silent(f"# H\n\nSee [X]({address}).", "en", set()) == []


def test_another_source_without_a_day_is_noticed():
    assert undated("## H\n\nAccording to another source, it boils.", "en") == ["## H"]
    assert undated("## H\n\n別の出典によると、沸騰します。", "ja") == ["## H"]
    dated = "According to another source, [P](p.md) (edition of 2025-01-02, verified 2026-03-04), it boils."
    assert undated(f"# H\n\nAnother source says more below.\n\n## I\n\n{dated}", "en") == []


def test_both_languages_name_the_same_editions_in_the_same_order():
    japanese, english = (
        {name: [mark.groups() for mark in re.finditer(MARK[lang], text)] for name, text in pages(lang).items()}
        for lang in LANGS
    )
    assert japanese == english


def test_every_listed_document_is_named_on_a_page():
    linked = {link for text in pages("en").values() for link in DOCUMENTS.findall(text)}
    assert {row["url"] for row in LEDGER} - linked == set()


def test_listed_documents_have_an_edition_a_date_and_the_text_that_was_read():
    assert len(EDITIONS) == len(LEDGER)
    assert [row for row in LEDGER if not (row["url"] and row["verified"] and row["text"])] == []
    assert [row["url"] for row in LEDGER if not row["edition"] and not REFERENCE.search(row["url"])] == []
    assert [row for row in LEDGER if date.fromisoformat(row["verified"]) < date(2026, 1, 1)] == []
    dated = [row for row in LEDGER if row["edition"]]
    assert [row for row in dated if date.fromisoformat(row["edition"]) > date.fromisoformat(row["verified"])] == []


@pytest.mark.parametrize("lang", LANGS)
def test_plans_name_editions_that_are_listed(lang: str):
    sources = tomllib.loads((ROOT / f"bot/words/{lang}/plan.toml").read_text("utf-8"))["sources"].values()
    named = {(source["url"].partition("#")[0], source["edition"]) for source in sources if source["edition"]}
    assert named - {(url, edition) for url, edition, _ in EDITIONS} == set()


@pytest.mark.parametrize("lang", LANGS)
def test_findings_name_editions_that_are_listed(lang: str):
    said = (ROOT / f"bot/words/{lang}/checks.toml").read_text("utf-8")
    named = set(re.findall(r"edition of ([\d-]+)" if lang == "en" else r"([\d-]+) 版", said))
    assert named and named <= {edition for _, edition, _ in EDITIONS}


LINK = "[A page](https://learn.microsoft.com/azure/x)"
LISTED = {("https://learn.microsoft.com/azure/x", "2025-01-02", "2026-03-04")}


@pytest.mark.parametrize(
    "text",
    [
        f"# H\n\n{LINK} (edition of 2025-01-02, verified 2026-03-04) says so.",
        f"# H\n\n{LINK} on Microsoft Learn (edition of 2025-01-02, verified 2026-03-04).",
        f"# H\n\n{LINK}, {LINK} (edition of 2025-01-02, verified 2026-03-04).",
        f'# H\n\n!!! note "N"\n    {LINK} (edition of 2025-01-02, verified 2026-03-04):\n\n    - one\n',
        f"# H {{ .not-covered }}\n\nIt is documented at {LINK}.",
        f"# H\n\nThe source is [this]({SOURCE}).",
    ],
)
def test_what_names_its_document_passes(text: str):
    assert unnamed(text, "en", LISTED) == []


@pytest.mark.parametrize(
    "text",
    [
        f"# H\n\n{LINK} says so.",
        f"# H\n\n{LINK} (edition of 2025-01-02) says so.",
        f"# H\n\n{LINK} (verified 2026-03-04) says so.",
        f"# H\n\n{LINK} (edition of 2024-12-31, verified 2026-03-04) says so.",
        f"# H\n\n{LINK} and [B](https://example.org) (edition of 2025-01-02, verified 2026-03-04) say so.",
        f"# H\n\n{LINK} says so.\n\nAnother (edition of 2025-01-02, verified 2026-03-04).",
        f"# H\n\n- {LINK} says so\n- another (edition of 2025-01-02, verified 2026-03-04)",
    ],
)
def test_what_does_not_name_its_document_is_reported(text: str):
    assert unnamed(text, "en", LISTED) == ["https://learn.microsoft.com/azure/x"]
