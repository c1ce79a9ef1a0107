"""The report of `kb eval` as text, and two reports side by side."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # which loads scikit-learn
    from bot.quality.contrast import Figures

Report = Mapping[str, Any]


def report_text(report: Report) -> str:
    """Figures with 95 % intervals by group, the baselines, the calibration, the misses."""
    weights = ", weights of the site's own" if report.get("own_weights") else ""
    lines = [f"{report['questions']} questions, index generation {report['generation']}{weights}", ""]
    for group, figures in report["figures"].items():
        lines.append(group)
        for name, figure in figures.items():
            if figure["value"] == figure["value"]:  # not NaN: the group has such questions
                lines.append(f"  {name:42} {figure['value']:.3f}  [{figure['low']:.3f}, {figure['high']:.3f}]")
        lines.append("")
    lines.append("the right section among all covered ones")
    for name, measured in report["baselines"].items():
        lines.append(f"  {name:14} " + "  ".join(f"{key} {value:.3f}" for key, value in measured.items()))
    lines += ["", "confidence said → share that is answerable"]
    pairs = zip(report["calibration"]["confidence"], report["calibration"]["answerable"], strict=True)
    lines.append("  " + "  ".join(f"{said:.2f}→{right:.2f}" for said, right in pairs))
    lines += ["", *_misses(report)]
    return "\n".join(lines)


def _number(value: float | None) -> float:
    """A figure of which there are no questions is null in JSON."""
    return float("nan") if value is None else value


def comparison_text(new: Report, old: Report) -> str:
    """Each figure of two runs and its change, then the questions that went wrong in only one of them."""
    lines = [f"{'':44} {'old':>7} {'new':>7} {'change':>8}"]
    for name, figure in new["figures"]["all"].items():
        then, now = (_number(each) for each in (old["figures"]["all"].get(name, {}).get("value"), figure["value"]))
        lines.append(f"  {name:42} {then:7.3f} {now:7.3f} {now - then:+8.3f}")
    wrong_before = {(miss["id"], miss["kind"]) for miss in old["misses"]}
    wrong_now = {(miss["id"], miss["kind"]) for miss in new["misses"]}
    for title, misses in (("mended", wrong_before - wrong_now), ("newly wrong", wrong_now - wrong_before)):
        lines += ["", f"{title}: {len(misses)}", *(f"  {kind:13} {name}" for name, kind in sorted(misses))]
    return "\n".join(lines)


def _misses(report: Report) -> Iterator[str]:
    yield f"misses: {len(report['misses'])}"
    for miss in report["misses"]:
        question = " ".join(miss["question"].split())[:100]
        yield f"  {miss['kind']:13} {miss['confidence']:.2f}  {miss['id']}  {question}"
        yield f"      cited {', '.join(miss['cited']) or '–'}; wanted {', '.join(miss['wanted'][:4]) or '–'}"


def contrast_text(measured: Mapping[str, "Figures"]) -> str:
    """A line for all pairs and for each kind: shares treated rightly, and how often a yes or no was false."""
    head = f"{'':12} {'pairs':>6} {'covered':>8} {'twins':>8} {'both':>8} {'false yes/no':>13}"
    rows = [
        f"{name:12} {kind.pairs:6} {kind.covered:8.2f} {kind.twins:8.2f} {kind.both:8.2f} {kind.false_verdicts:13}"
        for name, kind in measured.items()
    ]
    return "\n".join((head, *rows))
