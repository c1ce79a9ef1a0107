"""Plans for a ticket or a pull request: a list whose boxes can be ticked."""

from collections.abc import Iterator, Sequence

from bot.checks.plan.records import Blocker, Check, Need, Note, Plan, Step, by_source
from bot.checks.plan.words import label
from bot.checks.report.look import Look
from bot.checks.report.markdown import code, escaped


def render(plans: Sequence[Plan], lang: str, look: Look) -> str:
    """A heading and a list for each cluster."""
    parts = [f"## {label(lang, 'report')}"]
    for plan in plans:
        if len(plans) > 1:
            parts.append(f"### {code(plan.name or '?')}")
        parts.append("\n".join(_plan(plan, lang)))
    return "\n\n".join(parts)


def _plan(plan: Plan, lang: str) -> Iterator[str]:
    yield f"**{escaped(plan.summary)}**"
    yield ""
    for note in plan.notes:
        yield f"{note.text}\n"
    for blocker in plan.blockers:
        yield from _blocker(blocker, lang)
    for number, step in enumerate(plan.steps, 1):
        yield from _step(number, step, lang)
    if plan.confirm:
        yield f"\n{label(lang, 'confirm')}:\n\n{_fenced([plan.confirm.command or ''], '')}\n\n{plan.confirm.expected}"


def _blocker(blocker: Blocker, lang: str) -> Iterator[str]:
    yield f"- **{label(lang, 'blocker')}: {blocker.title}**"
    if blocker.observed:
        yield f"    - {label(lang, 'observed')}: {code(blocker.observed)}"
    yield _reason(blocker, lang)
    yield f"    - {label(lang, 'instead')}: {blocker.instead}"
    yield from _notes(blocker.notes, lang)


def _step(number: int, step: Step, lang: str) -> Iterator[str]:
    box = "x" if step.need is Need.DONE else " "
    state = f" ({label(lang, 'unclear')})" if step.need is Need.UNCLEAR else ""
    marks = "".join(f" **[{label(lang, mark)}]**" for mark in step.marks)
    yield f"- [{box}] {number}. {escaped(step.title)}{state}{marks}"
    if step.need is Need.DONE:
        return
    yield _reason(step, lang)
    for name, lines in (("first", step.first), ("run", step.commands)):
        if lines:
            yield f"    - {label(lang, name)}:\n\n{_fenced(lines, '        ')}\n"
    for fill in step.fill:
        yield f"    - {label(lang, 'fill')}: {code(fill.name)}: {fill.what}"
    yield from _check(step.check, lang)
    yield from _notes(step.notes, lang)


def _check(check: Check, lang: str) -> Iterator[str]:
    if check.command is None:
        yield f"    - {label(lang, 'check')}: {check.expected}"
    else:
        expected = f"{label(lang, 'expected')}: {check.expected}"
        yield f"    - {label(lang, 'check')} ({expected}):\n\n{_fenced([check.command], '        ')}\n"


def _reason(of: Step | Blocker, lang: str) -> str:
    quote = label(lang, "quoted").format(text=of.reason.text)
    return f"    - {label(lang, 'why')}: {quote} ([{of.rule}]({of.reason.url}))"


def _notes(notes: tuple[Note, ...], lang: str) -> Iterator[str]:
    for source, sentences in by_source(notes):
        if not source.title:
            yield from (f"    - {label(lang, 'mind')}: {sentence}" for sentence in sentences)
            continue
        edition = f" ({label(lang, 'edition').format(edition=source.edition)})" if source.edition else ""
        yield f"    - {label(lang, 'document')}: [{source.title}]({source.url}){edition}"
        yield from (f"        - {sentence}" for sentence in sentences)


def _fenced(lines: Sequence[str], indent: str) -> str:
    """Commands hold no line break and no fence: names that could are placeholders."""
    return "\n".join(f"{indent}{line}" for line in ["```sh", *lines, "```"])
