"""What a question wants to know about the values that it gives: whether they suit, or something that no rule says."""

import re

from bot.question.parts import kinds, last_sentence

# Numbers, prices, dates, releases, places, meanings and differences.
_OTHERWISE = re.compile(
    r"\bhow (?:many|much|long|often|old)\b|\bhow (?:big|large) (?:is|are)\b|\bnumber of\b"
    r"|何 ?(?:[個台件本分秒日年つ]|時間|IP|アドレス|ホスト|ノード|Pod)|いくつ|個数|台数|数[はがを](?! ?[0-9])"
    r"|ど(?:の|れ)(?:くらい|ぐらい)|どれだけ"
    r"|\bpric(?:e|es|ing)\b|\bcosts?\b|\bbill(?:ed|ing)?\b|\bcharg(?:e|ed|es)\b|料金|費用|価格|課金|値段|コスト|いくら"
    r"|\bwhen (?:was|were|is|are|will|did|does|do|can)\b|\b(?:since|until) when\b|いつ(?!も|で)"
    r"|\breleased\b|\brelease (?:date|notes?|history)\b|\bchange ?log\b|\bwhat(?:'s| is| has)? (?:new|changed)\b"
    r"|\bnew (?:in|features?)\b|(?<!プレ)リリース(?:され|し|日|ノート|時期|予定|は)|変更(?:点|内容|履歴)|新機能"
    r"|\bend of (?:life|support)\b|\beol\b|\bsupport(?:ed)? (?:until|period|window|ends?)\b|\bdeprecat|\bretire"
    r"|サポート(?:の|が)?(?:期限|期間|終了|切れ)|期限|廃止"
    r"|\b(?:is|are|was)\b[^?!\n]{0,40}\bthe (?:latest|newest)\b|最新(?:版|バージョン)?(?:です|なの|でしょう)?(?:か|\?)"
    r"|\bdownload|\bwhere (?:is|are|do|does|can|to)\b|ダウンロード|入手|どこ[でにへか]"
    r"|\bwhat (?:does|do)\b[^.?!]{0,40}\bmean\b|\bwhat(?:'s| is| are) (?:an? )?/[0-9]"
    r"|意味|(?:とは|って)(?:何|なん|\?|$)"
    r"|\bdifferences?\b|\bdo(?:es)? [^?!\n]{1,60}\bdiffer\b|\bcompare[ds]?\b|\bchanged? (?:from|between)\b"
    r"|違い|差分|異なる点|(?:何|どこ|どう)[がは]?(?:違|変わ)",
    re.IGNORECASE,
)
# Who asks this as well wants the value judged.
_SUITS = re.compile(
    r"\b(?:possible|ok|okay|fine|enough|sufficient|valid)\b|大丈夫|問題(?:な|あり)|足り(?:ま|る)|十分|可能(?:です|でしょう)?か",
    re.IGNORECASE,
)
_ERROR = (
    r"(?:\berrors?\b|\bcrash(?:es|ed|ing)?\b|\btim(?:e|es|ed|ing)[ -]?outs?\b|\bfail(?:s|ed|ing)? to\b|\bexceptions?\b"
    r"|(?<![0-9./])(?:50[0-4]|40[0-9])(?![0-9./])|\b[45]xx\b"
    r"|エラー|障害|クラッシュ|タイムアウト|不具合|異常|例外)"
)
_ERRORS = re.compile(_ERROR, re.IGNORECASE)
# Whether there will be an error is asked of the value: "would 1.6.3 crash?", エラーになりますか.
_WHETHER = re.compile(
    rf"\b(?:will|would|could|might|can|does|do|is|are)\b[^?!\n]{{0,60}}{_ERROR}|{_ERROR}[ぁ-ん出起発生]{{0,12}}(?:か(?!ら)|\?)",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\b(?:how|what|which|why)\b|どう|なに|何", re.IGNORECASE)
_CAUSES = ("reason", "message")  # of the kinds that are asked for


def asks_otherwise(question: str) -> bool:
    """Whether a plain question asks only for what no rule says of a value: a number, a price, a date, a place."""
    start = last_sentence(question)
    return bool(_OTHERWISE.search(question, start)) and not _SUITS.search(question, start)


def asks_a_cause(question: str) -> bool:
    """Whether a plain question asks why something happens, or tells of an error: only what fails may explain it."""
    start = last_sentence(question)
    if any(kind.asks.search(question, start) for kind in kinds() if kind.key in _CAUSES):
        return True
    if not _ERRORS.search(question, start):
        return False
    return bool(_OPEN.search(question, start)) or not _WHETHER.search(question, start)
