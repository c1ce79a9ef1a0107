import pytest

from bot.question.intent import INTENTS, intents, is_identifier, is_keyword, repeats


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


# One wording of each kind and language is enough to ask for it, and for nothing else.
WORDINGS = {
    "asks_reason": "why, reason, the reasons, rationale, なぜ, 何故, 理由, どうして, 背景, なんで",
    "asks_procedure": "how do I, how can I, how to, how would I, how should I, how could I, a step, steps, the command,"
    " commands, procedure, procedures, walk me through, guide, example, examples, az, kubectl, helm, terraform, bicep,"
    " 手順, 方法, やり方, やりかた, コマンド, どうやって, どうやれば, 設定例, 書き方, サンプル, 例は",
    "asks_date": "since when, when is it, when was it, when will it, when did it, when does it, date, dates, deadline,"
    " deadlines, roadmap, release, released, releases, いつから, いつまで, 期限, 終了日, 予定は, リリース",
    "asks_number": "how many, how much, how long, how big, how large, how fast, max, maximum, quota, quotas,"
    " いくつ, 何個, 何台, 最大, 上限, 何件, 何本, どのくらい, どれくらい",
    "asks_comparison": "a vs b, a vs. b, versus, different, difference, compare, compared, 違い, 比較, どっち, どちら",
}


@pytest.mark.parametrize("kind", WORDINGS)
def test_each_wording_asks_for_its_kind(kind: str):
    wordings = WORDINGS[kind].split(", ")
    by_wording = {wording: {name for name, value in intents(wording.upper()).items() if value} for wording in wordings}
    assert {wording: kinds for wording, kinds in by_wording.items() if kinds != {kind}} == {}


@pytest.mark.parametrize(
    "text", ["update the helmet", "however", "stepping", "the climax", "datestamp", "bazaar", "どう"]
)
def test_a_part_of_another_word_asks_for_nothing(text: str):
    assert set(intents(text).values()) == {0.0}


def test_a_keyword_has_no_mark_wherever_it_stands():
    assert [text for text in ("size。", "!size", "size!", "ポッドの", "ーの") if is_keyword(text)] == []


@pytest.mark.parametrize(
    "text",
    ["KB_PORT", "`KB_PORT`", "--pod-cidr", "AGC005", "/readyz", "podSubnetId", "network.policy", "ＫＢ＿ＰＯＲＴ"],
)
def test_a_name_of_code_is_an_identifier(text: str):
    assert is_identifier(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kubenet",
        "AGC",
        "subnet size",
        "1.7.9",
        "KB_PORT?",
        "KB_PORT KB_HOST",
        "要件",
        "a-b",
        "and/or",
        "TCP/IP",
        "e.g.",
        "iPhone",
    ],
)
def test_a_word_a_number_or_several_names_are_not(text: str):
    assert not is_identifier(text)


def test_every_kind_is_told_of_every_question():
    for question in ("", "Why?", "なぜ"):
        assert tuple(intents(question)) == INTENTS
    assert tuple(WORDINGS) == INTENTS


@pytest.mark.parametrize("letters", ["ha", "ha ha ", "lol ", "あはは", "test ", "?!", "a"])
def test_the_same_letters_again_and_again_ask_nothing(letters: str):
    assert repeats(letters * 200) and not repeats(letters)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Can a teapot be heated on charcoal, and does the lid stay on while it is heated there?",
        "急須を木炭で温められますか。蓋は温めているあいだも閉めておけますか。" * 3,
        "Error: the lid is loose\n" * 40,  # a log
    ],
)
def test_a_text_that_says_something_is_no_repetition(text: str):
    assert not repeats(text)


def test_sixty_letters_of_twelve_different_runs_of_three_are_a_repetition():
    """Twelve letters in turn have as many runs; another one at the end makes one more."""
    letters = "abcdefghijkl" * 5
    assert repeats(letters) and not repeats(letters[:-1]) and not repeats(f"{letters[:-1]}x")
