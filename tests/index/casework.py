"""Golden cases: `cases/NAME.html` is a page, `cases/NAME.json` the sections it must give, in order."""

from pathlib import Path

from index.page import read_page, to_section
from index.records import Section

CASES = Path(__file__).with_name("cases")
PAGE = "guide/page"  # where every case is published


def sections_of(source: bytes) -> list[Section]:
    """The sections of one page; links stay paths of URLs (index/site.py turns them into pages)."""
    page = read_page(source, f"/{PAGE}/")
    return [to_section(draft, PAGE, page.lang, page.url, draft.links) for draft in page.drafts]


def told(section: Section) -> dict[str, object]:
    """A section as the cases write it: `text` by lines, `quotes` the sentences; what is usual is left out."""
    usual = {"path": [], "phrasings": [], "links": [], "covered": True}
    full = {
        "id": section.id.removeprefix(PAGE),
        "title": section.title,
        "path": list(section.path),
        "text": section.text.split("\n"),
        "quotes": [section.quote(span) for span in section.sentences],
        "phrasings": list(section.phrasings),
        "links": list(section.links),
        "covered": section.covered,
    }
    return {key: value for key, value in full.items() if key not in usual or value != usual[key]}
