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
    def drawn(found: re.Match[str]) -> str:
        kind, words = found.lastgroup, found.group(found.lastgroup or 0)
        match kind:
            case "pre":
                return f"<pre>{words}</pre>"
            case "code":
                return f"<code>{words}</code>"
            case "url" | "label":
                return f'<a href="{html.escape(found["url"])}">{_spans(found["label"] or found["url"])}</a>'
            case "bold":
                return f"<b>{_spans(words)}</b>"
            case "italic":
                return f"<i>{_spans(words)}</i>"
        return f'<span class="emoji {words}">{_EMOJI[words]}</span>' if words in _EMOJI else found.group()

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
    return lambda block: f"<div class={kind}>{''.join(_element(one) for one in block['elements'])}</div>"


_BLOCKS: dict[str, Any] = {
    "header": lambda block: f"<h3>{_text(block['text'])}</h3>",
    "divider": lambda block: "<hr>",
    "section": _section,
    "context": _elements("context"),
    "actions": _elements("actions"),
}
