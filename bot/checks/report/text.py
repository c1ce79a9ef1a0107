"""For a terminal: one sentence, what fails with its commands, what to supply, and the rest in one line."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bot.checks.findings import ClusterFindings, Finding, Status, files, together
from bot.checks.report.look import Look
from bot.checks.report.observed import seen_in
from bot.checks.report.sentence import mended_by_upgrade, sentence
from bot.checks.words import label, words
from bot.wrap import wrapped

ORDER = tuple(Status)
Remedies = Mapping[str, Sequence[str]]  # by the id of a rule: commands that mend it, or that print what it lacks
_COLOURS = {Status.FAIL: "red", Status.UNKNOWN: "yellow", Status.ADVICE: "blue", Status.PASS: "green"}
_ROWS = {
    Status.FAIL: ("observed", "expected", "why", "remedy"),
    Status.UNKNOWN: ("remedy",),
    Status.ADVICE: ("remedy",),
}


def render(clusters: Sequence[ClusterFindings], lang: str, source: str) -> str:
    """The whole report, neither broken nor coloured."""
    return report(clusters, lang, Look(whole=True))


def report(
    clusters: Sequence[ClusterFindings],
    lang: str,
    look: Look,
    remedies: Sequence[Remedies] = (),
    to_plan: Sequence[str] = (),
) -> str:
    """A part for each cluster, with its name where there are several. `remedies` are those of each cluster;
    `to_plan` are the commands of what the first lines advise.
    """
    several = len(files(finding for cluster in clusters for finding in cluster.findings)) > 1
    lines = [look.paint(line, "bold") for line in _flow(sentence(clusters, lang), look, "")]
    lines += [f"  {look.paint(line, 'cyan')}" for line in to_plan]
    for at, cluster in enumerate(clusters):
        lines.append("")
        if len(clusters) > 1:
            lines.append(look.paint(f"== {cluster.name or '?'}  {cluster.id or ''}".rstrip(), "bold"))
        lines += _cluster(cluster, lang, several, look, remedies[at] if at < len(remedies) else {})
    return "\n".join(lines)


def _cluster(cluster: ClusterFindings, lang: str, several: bool, look: Look, remedies: Remedies) -> Iterator[str]:
    last = mended_by_upgrade(cluster.findings)
    ordered = sorted(cluster.findings, key=lambda each: (ORDER.index(each.status), each.id in last, each.id))
    shown: dict[str, str] = {}
    for group in together(ordered) if not look.whole else [[finding] for finding in ordered]:
        if group[0].needs_a_person:
            commands = dict.fromkeys(line for finding in group for line in remedies.get(finding.id, ()))
            yield from _open(group, cluster.name, lang, several, look, tuple(commands), shown)
        elif look.whole:
            yield from _head(group[0], cluster.name, lang, look)
    counts = Counter(finding.status for finding in ordered)
    folded = "" if look.whole or not any(not finding.needs_a_person for finding in ordered) else label(lang, "folded")
    yield ""
    yield from _flow(" / ".join(f"{label(lang, status)} {counts[status]}" for status in ORDER) + folded, look, "")


def _open(
    group: Sequence[Finding],
    cluster: str,
    lang: str,
    several: bool,
    look: Look,
    commands: Sequence[str],
    shown: dict[str, str],
) -> Iterator[str]:
    """Something to do: how, and the commands unless a rule above has them."""
    for finding in group:
        yield from _head(finding, cluster, lang, look)
    first = group[0]
    seen = seen_in(first, cluster, lang)
    rows = {
        "observed": ("observed", f"{seen}  {first.place(several)}"),
        "expected": ("expected", first.expected),
        "why": ("why", first.why),
        "remedy": (first.remedy, first.fix),
    }
    for row in _ROWS[first.status] if not look.whole else tuple(rows):
        name, value = rows[row]
        yield from _flow(f"    {label(lang, name)}: {value}", look, "      ")
        if row == "remedy":
            yield from _commands(first, commands, lang, look, shown)
    for finding in group:
        yield f"    {label(lang, 'page')}: {finding.url}"


def _commands(finding: Finding, commands: Sequence[str], lang: str, look: Look, shown: dict[str, str]) -> Iterator[str]:
    for line in commands:
        if line not in shown:
            yield f"      {look.paint(line, 'cyan')}"
    for before in dict.fromkeys(shown[line] for line in commands if line in shown):
        yield f"      {words(lang, 'labels.see', rule=before)}"
    for line in commands:
        shown.setdefault(line, finding.id)


def _head(finding: Finding, cluster: str, lang: str, look: Look) -> Iterator[str]:
    """Status and rule; what was seen, too, where no row below says it."""
    status = f"[{label(lang, finding.status)}]"
    text = f"{status} {finding.id} {finding.name}"
    if finding.status is not Status.FAIL and not (look.whole and finding.needs_a_person):
        text += f": {seen_in(finding, cluster, lang)}"
    first, *rest = _flow(text, look, "    ")
    colour = _COLOURS.get(finding.status)
    yield look.paint(status, colour, "bold") + first.removeprefix(status) if colour else first
    yield from rest


def _flow(text: str, look: Look, indent: str) -> list[str]:
    if look.width is None:
        return [text]
    begun = text[: len(text) - len(text.lstrip(" "))]
    return wrapped(text.lstrip(" "), look.width, indent, begun)
