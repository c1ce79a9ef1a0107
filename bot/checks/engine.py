"""A snapshot in, a finding per rule out. Pure: nothing is stored, logged or fetched."""

from bot.checks import cluster_rules, gateway_rules, upgrade_rules  # noqa: F401  # importing registers their rules
from bot.checks.catalog import Rule, registered
from bot.checks.compose import to_snapshot
from bot.checks.findings import Finding, Gap, Status
from bot.checks.place import actual
from bot.checks.printable import printable
from bot.checks.snapshot import Snapshot
from bot.checks.words import label, words

EXIT_OK, EXIT_FAILURE, EXIT_BAD_INPUT, EXIT_INTERNAL = 0, 1, 2, 3


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of their ids."""
    return registered()


def check(raw: object, lang: str, base_url: str = "") -> list[Finding]:
    """Judge a snapshot (or what `to_snapshot` makes one of). InputError if it cannot be read."""
    document = to_snapshot(raw)
    snapshot = Snapshot.parse(document)
    return [_finding(rule, snapshot, document, lang, base_url) for rule in rules()]


def exit_code(findings: list[Finding]) -> int:
    """The same in every format."""
    return EXIT_FAILURE if any(finding.status is Status.FAIL for finding in findings) else EXIT_OK


def _finding(rule: Rule, snapshot: Snapshot, document: object, lang: str, base_url: str) -> Finding:
    verdict = rule.judge(snapshot)
    gap = verdict.gap if verdict.status is Status.UNKNOWN else None
    return Finding(
        id=rule.id,
        name=rule.name,
        status=verdict.status,
        gap=gap,
        severity=rule.severity,
        observed=None if verdict.observed is None else printable(verdict.observed),
        expected=words(lang, f"rules.{rule.id}.expected"),
        pointer=actual(document, verdict.pointer),
        why=words(lang, f"rules.{rule.id}.why"),
        fix=_fix(rule, gap, lang),
        url=rule.url(lang, base_url),
    )


def _fix(rule: Rule, gap: Gap | None, lang: str) -> str:
    if gap is Gap.SOURCE:
        return label(lang, "ask-first")
    return words(lang, f"rules.{rule.id}.{'fix' if gap is None else 'unknown'}")
