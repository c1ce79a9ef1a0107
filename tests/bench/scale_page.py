"""The figures and the picture of `make bench-scale` on docs/<lang>/service/performance.md."""

import warnings
from pathlib import Path
from typing import Any

from load.page import put_figures

from bot.quality.page import GRID, INK, LINE, PANEL

Figures = dict[str, dict[str, Any]]
HEAD = {
    "ja": "| セクション数 | ベクトル | p50 | p99 | 読み込み | 常駐メモリ | recall@10 | 構築 |",
    "en": "| Sections | Vectors | p50 | p99 | Loading | Resident | recall@10 | Building |",
}
AXES = {
    "ja": ("セクション数", "回答にかかる時間（ミリ秒、エンコーダーを除く）"),
    "en": ("Sections", "Milliseconds for an answer, without the encoder"),
}
AFTER = {"ja": "{} の測定です。", "en": "Measured on {}."}
FAST = "#b45309"  # the colour of p99


def table(figures: Figures, lang: str, day: str) -> str:
    """One row per size, and the day of the measurement."""
    rows = [
        f"| {int(size):,} | `{row['vectors']}` | {row['p50_ms']:.0f} ms | {row['p99_ms']:.0f} ms "
        f"| {row['load_s']:.1f} s | {row['resident_mb']} MiB | {row['recall_at_10']:.3f} | {row['build_s']:.0f} s |"
        for size, row in figures.items()
    ]
    return "\n".join((HEAD[lang], "|---:|---|" + "---:|" * 6, *rows, "", AFTER[lang].format(day)))


def picture(figures: Figures, lang: str, file: Path) -> None:
    """p50 and p99 over the number of sections, both axes logarithmic."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot

    # Text stays text, drawn in the reader's own fonts; equal input gives equal bytes.
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "kb", "font.family": "sans-serif"})
    drawn, axes = pyplot.subplots(figsize=(6.4, 4.2), facecolor=PANEL, layout="constrained")
    sizes = [int(size) for size in figures]
    for name, color in (("p50", LINE), ("p99", FAST)):
        axes.loglog(sizes, [figure[f"{name}_ms"] for figure in figures.values()], color=color, marker="o", label=name)
    axes.set_facecolor(PANEL)
    axes.grid(color=GRID, linewidth=0.5)
    axes.set_xlabel(AXES[lang][0], color=INK)
    axes.set_ylabel(AXES[lang][1], color=INK)
    axes.tick_params(colors=INK, which="both")
    axes.legend(facecolor=PANEL, labelcolor=INK)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # only the width of a Japanese label is guessed
        drawn.savefig(file, format="svg", metadata={"Date": None})
    pyplot.close(drawn)


def write_pages(figures: Figures, docs: Path, day: str) -> None:
    """Into the pages of both languages."""
    for lang in HEAD:
        put_figures(docs / lang / "service/performance.md", table(figures, lang, day), "scale figures")
        picture(figures, lang, docs / lang / "assets/scale.svg")
