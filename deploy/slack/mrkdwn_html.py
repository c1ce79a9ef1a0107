"""Slack's blocks as HTML, for the pictures of the documentation: the look is this repository's own."""

import html
import re
from typing import Any

# The emoji that the bot uses, drawn by pictures.css: not every machine has a font with them.
_EMOJI = {"x": "×", "white_check_mark": "✓", "grey_question": "?", "bulb": "i", "heavy_minus_sign": "–"}
_SPAN = re.compile(
    r"```\n?(?P<pre>.*?)```|`(?P<code>[^`\n]+)`|<(?P<url>[^<>|]+)(?:\|(?P<label>[^<>]*))?>"
    r"|(?<![\w*])\*(?P<bold>[^*\n]+)\*(?![\w*])|(?<![\w_])_(?P<italic>[^_\n]+)_(?![\w_])|:(?P<emoji>[a-z0-9_+-]+):",
    re.DOTALL,
)


def blocks_html(blocks: list[dict[str, Any]]) -> str:
    """All blocks, one below the other. Raises KeyError for a kind of block that is not drawn here."""
    return "\n".join(_BLOCKS[block["type"]](block) for block in blocks)


def mrkdwn(text: str) -> str:
    """Slack's markup as HTML; the text is escaped as Slack wants it: `&`, `<` and `>` only."""
    lines, quote = [], False
    for line in _spans(text).split("\n"):
        quoted = line.startswith((">", "&gt;"))
        if quoted != quote:
            lines.append("<blockquote>" if quoted else "</blockquote>")
            quote = quoted
        lines.append((line.removeprefix(">").removeprefix("&gt;") if quoted else line) + "<br>")
    return "".join(lines) + ("</blockquote>" if quote else "")


def _spans(text: str) -> str:
    def drawn(match: re.Match[str]) -> str:
        kind, words = match.lastgroup, match.group(match.lastgroup or 0)
        match kind:
            case "pre":
                return f"<pre>{words}</pre>"
            case "code":
                return f"<code>{words}</code>"
            case "url" | "label":
                return f'<a href="{html.escape(match["url"])}">{_spans(match["label"] or match["url"])}</a>'
            case "bold":
                return f"<b>{_spans(words)}</b>"
            case "italic":
                return f"<i>{_spans(words)}</i>"
        return f'<span class="emoji {words}">{_EMOJI[words]}</span>' if words in _EMOJI else match.group()

    return _SPAN.sub(drawn, text)


def _text(given: dict[str, Any]) -> str:
    return mrkdwn(given["text"]) if given["type"] == "mrkdwn" else _spans(html.escape(given["text"], quote=False))


def _section(block: dict[str, Any]) -> str:
    return f"<div class=section>{_text(block['text'])}</div>"


def _element(element: dict[str, Any]) -> str:
    if element["type"] == "button":
        return f'<span class="button {element.get("style", "")}">{_text(element["text"])}</span>'
    return f"<span>{_text(element)}</span>"


def _elements(kind: str) -> Any:
    return lambda block: f"<div class={kind}>{''.join(_element(element) for element in block['elements'])}</div>"


def _rich(element: dict[str, Any]) -> str:
    """A part of rich text, whose texts know no markup."""
    kind, parts = element["type"], element.get("elements", [])
    if kind == "link":
        return f'<a href="{html.escape(element["url"])}">{html.escape(element["text"], quote=False)}</a>'
    if kind == "text":
        words = html.escape(element["text"], quote=False)
        return f"<b>{words}</b>" if element.get("style", {}).get("bold") else words
    inner = "".join(map(_rich, parts))
    match kind:
        case "rich_text_list":
            rows = "".join(f"<li>{_rich(row)}</li>" for row in parts)
            start = f" start={element['offset'] + 1}" if element["style"] == "ordered" else ""
            return f"<ol{start}>{rows}</ol>" if element["style"] == "ordered" else f"<ul>{rows}</ul>"
        case "rich_text_preformatted":
            return f"<pre>{inner}</pre>"
        case "rich_text_quote":
            return f"<blockquote>{inner}</blockquote>"
    return inner.rstrip("\n").replace("\n", "<br>") + ("<br>" if inner.endswith("\n") else "")


def _rich_text(block: dict[str, Any]) -> str:
    return f"<div class=section>{''.join(map(_rich, block['elements']))}</div>"


def _table(block: dict[str, Any]) -> str:
    rows = ("".join(f"<td>{''.join(map(_rich, cell['elements']))}</td>" for cell in row) for row in block["rows"])
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


_BLOCKS: dict[str, Any] = {
    "rich_text": _rich_text,
    "table": _table,
    "header": lambda block: f"<h3>{_text(block['text'])}</h3>",
    "divider": lambda block: "<hr>",
    "section": _section,
    "context": _elements("context"),
    "actions": _elements("actions"),
}
