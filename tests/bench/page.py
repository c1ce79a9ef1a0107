"""The figures on docs/<lang>/service/performance.md, between two markers."""

from pathlib import Path
from typing import Any

from load.page import put_figures

LANGS = ("ja", "en")
# The figures of the page's table; build/bench.json has more.
SHOWN = {
    "cold_start_s": ("コールド スタート", "Cold start", "{:.1f} s"),
    "memory_mib": ("メモリ", "Memory", "{:.0f} MiB"),
    "installed_mb": ("インストール サイズ", "Installed size", "{:.0f} MB"),
    "p50_ms": ("クライアント 1、p50", "One client, p50", "{:.0f} ms"),
    "p99_ms": ("クライアント 1、p99", "One client, p99", "{:.0f} ms"),
    "one_client_per_s": ("クライアント 1、毎秒の回答数", "One client, answers a second", "{:.0f}"),
    "eight_clients_per_s": ("クライアント 8、毎秒の回答数", "Eight clients, answers a second", "{:.0f}"),
    "load_p50_ms": ("同じ負荷、p50", "Equal load, p50", "{:.0f} ms"),
    "load_p99_ms": ("同じ負荷、p99", "Equal load, p99", "{:.0f} ms"),
    "repeated_per_s": ("繰り返しの質問、毎秒の回答数", "Repeated question, answers a second", "{:,.0f}"),
    "passages_per_s": ("構築、毎秒のセクション数", "Building, sections a second", "{:.1f}"),
    "encoder_ms": ("エンコーダー単体、p50", "Bare encoder, p50", "{:.1f} ms"),
    "p50_per_encoder": ("p50 ÷ エンコーダー単体", "p50 ÷ bare encoder", "{:.2f}"),
    "first_right": ("先頭のセクションが正しい", "First section right", "{:.0%}"),
    "five_right": ("5 件以内に正しいセクション", "Right within five", "{:.0%}"),
    "false_answers": ("誤回答", "False answers", "{:.0%}"),
}
# Those of the targets alone.
MORE = {
    "ask_command_s": ("`kb ask`", "`kb ask`", "{:.1f} s"),
    "share_of_encoder": ("クライアント 8 の回答数 ÷ エンコーダー単体", "Eight clients ÷ bare encoder", "{:.1%}"),
}
WORDS = {
    "ja": {
        "figure": "数値",
        "better": "対 {}",
        "times": "{:.1f} 倍",
        "not_run": "未測定",
        "why": "`{}` は測定できませんでした: `{}`",
        "target": "目標",
        "measured": "測定値",
        "reached": "達成",
        "yes": "達成",
        "no": "**未達**",
        "against": "{}（対 {}）",
        "at_least": "{} 以上",
        "at_most": "{} 以下",
        "after": (
            "{day} の測定です。ラウンド {rounds} 回の中央値、CPU {processors} コア、"
            "同じ負荷は毎秒 {load_per_s:g} 問、"
            "測定終了時のマシンの負荷（1 分平均）は {load_average:.1f} です。"
            "「対」の列は `ours` が何倍優れているか（1 を超えれば優れている）を示します。"
        ),
    },
    "en": {
        "figure": "Figure",
        "better": "Against {}",
        "times": "{:.1f} times",
        "not_run": "not run",
        "why": "`{}` was not run: `{}`",
        "target": "Target",
        "measured": "Measured",
        "reached": "Reached",
        "yes": "yes",
        "no": "**no**",
        "against": "{} (against {})",
        "at_least": "at least {}",
        "at_most": "at most {}",
        "after": (
            "Measured on {day}: medians over the rounds ({rounds}) on {processors} processors; the equal load was "
            "{load_per_s:g} questions a second, and the machine's load average over one minute was "
            "{load_average:.1f} at the end. "
            'The columns "Against" say how many times better `ours` is (above 1 is better).'
        ),
    },
}


def table(report: dict[str, Any], lang: str) -> str:
    """The figures, the targets, and the sentence between them."""
    words, which = WORDS[lang], LANGS.index(lang)
    names, others = ("ours", "plain", "txtai"), ("plain", "txtai")
    heads = [
        words["figure"],
        *(f"`{name}`" for name in names),
        *(words["better"].format(f"`{other}`") for other in others),
    ]
    rows = ["| " + " | ".join(heads) + " |", "|---|" + "---:|" * 5]
    for figure, texts in SHOWN.items():
        cells = [texts[which]]
        cells += [_cell(report["figures"], name, figure, texts[2], words) for name in names]
        cells += [_cell(report["times_better"], name, figure, words["times"], words) for name in others]
        rows.append("| " + " | ".join(cells) + " |")
    rows += ["", words["after"].format(**report)]
    rows += [words["why"].format(name, why) for name, why in report["not_run"].items()]
    rows += ["", f"| {words['figure']} | {words['target']} | {words['measured']} | {words['reached']} |"]
    rows += ["|---|---:|---:|---|", *(_target(target, lang) for target in report["targets"])]
    return "\n".join(rows)


def _cell(figures: dict[str, Any], name: str, figure: str, form: str, words: dict[str, str]) -> str:
    return form.format(figures[name][figure]) if name in figures else words["not_run"]


def _target(target: dict[str, Any], lang: str) -> str:
    words, texts = WORDS[lang], (SHOWN | MORE)[target["figure"]]
    label = texts[LANGS.index(lang)]
    if target["against"]:
        label = words["against"].format(label, f"`{target['against']}`")
    form = words["times"] if target["against"] else texts[2]
    bound = "at_least" if "at_least" in target else "at_most"
    # No space between two Japanese words.
    wanted = words[bound].format(form.format(target[bound])).replace("倍 ", "倍")
    reached = words["yes" if target["reached"] else "no"]
    return f"| {label} | {wanted} | {form.format(target['measured'])} | {reached} |"


def write_pages(report: dict[str, Any], docs: Path) -> None:
    """Put the figures into the pages of both languages."""
    for lang in LANGS:
        put_figures(docs / lang / "service/performance.md", table(report, lang))
