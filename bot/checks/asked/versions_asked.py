"""The version of ALB Controller that a question gives."""

import re

from bot.checks.asked.bounds import names_a_limit, without_bound
from bot.checks.asked.upgrade_asked import without_kubernetes
from bot.checks.rules.gateway_rules import MINIMUM_VERSION

_OTHERS = "".join(
    f"(?<!{name}{gap})" for name in ("ingress", "イングレス", "nginx", "aws[ -]alb") for gap in ("", "[ -]")
)
CONTROLLER = rf"(?:(?<!aws[ -])alb[ -]?controllers?|alb ?コントローラー?|{_OTHERS}(?:コントローラー?|controller))"
_SHORT = rf"(?:{CONTROLLER}|(?<![A-Za-z0-9-])(?<!aws )alb(?![A-Za-z0-9-]))"  # where a version follows
_NUMBER = r"v?[0-9]+\.[0-9]+(?:\.[0-9]+)?(?:-[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*)?(?![0-9/]|\.[0-9A-Za-z])"
_BETWEEN = r"(?:(?!\band\b|\bor\b|\bthan\b)[^0-9。?？!\n、,，;と])"
# The number behind the name counts before the one in front of it: "Gateway API 1.1.0 and ALB Controller 1.7.9".
_VERSIONS = (
    re.compile(rf"{_SHORT}{_BETWEEN}{{0,24}}?(?P<version>{_NUMBER})", re.IGNORECASE),
    re.compile(rf"(?<![0-9./])(?P<version>{_NUMBER}){_BETWEEN}{{0,12}}{_SHORT}", re.IGNORECASE),
)
FLOATING = re.compile(rf"{_SHORT}{_BETWEEN}{{0,12}}?(?P<tag>latest\b|最新版?)", re.IGNORECASE)  # names no version
_LONGEST = 40  # characters in which a name and its version stand
# Of a change the version that will run counts: "from 1.5.2 to 1.7.9", 1.5.2 から 1.7.9 に.
_WAS = re.compile(
    r"(?<![A-Za-z0-9_./])(?:from )?v?[0-9]+\.[0-9]+(?:\.[0-9]+)? ?"
    r"(?:to|->|=>|→|⇒|から|より) ?(?=v?[0-9]+\.[0-9]+(?![0-9/]))",
    re.IGNORECASE,
)
_ANY_VERSION = re.compile(r"(?<![0-9./])v?[0-9]+\.[0-9]+\.[0-9]+(?![0-9/]|\.[0-9])")
# Programs whose versions people name beside the controller's: any other word says nothing of what a number belongs to.
_PROGRAMS = (
    *("cilium", "calico", "antrea", "flannel", "istio", "linkerd", "envoy", "nginx", "traefik", "ingress", "agic"),
    *(
        "kubernetes",
        "k8s",
        "aks",
        "helm",
        "terraform",
        "azurerm",
        "azapi",
        "gateway api",
        "cert-manager",
        "keda",
        "dapr",
    ),
    *(
        "argo ?cd",
        "flux",
        "prometheus",
        "grafana",
        "coredns",
        "azure cli",
        "azure cni",
        "cni",
        "az",
        "cli",
        "api",
        "crds?",
    ),
    *("azure-cli", "kubectl", "bicep", "ubuntu", "windows", "linux", "containerd", "npm", "kubenet", "ama-metrics"),
)
_NAMED = re.compile(rf"(?<![\w'’-])(?:{'|'.join(_PROGRAMS)})(?: ?(?:version|ver\.?|v))?[ :=@-]*$", re.IGNORECASE)


def version(question: str) -> str | None:
    """The version that stands beside the controller; none if another one may be meant ("not 1.5.2 but 1.7.9")."""
    question = without_bound(as_it_becomes(without_kubernetes(question)), str(MINIMUM_VERSION))
    bound = next(filter(None, (pattern.search(question) for pattern in _VERSIONS)), None)
    if bound is None or names_a_limit(question) or _has_a_name(question, bound.start("version")):
        return None
    others = (match for match in _ANY_VERSION.finditer(question) if not _overlap(match, bound))
    return bound["version"].lstrip("vV") if all(_has_a_name(question, match.start()) for match in others) else None


def as_it_becomes(question: str) -> str:
    """The question without the versions that others take the place of."""
    return _WAS.sub("", question)


def unnamed_versions(question: str) -> list[str]:
    """The versions of three parts that a question gives and says of no other program than the controller."""
    return [each.group() for each in _ANY_VERSION.finditer(question) if not _has_a_name(question, each.start())]


def _overlap(match: re.Match[str], bound: re.Match[str]) -> bool:
    start, end = bound.span("version")
    return match.start() < end and match.end() > start


def _has_a_name(question: str, start: int) -> bool:
    return _NAMED.search(question, max(start - _LONGEST, 0), start) is not None
