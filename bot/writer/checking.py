"""Whether a model's text may be shown as an answer: all of it is ours to check, nothing is taken on trust."""

import re
from collections.abc import Sequence

from bot.language import detect, patterns
from bot.records import Answer, Written
from bot.writer.faithful import idle, why_none
from bot.writer.form import form, markup
from bot.writer.quotes import normal, units_of
from bot.writer.records import Unit

LANGUAGE, VERDICT, MARKUP, IDLE = (
    "it is in another language than the question",
    "it says another yes or no than the quotes",
    "it has an address, markup or a command that the quotes do not have",
    "it names a quote that does not say it",
)


def checked(text: str, answer: Answer) -> tuple[Written | None, str]:
    """The text as it may be shown; else why not, which repeats nothing of it."""
    quotes = {citation.n: citation.quote for citation in answer.citations}
    sentences, why = form(text, quotes)
    if why:
        return None, why
    whole = normal("\n".join(quotes.values()))
    known = {citation.n: units_of(citation, answer.lang) for citation in answer.citations}
    compared = list[tuple[str, dict[int, Sequence[Unit]]]]()
    for n, sentence in enumerate(sentences):
        spoken = normal(sentence.text)
        if markup(spoken, whole):
            return None, MARKUP
        spoken, verdict = _without_verdict(spoken, answer) if not n else (spoken, "")
        if verdict:
            return None, verdict
        if detect(spoken, (answer.lang, "ja" if answer.lang != "ja" else "en")) != answer.lang:
            return None, LANGUAGE
        compared.append((spoken, {number: known[number] for number in sentence.citations}))
    if why := why_none(compared, answer.lang):
        return None, why
    if any(idle(spoken, cited, answer.lang) for spoken, cited in compared):
        return None, IDLE
    if answer.verdict == "conditional" and not patterns("verdicts")["conditions"].search(text):
        return None, VERDICT  # it depends, and the text does not say so
    shown = "".join(_shown(sentence.text, sentence.citations, answer.lang) for sentence in sentences).strip()
    return Written(shown, sentences), ""


def _shown(text: str, citations: tuple[int, ...], lang: str) -> str:
    return f"{text} {''.join(f'[{n}]' for n in citations)} "


def _without_verdict(text: str, answer: Answer) -> tuple[str, str]:
    """The first sentence without the yes or no that the answer says, too; else why it must not say it."""
    known = patterns("verdicts")
    begun = known["joined"].match(text)
    if begun is None:
        return text, ""
    says = "yes" if known["yes"].match(begun[0]) else "no"
    if says != answer.verdict or re.search(r"but\b|ただし", begun[0]):
        return text, VERDICT
    return text[begun.end() :], ""
