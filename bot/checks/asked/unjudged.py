"""Values of the gateway that a question gives and no rule has judged: beside what passes, the answer names them."""

from collections.abc import Iterator, Set

from bot.checks.asked.bounds import without_bound
from bot.checks.asked.peered_asked import PEERED
from bot.checks.asked.profile import pasted_profile
from bot.checks.asked.size_asked import is_beside_another
from bot.checks.asked.sizes import PREFIX, SIZE, sizes
from bot.checks.asked.upgrade_asked import without_kubernetes
from bot.checks.asked.versions_asked import FLOATING, as_it_becomes, unnamed_versions
from bot.checks.rules.gateway_rules import MINIMUM_VERSION, SUBNET_SIZE

_PEERINGS = {"AGC006", "AGC007"}


def not_judged(question: str, rules: Set[str], observed: Set[str]) -> tuple[str, ...]:
    """What of a plain question may be a value of the gateway, but was not judged, in its words and once.

    `rules`: those that judged something; `observed`: the values that they saw, as they show them.
    """
    _, spoken = pasted_profile(question)
    for bound in (str(MINIMUM_VERSION), f"/{SUBNET_SIZE}"):
        if bound not in observed:
            spoken = without_bound(spoken, bound)
    given = (*_sizes(spoken), *_versions(spoken), *_peering(spoken, rules))
    return tuple(dict.fromkeys(text for text, seen in given if seen not in observed))


def _sizes(spoken: str) -> Iterator[tuple[str, str]]:
    for pattern in (PREFIX, SIZE):
        for match in pattern.finditer(spoken):
            if not is_beside_another(spoken, match.start()):
                yield f"/{match['size']}", f"/{next(sizes(match.group()))}"


def _versions(spoken: str) -> Iterator[tuple[str, str]]:
    rest = as_it_becomes(without_kubernetes(spoken))
    for number in unnamed_versions(rest):
        yield number, number.lower().lstrip("v")
    if match := FLOATING.search(rest):
        yield match["tag"], match["tag"]


def _peering(spoken: str, rules: Set[str]) -> Iterator[tuple[str, str]]:
    match = PEERED.search(spoken)
    if match and not rules & _PEERINGS:
        yield match.group(), match.group()
