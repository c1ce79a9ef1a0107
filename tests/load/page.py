"""The figures on docs/<lang>/service/reliability.md, between two markers."""

import re
from pathlib import Path
from typing import Any

HEAD = {
    "ja": "| 負荷 | p50 | p95 | p99 | 毎秒の回答数 | 503 で断った数 | エラー |",
    "en": "| Load | p50 | p95 | p99 | Answers a second | Refused with 503 | Errors |",
}
TIMES = {"ja": "処理能力の {} 倍", "en": "{} times the capacity"}
AFTER = {
    "ja": (
        "{day} の測定です。処理能力は毎秒 {capacity} 回答（クライアント 8、プロセッサー {processors}）でした。"
        "各段階は {seconds_each:g} 秒以上、測定時のマシンの負荷（1 分平均）は {load_average:.1f} です。"
        "メモリは測定前 {mib_before:.0f} MiB、測定後 {mib_after:.0f} MiB、"
        "2 倍の負荷の直後の p50 は {p50:.0f} ms でした。"
        "満杯の待ち行列の最後の質問は、その前の質問への回答を待ちます。"
        "{queue} 件（`KB_MAX_WAITING`）なら、毎秒 {capacity} 回答で計算上は {wait:.2f} 秒です。"
        "処理能力の 2 倍での p99 は {twice:.2f} 秒でした。"
    ),
    "en": (
        "Measured on {day}: the capacity was {capacity} answers a second (8 clients, {processors} processors). "
        "Each step took at least {seconds_each:g} seconds; "
        "the machine's load average over one minute was {load_average:.1f}. "
        "Memory was {mib_before:.0f} MiB before and {mib_after:.0f} MiB after, "
        "and right after twice the load p50 was {p50:.0f} ms. "
        "The last of a full queue waits for the answers before it: {queue} (`KB_MAX_WAITING`) at {capacity} answers "
        "a second are {wait:.2f} seconds by calculation; p99 at twice the capacity was {twice:.2f} seconds."
    ),
}


def table(report: dict[str, Any], lang: str) -> str:
    """The table and the sentence below it."""
    rows = [
        f"| {TIMES[lang].format(f'{float(share):g}')} "
        f"| {figures['p50']:.0f} ms | {figures['p95']:.0f} ms | {figures['p99']:.0f} ms "
        f"| {figures['served']} | {figures['shed']} | {figures['errors']} |"
        for share, figures in report["shares"].items()
    ]
    seconds = {"wait": report["queue"] / report["capacity"], "twice": report["shares"]["2.0"]["p99"] / 1000}
    after = AFTER[lang].format(**report, **seconds, p50=report["afterwards"]["p50"])
    return "\n".join((HEAD[lang], "|---|" + "---:|" * 6, *rows, "", after))


def write_pages(report: dict[str, Any], docs: Path) -> None:
    """Put the figures into the pages of both languages."""
    for lang in HEAD:
        put_figures(docs / lang / "service/reliability.md", table(report, lang))


def put_figures(page: Path, figures: str, name: str = "figures") -> None:
    """Put Markdown between the markers of this name, in place of what is there."""
    between = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    written, places = between.subn(lambda at: f"{at[1]}\n{figures}\n\n{at[2]}", page.read_text("utf-8"))
    assert places == 1, f"{page}: no markers"
    page.write_text(written, "utf-8")
