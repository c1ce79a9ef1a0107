"""What people say around their questions, told from the questions."""

import pytest
from handmade import asked

from bot.question.conversation import (
    asks_how,
    last_asked,
    meant,
    of_a_subject,
    only_a_kind,
    points_back,
    restricts,
    says_it,
    small_talk,
    stands_alone,
    turns_round,
    which_of,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hi", "greeting"),
        ("Good morning!", "greeting"),
        ("お疲れ様です", "greeting"),
        ("thx", "thanks"),
        ("ok, thanks a lot!", "thanks"),
        ("助かりました！", "thanks"),
        ("in English, please", "language.en"),
        ("can you answer that in Japanese?", "language.ja"),
        ("英語でお願いします", "language.en"),
        ("日本語で", "language.ja"),
        ("help", "help"),
        ("何ができますか", "help"),
    ],
)
def test_a_text_that_says_only_this_is_small_talk(text: str, kind: str):
    assert small_talk(text) == kind


@pytest.mark.parametrize(
    "text",
    ["", "Hi, can I heat a teapot?", "thanks, and the lid?", "Is the manual in English?", "日本語で書けますか", "hit"],
)
def test_a_text_that_asks_as_well_is_a_question(text: str):
    assert small_talk(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("why", "But why not?", "how long does it take?", "なぜですか", "手順は？", "理由を教えてください", "sure?"),
        *("how do I fix it?", "and how to fix that", "the fix?", "and if it fails, how do I fix it?"),
        *("and if it fails?", "what if that breaks", "how do I get rid of it?", "what do I do about it?"),
        *("失敗したら", "エラーになったらどうすればいい？", "直すには", "解消するには？"),
        *("what can go wrong?", "any gotchas?", "what can go wrong while fixing", "what breaks?"),
        *("落とし穴は？", "何が壊れる？", "リスクはありますか"),
        *("show me a failing example", "and one that passes?", "is there an example that does not pass?"),
        *("失敗する例は？", "通る例を見せて", "じゃあ不合格になる例は？", "合格になる例", "NGの例は？"),
        *("which command fixes it?", "the command to repair that", "what command removes them then?"),
        *("what's the alternative then", "any workaround?", "are there other options?"),
        *("直すコマンドは？", "それを外すコマンドを教えて", "代替案はありますか", "じゃあ別の方法は？"),
        *("どう直すの", "それはどう対処すればいいですか？", "直し方は？", "失敗したらどう直す？"),
    ],
)
def test_a_kind_of_thing_alone_names_nothing(text: str):
    assert only_a_kind(text) and points_back(asked(text))


@pytest.mark.parametrize(
    "text",
    [
        "and the lid?",
        "what about copper?",
        "Is it heavy?",
        "does that hold?",
        "別の国だと？",
        "じゃあ蓋は？",
        "それは重いですか",
        "蓋は？",
    ],
)
def test_a_question_that_needs_another_points_back(text: str):
    assert points_back(asked(text)) and not only_a_kind(text)


@pytest.mark.parametrize(
    "text",
    [
        "Can a teapot be heated on charcoal?",
        "Which lids fit the brown teapot?",
        "急須を木炭で温められますか",
        "It is said that brown teapots keep warm longer than steel ones",
        "why is the teapot brown?",
    ],
)
def test_a_whole_question_stands_alone(text: str):
    assert not points_back(asked(text)) and not only_a_kind(text)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("The pot and the cup are warm, aren't they?", False),  # which the sentence names itself
        ("They are warm, aren't they?", True),
        ("Isn't it?", True),
    ],
)
def test_a_tag_points_to_its_own_sentence(text: str, points: bool):
    assert says_it(asked(text)) is points


def test_spaces_around_it_say_nothing():
    assert small_talk("  hi \n") == "greeting" and only_a_kind("  why? \n")


def test_what_follows_may_be_about_the_last_question_that_names_something():
    asked_before = ["Can I heat a teapot?", "Is the lid hot?"]
    assert last_asked([*asked_before, "why?", "thanks", "?!"]) == "Is the lid hot?"
    assert last_asked(["why?", "hi", "…"]) is None and last_asked([]) is None


@pytest.mark.parametrize(("text", "points"), [("Is it a brown teapot?", True), ("Is it a brown steel teapot?", False)])
def test_a_question_that_names_three_things_means_by_it_one_of_them(text: str, points: bool):
    assert says_it(asked(text)) is points


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        *(("and the reverse?", True), ("what about the other way round", True), ("vice versa?", True)),
        *(
            ("じゃあ逆は？", True),
            ("逆方向もできますか", True),
            ("why the reverse proxy?", False),
            ("逆引きは？", False),
        ),
    ],
)
def test_a_question_asks_for_the_other_way_round(text: str, turned: bool):
    assert turns_round(text) is turned


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("which lid can?", "lid"),
        ("and which copper lids do that?", "copper lids"),
        ("ok, what lid allows it then?", "lid"),
        ("どのフタならできる？", "フタ"),
        ("じゃあ、どんなフタだと使えますか", "フタ"),
        ("which lid can be heated on charcoal?", None),  # a question of its own
        ("which can?", None),
        ("フタならできる？", None),
    ],
)
def test_a_question_may_only_ask_which_of_a_kind(text: str, kind: str | None):
    assert which_of(text) == kind


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("how do I fill it then?", True),
        ("ok how can one fill a teapot", True),
        ("how do I clean it?", False),  # something else
        ("how do I fill a kettle?", False),
        ("can I fill it?", False),
        ("which command fills it?", False),  # a kind of thing by its name
        ("how can it be supported?", False),  # no action
    ],
)
def test_a_question_may_ask_how_that_is_done_which_was_asked_before(text: str, how: bool):
    assert asks_how(asked(text), asked("Is it supported that I fill a teapot?")) is how


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("and on a tray?", True),
        ("what if it has two lids?", True),
        ("蓋がある場合は？", True),
        ("木炭だけなら", True),
        ("on a tray, how hot is it?", False),  # asks something of its own
        ("蓋がある場合は、木炭で温める？", False),
        ("Is it on a tray?", False),
        ("with a brown lid, a steel handle and two copper trays", False),  # too much to be the condition alone
    ],
)
def test_a_question_may_only_restrict_the_one_before(text: str, only: bool):
    assert restricts(asked(text)) is only


@pytest.mark.parametrize(
    ("term", "attribute"),
    [("downtime", True), (" 停止 ", True), ("lid", False), ("downtime lamp", False), ("停止ボタン", False)],
)
def test_what_is_asked_of_any_subject_is_none(term: str, attribute: bool):
    assert of_a_subject(term) is attribute


@pytest.mark.parametrize(
    ("text", "usual"),
    [
        ("is that dangerous?", "what can go wrong?"),
        (" And can I roll it back? ", "can this be undone?"),
        ("戻せますか？", "元に戻せますか"),
        ("is that dangerous for a copper lid?", None),  # a question of its own
        ("戻せますかと聞かれた", None),
        ("is that heavy?", None),
    ],
)
def test_a_short_question_means_the_usual_one_for_its_kind(text: str, usual: str | None):
    assert meant(text) == usual


@pytest.mark.parametrize(
    "text", ["So two lids fit on the pot, right?", "Do two lids fit on the pot?", "つまりフタは2つ載りますよね"]
)
def test_a_statement_with_which_somebody_concludes_stands_alone(text: str):
    assert stands_alone(asked(text))


@pytest.mark.parametrize(
    "text",
    [
        "So two lids fit?",
        "So it fits, right?",
        "And two lids fit on the pot, right?",
        "so why?",
        "では、フタは2つ載りますよね",
    ],
)
def test_what_goes_on_from_another_question_does_not(text: str):
    assert not stands_alone(asked(text))
