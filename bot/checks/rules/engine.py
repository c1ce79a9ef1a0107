"""An inventory in, the findings of each cluster out. Pure: nothing is stored, logged or fetched."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from bot.checks.clusters.assemble import Case, cases
from bot.checks.clusters.compose import compose
from bot.checks.errors import InputError
from bot.checks.findings import ClusterFindings, Finding, Status, Verdict
from bot.checks.inventory.inventory import Inventory
from bot.checks.inventory.kinds import Kind
from bot.checks.printable import NAMED, printable
from bot.checks.rules import cluster_rules, gateway_rules, upgrade_rules  # noqa: F401  # importing registers their rules
from bot.checks.rules.catalog import Rule, registered
from bot.checks.rules.finding import finding_of
from bot.checks.rules.judging import snapshot_key, verdicts_of
from bot.checks.rules.merge import merged

EXIT_OK, EXIT_FAILURE, EXIT_BAD_INPUT, EXIT_INTERNAL = 0, 1, 2, 3
MOST_CLUSTERS = 500  # a report of more would be larger than any input
_NUMBER = re.compile(r"([a-z]*)(?:\s*|(?<=[a-z])[-_])(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Judged:
    """A cluster's case, its findings, and the verdict that decided each of them."""

    case: Case
    findings: ClusterFindings
    verdicts: tuple[Verdict, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of the snapshot that decided each finding."""
        return tuple(snapshot_key(verdict) for verdict in self.verdicts)


def rule_named(text: str) -> Rule | None:
    """The rule that a text names: `AGC004`, `agc 4`, `4`, or `subnet-size`."""
    name = text.strip().lower()
    number = _NUMBER.fullmatch(name)
    for each in rules():
        letters, digits = each.id.lower().rstrip("0123456789"), each.id.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if name == each.name or (number and number[1] in ("", letters) and int(number[2]) == int(digits)):
            return each
    return None


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of their ids."""
    return registered()


def judge(inventory: Inventory, lang: str, base_url: str = "") -> list[Judged]:
    """Judge every cluster. InputError if there is none."""
    if len(inventory.clusters) > MOST_CLUSTERS:
        raise InputError("too-many-clusters", count=len(inventory.clusters), limit=MOST_CLUSTERS)
    known = cases(inventory)
    refuse(inventory, bool(known))
    earlier = {_identity(case): case for case in cases(inventory.earlier)} if inventory.earlier else {}
    return [_judged(case, earlier.get(_identity(case)), lang, base_url) for case in known]


def inspect(raw: object, lang: str, base_url: str = "") -> list[ClusterFindings]:
    """The findings of each cluster of a document (or of an inventory)."""
    inventory = raw if isinstance(raw, Inventory) else compose(raw)
    return [judged.findings for judged in judge(inventory, lang, base_url)]


def check(raw: object, lang: str, base_url: str = "") -> list[Finding]:
    """Every rule once: of several clusters the worst, and whose it is."""
    return merged(inspect(raw, lang, base_url))


def exit_code(findings: Sequence[Finding] | Sequence[ClusterFindings]) -> int:
    """The same in every format; of several clusters the worst."""
    every = chain.from_iterable(entry.findings if isinstance(entry, ClusterFindings) else [entry] for entry in findings)
    return EXIT_FAILURE if any(finding.status is Status.FAIL for finding in every) else EXIT_OK


def refuse(inventory: Inventory, known: bool) -> None:
    """Without a cluster, or with nothing but expressions for one, say what was given instead."""
    expressions = [refusal for refusal in inventory.refused if refusal.code == "template-expression"]
    if known and not (expressions and len(expressions) == len(inventory.clusters)):
        return
    if inventory.refused:
        first = inventory.refused[0]
        place = first.place
        name = printable(first.name, NAMED)
        raise InputError(first.code, pointer=place.pointer, file=place.file, name=name, command=first.command)
    if inventory.misspelt:
        place, key, _ = inventory.misspelt[0]
        raise InputError("snapshot-key", pointer=place.pointer, file=place.file, name=printable(key, NAMED))
    if inventory.kinds and set(inventory.kinds) == {Kind.NOTHING}:
        place, name = inventory.ignored[0]
        raise InputError("only-null", file=place.file, seen=name)
    named = [name for _, name in inventory.ignored if name]
    kinds = [kind for kind in inventory.kinds if not (named and kind in (Kind.OBJECT, Kind.RESOURCE))]
    given_kinds = [kind for kind in kinds if kind != Kind.EMPTY]
    if kinds and not given_kinds and not named:
        files = {place.file for place in inventory.empty}
        raise InputError("only-empty", file=files.pop() if len(files) == 1 else "")
    given = ", ".join(printable(name, NAMED) for name in dict.fromkeys((*given_kinds, *named)) if name)
    raise InputError("needs-cluster", found=given or "?")


def _identity(case: Case) -> tuple[str | None, str]:
    return case.id, case.name


def _judged(case: Case, earlier: Case | None, lang: str, base_url: str) -> Judged:
    made = [finding_of(rule, verdicts_of(rule, case, earlier), lang, base_url) for rule in rules()]
    findings = ClusterFindings(
        printable(case.name), case.id and printable(f"/{case.id}"), tuple(finding for finding, _ in made), case.fate
    )
    return Judged(case, findings, tuple(verdict for _, verdict in made))
