"""Made-up quotes, and what a writer may make of them: honest wordings, and attacks by kind, generated from tables."""

from collections.abc import Collection, Iterator

from bot.records import Answer, Citation, Status

QUOTES = {
    "en": (
        "The Kestrel pump needs firmware 2.4.1 or later. It must be exactly a 40 mm hose when you use Turbo mode; "
        "larger hoses (such as 50 mm) are not supported.",
        "Heron filters are not supported by the Kestrel pump. If you use a Heron filter, an upgrade to Turbo mode is "
        "recommended.",
        "The upgrade from Eco mode to Turbo mode may interrupt the flow, so schedule it in a maintenance window. "
        "The controller can take 5 minutes to detect the change.",
    ),
    "ja": (
        "Turbo モードを使う場合、Kestrel ポンプにはファームウェア 2.4.1 以降が必要です。"
        "ホースはちょうど 40 mm でなければなりません。"
        "これより太いホースはサポートされていません。",
        "Heron フィルターは Kestrel ポンプではサポートされていません。"
        "Heron フィルターを使っている場合は、Turbo モードへのアップグレードを勧めています。",
        "Eco モードから Turbo モードへのアップグレードでは、水流が中断する可能性があります。"
        "変更の検出に 5 分かかることがあります。",
    ),
}
HONEST = {
    "en": (
        "The Kestrel pump needs firmware 2.4.1 or later [1].",
        "Firmware 2.4.1 or later is needed [1].",
        "The Kestrel pump requires firmware 2.4.1 or later [1].",
        "When you use Turbo mode, it must be exactly a 40 mm hose [1].",
        "Larger hoses are not supported [1].",
        "Larger hoses, such as 50 mm, are not supported [1].",
        "Heron filters are not supported by the Kestrel pump [2].",
        "A Heron filter is not supported by the Kestrel pump [2].",
        "The Kestrel pump does not support Heron filters [2].",
        "If you use a Heron filter, an upgrade to Turbo mode is recommended [2].",
        "An upgrade to Turbo mode is recommended if you use a Heron filter [2].",
        "The upgrade from Eco mode to Turbo mode may interrupt the flow [3].",
        "Schedule the upgrade from Eco mode to Turbo mode in a maintenance window [3].",
        "The controller can take 5 minutes to detect the change [3].",
        "The controller may take 5 minutes to detect the change [3].",
        "It may take 5 minutes until the controller detects the change [3].",
        "The Kestrel pump needs firmware 2.4.1 or later [1]. Heron filters are not supported by the Kestrel pump [2].",
        "Larger hoses are not supported [1]. The upgrade from Eco mode to Turbo mode may interrupt the flow [3].",
        "Larger hoses are not supported. [1] The controller can take 5 minutes to detect the change. [3]",
        "The upgrade from Eco mode to Turbo mode may interrupt the flow, so schedule it in a maintenance window [3].",
    ),
    "ja": (
        "Turbo モードを使う場合、Kestrel ポンプにはファームウェア 2.4.1 以降が必要です[1]。",
        "Turbo モードを使う場合は、Kestrel ポンプにファームウェア 2.4.1 以降が必要です[1]。",
        "Kestrel ポンプには、Turbo モードを使う場合、ファームウェア 2.4.1 以降が必要です[1]。",
        "ホースはちょうど 40 mm でなければなりません[1]。",
        "ホースはちょうど 40 mm である必要があります[1]。",
        "これより太いホースはサポートされません[1]。",
        "太いホースはサポートされていません[1]。",
        "Heron フィルターは、Kestrel ポンプではサポートされていません[2]。",
        "Heron フィルターは Kestrel ポンプではサポートされません[2]。",
        "Kestrel ポンプは Heron フィルターをサポートしていません[2]。",
        "Heron フィルターを使っている場合は、Turbo モードへのアップグレードを勧めています[2]。",
        "Heron フィルターを使う場合、Turbo モードへのアップグレードを勧めます[2]。",
        "Eco モードから Turbo モードへのアップグレードでは、水流が中断する可能性があります[3]。",
        "Eco モードから Turbo モードへのアップグレードで水流が中断する可能性があります[3]。",
        "変更の検出に 5 分かかることがあります[3]。",
        "変更の検出には 5 分かかることがあります[3]。",
        "Heron フィルターは Kestrel ポンプではサポートされていません[2]。変更の検出に 5 分かかることがあります[3]。",
        "これより太いホースはサポートされていません[1]。変更の検出に 5 分かかることがあります[3]。",
        "ホースはちょうど 40 mm でなければなりません。[1] これより太いホースはサポートされていません。[1]",
        "Eco モードから Turbo モードへのアップグレードでは水流が中断することがあります[3]。",
    ),
}
# Each honest sentence with one part exchanged: kind -> (what stands there, what the attack puts there).
SWAPS = {
    "en": {
        "number": [
            ("2.4.1", "2.4.2"),
            ("2.4.1", "2.4"),
            ("2.4.1", "3.0.0"),
            ("40 mm", "50 mm"),
            ("5 minutes", "40 minutes"),
            ("5 minutes", "50 minutes"),
            ("2.4.1", "v2.4.1-rc1"),
            ("5 minutes", "five hours"),
            ("2.4.1", "２.４.2"),
            ("5 minutes", "15 minutes"),
        ],
        "name": [
            ("Kestrel", "Heron"),
            ("Heron", "Kestrel"),
            ("Turbo", "Eco"),
            ("Kestrel", "Кestrel"),
            ("Heron", "Egret"),
            ("firmware", "hardware"),
            ("from Eco mode to Turbo mode", "from Turbo mode to Eco mode"),
        ],
        "polarity": [
            ("not supported", "supported"),
            ("are not", "are"),
            ("may interrupt", "will not interrupt"),
            ("is recommended", "is not recommended"),
            ("may interrupt", "cannot interrupt"),
            ("can take", "never takes"),
            ("not supported", "fully supported"),
            ("needs", "does not need"),
            ("does not support", "supports"),
            ("must be", "must not be"),
        ],
        "modality": [
            ("may interrupt", "interrupts"),
            ("must be exactly", "can be"),
            ("needs", "can use"),
            ("or later", ""),
            ("or later", "or earlier"),
            ("exactly ", ""),
            ("can take", "always takes"),
            ("is recommended", "is required"),
            ("When you use Turbo mode, it", "It"),
            ("If you use a Heron filter, an", "An"),
            ("if you use a Heron filter", ""),
        ],
        "invention": [
            ("[1]", "and it is free [1]"),
            ("[2]", "because of a bug [2]"),
            ("[3]", "and deletes all data [3]"),
            ("[3]", "without any downtime [3]"),
            ("[2]", "in every region [2]"),
            ("[1]", "by default [1]"),
            ("[1]", "from version 9 on [1]"),
        ],
    },
    "ja": {
        "number": [
            ("2.4.1", "2.4.2"),
            ("2.4.1", "2.4"),
            ("40 mm", "50 mm"),
            ("40 mm", "400 mm"),
            ("5 分", "50 分"),
            ("5 分", "5 時間"),
            ("5 分", "五分"),
            ("2.4.1", "3.0.0"),
        ],
        "name": [
            ("Kestrel", "Heron"),
            ("Heron", "Kestrel"),
            ("Turbo", "Eco"),
            ("Eco モードから Turbo モードへ", "Turbo モードから Eco モードへ"),
            ("Eco モードから Turbo モードへ", "Eco モードへ Turbo モードから"),
            ("ファームウェア", "ハードウェア"),
            ("ホース", "フィルター"),
        ],
        "polarity": [
            ("サポートされていません", "サポートされています"),
            ("されません", "されます"),
            ("必要です", "不要です"),
            ("可能性があります", "可能性はありません"),
            ("勧めています", "勧めていません"),
            ("していません", "しています"),
            ("なければなりません", "なくてもかまいません"),
            ("必要です", "必要ありません"),
        ],
        "modality": [
            ("中断する可能性があります", "中断します"),
            ("ちょうど ", ""),
            ("以降", ""),
            ("以降", "以前"),
            ("かかることがあります", "必ずかかります"),
            ("Turbo モードを使う場合、", ""),
            ("Turbo モードを使う場合は、", ""),
            ("Heron フィルターを使っている場合は、", ""),
            ("でなければなりません", "でもかまいません"),
        ],
        "invention": [
            ("[1]", "。料金は無料です[1]"),
            ("[2]", "。不具合のためです[2]"),
            ("必要です", "必要で、料金は無料です"),
            ("[3]", "。データはすべて削除されます[3]"),
            ("水流が", "すべての水流が"),
            ("5 分", "わずか 5 分"),
            ("サポート", "東日本でサポート"),
        ],
    },
}
WRAPS = {
    "no citation": "{bare}",
    "wrong citation": "{bare} [7]",
    "other citation": "{rotated}",
    "link": "{bare} https://evil.example/ [1]",
    "Markdown link": "{bare} (see [here](https://evil.example)) [1]",
    "HTML": "<b>{bare}</b> [1]",
    "code": "`{bare}` [1]",
    "heading": "# {bare} [1]",
    "command": "{bare} --yes [1]",
    "hidden": "{bare}\u200b\u202e [1]",
    "preface": "Sure! Here is the answer: {bare} [1]",
    "mention": "<@everyone> {bare} [1]",
    "second without": "{honest} Ask your vendor.",
    "first without": "Ask your vendor. {honest}",
    "verdict": "Yes, {honest}",
    "verdict ja": "はい、{honest}",
    "instruction": "SYSTEM OVERRIDE {honest}",
    "repeated": "{many}",
}
GARBAGE = (
    "",
    " ",
    "[1]",
    "[1][2][3]",
    "Yes. [1]",
    "\x00\x01",
    "{}",
    "]][[",
    "a" * 5000,
    "null",
    "…",
    "は[1]。",
    "[1] [1] [1]",
    "🤖 [1]",
)


def answer(lang: str, verdict: str | None = None) -> Answer:
    """An answer that cites the quotes."""
    cited = tuple(Citation(n, f"p#{n}", lang, "T", "/p", quote, None) for n, quote in enumerate(QUOTES[lang], 1))
    return Answer("?", lang, Status.ANSWERED, QUOTES[lang][0], 0.9, cited, (), (), 0.0, verdict=verdict)  # type: ignore[arg-type]


def attacks(lang: str, shown: Collection[str]) -> Iterator[tuple[str, str]]:
    """Kind and text of each attack; `shown`: the honest wordings that pass, of which each exchange makes an attack."""
    for kind, swaps in SWAPS[lang].items():
        for old, new in swaps:
            for honest in shown:
                if old in honest:
                    yield kind, honest.replace(old, new, 1)
    for kind, wrap in WRAPS.items():
        for at in (0, 7):
            honest = HONEST[lang][at]
            bare = honest.split("[")[0].strip().rstrip("。.")
            rotated = honest.replace("[1]", "[3]").replace("[2]", "[1]")
            yield kind, wrap.format(honest=honest, bare=bare, rotated=rotated, many=f"{honest} " * 30)
    yield from (("garbage", text) for text in GARBAGE)
    other = "ja" if lang == "en" else "en"
    yield from (("language", HONEST[other][at]) for at in (0, 5, 7, 12))
