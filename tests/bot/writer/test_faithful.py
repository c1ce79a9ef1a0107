"""A sentence keeps what stands in front of it in its quote, and every list whole."""

import pytest

from bot.writer.faithful import why_not

FRONT = {
    "en": [
        ("At altitude 3 the kiln heats slowly, and the glaze must be thinned.", "The glaze must be thinned."),
        ("Without a lid the glaze runs, so the tray is cleaned daily.", "The tray is cleaned daily."),
        ("Firing more than 20 plates cracks the shelf, and a new shelf is ordered.", "A new shelf is ordered."),
        ("Above 900 degrees the paint fades and the colours are not restored.", "The colours are not restored."),
        ("For stoneware the door stays shut; the fan must be stopped.", "The fan must be stopped."),
        ("Wet clay (2 days old or less) bursts, but the pieces can be glued.", "The pieces can be glued."),
        ("In kiln B the fan is loud: visitors should wear earplugs.", "Visitors should wear earplugs."),
        ("For wet clay:\nThe fan must be stopped.\nThe door is closed.", "The door is closed."),
        (
            "Above 900 degrees the paint fades, and the shelf must be renewed.",
            "The shelf must be renewed, and above 900 degrees the paint fades.",
        ),
    ],
    "ja": [
        ("標高 3 では窯の昇温が遅れ、釉薬を薄めなければなりません。", "釉薬を薄めなければなりません。"),
        ("蓋を外すと釉薬が流れ、毎日の清掃が必要です。", "毎日の清掃が必要です。"),
        ("20 枚を超えると棚が割れ、新しい棚を注文します。", "新しい棚を注文します。"),
        ("900 度を超えると色があせますが、模様は残ります。", "模様は残ります。"),
        ("磁器では扉を閉じ、送風機を止めてください。", "送風機を止めてください。"),
        ("若い粘土（2 日以内）は割れますが、破片は接着できます。", "破片は接着できます。"),
        ("窯 B では音が大きく、見学者は耳栓を使います。", "見学者は耳栓を使います。"),
        ("湿った粘土の場合：\n送風機を止めてください。\n扉を固定します。", "扉を固定します。"),
        ("焼成 7 では警報が鳴り、記録を確認し、担当者に連絡します。", "記録を確認し、担当者に連絡します。"),
    ],
}
LISTS = {
    "en": [
        ("The glaze sticks to stoneware and porcelain.", "The glaze sticks to stoneware."),
        ("The glaze sticks to stoneware, porcelain and glass.", "The glaze sticks to stoneware, porcelain."),
        ("The kiln takes gas, oil, or wood.", "The kiln takes gas, oil."),
        ("Plates, bowls, and cups are fired twice.", "Plates are fired twice."),
        ("Fire the plates, and on Mondays the bowls that are dry.", "Fire the plates."),
        ("Use either a brush or a sponge, but not both.", "Use either a brush or a sponge."),
        ("The kiln may be opened (only at night).", "The kiln may be opened."),
        ("The dial shows the mark “high” on hot days.", "The dial shows the mark “high”."),
    ],
    "ja": [
        ("釉薬は陶器と磁器に付きます。", "釉薬は陶器に付きます。"),
        ("釉薬は陶器や磁器に付きます。", "釉薬は陶器に付きます。"),
        ("釉薬は陶器、磁器、硝子に付きます。", "釉薬は陶器に付きます。"),
        ("燃料は灯油または木材です。", "燃料は灯油です。"),
        ("皿を洗ったり、椀を乾かしたりします。", "皿を洗います。"),
        ("皿、椀、杯を二度焼きます。", "皿、椀を焼きます。"),
        ("窯は開けられます（夜間のみ）。", "窯は開けられます。"),
        ("釉薬には灰と長石、粘土を使います。", "釉薬には灰と長石を使います。"),
    ],
}
FAITHFUL = {
    "en": [
        (
            "At altitude 3 the kiln heats slowly, and the glaze must be thinned.",
            "At altitude 3 a kiln heats slowly, and the glaze must be thinned.",
        ),
        ("At altitude 3 the kiln heats slowly, and the glaze is thin.", "At altitude 3 the kiln heats slowly."),
        ("The kiln is hot, so wear gloves.", "The kiln is hot."),
        ("The glaze sticks to stoneware and porcelain.", "Glaze sticks to stoneware and porcelain."),
        ("For stoneware the door stays shut; the fan turns slowly.", "For stoneware the door stays shut."),
        ("If the kiln is cold, the door can be opened.", "The door can be opened if the kiln is cold."),
    ],
    "ja": [
        ("標高 3 では窯の昇温が遅れ、釉薬を希釈します。", "標高 3 では、窯の昇温が遅れ、釉薬を希釈します。"),
        ("900 度を超えると色が変化しますが、模様は残ります。", "900 度を超えると色が変化します。"),
        ("扉は自動では開きませんが、送風機は動きます。", "扉は自動では開きません。"),
        ("釉薬は陶器と磁器に付きます。", "釉薬が陶器と磁器に付きます。"),
        ("釉薬は陶器、磁器、硝子に付きます。", "釉薬は陶器、磁器、硝子に付いています。"),
        ("窯が冷たい場合は、扉を開けられます。", "窯が冷たい場合、扉を開けられます。"),
    ],
}


# The end of a Japanese sentence denies, asks for or judges what stands before it, too.
GOVERNED = [
    ("窯の扉を固定し、送風機を使う必要はありません。", "窯の扉を固定します。"),
    ("窯 A に皿を配置し、窯 B に椀を置く方法は、推奨されません。", "窯 A に皿を配置します。"),
    ("窯を掃除して、棚を移動した場合は、点検が必要です。", "窯を掃除します。"),
    ("温度の限定が、表の順に並びます。", "温度の限定。"),
]


def cases(table: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str, str]]:
    return [(lang, quote, text) for lang, rows in table.items() for quote, text in rows]


@pytest.mark.parametrize(("lang", "quote", "text"), cases(FRONT))
def test_a_statement_is_not_said_without_what_stands_in_front_of_it(lang: str, quote: str, text: str):
    assert why_not(text, [quote], lang)
    assert not why_not(quote.split("\n")[0] + quote.split("\n")[-1] if "\n" in quote else quote, [quote], lang)


@pytest.mark.parametrize(("lang", "quote", "text"), cases(LISTS))
def test_no_item_of_a_list_is_left_out(lang: str, quote: str, text: str):
    assert why_not(text, [quote], lang)
    assert not why_not(quote, [quote], lang)


@pytest.mark.parametrize(("lang", "quote", "text"), cases(FAITHFUL))
def test_a_sentence_that_keeps_its_front_and_its_lists_is_shown(lang: str, quote: str, text: str):
    assert not why_not(text, [quote], lang)


# What denies, bounds or asks for more, in brackets and at the end.
BOUNDING = {
    "en": [
        ("Bowls (large) are not fired.", "Bowls are not fired."),
        ("Kiln A is free (at night).", "Kiln A is free."),
        ("The kiln is safe, though not for bowls.", "The kiln is safe."),
        ("The kiln is safe since version 3.", "The kiln is safe."),
        ("The kiln can be used; a permit is required.", "The kiln can be used."),
        ("The kiln is open; bowls excepted.", "The kiln is open."),
        ("The kiln is open, and is limited to 5 bowls.", "The kiln is open."),
        ("The kiln is open, but the fan is off.", "The kiln is open."),
        ("The kiln is open; this is true for bowls.", "The kiln is open."),
        ("The kiln is open, so long as the fan is off.", "The kiln is open."),
        ("The kiln is not slow because of the fan.", "The kiln is not slow."),
        ("Keep it at room temp. below the shelf.", "Keep it at room temp."),
    ],
    "ja": [
        ("椀（大型）は焼きません。", "椀は焼きません。"),
        ("窯 A は使用できます（夜間）。", "窯 A は使用できます。"),
        ("窯は使用できますが、椀は焼けません。", "窯は使用できます。"),
        ("窯は使用できますが、許可が必要です。", "窯は使用できます。"),
        ("窯は無料ですが、3 日目からは有料です。", "窯は無料です。"),
        ("窯は使用できますが、対象は会員です。", "窯は使用できます。"),
        ("敷金は返還されますが、修理代を差し引きます。", "敷金は返還されます。"),
    ],
}
ABBREVIATED = [
    ("en", "The Kiln Safety Board (KSB) tests fans.", "The Kiln Safety Board tests fans."),
    ("en", "The Board for Kiln Safety (BKS) tests fans.", "The Board for Kiln Safety tests fans."),
    ("en", "The KSB (Kiln Safety Board) tests fans.", "The KSB tests fans."),
    ("ja", "Kiln Safety Board（KSB）は窯を検査します。", "Kiln Safety Board は窯を検査します。"),
]


@pytest.mark.parametrize(("lang", "quote", "text"), cases(BOUNDING))
def test_nothing_that_bounds_a_statement_is_left_out(lang: str, quote: str, text: str):
    assert why_not(text, [quote], lang)
    assert not why_not(quote, [quote], lang)


@pytest.mark.parametrize(("lang", "quote", "text"), ABBREVIATED)
def test_the_abbreviation_of_a_name_may_be_left_out(lang: str, quote: str, text: str):
    assert not why_not(text, [quote], lang)


@pytest.mark.parametrize(("quote", "text"), GOVERNED)
def test_a_statement_is_not_said_without_the_end_of_its_sentence_that_governs_it(quote: str, text: str):
    assert why_not(text, [quote], "ja")
    assert not why_not(quote, [quote], "ja")


def test_an_end_in_brackets_ends_no_statement():
    quote = "The command fire PLATE (or --bowl; without either, a cup) asks for a colour."
    assert why_not("The command fire PLATE (or --bowl.", [quote], "en")


def test_two_statements_of_two_quotes_may_be_joined_by_a_semicolon():
    quotes = ["The kiln is hot, so wear gloves.", "The fan must be stopped."]
    assert not why_not("The kiln is hot; the fan must be stopped.", quotes, "en")
    assert why_not("The kiln is hot; gloves must be stopped.", quotes, "en")
