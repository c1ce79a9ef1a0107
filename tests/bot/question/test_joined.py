"""Which questions one text joins, and what only goes with one of them."""

import pytest

from bot.question.joined import joined_questions


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Is the pot hot, and how much does it cost?", ("Is the pot hot", "how much does it cost?")),
        ("Is the pot hot? Does it have a lid?", ("Is the pot hot?", "Does it have a lid?")),
        ("Is the pot hot? And how large is the lid?", ("Is the pot hot?", "how large is the lid?")),
        ("Is the pot hot? Also, how large is the lid?", ("Is the pot hot?", "how large is the lid?")),
        ("Is the pot hot and also which lids fit?", ("Is the pot hot", "which lids fit?")),
        ("Is the pot hot? Which lids fit? What is a tray?", ("Is the pot hot?", "Which lids fit?", "What is a tray?")),
        ("Tell me how the pot is filled. Is the lid heavy?", ("Tell me how the pot is filled.", "Is the lid heavy?")),
        ("鍋は熱いですか？ あと、蓋は使えますか？", ("鍋は熱いですか?", "蓋は使えますか?")),
        ("鍋は熱いですか？蓋は使えますか？", ("鍋は熱いですか?", "蓋は使えますか?")),
        ("鍋は使えますか。あと、蓋のサイズは？", ("鍋は使えますか。", "蓋のサイズは?")),
        ("鍋は熱いですか。そして蓋は使えますか。", ("鍋は熱いですか。", "蓋は使えますか。")),
        ("鍋は何リットルで、月額いくらですか", ("鍋は何リットルで", "月額いくらですか")),
        ("鍋は熱いですか、また、蓋はいくつですか", ("鍋は熱いですか", "蓋はいくつですか")),
        (
            "使える蓋を教えてください。鍋の洗い方も知りたいです。",
            ("使える蓋を教えてください。", "鍋の洗い方も知りたいです。"),
        ),
    ],
)
def test_questions_that_a_text_joins(text: str, questions: tuple[str, ...]):
    assert joined_questions(text) == questions


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("We have a pot. Is it hot? Which lids fit?", ("We have a pot. Is it hot?", "Which lids fit?")),
        ("Is the pot hot? Which lids fit? The lid is red.", ("Is the pot hot?", "Which lids fit? The lid is red.")),
        (
            "鍋は土鍋です。火にかけられますか？蓋は必要ですか？",
            ("鍋は土鍋です。火にかけられますか?", "蓋は必要ですか?"),
        ),
    ],
)
def test_what_only_tells_goes_with_the_question_beside_it(text: str, questions: tuple[str, ...]):
    assert joined_questions(text) == questions


@pytest.mark.parametrize(
    "text",
    [
        "We have a pot. A lid lies on it. Is it hot?",
        "Is it hot? The pot is on the tray.",
        "Thanks for the lid! Is the pot hot?",
        "Quick question, can you help? Is the pot hot?",
        "Is the pot hot? Or cold?",
        "Is the pot hot? Why?",
        "Can the pot be filled? Yes or no?",
        "Is the pot and the lid hot?",
        "Can I take the lid off now and do the filling tomorrow?",
        "鍋で、蓋は使えますか",
        "うちの鍋は土鍋です。火にかけられますか？",
        "火にかけられますか？鍋は土鍋です。",
        "質問してもいいですか？鍋は熱いですか？",
        "先日はありがとうございました。使える蓋を教えてください。",
        "蓋を先に取りますか、それとも火を止めるのが先ですか？",
        "使うのは土鍋ですか、鉄鍋ですか？",
        "蓋は先に取る？後に取る？",
        "この鍋は熱くなる？蓋も？",
        "Does the pot get hot? And the lid?",
        "Does the pot get hot? What about the lid?",
        "蓋は使えますか？使えませんか？",
        "蓋が使えるかどうか、説明書に書かれていますか",
        "どの蓋を選ぶべきか、手順とあわせて教えてください。",
        "Is the pot hot? " * 5,
        "Is the pot hot? Which lids fit? What is a tray? Who fills it?",  # each would be searched
        "",
    ],
)
def test_what_asks_one_thing_is_one_question(text: str):
    assert joined_questions(text) == ()
