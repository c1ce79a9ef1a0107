"""The page of `kb review --page`: one question with its answer and its buttons. It names no other host."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.answering.ask import Bot
from bot.language import say
from bot.learning.answer_html import Address, answer_html, link_html
from bot.learning.gaps import Missed
from bot.learning.html import STYLE, escape
from bot.learning.patch import shortened
from bot.learning.review import digest
from bot.learning.review_session import ALTERNATIVES, SKIP, TEST, WORDING
from bot.records import Answer
from index.records import Section

SCRIPT = (Path(__file__).parents[1] / "data/review.js").read_text("utf-8")
_STYLE = f"""{STYLE}
button{{font:inherit;padding:.35rem .8rem;min-height:2.5rem;color:var(--ink);background:var(--paper);
border:1px solid var(--line);border-radius:.4rem;cursor:pointer}}
button:hover{{border-color:var(--accent)}}.first{{color:#fff;background:var(--head);border-color:var(--head)}}
kbd{{font:.8em ui-monospace,Menlo,Consolas,monospace;padding:0 .3em;border:1px solid currentColor;border-radius:.2rem;
opacity:.75}}
.row{{display:flex;flex-wrap:wrap;gap:.5rem;margin:.6rem 0}}
progress{{width:100%;height:.4rem;accent-color:var(--accent)}}
.said:empty{{margin:0}}
.said:not(:empty){{padding:.4rem .8rem;border-left:.25rem solid var(--accent);background:var(--tint)}}
.asked{{margin:.4rem 0 1rem;max-height:12rem;overflow:auto}}
.answer{{border:1px solid var(--line);border-radius:.4rem;padding:.2rem 1rem;max-height:26rem;overflow:auto}}
.verdict{{display:inline-block;padding:0 .7rem;border:1px solid currentColor;border-radius:1rem;font-weight:700}}
blockquote{{margin:.5rem 0;padding-left:.8rem;border-left:.2rem solid var(--line)}}pre{{overflow-x:auto}}
details{{border-top:1px solid var(--line);padding:.4rem 0}}summary{{cursor:pointer}}
.near{{list-style:none;padding:0}}.near>li{{border:1px solid var(--line);border-radius:.4rem;
padding:.6rem 1rem;margin:.6rem 0}}
.near p{{margin:.3rem 0}}
"""


def policy() -> str:
    """The page runs its own script and sends its own form; nothing else is allowed, and nobody may frame it."""
    return (
        f"default-src 'none'; script-src {_source(SCRIPT)}; style-src {_source(_STYLE)}; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """A question to decide on: its answer as it is now, its place among all, and what came of the last decision."""

    question: Missed
    answer: Answer
    place: int
    count: int
    said: str


def question_page(shown: Shown, bot: Bot, address: Address, lang: str) -> str:
    """The page of a question."""
    question, spoken = shown.question, escape(shown.question.lang)
    sections = bot.of(question.version).topics
    near = "".join(
        _alternative(n, _in_language(sections.group(section), question.lang), section, address, lang)
        for n, section in enumerate(question.near[:ALTERNATIVES], 1)
    )
    status = say(lang, "learning", f"status.{question.status}")
    place = f"{shown.place}/{shown.count}"
    body = (
        f'<progress aria-label="{place}" value="{shown.place - 1}" max="{shown.count}"></progress>'
        f'<p class="soft">{place} · {escape(status)} · {question.count} ×</p>'
        f'<h2 class="asked" lang="{spoken}" tabindex="0">{escape(question.question)}</h2>'
        f'<div class="answer" lang="{escape(shown.answer.lang)}" tabindex="0" role="region" '
        f'aria-label="{escape(_word(lang, "answer"))}">{answer_html(shown.answer, address)}</div>'
        f'<form method="post" action="decide"><input type="hidden" name="question" value="{digest(question)}">'
        f'<h2>{escape(_word(lang, "alternatives"))}</h2><ol class="near">{near}</ol>'
        f'<div class="row">{_button(f"{TEST} 0", "t0", lang, "uncovered")}'
        f"{_button(f'{SKIP} 0', 's', lang, 'skip')}</div>"
        f'</form><form method="post" action="finish">{_button("", "q", lang, "finish")}</form>'
    )
    return _page(lang, shown.said, body)


def end_page(said: str, lang: str) -> str:
    """The page of a review that is at its end, as `said` says."""
    return _page(lang, said, f"<p>{escape(_word(lang, 'close'))}</p>", script="")


def done_page(said: str, count: int, lang: str) -> str:
    """The page where no question is left."""
    done = say(lang, "learning", "review.done", count=count)
    finish = f'<form method="post" action="finish">{_button("", "q", lang, "finish")}</form>'
    return _page(lang, said, f"<p>{escape(done)}</p>{finish}")


def _in_language(held: Mapping[str, Section], lang: str) -> Section:
    return held.get(lang) or next(iter(held.values()))


def _alternative(n: int, shown: Section, name: str, address: Address, lang: str) -> str:
    title = " › ".join((*shown.path[:1], shown.title))
    begins = shown.quote(shown.sentences[0]) if shown.sentences else ""
    return (
        f'<li><div lang="{escape(shown.lang)}">{link_html(title, shown.url, address)}'
        f"<p>{escape(shortened(begins, 240))}</p></div><code>{escape(name)}</code>"
        f'<div class="row">{_button(f"{WORDING} {n}", f"{n}", lang, "wording", "first")}'
        f"{_button(f'{TEST} {n}', f't{n}', lang, 'test')}</div></li>"
    )


def _button(value: str, key: str, lang: str, word: str, look: str = "") -> str:
    name = f' name="do" value="{value}"' if value else ""
    name += f' class="{look}"' if look else ""
    return f'<button{name} data-key="{key}">{escape(_word(lang, word))} <kbd>{" ".join(key)}</kbd></button>'


def _page(lang: str, said: str, body: str, script: str = SCRIPT) -> str:
    title = escape(_word(lang, "title"))
    running = f"<script>{script}</script>" if script else ""
    return (
        f'<!doctype html>\n<html lang="{escape(lang)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n<meta name="robots" content="noindex">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<header><h1>{title}</h1></header>\n<main>\n"
        f'<p class="said" role="status">{escape(said)}</p>\n{body}\n</main>\n{running}\n</body>\n</html>\n'
    )


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _word(lang: str, key: str) -> str:
    return say(lang, "learning", f"review.page.{key}")
