"""One self-contained HTML page with bars: no script, no address, and a policy that allows nothing else."""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape as _escape

from bot.wrap import safe

STYLE = """
:root{color-scheme:light dark;--ink:#22263a;--paper:#fff;--head:#33408f;--line:#d8dcec;--tint:#f4f5fb;--soft:#5b627c;
--link:#33408f;--accent:#00796b;--a:#00796b;--b:#5c6bc0;--c:#b26a00;--d:#c62828}
@media(prefers-color-scheme:dark){:root{--ink:#e1e4f0;--paper:#1e2129;--head:#27316f;--line:#3a4060;--tint:#232840;
--soft:#a8aec6;--link:#a5b1f5;--accent:#4db6ac;--a:#4db6ac;--b:#a5b1f5;--c:#ffb74d;--d:#f0797d}}
*{box-sizing:border-box}
body{margin:0;font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);
background:var(--paper);overflow-wrap:anywhere}
body:lang(ja),:lang(ja){font-family:-apple-system,"Hiragino Sans","Noto Sans JP","Noto Sans CJK JP","Yu Gothic UI",
Meiryo,system-ui,sans-serif;line-height:1.8;line-break:strict}
header{background:var(--head);color:#fff;padding:.7rem 1rem}
header h1{max-width:56rem;margin:0 auto;font-size:1.1rem;line-height:1.4}
main{max-width:58rem;margin:0 auto;padding:1rem 1rem 3rem}
h2,h3{line-height:1.4;margin:1.6rem 0 .5rem}h2{font-size:1.25rem}h3{font-size:1rem}
a{color:var(--link)}:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
code{font:.85em ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;color:var(--soft)}
.soft{color:var(--soft)}
section{border:1px solid var(--line);border-radius:.4rem;padding:.2rem 1rem .6rem;margin:1rem 0}
section h2{font-size:1.05rem;margin-top:.8rem}
.bars{list-style:none;margin:.6rem 0 1.2rem;padding:0}
.bars li{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,3fr) 8rem;gap:.2rem .8rem;align-items:center;
padding:.25rem 0;border-bottom:1px solid var(--line)}
.bars svg{width:100%;height:.9rem;border-radius:.2rem;background:var(--tint)}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:.4rem 0;padding:0;list-style:none;font-size:.9rem}
.legend svg{width:.8rem;height:.8rem;margin-right:.35rem;border-radius:.15rem;vertical-align:-.05rem}
.a{fill:var(--a)}.b{fill:var(--b)}.c{fill:var(--c)}.d{fill:var(--d)}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}
td,th{border-bottom:1px solid var(--line);padding:.3rem .6rem .3rem 0;text-align:left;vertical-align:top}
th{color:var(--soft);font-weight:600;overflow-wrap:normal}td:not(:first-child){min-width:3rem}
.bars li>:last-child{white-space:nowrap;font-size:.9rem;font-variant-numeric:tabular-nums}
@media(max-width:40rem){.bars li{grid-template-columns:minmax(0,1fr) 6.5rem}.bars li>:first-child{grid-column:1/-1}}
"""
_COLOURS = "abcd"


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
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<header><h1>{escape(title)}</h1></header>\n<main>\n" + "\n".join(body) + "\n</main>\n</body>\n</html>\n"
    )


def bars(parts: Sequence[str], rows: Sequence[Bar]) -> str:
    """Stacked bars, each with its label and its numbers as text; `parts` names the colours."""
    most = max((sum(row.parts) for row in rows), default=0) or 1
    named = [f"<li>{_box(n)}{escape(name)}</li>" for n, name in enumerate(parts)] if len(parts) > 1 else []
    legend = f'<ul class="legend">{"".join(named)}</ul>' if named else ""
    return f'{legend}<ul class="bars">{"".join(_row(row, most) for row in rows)}</ul>'


def _row(row: Bar, most: int) -> str:
    drawn, x = list[str](), 0.0
    for n, value in enumerate(row.parts):
        width = 100 * value / most
        drawn.append(f'<rect class="{_COLOURS[n % 4]}" x="{x:.2f}" width="{width:.2f}" height="10"/>')
        x += width
    numbers = " + ".join(map(str, row.parts))
    picture = f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{"".join(drawn)}</svg>'
    return f"<li><span>{escape(row.label)}</span>{picture}<span>{numbers}</span></li>"


def _box(n: int) -> str:
    box = f'<rect class="{_COLOURS[n % 4]}" width="10" height="10"/>'
    return f'<svg viewBox="0 0 10 10" aria-hidden="true">{box}</svg>'


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts."""
    top = f"<thead>{_cells(head, 'th')}</thead>" if any(head) else ""
    body = "".join(_cells(row, "td") for row in rows)
    return f'<div class="wide"><table>{top}<tbody>{body}</tbody></table></div>'


def _cells(row: Sequence[str], tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{escape(cell)}</{tag}>' for cell in row)}</tr>"


def items(texts: Iterable[str]) -> str:
    """A list of texts."""
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"
