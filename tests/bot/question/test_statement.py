"""What a closed question asks about, whatever it says beside that."""

import pytest

from bot.question.statement import Statement, is_tagged, may_be_asked, other_turns, same_verbs, statement, untagged


def said(question: str) -> str:
    return " ".join(statement(question).text.split())


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Lids fit, right?", "Lids fit ?"),
        ("so lids fit right?", "so lids fit ?"),
        ("Lids fit, don't they?", "Lids fit ?"),
        ("Is the lid right?", "Is the lid right?"),  # asks for it
        ("Can't a lid fit?", "Ca a lid fit?"),
        ("can I just use a lid?", "can I use a lid?"),
        ("can I use just one lid?", "can I use just one lid?"),
        ("Do I have to buy a lid or is the old one fine?", "Do I have to buy a lid ?"),
        ("Is it glass or is it clay?", "Is it glass or is it clay?"),
        ("フタは合うという理解で合ってますか", "フタは合う"),
        ("フタは合いますよね？", "フタは合います ？"),
        ("フタは合いますか？", "フタは合いますか？"),
        ("Is it true that lids fit?", "lids fit?"),
        ("so isn't it correct that lids fit", "so lids fit"),
        ("Is it true?", "Is it true?"),
        ("フタは合うんでしたっけ", "フタは合う"),
        ("フタは合うって本当ですか？", "フタは合う ？"),
        ("フタが合うというのは本当？", "フタが合う ？"),
        ("フタが合うという認識でいいですか？", "フタが合う"),
        ("フタが合うって聞いたんですが、本当ですか", "フタが合う"),
        ("The lid fits. is that true?", "The lid fits ?"),
        ("My aunt says lids fit. is she right?", "lids fit ?"),
        ("I heard that lids fit, is that correct?", "lids fit ?"),
        ("My aunt says that to all of us", "My aunt says that to all of us"),  # which asks nothing
        ("Do lids fit? with a pot", "with a pot, Do lids fit?"),
        ("フタは合いますか？鍋あり", "鍋, フタは合いますか？"),
    ],
)
def test_what_turns_no_answer_is_left_blank(question: str, text: str):
    assert said(question) == text


@pytest.mark.parametrize(
    "question",
    [
        "Lids don't fit, right?",
        "so a glass lid can't be steamed, correct?",
        "The lid is not clay, right?",
        "フタは合わないんですよね？",
        "フタは合いませんよね",
        "フタは合わないという理解で合ってますか",
        "フタは要らなくていい？",
        "フタは必要ないですよね",
        "フタは不要ですか",
        "Is it true that lids don't fit?",
        "Is it true that a lid cannot be steamed?",
        "フタは合わないんでしたっけ",
        "フタは合わないって本当？",
        "フタは合わないと聞きましたが本当ですか",
        "フタは合わない、で合ってる？鍋あり",
        "フタはNG、で合ってますか",
        "フタの交換は不可でしたっけ",
        "フタは非対応ですか",  # its own word, which a bare yes says again
        "フタは鍋のサポート対象外？",
        "Are lids unsupported by the pot?",
        "Lids are unsupported, right?",
        "I heard that lids don't fit. true?",
    ],
)
def test_a_denied_statement_is_spelled_out(question: str):
    denied = statement(question)
    assert (denied.denied, denied.spelled) == (True, True)


@pytest.mark.parametrize(
    "question",
    [
        "Don't lids fit?",  # asks whether they do
        "Lids don't fit?",
        "Lids don't fit, do they?",  # "no" says that they do not
        "Lids don't necessarily fit, right?",
        "Is it true that lids don't always fit?",
        "Is it true that lids fit if the pot isn't clay?",
        "Is it not true that lids fit?",
        "Lids fit if the pot isn't clay, right?",
        "Lids must not be clay, right?",  # a must not is not the denial of a must
        "The lid that isn't clay fits, right?",
        "Never use a lid, right?",
        "I heard that lids don't fit",  # and asks nothing
        "フタがないとNGですか",
        "フタの交換は不可ですか",
        "フタは非対応の鍋に合いますか",
        "フタは合わないの？",  # yes and no are heard both ways
        "フタは合いませんか？",
        "フタを洗う必要はありませんか？",
        "フタは合わないかもしれないですよね",
        "フタを洗わなければならないんですよね",
        "フタを洗わないといけないんですよね",
        "フタしかないんですよね",
        "フタで間違いないですよね",
    ],
)
def test_another_denial_is_none_of_the_statement(question: str):
    assert not statement(question).denied


def test_what_need_not_be_speaks_of_a_must():
    assert statement("フタは洗わなくていい？").turns == {"obligation"}
    assert statement("フタは合わないんですよね").turns == set()


@pytest.mark.parametrize(
    ("question", "heading", "may"),
    [
        ("Is it ok to use a lid?", "Can a lid be used?", True),
        ("Is it ok to use a lid?", "Must a lid be used?", False),
        ("Is it ok if the lid breaks?", "Can the lid break?", False),
        ("a lid isn't a problem, right?", "Can a lid be used?", True),
        ("Can I keep the lid?", "Can a lid be used?", True),
        ("Can I keep the lid?", "Can a lid be replaced?", False),
        ("フタをして大丈夫？", "フタはできますか", True),
        ("フタが失敗して大丈夫？", "失敗できますか", False),
        ("フタのまま使える？", "フタは使えますか", True),
        ("フタのまま変更できる？", "フタは変更できますか", False),
    ],
)
def test_what_is_fine_or_stays_is_not_asked_of_everything(question: str, heading: str, may: bool):
    assert may_be_asked(statement(question), heading) is may


def test_that_it_is_no_problem_is_spelled_out_and_not_denied():
    harmless = statement("a lid isn't a problem, right?")
    assert (harmless.spelled, harmless.denied, harmless.permitted) == (True, False, True)
    assert statement("問題ないですよね").spelled


def test_a_long_text_of_such_words_is_read_at_once():
    for text in ("い" * 2000, "ないん" * 700, "must or is it " * 150, ", right" * 300 + "x", "is un" * 500):
        assert isinstance(statement(text), Statement)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Lids don't fit, right?", "Lids don't fit"),
        ("Is it true that lids fit?", "lids fit"),
        ("フタは合わないですよね?", "フタは合わないです"),
        ("Do lids fit?", None),
    ],
)
def test_a_tagged_question_says_what_stands_beside_its_tag(question: str, said: str | None):
    assert untagged(question) == said


def test_what_need_not_be_is_no_permission():
    assert statement("フタは触らなくて大丈夫ですよね").permitted is False
    assert statement("フタに触って大丈夫ですか").permitted is True


def test_verbs_that_do_the_same():
    assert "変" in same_verbs("触") and same_verbs("消") == "消"


def test_what_states_something_is_tagged():
    assert is_tagged("Lids fit, right?")
    assert is_tagged("フタは合う、で合ってる？鍋あり")
    assert not is_tagged("Do lids fit?")


def test_what_only_asks_to_confirm_is_no_other_turn():
    assert not other_turns("right, lids fit")
    assert other_turns("only lids fit")
