"""The page "How good are the answers" with its pictures, and the README's figures, from one run of `kb eval`."""

import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.language import SPOKEN, say
from bot.quality.figures import wilson

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
SIZES = ("covered", "answered", "yes or no", "uncovered")
# In the README, which is in English alone, between two markers.
README = (
    "On {questions} questions that the calibration has not seen ({uncovered} of them not covered), the first citation "
    "states the asked\nfact for {first:.1%} of the answered ones, and {wrong:.1%} of the {verdicts} whose right "
    "answer is yes or no got the opposite;\n{answered:.1%} of those not covered were answered all the same;\n"
    "the right section ranks first for {ranked:.1%}"
)
BESIDE = ", where Material's own search reaches {material:.1%}"
_BETWEEN = re.compile(r"(<!-- figures -->\n).*?(\n<!-- end of figures -->)", re.DOTALL)
ABOUT = "---\ntool: service\n---\n\n"  # this page is about the bot, and answers who asks about it
INK, PANEL, GRID, LINE = "#1f2937", "#f8fafc", "#cbd5e1", "#0d9488"


def write_pages(report: Mapping[str, Any], docs: Path) -> None:
    """Write `quality.md` and its pictures for each language below `docs`, and the figures of the README beside it."""
    for lang in SPOKEN:
        folder = docs / lang
        (folder / "assets").mkdir(parents=True, exist_ok=True)
        (folder / "quality.md").write_text(f"{ABOUT}{_page(report, lang)}", "utf-8")
        _coverage_picture(report, lang, folder / "assets/quality-coverage.svg")
        _calibration_picture(report, lang, folder / "assets/quality-calibration.svg")
    if (readme := docs.resolve().parent / "README.md").is_file():
        write_readme(report, readme)


def write_readme(report: Mapping[str, Any], readme: Path) -> None:
    """Put the figures between the markers, if it has them."""
    text = readme.read_text("utf-8")
    readme.write_text(_BETWEEN.sub(lambda at: f"{at[1]}{_summary(report)}{at[2]}", text), "utf-8")


def _summary(report: Mapping[str, Any]) -> str:
    """One sentence; of Material's own search only if it was measured, too."""
    figures, systems = report["figures"]["all"], report["baselines"]
    text = README.format(
        questions=report["questions"],
        uncovered=report["uncovered"],
        first=round(figures["first citation right, of the answered"]["value"], 3),  # as on the page
        verdicts=report["sizes"]["all"]["yes or no"],
        wrong=round(figures["wrong verdicts"]["value"], 3),
        answered=round(figures["false answers"]["value"], 3),
        ranked=round(systems["this bot"]["Success@1"], 3),
    )
    if material := systems.get("Material's search"):
        text += BESIDE.format(material=round(material["Success@1"], 3))
    return f"{text}."


def _page(report: Mapping[str, Any], lang: str) -> str:
    def word(key: str) -> str:
        return say(lang, "quality", key)

    figures = report["figures"]
    rows = [f"| {word('figure')} | " + " | ".join(word(f"groups.{group}") for group in GROUPS) + " |"]
    rows.append("|---|" + "---:|" * len(GROUPS))
    for size in SIZES:
        counts = (str(report["sizes"][group][size]) for group in GROUPS)
        rows.append(f"| {word(f'sizes.{size}')} | " + " | ".join(counts) + " |")
    for name in FIGURES:
        cells = (figures[group][name] for group in GROUPS)
        shown = (f"{cell['value']:.3f} ({cell['low']:.2f}–{cell['high']:.2f})" for cell in cells)
        rows.append(f"| {word(f'figures.{name}')} | " + " | ".join(shown) + " |")
    systems = [f"| {word('system')} | Success@1 | Success@3 | MRR@10 |", "|---|---:|---:|---:|"]
    for name, measures in report["baselines"].items():
        values = (f"{measures[key]:.3f}" for key in ("Success@1", "Success@3", "RR@10"))
        systems.append(f"| {word(f'systems.{name}')} | " + " | ".join(values) + " |")
    return say(
        lang,
        "quality",
        "page",
        questions=report["questions"],
        figures="\n".join(rows),
        systems="\n".join(systems),
        contrast=_contrast(report["contrast"], lang) if "contrast" in report else "",
    )


def _contrast(measured: Mapping[str, Any], lang: str) -> str:
    """The section about contrast pairs: how covered questions and their twins are told apart, by kind."""
    words = [say(lang, "quality", f"pairs.{name}") for name in ("kind", "pairs", "covered", "twins", "both", "false")]
    rows = [f"| {' | '.join(words)} |", "|---|---:|---:|---:|---:|---:|"]
    for kind, figures in measured.items():
        low, high = wilson(figures["both"], figures["pairs"])
        shares = f"{figures['covered']:.2f} | {figures['twins']:.2f} | {figures['both']:.2f} ({low:.2f}–{high:.2f})"
        name = say(lang, "quality", f"kinds.{kind}")
        rows.append(f"| {name} | {figures['pairs']} | {shares} | {figures['false_verdicts']} |")
    named = say(lang, "quality", "pairs.or").join(say(lang, "quality", f"kinds.{kind}") for kind in _weakest(measured))
    return say(lang, "quality", "contrast", pairs="\n".join(rows), count=measured["all"]["pairs"], weakest=named)


def _weakest(measured: Mapping[str, Any]) -> list[str]:
    """The two kinds whose twins are kept apart least often, and every kind that ties with the second."""
    shares = {kind: float(figures["twins"]) for kind, figures in measured.items() if kind != "all"}
    bound = max(sorted(shares.values())[:2])
    return sorted((kind for kind in shares if shares[kind] <= bound), key=lambda kind: shares[kind])


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
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # only the width of a Japanese label is guessed
        figure.savefig(file, format="svg", metadata={"Date": None})
    from matplotlib import pyplot

    pyplot.close(figure)
