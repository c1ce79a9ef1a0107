"""What a rule is, and the list of them. A rule's id is also its page's name and URL."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.checks.findings import Severity, Status, Verdict
from bot.checks.inventory.snapshot import Snapshot
from bot.checks.words import words

Judge = Callable[[Snapshot], Verdict]
ADVISES = frozenset({Status.ADVICE, Status.NOT_APPLICABLE})
JUDGES = frozenset(Status) - {Status.ADVICE}


@dataclass(frozen=True, slots=True)
class Rule:
    """Written once, never translated. `section` is the documentation that the rule applies."""

    id: str
    name: str
    severity: Severity
    section: str
    outcomes: frozenset[Status]  # the statuses this rule can reach; each needs a case
    judge: Judge

    def title(self, lang: str) -> str:
        return words(lang, f"rules.{self.id}.title")

    def url(self, lang: str, base_url: str = "") -> str:
        """The rule's page; Japanese lies at the root of the site."""
        return f"{base_url.rstrip('/')}{'' if lang == 'ja' else f'/{lang}'}/rules/{self.id.lower()}/"


_RULES: dict[str, Rule] = {}


def rule(
    rule_id: str, name: str, severity: Severity, section: str, *, never: tuple[Status, ...] = ()
) -> Callable[[Judge], Judge]:
    """Put a function in the list of rules. `never`: statuses that its definition rules out. INFO rules only advise."""

    def add(judge: Judge) -> Judge:
        if rule_id in _RULES:
            raise ValueError(f"{rule_id} is defined twice")
        outcomes = (ADVISES if severity is Severity.INFO else JUDGES) - set(never)
        _RULES[rule_id] = Rule(rule_id, name, severity, section, outcomes, judge)
        return judge

    return add


def registered() -> tuple[Rule, ...]:
    """In the order of their ids, however the modules were imported."""
    return tuple(_RULES[rule_id] for rule_id in sorted(_RULES))
