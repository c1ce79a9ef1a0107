import pytest

from bot.intent import intents


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Why must the subnet be a /24?", {"asks_reason"}),
        ("なぜ /24 なのですか", {"asks_reason"}),
        ("How do I enable it with az?", {"asks_procedure"}),
        ("有効化の手順を教えて", {"asks_procedure"}),
        ("kubenet はいつまで使える？", {"asks_date"}),
        ("How many pods per node?", {"asks_number"}),
        ("ﾉｰﾄﾞは最大何台", {"asks_number"}),
        ("Pod Subnet vs Node Subnet", {"asks_comparison"}),
        ("Can I upgrade from kubenet?", set()),
        ("", set()),
    ],
)
def test_kinds_of_question(question: str, kinds: set[str]):
    assert {name for name, value in intents(question).items() if value} == kinds
