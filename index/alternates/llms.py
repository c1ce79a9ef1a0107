"""llms.txt: a site's name, what it is about, and each page's Markdown with a sentence; llms-full.txt: all of it.

Version 2 of llmstxt.org: a file speaks for what lies in its folder, so each language's folder has its own.
"""

from collections.abc import Mapping

from index.alternates.head import Built
from index.alternates.inline import Inline
from index.alternates.pages import Page, in_order, place, root_of

_NAMELESS = "Docs"  # as the format's own sample calls pages that stand in no part
_OPTIONAL = "Optional"  # the format's name of what may be skipped
_LONGEST = 500  # characters of what is said of a page
_PLAIN = Inline(lambda n: "", lambda n: "")


def llms(folder: str, searched: list[Page], home: Built, homes: Mapping[str, Built]) -> str:
    """The list of one folder's pages; `homes`: the first page of each folder that has such a list."""
    parts: dict[str, list[Page]] = {}
    for name, own in in_order(searched, home):
        parts.setdefault(_OPTIONAL if name is None else name or _NAMELESS, []).extend(own)
    beside = parts.pop(_OPTIONAL, []) if len(parts) > 1 else []
    written = [_head(home)]
    for name, own in parts.items():
        title = _NAMELESS if name == _OPTIONAL else name
        written.append(f"## {_PLAIN.part(title)}\n\n" + "\n".join(_line(page, folder, home) for page in own))
    root = root_of(home)
    optional = [f"- [llms-full.txt]({place(f'{folder}llms-full.txt', root, folder)})"]
    optional += [
        f"- [{_PLAIN.part(other.stated.site_name or at)}]({place(f'{at}llms.txt', root, folder)}): {other.stated.lang}"
        for at, other in homes.items()
        if at != folder
    ]
    optional += [_line(page, folder, home) for page in beside]
    return "\n\n".join([*written, f"## {_OPTIONAL}\n\n" + "\n".join(optional)])


def llms_full(folder: str, searched: list[Page], home: Built) -> str:
    """The text of all pages of a folder, each with its address."""
    ordered = [page for _, own in in_order(searched, home) for page in own]
    texts = (f"<{place(page.url, page.root, folder)}>\n\n{page.markdown(folder)}" for page in ordered)
    return "\n\n---\n\n".join([_head(home), *texts])


def _head(home: Built) -> str:
    about = f"\n\n> {_PLAIN.part(home.stated.description)}" if home.stated.description else ""
    return f"# {_PLAIN.part(home.stated.site_name or home.url)}{about}"


def _line(page: Page, folder: str, home: Built) -> str:
    about = page.summary(home)
    about = about if len(about) <= _LONGEST else f"{about[:_LONGEST]}…"
    summary = f": {_PLAIN.part(about)}" if about else ""
    return f"- [{_PLAIN.part(page.title)}]({place(page.twin, page.root, folder)}){summary}"
