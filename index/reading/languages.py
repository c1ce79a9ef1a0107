"""Languages of a site, and which pages and sections of them are twins."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import unquote, urlsplit

from index.reading.drafts import Draft, Page

ENOUGH = 200  # characters: fewer (names, figures) may be the same in two languages


def with_base_languages(pages: Sequence[Page]) -> list[Page]:
    """`ja-JP` is `ja`, unless the site has several kinds of one language (`pt-BR` beside `pt-PT`)."""
    kinds = defaultdict[str, set[str]](set)
    for page in pages:
        kinds[_base(page.lang)].add(page.lang)
    return [replace(page, lang=_base(page.lang)) if len(kinds[_base(page.lang)]) == 1 else page for page in pages]


def languages(pages: Sequence[Page]) -> tuple[str, ...]:
    """Languages of the site: the one outside any language's folder first, then by number of pages."""
    counts = Counter(page.lang for page in pages if page.lang)
    at_root = {page.lang for page in pages if folder_of(page.url, (page.lang,)) is None}
    ranked = sorted(counts, key=lambda lang: (lang not in at_root, -counts[lang], lang))
    return tuple(ranked) or ("en",)


def folder_of(url: str, langs: Sequence[str]) -> str | None:
    """The language whose name the first folder of an address has, in any of its spellings; None if it has none."""
    name = url.strip("/").split("/")[0].lower().replace("_", "-")
    if not url.startswith("/") or name in langs:
        return name if name in langs else None
    return _base(name) if _base(name) in langs and _is_tag(name) else None


def page_id(url: str, langs: Sequence[str]) -> str:
    """`/en/faq/` and `/faq/` are both `faq`; the page at the root is `index`."""
    parts = url.strip("/").removesuffix(".html").split("/")
    if len(langs) > 1 and folder_of(url, langs):
        parts = parts[1:]
    return "/".join(parts) or "index"


def without_copies(pages: Sequence[Page]) -> list[Page]:
    """Pages but those that stand in for a translation which nobody wrote yet: the words of the original once more."""
    langs = languages(pages)
    ids = [page_id(page.url, langs) for page in pages]
    away = [folder_of(page.url, langs) not in (None, page.lang) for page in pages]
    own = {
        name: page
        for name, page, elsewhere in zip(ids, pages, away, strict=True)
        if (page.lang or langs[0]) == langs[0] and not elsewhere
    }
    written = {name: {_text(page)} for name, page in own.items() if _length(page) >= ENOUGH}
    kept: list[Page] = []
    for name, page, elsewhere in zip(ids, pages, away, strict=True):
        original = own.get(name)
        copied = elsewhere and original is not None
        if not copied and (page is original or _text(page) not in written.get(name, ())):
            kept.append(page)
    return kept


def _length(page: Page) -> int:
    return sum(len(block) for draft in page.drafts for block in draft.blocks)


def _text(page: Page) -> tuple[tuple[str, ...], ...]:
    return tuple((draft.title, *draft.blocks) for draft in page.drafts)


def twins_by_address(pages: Sequence[Page], langs: Sequence[str]) -> dict[str, str]:
    """The page in the site's first language that each page is a translation of, as the pages themselves say.

    Only one to one: some generators name the first page of a language as the twin of all.
    """
    by_url = {page.url: page for page in pages}
    twins: dict[str, str] = {}
    for page in pages:
        if page.lang != langs[0]:
            continue
        for lang, address in _addresses(page).items():
            other = by_url.get(address) or by_url.get(f"{address.rstrip('/')}.html")
            if other is not None and other.lang == lang and other.lang != page.lang:
                twins[other.url] = "" if other.url in twins else page.url
    return {url: twin for url, twin in twins.items() if twin}


def anchors_of_twins(drafts: Sequence[Draft], others: Sequence[Draft]) -> Mapping[str, str]:
    """Anchors of `drafts` by those of a page's translation, where both have the same outline and differ in names."""
    if [draft.level for draft in drafts] != [other.level for other in others]:
        return {}
    pairs = [(draft.anchor, other.anchor) for draft, other in zip(drafts, others, strict=True)]
    theirs = {other for _, other in pairs}
    if any(mine in theirs and mine != other for mine, other in pairs):
        return {}  # they share a name in different places: a section was moved
    return dict(pairs)


def _addresses(page: Page) -> dict[str, str]:
    """Paths of a page's alternates from the site's root: an own address tells what stands before it."""
    own = urlsplit(page.twins.get("") or page.twins.get(page.lang) or "").path
    at = page.url.rstrip("/")
    base = own.rstrip("/").removesuffix(".html").removesuffix(at.removesuffix(".html")) if at else own.rstrip("/")
    paths = ((lang, urlsplit(address).path) for lang, address in page.twins.items() if lang)
    return {_base(lang): unquote(path).removeprefix(base) for lang, path in paths if path.startswith(base)}


def _base(lang: str) -> str:
    return lang.partition("-")[0]


def _is_tag(name: str) -> bool:
    """Whether a name is a language with its country or script: `ja-jp`, `zh-hans`."""
    first, _, rest = name.partition("-")
    return len(first) in (2, 3) and len(rest) in (2, 4) and rest.isalpha()
