"""What a whole site shows to be no text of its pages, in any language and of any generator.

A block that most pages repeat belongs to the theme ("Edit this page", "Was this helpful?"). A word that most notes of a
kind have as their title says only that kind ("Hinweis"). A line that is one link, with words that lead elsewhere each
time ("Try it"), points at something and states nothing; neither does a section that only lists pages of the site.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from index.reading.drafts import Draft, Page
from index.records import FormKind

FEW = 5  # pages of a language: what fewer have in common may well be text
SHARED = 3  # notes with one title, or places that the same words lead to


def leave_out_furniture(pages: Sequence[Page]) -> None:
    """Take away what most pages repeat, and let nobody quote what only labels or points."""
    for lang in {page.lang for page in pages}:
        _leave_out_repeated([page for page in pages if page.lang == lang])
    drafts = [draft for page in pages for draft in page.drafts]
    labels, pointers = _labels(drafts), _pointers(drafts)
    for draft in drafts:
        title, listed = _title_of(draft), _is_contents(draft)
        for place, block in enumerate(draft.blocks):
            if listed or title(place) in labels or block in pointers:
                draft.cells[place] = ()


def _leave_out_repeated(pages: Sequence[Page]) -> None:
    on_pages = Counter(block for page in pages for block in {block for draft in page.drafts for block in draft.blocks})
    repeated = {block for block, count in on_pages.items() if len(pages) >= FEW and 2 * count > len(pages)}
    for draft in (draft for page in pages for draft in page.drafts if repeated and not draft.glossary):
        kept = [place for place, block in enumerate(draft.blocks) if block not in repeated]
        draft.blocks = [draft.blocks[place] for place in kept]
        draft.cells = [draft.cells[place] for place in kept]
        draft.within = [draft.within[place] for place in kept]


def _labels(drafts: Sequence[Draft]) -> set[tuple[str, str]]:
    """The word that most notes of a kind have as their title, with the kind."""
    titles = Counter(title for draft in drafts for title in map(_title_of(draft), range(len(draft.blocks))) if title)
    kinds = Counter[str]()
    for (kind, _), count in titles.items():
        kinds[kind] += count
    return {
        (kind, title)
        for (kind, title), count in titles.items()
        if count >= SHARED and 2 * count > kinds[kind] and title.isalnum()
    }


def _pointers(drafts: Sequence[Draft]) -> set[str]:
    """Words of links that lead elsewhere each time."""
    leading = defaultdict[str, set[str]](set)
    for text, address in (each for draft in drafts for each in _pointing(draft)):
        leading[text].add(address)
    return {text for text, addresses in leading.items() if len(addresses) >= SHARED}


def _title_of(draft: Draft) -> Callable[[int], tuple[str, str] | None]:
    """Of a block by its place: the kind of the note whose title it is, and the title."""

    def title(place: int) -> tuple[str, str] | None:
        around = draft.within[place]
        if len(around) < 2 or (around[-2].kind, around[-1].kind) != (FormKind.NOTE, FormKind.TITLE):
            return None
        return around[-2].label, draft.blocks[place].casefold()

    return title


def _is_contents(draft: Draft) -> bool:
    """Whether a section is nothing but a list of pages of this site."""
    inner = {text for text, address in _pointing(draft) if address.startswith("/")}
    return len(inner) >= SHARED and inner.issuperset(draft.blocks)


def _pointing(draft: Draft) -> Iterator[tuple[str, str]]:
    """Blocks that are one link, each with where it leads."""
    for link in draft.linked:
        if link.text in draft.blocks:
            yield link.text, link.url
