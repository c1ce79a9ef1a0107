"""The tool `ask`: the answer to a question, and what is not covered or not stated, as such."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answering.said import is_said, said, titled
from bot.answering.stale import stale_line
from bot.language import say
from bot.mcp.arguments import Ask
from bot.mcp.budget import Shown, beginning, fitting
from bot.mcp.caller import SECONDS, Caller
from bot.mcp.markdown import link, markdown, quoted
from bot.mcp.outputs import Answered, Quote
from bot.records import Answer, Citation, RuleLink, Status
from bot.service.answer_log import log_answer

SHORTER = (400, 200, 100, 60)  # characters of a quote, where not even one fits whole


async def ask(given: Ask, caller: Caller) -> Shown:
    """The answer to a question, as every door gives it."""
    answer = await caller.desk.ask(caller.asker, given.question, given.lang, seconds=SECONDS, version=given.version)
    log_answer(answer, whole=caller.desk.settings.log_questions, door="mcp")
    return fitting((_shown(one, caller, cut=n > 0) for n, one in enumerate(_shorter(answer))), given.max_tokens)


def _shorter(answer: Answer) -> Iterator[Answer]:
    """The answer, and shorter ones: without what stands beside it, with fewer quotes, with the beginning of one."""
    yield answer
    yield (answer := replace(answer, suggestions=answer.suggestions[:2], rules=()))
    for count in range(len(answer.citations) - 1, 0, -1):
        left_out = [line for one in answer.citations[count:] for line in one.quote.split("\n")]
        told = [line for line in answer.answer.split("\n") if line not in left_out or line in answer.citations[0].quote]
        answer = replace(answer, citations=answer.citations[:count], answer="\n".join(told))
        yield answer
    for most in SHORTER:
        cited = tuple(replace(one, quote=beginning(one.quote, most), blocks=()) for one in answer.citations)
        text = answer.answer
        for before, after in zip(answer.citations, cited, strict=True):
            text = text.replace(before.quote, after.quote)
        yield replace(
            answer,
            citations=cited,
            answer=text if most > SHORTER[-1] else beginning(text, most),
            suggestions=(),
            not_stated=answer.not_stated[:3],
            checks=answer.checks[:1] if most > SHORTER[1] else (),
        )


def _shown(answer: Answer, caller: Caller, *, cut: bool) -> Shown:
    data: Answered = {
        "status": answer.status.value,
        "lang": answer.lang,
        "answer": answer.answer,
        "citations": [_cited(one, answer.lang, caller) for one in answer.citations],
        "not_stated": list(answer.not_stated),
    }
    if answer.version:
        data["version"] = answer.version
    if answer.verdict:
        data["verdict"] = answer.verdict
    if answer.checks:
        data["checks"] = [
            {
                "id": one.id,
                "status": one.status,
                "observed": one.observed,
                "expected": one.expected,
                "fix": one.fix,
                "url": caller.url(one.url),
            }
            for one in answer.checks
        ]
    if answer.rules:
        data["rules"] = [
            {"id": one.id, "name": one.name, "title": one.title, "severity": one.severity, "url": caller.url(one.url)}
            for one in answer.rules
        ]
    if answer.suggestions:
        data["suggestions"] = list(answer.suggestions)
    if cut:
        data["truncated"] = True
    return Shown(data, "\n\n".join(part for part in _told(answer, caller, cut=cut) if part))


def _told(answer: Answer, caller: Caller, *, cut: bool) -> Iterator[str]:
    """The answer as Markdown, each thing once."""
    parts = said(answer)
    if answer.verdict:
        yield f"**{say(answer.lang, 'answers', f'verdict.{answer.verdict}')}**"
    yield "\n".join(f"- {text}" for _, text in parts.checks)
    yield "\n\n".join(parts.before)
    yield markdown(parts.lead, answer.lang)
    yield "\n\n".join(parts.after)
    yield say(answer.lang, "answers", "version", version=answer.version) if answer.version else ""
    for one in answer.citations:
        places = f"[{one.n}] {link(titled(one), caller.url(one.url))}"
        yield places if is_said(one, answer) else f"{places}\n\n{quoted(one.quote)}"
        yield stale_line(one.stale, answer.lang) if one.stale else ""
    yield _listed(answer.lang, "rules", [_rule(one, caller) for one in answer.rules])
    key = "choose" if answer.status is Status.CLARIFY else "related"
    yield _listed(answer.lang, key, list(answer.suggestions))
    yield say(answer.lang, "mcp", "labels.cut") if cut else ""


def _rule(rule: RuleLink, caller: Caller) -> str:
    title = rule.title if rule.title.startswith(rule.id) else f"{rule.id} {rule.title}"
    return link(title, caller.url(rule.url))


def _listed(lang: str, key: str, lines: Sequence[str]) -> str:
    return "\n".join([f"{say(lang, 'terminal', key)}:", *(f"- {line}" for line in lines)]) if lines else ""


def _cited(one: Citation, lang: str, caller: Caller) -> Quote:
    cited: Quote = {
        "section": one.section,
        "lang": one.lang,
        "title": titled(one),
        "url": caller.url(one.url),
        "quote": one.quote,
    }
    if one.translation_url:
        cited["translation_url"] = caller.url(one.translation_url)
    if one.stale:
        cited["stale"] = stale_line(one.stale, lang)
    return cited
