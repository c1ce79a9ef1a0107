"""One self-contained HTML page with bars: no script, no address, and a policy that allows nothing else."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape as _escape

from bot.wrap import safe

STYLE = """
:root{color-scheme:light dark;--ink:#1f2937;--paper:#fff;--line:#cbd5e1;--soft:#64748b;--a:#0d9488;--b:#6366f1;
--c:#d97706;--d:#dc2626}
@media(prefers-color-scheme:dark){:root{--ink:#e5e7eb;--paper:#111827;--line:#374151;--soft:#9ca3af;--a:#2dd4bf;
--b:#a5b4fc;--c:#fbbf24;--d:#f87171}}
body{font:16px/1.6 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:60rem;margin:2rem auto;
padding:0 1rem}
h1,h2{line-height:1.3}section{border-top:1px solid var(--line);padding:.5rem 0}
code{overflow-wrap:anywhere}p,li{overflow-wrap:anywhere}.soft{color:var(--soft)}
svg{width:100%;height:auto;margin:1rem 0}svg text{font:13px system-ui,sans-serif;fill:var(--ink)}
.a{fill:var(--a)}.b{fill:var(--b)}.c{fill:var(--c)}.d{fill:var(--d)}
table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid var(--line);padding:.3rem .5rem;text-align:left}
"""
_COLOURS = "abcd"
WIDTH, ROW, LEFT = 900, 30, 330
_FITS = 42  # columns of a label


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a picture: a label and one number for each part."""

    label: str
    parts: tuple[int, ...]


def escape(text: str) -> str:
    """Text as HTML, without characters that no page may hold or that turn the direction of what follows."""
    return _escape(safe(text))


def page(title: str, lang: str, body: Iterable[str]) -> str:
    """The page; `body` holds HTML that is escaped already."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )


def bars(title: str, parts: Sequence[str], rows: Sequence[Bar]) -> str:
    """Stacked bars as an SVG picture with its numbers; `parts` names the colours."""
    most = max((sum(row.parts) for row in rows), default=0) or 1
    height = ROW * (len(rows) + 1)
    drawn = [f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title)}">']
    for n, name in enumerate(parts):
        at = LEFT + n * 150
        drawn.append(f'<rect class="{_COLOURS[n % 4]}" x="{at}" y="6" width="14" height="14" rx="3"/>')
        drawn.append(f'<text x="{at + 20}" y="18">{escape(name)}</text>')
    for line, row in enumerate(rows, 1):
        y, x = ROW * line, float(LEFT)
        drawn.append(f'<text x="{LEFT - 12}" y="{y + 18}" text-anchor="end">{escape(_fitted(row.label))}</text>')
        for n, value in enumerate(row.parts):
            width = (WIDTH - LEFT - 60) * value / most
            colour = _COLOURS[n % 4]
            drawn.append(f'<rect class="{colour}" x="{x:.1f}" y="{y + 4}" width="{width:.1f}" height="20" rx="3"/>')
            x += width
        drawn.append(f'<text x="{x + 8:.1f}" y="{y + 18}">{sum(row.parts)}</text>')
    return "\n".join((*drawn, "</svg>"))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts."""
    lines = ["<table><thead><tr>", *(f"<th>{escape(cell)}</th>" for cell in head), "</tr></thead><tbody>"]
    for row in rows:
        lines += ["<tr>", *(f"<td>{escape(cell)}</td>" for cell in row), "</tr>"]
    return "".join((*lines, "</tbody></table>"))


def items(texts: Iterable[str]) -> str:
    """A list of texts."""
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"


def _fitted(label: str) -> str:
    """As much of a label as has room: East Asian letters are twice as wide."""
    width, kept = 0, list[str]()
    for letter in " ".join(label.split()):
        width += 1 if letter < "\u1100" else 2
        if width > _FITS:
            return "".join(kept).rstrip() + "…"
        kept.append(letter)
    return "".join(kept)
