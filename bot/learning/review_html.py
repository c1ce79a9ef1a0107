"""The page of `kb review --page`: one question with its answer and its buttons. It names no other host."""

import base64
import hashlib
import re
from html import escape
from pathlib import Path

from bot.answering.ask import Bot
from bot.language import say
from bot.learning.gaps import Missed
from bot.learning.html import STYLE
from bot.learning.review import digest
from bot.learning.review_session import ALTERNATIVES, SKIP, TEST, WORDING
from bot.wrap import safe

SCRIPT = (Path(__file__).parents[1] / "data/review.js").read_text("utf-8")
_STYLE = f"""{STYLE}
pre{{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border-left:3px solid var(--line);padding-left:1rem}}
button{{font:inherit;padding:.3rem .7rem;margin:.2rem .3rem .2rem 0;color:var(--ink);background:var(--paper);
border:1px solid var(--soft);border-radius:.3rem;cursor:pointer}}
button:hover{{border-color:var(--a)}}button:focus-visible,a:focus-visible{{outline:3px solid var(--a)}}
a{{color:inherit}}kbd{{font:.85em monospace;color:var(--soft)}}li{{margin:.6rem 0}}
"""
_ADDRESS = re.compile(r"https?://[^\s<>\"'）。、]+[^\s<>\"'）。、.,;:)]")


def policy() -> str:
    """The page runs its own script and sends its own form; nothing else is allowed, and nobody may frame it."""
    return (
        f"default-src 'none'; script-src {_source(SCRIPT)}; style-src {_source(_STYLE)}; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


def question_page(question: Missed, answer: str, place: str, said: str, bot: Bot, lang: str) -> str:
    """The page of a question; `answer` is text, `said` what came of the last decision."""
    near = "".join(_alternative(question, n, section, bot, lang) for n, section in enumerate(_near(question), 1))
    status = say(lang, "learning", f"status.{question.status}")
    body = (
        f'<p class="soft">{escape(place)} · {escape(status)} · {question.count} ×</p>'
        f'<h2 lang="{escape(question.lang)}">{escape(safe(question.question))}</h2>'
        f'<pre lang="{escape(question.lang)}">{_linked(safe(answer))}</pre>'
        f'<form method="post" action="decide"><input type="hidden" name="question" value="{digest(question)}">'
        f"<h2>{escape(_word(lang, 'alternatives'))}</h2><ol>{near}</ol>"
        f"<p>{_button(f'{TEST} 0', 't0', lang, 'uncovered')}{_button(f'{SKIP} 0', 's', lang, 'skip')}</p></form>"
        f'<form method="post" action="finish">{_button("", "q", lang, "finish")}</form>'
    )
    return _page(lang, said, body)


def end_page(said: str, lang: str) -> str:
    """The page of a review that is at its end, as `said` says."""
    return _page(lang, said, f"<p>{escape(_word(lang, 'close'))}</p>", script="")


def done_page(said: str, count: int, lang: str) -> str:
    """The page where no question is left."""
    done = say(lang, "learning", "review.done", count=count)
    finish = f'<form method="post" action="finish">{_button("", "q", lang, "finish")}</form>'
    return _page(lang, said, f"<p>{escape(done)}</p>{finish}")


def _near(question: Missed) -> tuple[str, ...]:
    return question.near[:ALTERNATIVES]


def _alternative(question: Missed, n: int, section: str, bot: Bot, lang: str) -> str:
    held = bot.topics.group(section)
    shown = held.get(question.lang) or next(iter(held.values()))
    title = safe(" › ".join((*shown.path[:1], shown.title)))
    return (
        f'<li><span lang="{escape(shown.lang)}">{escape(title)}</span> <code>{escape(safe(section))}</code><br>'
        f"{_button(f'{WORDING} {n}', f'{n}', lang, 'wording')}{_button(f'{TEST} {n}', f't{n}', lang, 'test')}</li>"
    )


def _button(value: str, key: str, lang: str, word: str) -> str:
    name = f' name="do" value="{value}"' if value else ""
    return f'<button{name} data-key="{key}">{escape(_word(lang, word))} <kbd>{" ".join(key)}</kbd></button>'


def _page(lang: str, said: str, body: str, script: str = SCRIPT) -> str:
    title = escape(_word(lang, "title"))
    running = f"<script>{script}</script>" if script else ""
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n<meta name="robots" content="noindex">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
        f'<p role="status">{escape(safe(said))}</p>\n{body}\n</main>\n{running}\n</body>\n</html>\n'
    )


def _linked(text: str) -> str:
    """Escaped text whose addresses are links; the address of this page goes nowhere with them."""
    parts, at = list[str](), 0
    for found in _ADDRESS.finditer(text):
        address = escape(found[0])
        link = f'<a href="{address}" target="_blank" rel="noopener noreferrer">{address}</a>'
        parts += [escape(text[at : found.start()]), link]
        at = found.end()
    return "".join((*parts, escape(text[at:])))


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _word(lang: str, key: str) -> str:
    return say(lang, "learning", f"review.page.{key}")
