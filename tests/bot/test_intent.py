import pytest

from bot.intent import intents, is_keyword


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


@pytest.mark.parametrize("text", ["AGC", "アップグレード", "subnet size", " ネットワーク ポリシー ", "要件", "ﾉｰﾄﾞ"])
def test_a_word_or_two_are_a_keyword(text: str):
    assert is_keyword(text)


@pytest.mark.parametrize(
    "text", ["", "  ", "遅いですか", "AGC?", "subnet size limit", "サブネットの要件", "使える？", "a b　c"]
)
def test_a_sentence_is_not(text: str):
    assert not is_keyword(text)
