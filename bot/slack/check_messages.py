"""What a check of a cluster tells in Block Kit: its findings, and the rules."""

from collections.abc import Iterator, Mapping, Sequence

from bot import checks
from bot.checks.words import label
from bot.checks.words import words as check_words
from bot.language import say
from bot.records import Code
from bot.slack.blocks import COMMAND, MARKS, Block, Message, aside, in_languages, message, section
from bot.slack.forms import in_slack
from bot.slack.limits import escape, shorten, whole_lines
from bot.slack.links import link

COMMANDS = 1000  # characters of those below a finding
_ORDER = tuple(checks.Status)


def findings_message(
    findings: Sequence[checks.Finding],
    lang: str,
    site_url: str,
    clusters: Sequence[str] = (),
    commands: Mapping[str, Sequence[str]] | None = None,
) -> Message:
    """What a check found: one sentence and counts, then what needs a person, then the rest in one block.

    `clusters`: the names of those that were checked; `commands`: by rule, each shown below the first that needs it.
    """
    ordered = sorted(findings, key=lambda finding: (_ORDER.index(finding.status), finding.id))
    counts = [f"{label(lang, s)} {n}" for s in _ORDER if (n := sum(finding.status is s for finding in findings))]
    open_ones = _open([finding for finding in ordered if finding.needs_a_person], lang, site_url, commands or {})
    settled = whole_lines([*_settled([finding for finding in ordered if not finding.needs_a_person], lang, site_url)])
    sentence = checks.sentence([checks.ClusterFindings("", None, tuple(findings))], lang)
    named = ", ".join(shorten(name, 80) for name in clusters[:5] if name) + (", …" if len(clusters) > 5 else "")
    title = "\n".join([f"*{escape(sentence)}*", *([named] if named else []), " / ".join(counts)])
    return message(section(title), *open_ones, *([section(settled)] if settled else []))


def rule_message(wanted: str, lang: str | None, site_url: str, command: str = COMMAND) -> Message:
    """One rule (by its id, its number or its name), or all of them where `wanted` names none."""
    rule = checks.rule_named(wanted)
    if rule is None:

        def listed(spoken: str) -> str:
            title = say(spoken, "slack", "rules.none" if wanted.strip() else "rules.all", command=command)
            rules = (f"• {link(r.url(spoken), r.id, site_url)} {escape(r.title(spoken))}" for r in checks.rules())
            return "\n".join((title, *rules))

        return in_languages(lang, listed)

    def described(spoken: str) -> str:
        rows = [f"*{link(rule.url(spoken), rule.id, site_url)} {escape(rule.title(spoken))}*"]
        for field in ("expected", "why", "fix"):
            rows.append(f"*{label(spoken, field)}*: {escape(check_words(spoken, f'rules.{rule.id}.{field}'))}")
        return "\n".join(rows)

    return in_languages(lang, described)


def _head(finding: checks.Finding, lang: str, site: str) -> str:
    seen = shorten(checks.seen_in(finding, "", lang), 160)
    return f"{MARKS[finding.status]} {_rule(finding, site)} {label(lang, finding.status)}: {seen}"


def _rule(finding: checks.Finding, site: str) -> str:
    return link(finding.url, f"{finding.id} {finding.name}", site)


def _open(
    findings: Sequence[checks.Finding], lang: str, site: str, commands: Mapping[str, Sequence[str]]
) -> Iterator[Block]:
    shown = set[str]()
    for finding in findings:
        yield section(_finding(finding, lang, site))
        fresh = [line for line in commands.get(finding.id, ()) if line not in shown]
        commanded = in_slack([Code("\n".join(fresh), "sh")], COMMANDS)
        shown.update(fresh)
        rest = link(finding.url, say(lang, "slack", "answer.rest"), site)
        yield from [*commanded.blocks, *([aside(rest)] if commanded.cut else [])]


def _settled(findings: Sequence[checks.Finding], lang: str, site: str) -> Iterator[str]:
    """A line for each, and one for all rules that do not apply: of those nobody wants to know what was seen."""
    idle = checks.Status.NOT_APPLICABLE
    yield from (_head(finding, lang, site) for finding in findings if finding.status is not idle)
    if rules := dict.fromkeys(_rule(finding, site) for finding in findings if finding.status is idle):
        yield f"{MARKS[idle]} {label(lang, idle)}: {' · '.join(rules)}"


def _finding(finding: checks.Finding, lang: str, site: str) -> str:
    rows = {"expected": finding.expected, "why": finding.why, finding.remedy: finding.fix}
    return "\n".join(
        [_head(finding, lang, site), *(f"*{label(lang, name)}*: {shorten(text, 500)}" for name, text in rows.items())]
    )
