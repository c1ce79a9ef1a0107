"""Plans for a terminal. Commands are never broken: they are to be copied."""

from collections.abc import Iterator, Sequence

from bot.checks.plan.records import Blocker, Check, Mark, Need, Note, Plan, Step, by_source
from bot.checks.plan.words import label
from bot.checks.report.look import Look
from bot.wrap import wrapped

_BOXES = {Need.DONE: "[x]", Need.TODO: "[ ]", Need.UNCLEAR: "[?]"}
_COLOURS = {Need.DONE: "green", Need.TODO: "bold", Need.UNCLEAR: "yellow"}
_ALARMING = (Mark.IRREVERSIBLE, Mark.DISRUPTIVE)
_INDENT = "       "


def render(plans: Sequence[Plan], lang: str, look: Look) -> str:
    """A part for each cluster; its first line is the summary."""
    return "\n\n".join("\n".join(_plan(plan, lang, look)) for plan in plans)


def _plan(plan: Plan, lang: str, look: Look) -> Iterator[str]:
    for line in _flow(plan.summary, look, ""):
        yield look.paint(line, "bold")
    for note in plan.notes:
        yield from _flow(note.text, look, "")
    for blocker in plan.blockers:
        yield ""
        yield from _blocker(blocker, lang, look)
    if len(needs := [need for need in Need if any(step.need is need for step in plan.steps)]) > 1:
        yield from _flow("  ".join(f"{_BOXES[need]} {label(lang, need)}" for need in needs), look, "")
    seen: dict[str, int] = {}
    for number, step in enumerate(plan.steps, 1):
        yield ""
        yield from _step(number, step, lang, look, seen)
    if plan.confirm:
        yield ""
        yield from _check(plan.confirm, "confirm", lang, look, "")


def _blocker(blocker: Blocker, lang: str, look: Look) -> Iterator[str]:
    for line in _flow(blocker.title, look, "    ", "[!] "):
        yield look.paint(line, "red", "bold")
    if blocker.observed:
        yield from _labelled("observed", blocker.observed, lang, look)
    yield from _reason(blocker, lang, look)
    yield from _labelled("instead", blocker.instead, lang, look)
    yield from _notes(blocker.notes, lang, look)


def _step(number: int, step: Step, lang: str, look: Look, seen: dict[str, int]) -> Iterator[str]:
    for line in _flow(step.title, look, _INDENT, f"{_BOXES[step.need]} {number}. "):
        yield look.paint(line, _COLOURS[step.need])
    if step.need is Need.DONE:
        return
    yield from _marks(step.marks, lang, look)
    yield from _reason(step, lang, look)
    yield from _first(number, step, lang, look, seen)
    yield from _commands("run", step.commands, lang, look)
    if step.fill:
        yield f"{_INDENT}{look.paint(label(lang, 'fill'), 'dim')}:"
    for fill in step.fill:
        yield from _flow(f"{fill.name}: {fill.what}", look, f"{_INDENT}    ", f"{_INDENT}  ")
    yield from _check(step.check, "check", lang, look, _INDENT)
    yield from _notes(step.notes, lang, look)


def _marks(marks: Sequence[Mark], lang: str, look: Look) -> Iterator[str]:
    """What to know before the step, in lines of their own: they are seen without colours, too."""
    for mark in marks:
        alarming = mark in _ALARMING
        for line in _flow(label(lang, mark), look, f"{_INDENT}  ", f"{_INDENT}{'! ' if alarming else '~ '}"):
            yield look.paint(line, *(("red", "bold") if mark is Mark.IRREVERSIBLE else ("yellow",)))


def _reason(of: Step | Blocker, lang: str, look: Look) -> Iterator[str]:
    yield from _labelled("why", f"{label(lang, 'quoted').format(text=of.reason.text)} ({of.rule})", lang, look)
    yield f"{_INDENT}{look.paint(of.reason.url, 'blue')}"


def _first(number: int, step: Step, lang: str, look: Look, seen: dict[str, int]) -> Iterator[str]:
    """What tells whether a step is needed; what a step before has shown is not shown again."""
    known = {seen[line] for line in step.first if line in seen}
    yield from _commands("first", [line for line in step.first if line not in seen], lang, look)
    for before in sorted(known):
        yield from _labelled("first", label(lang, "see").format(number=before), lang, look)
    for line in step.first:
        seen.setdefault(line, number)


def _commands(name: str, lines: Sequence[str], lang: str, look: Look) -> Iterator[str]:
    if lines:
        yield f"{_INDENT}{look.paint(label(lang, name), 'dim')}:"
    for line in lines:
        yield f"{_INDENT}  {look.paint(line, 'cyan')}"


def _check(check: Check, name: str, lang: str, look: Look, indent: str) -> Iterator[str]:
    if check.command is None:
        yield from _labelled(name, check.expected, lang, look, indent)
        return
    yield f"{indent}{look.paint(label(lang, name), 'dim')}:"
    yield f"{indent}  {look.paint(check.command, 'cyan')}"
    yield from _labelled("expected", check.expected, lang, look, f"{indent}  ")


def _notes(notes: tuple[Note, ...], lang: str, look: Look) -> Iterator[str]:
    for source, sentences in by_source(notes):
        if not source.title:
            for sentence in sentences:
                yield from _labelled("mind", sentence, lang, look)
            continue
        edition = f" ({label(lang, 'edition').format(edition=source.edition)})" if source.edition else ""
        yield from _labelled("document", f"{source.title}{edition}", lang, look)
        yield f"{_INDENT}{look.paint(source.url, 'blue')}"
        for sentence in sentences:
            yield from _flow(sentence, look, f"{_INDENT}    ", f"{_INDENT}  - ")


def _labelled(name: str, text: str, lang: str, look: Look, indent: str = _INDENT) -> Iterator[str]:
    start = f"{indent}{label(lang, name)}:"
    for line in _flow(f"{label(lang, name)}: {text}", look, f"{indent}  ", indent):
        painted = f"{indent}{look.paint(label(lang, name), 'dim')}:"
        yield line.replace(start, painted, 1) if line.startswith(start) else line


def _flow(text: str, look: Look, indent: str, first: str | None = None) -> list[str]:
    begun = indent if first is None else first
    return [f"{begun}{text}"] if look.width is None else wrapped(text, look.width, indent, begun)
