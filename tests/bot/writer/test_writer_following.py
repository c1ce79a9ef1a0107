"""A text keeps the order of its quotes, what a sentence points back to, and items with what stands above them."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from attacks import answer

from bot.records import Citation, Item, Listing, Paragraph, Table
from bot.writer.checking import checked

Quotes = tuple[str, ...]


def shown(lang: str, quotes: Sequence[str], text: str) -> bool:
    cited = tuple(Citation(n, f"p#{n}", lang, "T", "/p", quote, None) for n, quote in enumerate(quotes, 1))
    return bool(checked(text, replace(answer(lang), citations=cited))[0])


# Quotes, a text that says otherwise, and one that says the same.
POINTING: dict[str, list[tuple[Quotes, str, str]]] = {
    "en": [
        (
            ("Kiln A is free.", "Kiln B is old. It must not be opened."),
            "Kiln A is free [1]. It must not be opened [2].",
            "Kiln A is free [1]. Kiln B is old [2]. It must not be opened [2].",
        ),
        (
            ("Plates are dry. Bowls are wet. These crack.",),
            "Plates are dry [1]. These crack [1].",
            "Plates are dry [1]. Bowls are wet [1]. These crack [1].",
        ),
        (
            ("Plates are dry. Bowls are wet. Both crack.",),
            "Bowls are wet [1]. Both crack [1].",
            "Plates are dry [1]. Bowls are wet [1]. Both crack [1].",
        ),
        (
            ("Open the lid. Otherwise the glaze burns.", "The fan is loud."),
            "The fan is loud [2]. Otherwise the glaze burns [1].",
            "Open the lid [1]. Otherwise the glaze burns [1].",
        ),
        (
            ("Kiln A is hot, so wear gloves. This kiln is red.",),
            "Kiln A is hot [1]. This kiln is red [1].",
            "Kiln A is hot, so wear gloves [1]. This kiln is red [1].",
        ),
        (
            ("Stop the fan. Open the lid. Take the bowls out.",),
            "Open the lid [1]. Stop the fan [1].",
            "Stop the fan [1]. Take the bowls out [1].",
        ),
        (
            ("Stop the fan. Open the lid. Take the bowls out.",),
            "Open the lid; stop the fan [1].",
            "Stop the fan; open the lid [1].",
        ),
        (
            ("The glaze is safe. Not for children.",),
            "The glaze is safe [1].",
            "The glaze is safe [1]. Not for children [1].",
        ),
        (
            ("All kilns are opened. However, kiln C stays shut.",),
            "All kilns are opened [1].",
            "All kilns are opened [1]. However, kiln C stays shut [1].",
        ),
    ],
    "ja": [
        (
            ("窯 A は空です。", "窯 B は古い型です。この窯は開けられません。"),
            "窯 A は空です[1]。この窯は開けられません[2]。",
            "窯 A は空です[1]。窯 B は古い型です[2]。この窯は開けられません[2]。",
        ),
        (
            ("窯 A は空です。", "窯 B は古い型です。夜は開けられません。扉を開けられません。"),
            "窯 A は空です[1]。扉を開けられません[2]。",
            "窯 B は古い型です[2]。夜は開けられません[2]。扉を開けられません[2]。",
        ),
        (
            ("皿は乾燥します。椀は冷却します。両方とも二度焼きます。",),
            "椀は冷却します[1]。両方とも二度焼きます[1]。",
            "皿は乾燥します[1]。椀は冷却します[1]。両方とも二度焼きます[1]。",
        ),
        (
            ("送風機を停止します。扉を固定します。皿を移動します。",),
            "扉を固定します[1]。送風機を停止します[1]。",
            "送風機を停止します[1]。扉を固定します[1]。",
        ),
        (
            ("窯はすべて開けます。ただし、窯 C は閉めます。",),
            "窯はすべて開けます[1]。",
            "窯はすべて開けます[1]。ただし、窯 C は閉めます[1]。",
        ),
    ],
}
ITEMS: dict[str, list[tuple[Quotes, str, str]]] = {
    "en": [
        (
            ("The following is forbidden.\nOpen the lid of kiln A.\nTouch the fan.",),
            "Open the lid of kiln A [1].",
            "The following is forbidden [1]. Open the lid of kiln A [1].",
        ),
        (
            ("Mistakes of beginners\nDry the bowls in the sun.",),
            "Dry the bowls in the sun [1].",
            "Mistakes of beginners [1]. Dry the bowls in the sun [1].",
        ),
        (
            ("Never:\nTouch the wire.\nAllowed\nTouch the lid.",),
            "Never: touch the lid [1].",
            "Never: touch the wire [1].",
        ),
        (
            ("Do\tDo not\nWear gloves.\tTouch the fan.",),
            "Touch the fan [1].",
            "Do: wear gloves [1].",
        ),
        (
            ("Kiln\tLimit\nKiln A\t900 degrees",),
            "Limit: 900 degrees [1].",
            "Kiln A: limit: 900 degrees [1].",
        ),
    ],
    "ja": [
        (
            ("次の操作は禁止です。\n窯 A の扉を開けます。\n送風機を移動します。",),
            "窯 A の扉を開けます[1]。",
            "次の操作は禁止です[1]。窯 A の扉を開けます[1]。",
        ),
        (
            ("次の点を確認します。\n窯 A が冷たいこと。",),
            "次の点を確認します[1]。窯 A が冷たいです[1]。",
            "次の点を確認します[1]。窯 A が冷たいこと[1]。",
        ),
        (
            ("禁止\t許可\n皿を移動します。\t椀を移動します。",),
            "椀を移動します[1]。",
            "禁止：皿を移動します[1]。",
        ),
    ],
}
CASES = [(lang, *case) for table in (POINTING, ITEMS) for lang, cases in table.items() for case in cases]


@pytest.mark.parametrize(("lang", "quotes", "wrong", "right"), CASES)
def test_a_sentence_stands_in_a_text_as_in_its_quote(lang: str, quotes: Quotes, wrong: str, right: str):
    assert not shown(lang, quotes, wrong)
    assert shown(lang, quotes, right)


def test_a_sentence_that_points_back_may_begin_a_text_only_as_it_begins_its_quote():
    assert shown("en", ("This kiln is red. It must be cooled.",), "This kiln is red [1].")
    assert not shown("en", ("This kiln is red. It must be cooled.",), "It must be cooled [1].")


def test_a_no_in_front_of_a_quote_is_no_sentence_before_the_next():
    assert shown("en", ("No. It must be cooled by a fan.",), "It must be cooled by a fan [1].")


def test_the_forms_of_a_page_tell_its_paragraphs_from_its_items():
    quote = "Kilns are hot. Wear gloves.\nThe fan is loud at night.\nThe lid is open."
    paragraphs = (Paragraph(text="Kilns are hot. Wear gloves."), Paragraph(text="The fan is loud at night."))
    given = answer("en")
    cited = replace(given.citations[0], quote=quote, blocks=(*paragraphs, Listing(items=(Item("The lid is open."),))))
    given = replace(given, citations=(cited,))
    assert checked("The fan is loud at night [1].", given)[0]
    assert checked("The lid is open [1].", given)[0] is None
    alone = replace(cited, quote="The lid is open.")
    assert checked("The lid is open [1].", replace(given, citations=(alone,)))[0] is None


def test_cells_are_named_by_the_header_of_their_page_and_no_other_row():
    rows = "Kiln A\t900 degrees\nKiln B\t800 degrees"
    given = answer("en")
    table = Table(header=("Kiln", "Limit"), rows=(("Kiln A", "900 degrees"), ("Kiln B", "800 degrees")))
    whole = replace(given.citations[0], quote=f"Kiln\tLimit\n{rows}", blocks=(table,))
    given = replace(given, citations=(whole,))
    assert checked("Kiln B: limit: 800 degrees [1].", given)[0]
    assert checked("Kiln B: limit: 900 degrees [1].", given)[0] is None
    cut = replace(given, citations=(replace(whole, quote=rows),))
    assert checked("Kiln B: 900 degrees: 800 degrees [1].", cut)[0] is None


def test_an_empty_cell_moves_no_column():
    quotes = ("\tKiln A\tKiln B\nGlaze C\tallowed\tforbidden",)
    assert not shown("en", quotes, "Glaze C: Kiln B: allowed [1].")
    assert not shown("en", quotes, "Kiln A: Glaze C [1].")


def test_what_introduces_items_reaches_to_the_next_paragraph():
    quote = "For wet clay:\nThe fan must be stopped.\nThe kilns are sold. They are old."
    lead, last = Paragraph(text="For wet clay:"), Paragraph(text="The kilns are sold. They are old.")
    given = answer("en")
    cited = replace(
        given.citations[0], quote=quote, blocks=(lead, Listing(items=(Item("The fan must be stopped."),)), last)
    )
    given = replace(given, citations=(cited,))
    assert checked("For wet clay: the fan must be stopped [1].", given)[0]
    assert checked("For wet clay: the kilns are sold [1].", given)[0] is None
