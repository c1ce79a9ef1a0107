"""From rounds to a report: medians, ratios, and which targets are reached."""

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from bench.services import BETTER

Figures = Mapping[str, float]
# How many times better than each of the other services.
RATIOS = {"cold_start_s": 5, "memory_mib": 3, "eight_clients_per_s": 3, "load_p99_ms": 3, "passages_per_s": 1.5}
PLAIN_ONLY = ("passages_per_s",)
LEAST = 1e-3  # of a figure that another is divided by: nothing is infinitely better
# Of our service alone.
AT_MOST = {"cold_start_s": 2, "ask_command_s": 1.5, "memory_mib": 350, "installed_mb": 350, "p50_per_encoder": 1.5}
AT_LEAST = {"repeated_per_s": 2000, "share_of_encoder": 0.85}


def medians(rounds: Sequence[Figures]) -> dict[str, float]:
    """The median of each figure, and what follows from two of them."""
    medians = {name: statistics.median(figures[name] for figures in rounds) for name in rounds[0]}
    medians["p50_per_encoder"] = medians["p50_ms"] / medians["encoder_ms"]
    medians["share_of_encoder"] = medians["eight_clients_per_s"] / medians["encoder_per_s"]
    return medians


def ratios(ours: Figures, other: Figures) -> dict[str, float]:
    """How many times better ours is, figure by figure: above 1 is better, whichever way the figure counts."""
    both = [name for name in BETTER if name in ours and name in other]
    return {
        name: other[name] / max(ours[name], LEAST) if BETTER[name] == "lower" else ours[name] / other[name]
        for name in both
    }


def targets(ours: Figures, compared: Mapping[str, Figures]) -> list[dict[str, Any]]:
    """Each target: the figure, against whom (None: ours alone), how it is bounded, what was found, and if it holds."""
    judged: list[dict[str, Any]] = []
    for name, least in RATIOS.items():
        for against in compared:
            if name not in PLAIN_ONLY or against == "plain":
                judged.append(_target(name, against, "at_least", least, compared[against][name]))
    judged += [_target(name, None, "at_most", most, ours[name]) for name, most in AT_MOST.items()]
    judged += [_target(name, None, "at_least", least, ours[name]) for name, least in AT_LEAST.items()]
    return judged


def _target(name: str, against: str | None, bound: str, value: float, measured: float) -> dict[str, Any]:
    reached = measured >= value if bound == "at_least" else measured <= value
    return {"figure": name, "against": against, bound: value, "measured": measured, "reached": reached}
