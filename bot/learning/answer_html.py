"""An answer as HTML for whoever reviews it: what it says, then its sources, folded. All text is escaped."""

from collections.abc import Callable, Sequence

from bot.answering.said import blocks_of, said, titled
from bot.language import say
from bot.learning.html import escape, items, table
from bot.records import Answer, Block, Citation, Code, Listing, Note, Paragraph, Status, Table

Address = Callable[[str], str]  # of a page, for a browser on this machine


def answer_html(answer: Answer, address: Address) -> str:
    """The answer as a reader would get it, in short."""
    parts = said(answer)
    verdict = say(answer.lang, "answers", f"verdict.{answer.verdict}") if answer.verdict else ""
    return "".join(
        (
            f'<p class="verdict">{escape(verdict)}</p>' if verdict else "",
            *(f"<p>{escape(text)}</p>" for _, text in parts.checks),
            *(f"<p>{escape(text)}</p>" for text in parts.before),
            blocks_html(parts.lead, answer.lang),
            *(
                blocks_html((Paragraph(each),) if isinstance(each, str) else blocks_of(each), answer.lang)
                for each in parts.after
            ),
            *(_source(citation, answer.lang, address) for citation in answer.citations),
            *(f"<p>{link_html(document.title, document.url, address)}</p>" for document in answer.outside),
            _suggestions(answer),
        )
    )


def link_html(title: str, url: str, address: Address) -> str:
    """A link that opens beside the page and is not told its address."""
    return f'<a href="{escape(address(url))}" target="_blank" rel="noopener noreferrer">{escape(title)}</a>'


def blocks_html(blocks: Sequence[Block], lang: str) -> str:
    """Blocks of a quote in the forms of their page."""
    return "".join(_block(block, lang) for block in blocks)


def _block(block: Block, lang: str) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    if isinstance(block, Code):
        shown = f"<pre><code>{escape(block.text)}</code></pre>"
    elif isinstance(block, Table):
        shown = table(block.header, block.rows)
    elif isinstance(block, Note):
        return f"<blockquote><p><b>{escape(block.title)}</b></p>{blocks_html(block.blocks, lang)}</blockquote>"
    else:
        shown = _list(block, lang)
    return f"{shown}<p>{escape(say(lang, 'terminal', 'more', n=block.more))}</p>" if block.more else shown


def _list(block: Listing, lang: str) -> str:
    inner = "".join(f"<li>{escape(item.text)}{blocks_html(item.blocks, lang)}</li>" for item in block.items)
    return f"<ul>{inner}</ul>" if block.start is None else f'<ol start="{block.start}">{inner}</ol>'


def _source(citation: Citation, lang: str, address: Address) -> str:
    return (
        f"<details><summary>[{citation.n}] {escape(titled(citation))}</summary>"
        f"<blockquote>{blocks_html(blocks_of(citation), lang)}</blockquote>"
        f"<p>{link_html(address(citation.url), citation.url, address)}</p></details>"
    )


def _suggestions(answer: Answer) -> str:
    if not answer.suggestions:
        return ""
    key = "choose" if answer.status is Status.CLARIFY else "related"
    return f'<p class="soft">{escape(say(answer.lang, "terminal", key))}</p>{items(answer.suggestions)}'
