"""For pull requests and job summaries: a table of all rules, then what needs a person."""

import re
from collections.abc import Sequence

from bot.checks.findings import ClusterFindings, Finding, files, together
from bot.checks.report.observed import seen_in
from bot.checks.report.sentence import sentence
from bot.checks.words import label, words


def render(clusters: Sequence[ClusterFindings], lang: str, source: str) -> str:
    """A part for each cluster; its name is a heading where there are several."""
    several = len(files(finding for cluster in clusters for finding in cluster.findings)) > 1
    parts = [f"## {label(lang, 'report')}", f"**{escaped(sentence(clusters, lang))}**"]
    for cluster in clusters:
        if len(clusters) > 1:
            parts.append(f"### {code(cluster.name or '?')}")
        parts += _cluster(cluster, lang, several)
    return "\n\n".join(parts)


def _cluster(cluster: ClusterFindings, lang: str, several: bool) -> list[str]:
    findings = cluster.findings
    columns = [label(lang, name) for name in ("status", "rule", "observed")]
    rows = [columns, ["---"] * len(columns)]
    for finding in findings:
        seen = code(seen_in(finding, cluster.name, lang), in_table=True) if finding.observed is not None else "–"
        rows.append([label(lang, finding.status), f"[{finding.id} {finding.name}]({finding.url})", seen])
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    groups = together(finding for finding in findings if finding.needs_a_person)
    firsts = {finding.id: group[0] for group in groups for finding in group}
    details = [
        _detail(finding, firsts[finding.id], cluster.name, lang, several)
        for finding in findings
        if finding.needs_a_person
    ]
    return [table, *details]


def escaped(text: str) -> str:
    """Running text with names of the input: what Markdown and HTML would read is escaped."""
    return "".join(f"\\{char}" if char in r"\`*_{}[]<>#|&!" else char for char in text)


def code(text: str, *, in_table: bool = False) -> str:
    """A code span that no content can leave: fenced by more backticks than it holds, pipes escaped in tables."""
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text[:1] in ("`", "", " ") or text[-1:] in ("`", " ") else ""
    span = f"{fence}{pad}{text}{pad}{fence}"
    return span.replace("|", r"\|") if in_table else span


def _detail(finding: Finding, first: Finding, cluster: str, lang: str, several: bool) -> str:
    """`first` is the one that says what to supply."""
    seen = seen_in(finding, cluster, lang)
    seen = code(seen) if finding.observed is not None else seen
    rows = {
        "observed": f"{seen} ({code(finding.place(several))})",
        "expected": finding.expected,
        "why": finding.why,
        finding.remedy: finding.fix if first is finding else words(lang, "labels.see", rule=first.id),
    }
    head = f"### {label(lang, finding.status)}: {finding.id} {finding.name}"
    return "\n".join([head, "", *(f"- **{label(lang, name)}**: {value}" for name, value in rows.items())])
