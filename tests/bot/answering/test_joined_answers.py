"""A text that joins questions, each of which has an answer, has all of them: nothing lost, nothing made up."""

import pytest
from click import unstyle
from twosites import first_index

from bot.answering.ask import Bot
from bot.answering.said import said
from bot.cli.terminal.answer import answer_text
from bot.records import Answer, Citation, Code, Status

EN = {
    "Can the pot boil milk?": "Yes. The pot boils milk at low heat. The lid stays off meanwhile.",
    "Which lids fit the pot?": "The glass lid and the steel lid fit the pot. The wooden lid is for the tray.",
    "How much does the kettle hold?": "The kettle holds 1.7 litres of water.",
    "Does the tray go into the oven?": "No. The tray melts in an oven. Let it dry in the air.",
    "How do I descale the kettle?": "Fill the kettle with vinegar, wait an hour, and rinse it twice.",
    "How long is the warranty?": "The warranty on the steamer lasts three years from the day of purchase.",
    "Cleaning": "A soft sponge cleans every part. Steel wool scratches the glass.",
    "Storage": "Everything is kept in a dry cupboard.",
}
JA = {
    "鍋で牛乳を沸かせますか": "はい。鍋では弱火で牛乳を沸かせます。その間、蓋は外します。",
    "鍋にはどの蓋が合いますか": "鍋にはガラスの蓋と鉄の蓋が合います。木の蓋はトレイ用です。",
    "ケトルの容量": "ケトルには水が 1.7 リットル入ります。",
    "トレイはオーブンに入れられますか": "いいえ。トレイはオーブンで溶けます。自然に乾かします。",
    "ケトルの湯垢を取るには": "ケトルに酢を入れて 1 時間待ち、2 回すすぎます。",
    "保証期間はどのくらいですか": "スチーマーの保証期間は購入日から 3 年です。",
    "手入れ": "どの部品も柔らかいスポンジで洗えます。金属たわしはガラスに傷を付けます。",
    "保管": "すべて乾いた戸棚に保管します。",
}
MILK, LIDS, HOLDS = "Can the pot boil milk?", "Which lids fit the pot?", "How much does the kettle hold?"
TRAY, DESCALE, WARRANTY = "Does the tray go into the oven?", "How do I descale the kettle?", "How long is the warranty?"
JOINED = [
    (f"{LIDS} {HOLDS}", (LIDS, HOLDS)),
    (f"{HOLDS} {LIDS}", (HOLDS, LIDS)),
    (f"{MILK} Also, how long is the warranty?", (MILK, WARRANTY)),
    (f"{MILK} {TRAY}", (MILK, TRAY)),
    ("Which lids fit the pot, and how much does the kettle hold?", (LIDS, HOLDS)),
    ("How do I descale the kettle and also how long is the warranty?", (DESCALE, WARRANTY)),
    (f"{LIDS} {HOLDS} {WARRANTY}", (LIDS, HOLDS, WARRANTY)),
    ("鍋にはどの蓋が合いますか？ケトルの容量は？", ("鍋にはどの蓋が合いますか？", "ケトルの容量は？")),
    ("ケトルの容量は？鍋にはどの蓋が合いますか？", ("ケトルの容量は？", "鍋にはどの蓋が合いますか？")),
    (
        "鍋で牛乳を沸かせますか。あと、保証期間はどのくらいですか？",
        ("鍋で牛乳を沸かせますか。", "保証期間はどのくらいですか？"),
    ),
    (
        "鍋で牛乳を沸かせますか？トレイはオーブンに入れられますか？",
        ("鍋で牛乳を沸かせますか？", "トレイはオーブンに入れられますか？"),
    ),
]
ONE = [
    ("We boil milk a lot. Can the pot boil milk?", MILK),
    ("Can the pot boil milk? It is for the children.", MILK),
    ("Can you help? Which lids fit the pot?", LIDS),
    ("うちでは牛乳をよく飲みます。鍋で牛乳を沸かせますか？", "鍋で牛乳を沸かせますか？"),
    ("質問してもいいですか？鍋にはどの蓋が合いますか？", "鍋にはどの蓋が合いますか？"),
]


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    folder = tmp_path_factory.mktemp("kitchen")
    for lang, path, title, sections in (("ja", "site", "台所の道具", JA), ("en", "site/en", "Kitchen tools", EN)):
        (folder / path).mkdir()
        body = "".join(f"<h2 id='s{n}'>{head}</h2><p>{text}</p>" for n, (head, text) in enumerate(sections.items()))
        main = f"<main><h1 id='kitchen'>{title}</h1>{body}</main>"
        page = f"<!doctype html><html lang='{lang}'><head><title>{title}</title></head><body>{main}</body></html>"
        (folder / path / "index.html").write_text(page, "utf-8")
    first_index(folder / "site", folder / "index")
    return Bot.load(folder / "index", "bundled")


def led(answer: Answer) -> str:
    """The section that an answer quotes first, where it has an answer."""
    assert answer.status is Status.ANSWERED, answer.answer
    return answer.citations[0].section


@pytest.mark.parametrize(("text", "asked"), JOINED)
def test_each_question_of_a_text_is_answered_in_its_order(kitchen: Bot, text: str, asked: tuple[str, ...]):
    alone = [kitchen.ask(each) for each in asked]
    answer = kitchen.ask(text)
    assert [each.section for each in answer.citations[: len(asked)]] == list(map(led, alone))
    places = [answer.answer.find(each.citations[0].quote) for each in alone]
    assert min(places) >= 0 and places == sorted(places)
    assert [each.n for each in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert len(answer.citations) == len({each.section for each in answer.citations}) <= 3
    assert (answer.status, answer.question, answer.not_stated) == (Status.ANSWERED, text, ())
    assert answer.verdict is None, "each quote says its own yes or no"


def test_the_yes_of_one_question_is_shown_with_its_quote(kitchen: Bot):
    """Else a door would show neither: it leaves out of the quote what the verdict says."""
    alone, answer = kitchen.ask(MILK), kitchen.ask(f"{MILK} {LIDS}")
    assert (alone.verdict, answer.verdict) == ("yes", None)
    assert not alone.citations[0].blocks[0].text.startswith("Yes.")
    assert answer.citations[0].blocks[0].text.startswith("Yes. The pot boils milk")


@pytest.mark.parametrize(("text", "question"), ONE)
def test_what_only_tells_or_greets_is_no_second_question(kitchen: Bot, text: str, question: str):
    assert led(kitchen.ask(text)) == led(kitchen.ask(question))
    assert kitchen.ask(text).not_stated == ()


def test_a_question_that_goes_on_from_the_first_is_taken_with_it(bot: Bot):
    answer = bot.ask("What is Application Gateway for Containers? Does it detect CNI Overlay by itself?")
    assert [each.section for each in answer.citations[:2]] == ["agc#agc", "faq#automatic-detection"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "Is kubenet supported by AGC? How large must the AGC subnet be with CNI Overlay?",
            ("Is kubenet supported by AGC?", "How large must the AGC subnet be with CNI Overlay?"),
        ),
        (
            "kubenet は使えますか。あと、AGC のサブネットの大きさは？",
            ("kubenet は使えますか。", "AGC のサブネットの大きさは？"),
        ),
        (
            "Can the overlay upgrade be undone? Can two AGC deployments share a subnet?",
            ("Can the overlay upgrade be undone?", "Can two AGC deployments share a subnet?"),
        ),
    ],
)
def test_what_no_question_leaves_out_is_not_named(bot: Bot, text: str, asked: tuple[str, ...]):
    alone, answer = [bot.ask(each) for each in asked], bot.ask(text)
    assert all(each.citations[0].quote in answer.answer for each in alone)
    assert answer.not_stated == tuple(name for each in alone for name in each.not_stated)


def test_values_of_each_question_are_judged(bot: Bot):
    answer = bot.ask("Is ALB Controller 1.7.8 enough for overlay? Is a /24 AGC subnet fine with CNI Overlay?")
    assert {check.id: check.status for check in answer.checks} == {"AGC003": "fail", "AGC004": "pass"}
    assert answer.verdict is None and answer.answer.count("1.7.8") == 1


def test_after_other_questions_each_is_answered_too(bot: Bot):
    asked = ("Is kubenet supported by AGC?", "How large must the AGC subnet be with CNI Overlay?")
    alone, answer = [bot.ask(each) for each in asked], bot.ask(" ".join(asked), history=["What is a CNI plugin?"])
    assert [each.section for each in answer.citations[:2]] == list(map(led, alone))


def test_a_command_that_is_quoted_second_is_shown_as_one(bot: Bot):
    answer = bot.ask("Is kubenet supported by AGC? Which command upgrades a cluster to CNI Overlay?")
    (second,) = [each for each in said(answer).after if isinstance(each, Citation)]
    (command, *_) = [block.text for block in second.blocks if isinstance(block, Code)]
    assert second.n == 2 and "\n" in command
    shown = [line.strip() for line in unstyle(answer_text(answer, "https://docs.example")).split("\n")]
    assert {line.strip() for line in command.split("\n")} <= set(shown), "no number of a source stands in it"


def test_a_question_whose_answer_is_that_of_another_and_leaves_it_out_is_named(bot: Bot):
    text = "Can I upgrade from kubenet? Does the upgrade disrupt traffic? Can it be undone?"
    answer = bot.ask(text)
    assert [each.section for each in answer.citations[:2]] == ["faq#kubenet-to-overlay", "faq#downtime"]
    assert (answer.verdict, answer.not_stated) == (None, ("Can it be undone?",))


def test_a_question_that_only_has_choices_beside_an_answer_is_named(bot: Bot):
    assert bot.ask("AGC って無料？").status is Status.CLARIFY
    answer = bot.ask("AGC って無料？kubenet は AGC で使えますか？")
    assert answer.status is Status.ANSWERED and answer.not_stated == ("AGC って無料?",)
    assert bot.ask("kubenet は AGC で使えますか？").citations[0].section == answer.citations[0].section
