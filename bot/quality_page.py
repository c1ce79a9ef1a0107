"""The site's page "How good are the answers", with its pictures, made from one run of `kb eval`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.language import SPOKEN, say

FIGURES = (
    "first citation right, of the answered",
    "one of three right, of the answered",
    "first citation right, of all answerable",
    "MRR@10",
    "answered or clarified",
    "false answers",
    "wrong verdicts",
    "AUROC",
    "calibration error",
)
GROUPS = ("all", "language ja", "language en")
INK, PANEL, GRID, LINE = "#1f2937", "#f8fafc", "#cbd5e1", "#0d9488"


def write_pages(report: Mapping[str, Any], docs: Path) -> None:
    """Write `quality.md` and its two pictures for each language below `docs`."""
    for lang in SPOKEN:
        folder = docs / lang
        (folder / "assets").mkdir(parents=True, exist_ok=True)
        (folder / "quality.md").write_text(_page(report, lang), "utf-8")
        _coverage_picture(report, lang, folder / "assets/quality-coverage.svg")
        _calibration_picture(report, lang, folder / "assets/quality-calibration.svg")


def _page(report: Mapping[str, Any], lang: str) -> str:
    def word(key: str) -> str:
        return say(lang, "quality", key)

    figures = report["figures"]
    rows = [f"| {word('figure')} | " + " | ".join(word(f"groups.{group}") for group in GROUPS) + " |"]
    rows.append("|---|" + "---|" * len(GROUPS))
    for name in FIGURES:
        cells = (figures[group][name] for group in GROUPS)
        shown = (f"{cell['value']:.3f} ({cell['low']:.2f}–{cell['high']:.2f})" for cell in cells)
        rows.append(f"| {word(f'figures.{name}')} | " + " | ".join(shown) + " |")
    systems = [f"| {word('system')} | Success@1 | Success@3 | MRR@10 |", "|---|---|---|---|"]
    for name, found in report["baselines"].items():
        values = (f"{found[key]:.3f}" for key in ("Success@1", "Success@3", "RR@10"))
        systems.append(f"| {word(f'systems.{name}')} | " + " | ".join(values) + " |")
    return say(
        lang,
        "quality",
        "page",
        questions=report["questions"],
        figures="\n".join(rows),
        systems="\n".join(systems),
    )


def _coverage_picture(report: Mapping[str, Any], lang: str, file: Path) -> None:
    curve = report["curve"]
    figure, axes = _axes(lang, "coverage")
    axes.step(curve["false_answers"], curve["coverage"], where="post", color=LINE, linewidth=2)
    axes.axvline(0.05, color=GRID, linestyle="--")
    axes.set_xlim(0, 0.5)
    axes.set_ylim(0, 1.02)
    _save(figure, file)


def _calibration_picture(report: Mapping[str, Any], lang: str, file: Path) -> None:
    calibration = report["calibration"]
    figure, axes = _axes(lang, "calibration")
    axes.plot([0, 1], [0, 1], color=GRID, linestyle="--")
    axes.plot(calibration["confidence"], calibration["answerable"], color=LINE, marker="o", linewidth=2)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.02)
    _save(figure, file)


def _axes(lang: str, picture: str) -> tuple[Any, Any]:
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    # Text stays text, drawn in the reader's own fonts; equal input gives equal bytes.
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "kb", "font.family": "sans-serif"})
    figure, axes = pyplot.subplots(figsize=(6.4, 4.2), facecolor=PANEL, layout="constrained")
    axes.set_facecolor(PANEL)
    axes.grid(color=GRID, linewidth=0.5)
    axes.set_xlabel(say(lang, "quality", f"pictures.{picture}.x"), color=INK)
    axes.set_ylabel(say(lang, "quality", f"pictures.{picture}.y"), color=INK)
    axes.tick_params(colors=INK)
    return figure, axes


def _save(figure: Any, file: Path) -> None:  # matplotlib is imported only where it draws
    figure.savefig(file, format="svg", metadata={"Date": None})
    from matplotlib import pyplot

    pyplot.close(figure)
