"""A question taken apart: what in it names something, and which sentence asks."""

from dataclasses import replace

import pytest
from handmade import asked, section, topics

from bot.question.parts import (
    Part,
    asking_part,
    functions,
    is_closed,
    is_wish,
    kinds,
    kinds_of,
    last_sentence,
    parts,
    patterns,
    plain,
    stem,
    stems,
    with_terms,
    without_commands,
)


def listed(question: str) -> list[tuple[str, str]]:
    return [(part.text, part.script) for part in parts(plain(question))]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("teapot v1.7.9", [("teapot", "latin"), ("v1.7.9", "latin")]),
        ("green-tea, jar_of/leaves.", [("green-tea", "latin"), ("jar_of/leaves", "latin")]),  # identifiers stay whole
        ("10.0.0.0/16 /24", [("10.0.0.0/16", "latin"), ("/24", "size")]),
        ("ティーポットの急須", [("ティーポット", "katakana"), ("急須", "han")]),  # kana between runs names nothing
        ("茶", [("茶", "han")]),  # one kanji is a word
        ("急須を1個追加、2本", [("急須", "han"), ("追加", "han")]),  # what counts is no part of the name
        ("個性 3以上", [("個性", "han")]),
        ("x ポ", []),  # one letter is none
        ("ｶｯﾌﾟ Ｔｅａ", [("カップ", "katakana"), ("Tea", "latin")]),  # NFKC
        ("чай", [("чай", "word")]),
        ("", []),
        ("?! 。", []),
    ],
)
def test_parts_are_words_identifiers_and_runs_of_one_script(question: str, expected: list[tuple[str, str]]):
    assert listed(question) == expected


@pytest.mark.parametrize("question", ["What is it that we could use, please?", "DOES IT?", "場合の時"])
def test_words_that_name_nothing_are_no_parts(question: str):
    assert listed(question) == []


def test_words_that_name_nothing_are_those_of_all_languages():
    assert {"the", "場合"} <= functions()
    assert listed("the teapot の場合") == [("teapot", "latin")]


def test_a_part_says_where_it_stands():
    question = plain("Is the ｔｅａ in 急須?")
    assert [question[part.start : part.end] for part in parts(question)] == ["tea", "急須"]


def test_a_capital_is_a_name_unless_the_sentence_begins_there():
    asked = 'Kettle here. Leaves too: Pots? "Jars" and Windows or windows'
    named = {part.text: part.named for part in parts(asked)}
    assert {text for text, name in named.items() if name} == {"Windows"}
    assert named.keys() == {"Kettle", "Leaves", "Pots", "Jars", "Windows", "windows"}


def test_in_japanese_a_latin_word_is_a_name_wherever_it_stands():
    assert [(part.text, part.named) for part in parts("Windowsとteaを混ぜる")] == [
        ("Windows", True),
        ("tea", False),
        ("混", False),
    ]


def test_a_term_is_one_part_and_its_words_are_none():
    question = "pour green tea slowly"
    assert list(with_terms(parts(question), [(5, 14, "green tea")], question, 0)) == [
        Part("pour", 0, 4, "latin", asked=True, named=False),
        Part("green tea", 5, 14, "term", asked=True, named=False),
        Part("slowly", 15, 21, "latin", asked=True, named=False),
    ]


@pytest.mark.parametrize(
    ("question", "asking"),
    [
        ("We moved house. Which cup is the best?", "Which cup is the best?"),
        ("We moved house! It rains.\nWhich cup is best", "Which cup is best"),
        ("引っ越しました。どのカップがお茶と菓子に合いますか。", "どのカップがお茶と菓子に合いますか。"),
        ("We drink from a teapot. OK?", "We drink from a teapot. OK?"),  # "OK?" asks with the sentence before it
        ("It rains. We drink from a teapot. OK?", "We drink from a teapot. OK?"),
        ("Is v1.7.9 of the teapot good?", "Is v1.7.9 of the teapot good?"),  # a full stop within a word ends nothing
        ("teapot", "teapot"),
        ("", ""),
    ],
)
def test_the_last_sentence_that_is_long_enough_asks(question: str, asking: str):
    question = plain(question)
    assert question[last_sentence(question) :] == asking


def test_what_stands_before_the_sentence_that_asks_tells_of_the_asker():
    asked = {part.text: part.asked for part in parts("Our kettle broke. Which teapot is the best?")}
    assert asked == {"kettle": False, "broke": False, "teapot": True, "best": True}


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("teapots", "teapot"),
        ("heating", "heat"),
        ("heated", "heat"),
        ("is", "is"),
        ("gas", "gas"),
        ("teas", "tea"),
        ("急須", "急須"),
    ],
)
def test_a_word_loses_its_ending_where_three_letters_are_left(word: str, bare: str):
    assert stem(word) == bare


@pytest.mark.parametrize(
    ("kind", "question", "text"),
    [
        ("reason", "Why is it hot?", "It is hot because it boils."),
        ("reason", "なぜ熱いのですか", "沸かすため熱い"),
        ("reason", "Why is it hot?", "沸かすため熱い"),  # a section in one language answers in another
        ("duration", "How long does it boil?", "For five minutes."),
        ("duration", "何分かかりますか", "3 分です"),
        ("date", "Since when is it sold?", "Sold in 2021."),
        ("date", "いつから売っていますか", "2021 年"),
        ("command", "Which command heats it?", "Run `make tea`."),
        ("command", "どのコマンドで沸かしますか", "コマンドは次のとおり"),
        ("return", "Can I revert to it?", "It is reversed."),
        ("return", "元に戻せますか", "戻せます"),
        ("message", "Which logs show it?", "See the event."),
        ("message", "ログに出ますか", "ログに出る"),
        ("release", "When will the next one be released?", "It was released in May 2026."),
        ("release", "次のはいつ出ますか", "2026 年 5 月にリリースされました"),
        ("price", "What do they charge for it?", "It is free."),
        ("price", "料金はいくらですか", "無料です"),
        ("drawback", "And the downsides?", "It pours. However, it drips."),
        ("drawback", "デメリットは", "ただし重くなります"),
        ("duration", "どのくらい？", "3 分です"),
        ("trouble", "What breaks when it is moved?", "The spout fails."),
        ("trouble", "any pitfalls of moving it", "It cannot be filled then."),
        ("trouble", "移すときの落とし穴は", "注げなくなる失敗があります"),
        ("trouble", "移すと何が壊れますか", "止まることがあります"),
        ("bound", "Is there an upper limit?", "At most three."),
        ("bound", "上限はありますか", "3 つまでです"),
        ("place", "Which regions is it available in?", "It is available in all regions."),
        ("place", "どの地域で使えますか", "すべての地域で使えます"),
        ("duration", "どのくらいかかりますか", "数分です"),
        ("return", "Is that reversible?", "There is no way back to it."),
    ],
)
def test_a_kind_of_thing_is_asked_for_and_stated_in_any_language(kind: str, question: str, text: str):
    known = {each.key: each for each in kinds()}
    assert known[kind].asks.search(question)
    assert known[kind].states.search(text)
    assert not known[kind].asks.search("Is the teapot hot?") and not known[kind].states.search("teapot")


@pytest.mark.parametrize(
    "text",
    [
        "According to the release notes of the teapot (edition of 2026-09-08), it pours.",
        "According to Teapots: Releases (verified 2026-11-27), it pours.",
        "急須の Pot Releases（2026-11-27 確認）によると、注げます。",
        "急須のリリース ノート（2026-09-08 版、2026-11-26 確認）によると、注げます。",
    ],
)
def test_the_edition_of_a_cited_document_tells_not_when_anything_was_released(text: str):
    release = next(each for each in kinds() if each.key == "release")
    assert not release.states.search(text)
    assert release.states.search("Release 14 (2026-09-08)") and release.states.search("リリース 14（2026-09-08）")


def test_what_must_be_by_all_means_asks_for_no_reason():
    reason = next(each for each in kinds() if each.key == "reason")
    assert not reason.asks.search("どうしても必要な場合は？")
    assert reason.asks.search("どうして必要？")


def test_what_a_thing_is_based_on_is_no_way_back():
    way_back = next(each for each in kinds() if each.key == "return")
    assert not way_back.asks.search("このサイトの元になっている文書はどれですか")
    assert way_back.asks.search("あとで元に戻りますか")


def test_every_language_has_the_same_kinds_and_patterns():
    keys = [each.key for each in kinds()]
    assert keys == [
        "reason",
        "duration",
        "date",
        "release",
        "drawback",
        "price",
        "place",
        "bound",
        "amount",
        "command",
        "return",
        "message",
        "steps",
        "trouble",
        "failing",
        "passing",
        "remedy",
    ]
    for name, groups in {
        "directions": {"from", "to"},
        "negated_terms": {"what"},
        "negated_states": {"what"},
        "counts": {"what"},
        "units": {"what"},
    }.items():
        assert patterns(name) and all(groups <= set(pattern.groupindex) for pattern in patterns(name))


@pytest.mark.parametrize(
    ("question", "asking"),
    [
        ("We moved house.  Which cup is the best?  It rains. ", "Which cup is the best?"),
        ("  teapot \n", "teapot"),
    ],
)
def test_the_sentence_that_asks_has_no_space_around_it(question: str, asking: str):
    assert asking_part(question) == asking


def test_the_stems_of_parts_do_not_tell_how_they_were_written():
    assert stems(parts("Are Teapots heated in JARS?")) == {"teapot", "heat", "jar"}


@pytest.mark.parametrize(
    ("question", "clear"),
    [
        ("after az aks update --network-plugin-mode overlay, is it hot?", "after overlay, is it hot?"),
        ("Is it hot, with `az aks update`?", "Is it hot, ?"),
        ("kubectl apply -f tea.yaml のあと熱い？", "tea.yaml のあと熱い?"),
        ("Is it hot?", None),
        ("az aks update", None),  # nothing else is asked
        ("Is --pod-cidr needed?", None),
    ],
)
def test_command_lines_beside_a_question_leave_the_values_of_their_options(question: str, clear: str | None):
    assert without_commands(question) == clear


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("I want to boil the tea", True),
        ("we'd like to boil the tea.", True),
        ("planning to boil tea", True),
        ("お茶を沸かしたい", True),
        ("お茶を沸かしたいのですが", True),
        ("お茶を沸かす予定です。", True),
        ("I want to boil the tea, can I?", False),
        ("I want to boil the tea, is it fine", False),
        ("お茶を沸かしたいのですが、できますか", False),
        ("Can I boil the tea?", False),
        ("お茶を沸かせますか", False),
    ],
)
def test_a_wish_asks_nothing(text: str, wish: bool):
    assert is_wish(text) is wish


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("is tea offered in the Japan West region?", True),
        ("can I use tea in the Korea Central region", True),
        ("お茶は西日本リージョンで使えますか", True),
        ("お茶は日本リージョンに対応していますか", True),
        ("may the pots stand in the same region", False),
        ("can I use tea in another region?", False),
        ("別のリージョンで使えますか", False),
        ("同じリージョンで使えますか", False),
    ],
)
def test_who_names_a_region_asks_for_the_place(question: str, asks: bool):
    assert ("place" in kinds_of(question)) is asks


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("a teapot: which example fails, or one that breaks?", "failing"),
        ("show me failing examples of teapots", "failing"),
        ("急須が不合格になる例", "failing"),
        ("合格にならない例", "failing"),
        ("an example that passes", "passing"),
        ("合格になる例", "passing"),
        ("an example of a teapot", None),
        ("急須の例は？", None),
    ],
)
def test_an_example_may_be_asked_of_what_fails_or_of_what_passes(question: str, kind: str | None):
    assert kinds_of(question) & {"failing", "passing"} == ({kind} if kind else set())


@pytest.mark.parametrize(
    ("question", "closed"),
    [
        ("Do I wash the teapot?", True),
        ("with a lid: must it be washed", True),
        ("フタは洗いますか？", True),
        ("How do I wash it?", False),
        ("Can you show me the steps?", False),
        ("is there a command that washes it, and which command?", False),
        ("フタはどう洗いますか？", False),
        ("wash the lid", False),
    ],
)
def test_whether_is_asked_by_who_asks_for_no_steps(question: str, closed: bool):
    assert is_closed(question) is closed


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Is a copper cup hot?", ["copper cup", "hot"]),
        ("Is a COPPER ＣＵＰ hot?", ["COPPER CUP", "hot"]),
        ("İs a copper cup hot?", ["İs", "copper", "cup", "hot"]),  # a letter whose lower case is two: places shift
    ],
)
def test_a_term_of_the_site_is_one_part_where_it_stands(question: str, names: list[str]):
    over = topics(replace(section("glossary#terms"), synonyms=(("copper cup", "mug"),)))
    assert [part.text for part in asked(question, over).parts] == names
