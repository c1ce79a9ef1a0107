"""Signs, the case of letters and pauses are the quote's, and a text is shown as it was written."""

from dataclasses import replace

import pytest
from attacks import answer

from bot.writer.checking import checked
from bot.writer.faithful import why_not

OTHERWISE = {
    "en": [
        ("Cool kiln A to −20 degrees.", "Cool kiln A to 20 degrees."),
        ("Add 8 µg of lead.", "Add 8 g of lead."),
        ("Add .5 g of lead.", "Add 5 g of lead."),
        ("The fan has 5 Ω at rest.", "The fan has 5 at rest."),
        ("Glaze shrinks by 3 % in kiln A.", "Glaze shrinks by 3 in kiln A."),
        ("Keep the heat ≤ 90 degrees.", "Keep the heat 90 degrees."),
        ("Fire it if a != b holds.", "Fire it if a = b holds."),
        ("Plates ✅, bowls ❌.", "Plates ❌, bowls ✅."),
        ("Kiln A → kiln B and kiln C ← kiln D.", "Kiln A ← kiln B and kiln C → kiln D."),
        ("The rod is 5' long here.", "The rod is 5 long here."),
        ("The shelf holds 10⁴ plates.", "The shelf holds 104 plates."),
        ("Use 1½ spoons of lead.", "Use 1 spoons of lead."),
        ("Use the ② key.", "Use the 2 key."),
        ("Kiln A is shut.", "A kiln is shut."),
        ("Glaze A is toxic.", "Glaze is toxic."),
        ("The fan draws 5 mW.", "The fan draws 5 MW."),
        ("The log holds 8 Mb.", "The log holds 8 MB."),
        ("Ask the IT desk.", "Ask it desk."),
        ("The Potter Teams fire bowls.", "The Potter team fires bowls."),
        ("This kiln is shut.", "A kiln is shut."),
        ("The kiln is too hot.", "The kiln is hot."),
        ("A few bowls crack.", "Few bowls crack."),
        ("A little lead helps.", "Little lead helps."),
        ("No bowls are fired.", "No, bowls are fired."),
        ("Never touch the fan.", "Never: touch the fan."),
        ("Bowls that crack are waste.", "Bowls, that crack, are waste."),
        ("Bowls, which crack, are waste.", "Bowls which crack are waste."),
        ("Set it to 10 (minutes), or 20 (seconds).", "Set it to 10 (minutes, or 20) seconds."),
        ("Plates (not bowls) and cups are fired.", "Plates (not bowls and cups) are fired."),
        ("All but two plates crack.", "All two plates crack."),
        ("Fire plates but bowls.", "Fire plates and bowls."),
        ("It keeps plates and bowls.", "It keeps plates but bowls."),
    ],
    "ja": [
        ("窯 A は −20 度に保ちます。", "窯 A は 20 度に保ちます。"),
        ("損失は △5% です。", "損失は 5% です。"),
        ("鉛を 8 µg 加えます。", "鉛を 8 g 加えます。"),
        ("皿は ○、椀は × です。", "皿は ×、椀は ○ です。"),
        ("棚には 10⁴ 枚あります。", "棚には 104 枚あります。"),
        ("床は 30 m² です。", "床は 30 m2 です。"),
        ("釉薬 A は有毒です。", "釉薬は有毒です。"),
        ("別の窯は空です。", "別の窯 A は空です。"),
        ("容量は 8 Mb です。", "容量は 8 MB です。"),
        ("この窯は空です。", "窯は空です。"),
        ("皿（椀を除く）と杯を焼きます。", "皿（椀）を除くと杯を焼きます。"),
        ("職人だけが窯を開けます。", "職人だけに窯を開けます。"),
    ],
}
ALIKE = {
    "en": [
        ("Cool it to 5 °C at night.", "Cool it to 5 ℃ at night."),
        ("The shelf holds 10⁴ plates.", "A shelf holds 10⁴ plates."),
        ("A kiln that cracks is shut.", "The kiln which cracks is shut."),
        ("Bowls crack in kiln A.", "Bowls crack in kiln A."),
    ],
    "ja": [("窯 A（大型）は空です。", "窯 A(大型)は空です。"), ("損失は △5% です。", "損失は、△5% です。")],
}


@pytest.mark.parametrize(
    ("lang", "quote", "text"), [(lang, *case) for lang, cases in OTHERWISE.items() for case in cases]
)
def test_another_sign_case_or_pause_is_another_statement(lang: str, quote: str, text: str):
    assert why_not(text, [quote], lang)
    assert why_not(quote, [text], lang), "nor is it added"
    assert not why_not(quote, [quote], lang)


@pytest.mark.parametrize(("lang", "quote", "text"), [(lang, *case) for lang, cases in ALIKE.items() for case in cases])
def test_forms_of_one_sign_are_alike(lang: str, quote: str, text: str):
    assert not why_not(text, [quote], lang)


@pytest.mark.parametrize("text", ["棚には 10⁴ 枚（大皿：½）あります。", "窯（大型）は、２ 台あります。"])
def test_a_text_is_shown_as_it_is_written(text: str):
    given = answer("ja")
    given = replace(given, citations=(replace(given.citations[0], quote=text),))
    written, _ = checked(f"{text} ［1］", given)
    assert written and written.text == f"{text} [1]"
