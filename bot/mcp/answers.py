"""The tool `ask`: the answer to a question, and what is not covered or not stated, as such."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.answering.linked import linker
from bot.answering.said import blocks_of, is_said, said, titled
from bot.answering.stale import stale_line
from bot.language import say
from bot.mcp.arguments import Ask
from bot.mcp.budget import Shown, beginning, fitting
from bot.mcp.caller import Caller
from bot.mcp.markdown import link, markdown, quoted
from bot.mcp.outputs import Answered, Quote
from bot.records import Answer, Citation, Code, RuleLink, Status
from bot.service.answer_log import log_answer

SHORTER = (400, 200, 100, 60)  # characters of a quote, where not even one fits whole


async def ask(given: Ask, caller: Caller) -> Shown:
    """The answer to a question, as every door gives it."""
    answer = await caller.desk.ask(caller.asker, given.question, given.lang, version=given.version)
    log_answer(answer, whole=caller.desk.settings.log_questions, door="mcp")
    return fitting((_shown(shorter, caller, cut=n > 0) for n, shorter in enumerate(_shorter(answer))), given.max_tokens)


def _shorter(answer: Answer) -> Iterator[Answer]:
    """The answer, and shorter ones: without what stands beside it, with fewer quotes, with the beginning of one."""
    yield answer
    yield (answer := replace(answer, suggestions=answer.suggestions[:2], rules=()))
    for count in range(len(answer.citations) - 1, 0, -1):
        left_out = [line for citation in answer.citations[count:] for line in citation.quote.split("\n")]
        kept = [line for line in answer.answer.split("\n") if line not in left_out or line in answer.citations[0].quote]
        answer = replace(answer, citations=answer.citations[:count], answer="\n".join(kept))
        yield answer
    for most in SHORTER:
        cited = tuple(
            replace(citation, quote=beginning(citation.quote, most), blocks=()) for citation in answer.citations
        )
        text = answer.answer
        for before, after in zip(answer.citations, cited, strict=True):
            text = text.replace(before.quote, after.quote)
        yield replace(
            answer,
            citations=cited,
            answer=text if most > SHORTER[-1] else beginning(text, most),
            suggestions=(),
            outside=answer.outside[:1] if most > SHORTER[-1] else (),
            not_stated=answer.not_stated[:3],
            checks=answer.checks[:1] if most > SHORTER[1] else (),
        )


def _shown(answer: Answer, caller: Caller, *, cut: bool) -> Shown:
    fields: Answered = {
        "status": answer.status.value,
        "lang": answer.lang,
        "answer": answer.answer,
        "citations": [_cited(citation, answer.lang, caller) for citation in answer.citations],
        "not_stated": list(answer.not_stated),
    }
    if answer.version:
        fields["version"] = answer.version
    if answer.verdict:
        fields["verdict"] = answer.verdict
    if answer.checks:
        fields["checks"] = [
            {
                "id": check.id,
                "status": check.status,
                "observed": check.observed,
                "expected": check.expected,
                "fix": check.fix,
                "url": caller.url(check.url),
            }
            for check in answer.checks
        ]
    if answer.rules:
        fields["rules"] = [
            {
                "id": rule.id,
                "name": rule.name,
                "title": rule.title,
                "severity": rule.severity,
                "url": caller.url(rule.url),
            }
            for rule in answer.rules
        ]
    if answer.outside:
        fields["outside"] = [{"title": document.title, "url": document.url} for document in answer.outside]
    if answer.suggestions:
        fields["suggestions"] = list(answer.suggestions)
    if cut:
        fields["truncated"] = True
    return Shown(fields, "\n\n".join(part for part in _written(answer, caller, cut=cut) if part))


def _written(answer: Answer, caller: Caller, *, cut: bool) -> Iterator[str]:
    """The answer as Markdown, each thing once."""
    parts = said(answer)
    if answer.verdict:
        yield f"**{say(answer.lang, 'answers', f'verdict.{answer.verdict}')}**"
    yield "\n".join(f"- {text}" for _, text in parts.checks)
    yield "\n\n".join(parts.before)
    yield markdown(parts.lead, answer.lang, _linking(answer.citations[0], caller) if answer.citations else str)
    for each in parts.after:
        yield each if isinstance(each, str) else markdown(blocks_of(each), answer.lang, _linking(each, caller))
    yield say(answer.lang, "answers", "version", version=answer.version) if answer.version else ""
    for citation in answer.citations:
        places = f"[{citation.n}] {link(titled(citation), caller.url(citation.url))}"
        yield places if is_said(citation, answer) else f"{places}\n\n{quoted(_quote(citation, caller))}"
        yield stale_line(citation.stale, answer.lang) if citation.stale else ""
    yield _listed(answer.lang, "rules", [_rule(rule, caller) for rule in answer.rules])
    documents = [link(document.title, document.url) for document in answer.outside]
    yield _listed(answer.lang, "outside", documents)
    key = "choose" if answer.status is Status.CLARIFY else "related"
    yield _listed(answer.lang, key, list(answer.suggestions))
    yield say(answer.lang, "mcp", "labels.cut") if cut else ""


def _quote(citation: Citation, caller: Caller) -> str:
    """The quote with its links, unless a command stands in it, which is to be run as it is."""
    if any(isinstance(block, Code) for block in citation.blocks):
        return citation.quote
    return _linking(citation, caller)(citation.quote)


def _linking(citation: Citation, caller: Caller) -> Callable[[str], str]:
    linked = linker(citation.links)
    return lambda text: "".join(link(words, caller.url(url)) if url else words for words, url in linked(text))


def _rule(rule: RuleLink, caller: Caller) -> str:
    title = rule.title if rule.title.startswith(rule.id) else f"{rule.id} {rule.title}"
    return link(title, caller.url(rule.url))


def _listed(lang: str, key: str, lines: Sequence[str]) -> str:
    return "\n".join([f"{say(lang, 'terminal', key)}:", *(f"- {line}" for line in lines)]) if lines else ""


def _cited(citation: Citation, lang: str, caller: Caller) -> Quote:
    cited: Quote = {
        "section": citation.section,
        "lang": citation.lang,
        "title": titled(citation),
        "url": caller.url(citation.url),
        "quote": citation.quote,
    }
    if citation.translation_url:
        cited["translation_url"] = caller.url(citation.translation_url)
    if citation.stale:
        cited["stale"] = stale_line(citation.stale, lang)
    return cited
