"""The tools that answer: `ask`, which says what is not covered and not stated, and `search`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answering.compose import all_of
from bot.answering.said import is_said, said, titled
from bot.language import say
from bot.mcp.arguments import Ask, Search
from bot.mcp.budget import Shown, beginning, fitting
from bot.mcp.caller import SECONDS, Caller
from bot.mcp.markdown import link, markdown, quoted
from bot.mcp.outputs import Answered, Hits, Quote
from bot.records import Answer, Citation, RuleLink, Status
from index.records import Section

_SHORTER = (400, 200, 100, 60)  # characters of a quote, where not even one fits whole


async def ask(given: Ask, caller: Caller) -> Shown:
    """The answer to a question, as every door gives it."""
    answer = await caller.desk.ask(caller.asker, given.question, given.lang, seconds=SECONDS)
    return fitting((_shown(one, caller, cut=n > 0) for n, one in enumerate(_shorter(answer))), given.max_tokens)


async def search(given: Search, caller: Caller) -> Shown:
    """The sections that come nearest, each with its beginning."""
    status, found = await caller.look(lambda bot: bot.search(given.query, given.limit, given.lang))
    hits = [(section, all_of(section, given.query).quote) for section in found]
    counts = range(len(hits), 0, -1)
    choices = [hits[:count] for count in counts] or [[]]
    choices += [[(section, beginning(quote, most))] for section, quote in hits[:1] for most in _SHORTER]
    return fitting(
        (_hits(status, one, caller, given.lang, cut=n > 0) for n, one in enumerate(choices)), given.max_tokens
    )


def _shorter(answer: Answer) -> Iterator[Answer]:
    """The answer, and shorter ones: without what stands beside it, with fewer quotes, with the beginning of one."""
    yield answer
    yield (answer := replace(answer, suggestions=answer.suggestions[:2], rules=()))
    for count in range(len(answer.citations) - 1, 0, -1):
        left_out = [line for one in answer.citations[count:] for line in one.quote.split("\n")]
        told = [line for line in answer.answer.split("\n") if line not in left_out or line in answer.citations[0].quote]
        answer = replace(answer, citations=answer.citations[:count], answer="\n".join(told))
        yield answer
    for most in _SHORTER:
        cited = tuple(replace(one, quote=beginning(one.quote, most), blocks=()) for one in answer.citations)
        text = answer.answer
        for before, after in zip(answer.citations, cited, strict=True):
            text = text.replace(before.quote, after.quote)
        yield replace(
            answer,
            citations=cited,
            answer=text if most > _SHORTER[-1] else beginning(text, most),
            suggestions=(),
            not_stated=answer.not_stated[:3],
            checks=answer.checks[:1] if most > _SHORTER[1] else (),
        )


def _shown(answer: Answer, caller: Caller, *, cut: bool) -> Shown:
    data: Answered = {
        "status": answer.status.value,
        "lang": answer.lang,
        "answer": answer.answer,
        "citations": [_cited(one, caller) for one in answer.citations],
        "not_stated": list(answer.not_stated),
    }
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
    for one in answer.citations:
        places = f"[{one.n}] {link(titled(one), caller.url(one.url))}"
        yield places if is_said(one, answer) else f"{places}\n\n{quoted(one.quote)}"
    yield _listed(answer.lang, "rules", [_rule(one, caller) for one in answer.rules])
    key = "choose" if answer.status is Status.CLARIFY else "related"
    yield _listed(answer.lang, key, list(answer.suggestions))
    yield say(answer.lang, "mcp", "labels.cut") if cut else ""


def _rule(rule: RuleLink, caller: Caller) -> str:
    title = rule.title if rule.title.startswith(rule.id) else f"{rule.id} {rule.title}"
    return link(title, caller.url(rule.url))


def _listed(lang: str, key: str, lines: Sequence[str]) -> str:
    return "\n".join([f"{say(lang, 'terminal', key)}:", *(f"- {line}" for line in lines)]) if lines else ""


def _cited(one: Citation, caller: Caller) -> Quote:
    cited: Quote = {
        "section": one.section,
        "lang": one.lang,
        "title": titled(one),
        "url": caller.url(one.url),
        "quote": one.quote,
    }
    if one.translation_url:
        cited["translation_url"] = caller.url(one.translation_url)
    return cited


def _hits(
    status: Status, found: Sequence[tuple[Section, str]], caller: Caller, lang: str | None, *, cut: bool
) -> Shown:
    spoken = lang or (found[0][0].lang if found else "en")
    data: Hits = {"status": status.value, "results": []}
    parts = [say(spoken, "mcp", "labels.only_near" if found else "labels.nothing")] * (
        not found or status is Status.NOT_COVERED
    )
    for section, quote in found:
        title = " › ".join((*section.path[:1], section.title))
        url = caller.url(section.url)
        data["results"].append(
            {"section": section.id, "lang": section.lang, "title": title, "url": url, "quote": quote}
        )
        parts.append(f"{link(title, url)} (`{section.id}`)\n\n{quoted(quote)}")
    if cut:
        data["truncated"] = True
        parts.append(say(spoken, "mcp", "labels.cut"))
    return Shown(data, "\n\n".join(parts))
