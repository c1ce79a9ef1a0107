"""What kind of text a section is: a guide, release notes, an entry of a reference, a post, or the project's own.

Told by structure, in any language: release notes are sections, or pages of one folder, that are named by versions;
entries of a reference name objects, and the generator marks them; posts lie in `blog` or below the day on which they
were written; what contributors read is named as code hosts want it named.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from index.reading.drafts import Draft, Page
from index.records import Genre

# "2.1.0 (2026-04-01)", "v2.1", "Version 2.1", "[2.1.0] - 2026-04-01", "2026-04-01".
_VERSION = re.compile(r"(?:[^\W\d]+ )?\[?v?\d+(?:\.\d+)+[^\s,;]*(?:[ :\u2013\u2014-].{0,40})?|\[?\d{4}-\d\d-\d\d\]?")
# "/blog/monads/", "/ja/blog/monads/", "/posts/2026/04/01/monads/", "/2026-04-01-monads.html".
_POST = re.compile(r"/(?:[a-z]{2,3}(?:-\w+)?/)?blog/[^/]|.*/\d{4}[-/]\d\d[-/]\d\d(?:[-/.]|$)")
_PROJECT = re.compile(r"(?i).*/(?:contributing|code[_-]of[_-]conduct|governance|maintainers)(?:[/.]|$)")
FEW = 3  # sections or pages named by versions: fewer are no history


def genres(pages: Sequence[Page]) -> list[list[Genre]]:
    """Of each section of each page."""
    named = [_is_version(_title(page)) for page in pages]
    folders = Counter(_folder(page) for page, version in zip(pages, named, strict=True) if version)
    return [
        [_genre(draft, page.url, history=history) for draft in page.drafts]
        for page, version in zip(pages, named, strict=True)
        for history in [_is_history(page.drafts) or (version and folders[_folder(page)] >= FEW)]
    ]


def _genre(draft: Draft, url: str, *, history: bool) -> Genre:
    if history:
        return Genre.RELEASES
    if draft.reference:
        return Genre.REFERENCE
    return Genre.NEWS if _POST.match(url) else Genre.PROJECT if _PROJECT.match(url) else Genre.GUIDE


def _is_history(drafts: Iterable[Draft]) -> bool:
    """Whether most sections of some level are named by versions."""
    levels = Counter(draft.level for draft in drafts)
    versions = Counter(draft.level for draft in drafts if _is_version(draft.title))
    return any(count >= FEW and 2 * count > levels[level] for level, count in versions.items())


def _is_version(title: str) -> bool:
    return bool(_VERSION.fullmatch(title))


def _title(page: Page) -> str:
    return next((draft.title for draft in page.drafts), "")


def _folder(page: Page) -> str:
    return page.url.rstrip("/").rpartition("/")[0]
