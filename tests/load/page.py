"""The figures on docs/<lang>/service/reliability.md, between two markers."""

import re
from pathlib import Path
from typing import Any

HEAD = {
    "ja": "| 負荷 | p50 | p95 | p99 | 毎秒の回答数 | 503 で拒否した数 | エラー |",
    "en": "| Load | p50 | p95 | p99 | Answers a second | Refused with 503 | Errors |",
}
TIMES = {"ja": "処理能力の {} 倍", "en": "{} times the capacity"}
BEFORE = {
    "ja": (
        "{day} に、CPU {processors} コアのマシンで、測定用のクライアントも同じマシンで動かして測りました。"
        "処理能力は、8 クライアントがそれぞれ回答を受け取り次第、次の質問を送ったときの値で、毎秒 {capacity} 回答です。"
        "各行では、一定間隔の質問を {seconds_each:g} 秒以上続けました。"
        "応答時間は、質問を送るはずだった時刻から数えています。"
    ),
    "en": (
        "Measured on {day} on a machine with {processors} processors, which the service shared with the measuring "
        "client. The capacity is what 8 clients get that each send the next question after an answer: "
        "{capacity} answers a second. For each row, questions came at constant intervals for at least "
        "{seconds_each:g} seconds. Latency counts from the moment at which a question should have been sent."
    ),
}
AFTER = {
    "ja": (
        "メモリは測定前が {mib_before:.0f} MiB、測定後が {mib_after:.0f} MiB で、"
        "2 倍の負荷の直後の p50 は {p50:.0f} ms でした。マシンのロード アベレージ（1 分）は {load_average:.1f} です。"
    ),
    "en": (
        "Memory was {mib_before:.0f} MiB before and {mib_after:.0f} MiB after, "
        "and right after twice the load p50 was {p50:.0f} ms. "
        "The machine's load average over one minute was {load_average:.1f}."
    ),
}


def table(report: dict[str, Any], lang: str) -> str:
    """The table, what was measured above it, and memory and machine below."""
    rows = [
        f"| {TIMES[lang].format(f'{float(share):g}')} "
        f"| {figures['p50']:.0f} ms | {figures['p95']:.0f} ms | {figures['p99']:.0f} ms "
        f"| {figures['served']} | {figures['shed']} | {figures['errors']} |"
        for share, figures in report["shares"].items()
    ]
    p50 = report["afterwards"]["p50"]
    before, after = (part[lang].format(**report, p50=p50) for part in (BEFORE, AFTER))
    return "\n".join((before, "", HEAD[lang], "|---|" + "---:|" * 6, *rows, "", after))


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
