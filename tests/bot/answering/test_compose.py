"""Which sections and which of their sentences become an answer, on sections made by hand."""

from dataclasses import replace

import pytest
from handmade import asked, evidence, ranking, section, topics

from bot.answering.compose import MAX_CITATIONS, PHRASING, QUOTE_LENGTH, compose
from index.records import Link, Span

LONG = [f"Sentence {number} says {'something ' * 9}here." for number in range(12)]  # 107 characters each


def quotes(over, scores, lang="en", question="q", **cosines: float) -> list[str]:
    scored = evidence(over, {text.replace("_", " "): cosine for text, cosine in cosines.items()})
    return [quoted.quote for quoted in compose(asked(question), scored, ranking(*scores), over, lang)]


def test_a_short_section_is_quoted_whole():
    over = topics(section("a#a", "The fact.", "Its condition.", "Its exception."))
    assert quotes(over, [1.0]) == ["The fact. Its condition. Its exception."]


def test_of_a_long_section_the_fact_and_what_fits_behind_it_are_quoted():
    over = topics(section("a#a", *LONG))
    (best,) = compose(asked("q"), evidence(over, {LONG[1]: 0.9}), ranking(1.0), over, "en")
    assert best.sentences() == LONG[:5]
    assert best.quote == " ".join(LONG[:5]) and len(best.quote) <= QUOTE_LENGTH < len(" ".join(LONG[:6]))


def test_a_later_sentence_that_is_hardly_nearer_does_not_replace_the_fact():
    over = topics(section("a#a", *LONG))
    scored = evidence(over, {LONG[0]: 0.89, LONG[9]: 0.90})
    assert compose(asked("q"), scored, ranking(1.0), over, "en")[0].quote == " ".join(LONG[:5])


def test_of_a_long_section_only_the_best_sentence_is_quoted_if_it_stands_far_down():
    over = topics(section("a#a", *LONG))
    (best,) = compose(asked("q"), evidence(over, {LONG[9]: 0.9}), ranking(1.0), over, "en")
    assert best.quote == LONG[9]


@pytest.mark.parametrize(
    ("further", "links", "first"),
    [
        ("A teapot with a copper lid may not.", (), "A teapot with a copper lid may not."),
        ("As “Pots of copper” says, none may twice.", ("Pots of copper",), LONG[0]),  # a cited document's title
    ],
)
def test_a_condition_further_down_is_quoted_where_the_author_names_it(further: str, links: tuple[str, ...], first: str):
    named = replace(section("a#a", *LONG, further), linked=tuple(Link(text, "/b/") for text in links))
    over = topics(named)
    (best,) = compose(asked("Can a copper teapot boil?"), evidence(over, {}), ranking(1.0), over, "en")
    assert best.sentences()[0] == first


@pytest.mark.parametrize(
    ("amount", "quote"),
    [
        ("A shelf keeps 64 cups of tea.", "A shelf keeps 64 cups of tea."),
        ("A cup weighs 64 grams.", LONG[0]),  # an amount of something else
        ("The cups of the 64th row are red.", LONG[0]),  # what is counted stands behind the amount
    ],
)
def test_how_many_there_are_is_quoted_from_where_an_amount_of_them_stands(amount: str, quote: str):
    over = topics(section("a#a", *LONG, amount))
    (best,) = compose(asked("How many cups fit?"), evidence(over, {LONG[0]: 0.9}), ranking(1.0), over, "en")
    assert best.sentences()[0] == quote


def test_one_endless_sentence_is_still_quoted():
    endless = "word " * 200 + "end."
    over = topics(section("a#a", endless, "Another one."))
    assert quotes(over, [1.0]) == [endless]


def test_at_most_three_sections_the_best_first():
    over = topics(*(section(f"a#{name}", f"Fact {name}.") for name in "abcde"))
    assert quotes(over, [1.0, 0.9, 1.2, 1.1, 0.95]) == ["Fact c.", "Fact d.", "Fact a."]
    assert MAX_CITATIONS == 3


def test_a_section_that_ranks_far_behind_the_first_is_not_cited():
    over = topics(*(section(f"a#{name}", f"Fact {name}.") for name in "abc"))
    assert quotes(over, [4.0, 3.0, 2.99]) == ["Fact a.", "Fact b."]


def test_the_same_words_are_not_quoted_twice():
    over = topics(section("a#a", "One fact.", "More."), section("b#b", "One fact."), section("c#c", "Another fact."))
    assert quotes(over, [1.0, 0.95, 0.9]) == ["One fact. More.", "Another fact."]


def test_a_warning_joins_every_answer_about_its_rule():
    parts = [replace(section(f"a#{name}", f"Fact {name}."), links=("rules/agc009",)) for name in "abc"]
    outage = replace(section("w#w", "An outage follows.", "More."), links=("rules/agc009",), warning=True)
    over = topics(*parts, outage, section("z#z", "Nothing to do with it."))
    assert quotes(over, [1.0, 0.9, 0.8, 0.0, 0.0]) == ["Fact a.", "Fact b.", "An outage follows."]
    assert quotes(over, [0.1, 0.0, 0.0, 0.0, 1.0]) == ["Nothing to do with it."]
    assert quotes(over, [0.0, 0.0, 0.0, 1.0, 0.0]) == ["An outage follows. More."]


def test_the_answer_is_in_the_wanted_language_or_in_the_one_there_is():
    over = topics(section("a#a", "事実です。", lang="ja"), section("a#a", "A fact."), section("b#b", "Only here."))
    assert quotes(over, [1.0, 0.9], "ja") == ["事実です。", "Only here."]
    assert quotes(over, [1.0, 0.9], "en") == ["A fact.", "Only here."]


def test_what_is_not_covered_or_has_no_sentence_is_never_quoted():
    over = topics(section("s#cost", "Prices are elsewhere.", covered=False), section("e#e"), section("a#a", "A fact."))
    assert quotes(over, [9.0, 8.0, 1.0]) == ["A fact."]
    assert quotes(topics(section("s#cost", "Prices are elsewhere.", covered=False)), [1.0]) == []


def test_a_verdict_is_left_out_where_it_may_answer_another_question():
    over = topics(section("faq#a", "Yes.", "An upgrade is supported.", title="Can I upgrade?"))
    assert quotes(over, [1.0], question="Is an upgrade not possible?") == ["An upgrade is supported."]


@pytest.mark.parametrize(
    "pointer",
    [
        "The size is checked by AGC004.",
        "See the limitations.",
        "サイズは AGC004 で確認できます。",
        "詳しくは「制限」を参照してください。",
    ],
)
def test_a_sentence_that_only_sends_elsewhere_is_not_quoted_unless_a_check_was_asked_for(pointer: str):
    over = topics(section("a#a", "The subnet must be a /24.", pointer))
    assert quotes(over, [1.0], question="How large is the subnet?") == ["The subnet must be a /24."]
    assert quotes(over, [1.0], question="サブネットを確認したい") == [f"The subnet must be a /24. {pointer}"]
    assert quotes(topics(section("a#a", pointer)), [1.0]) == [pointer]


@pytest.mark.parametrize(
    "sentence",
    [
        "画面に「制限を参照してください。」と表示されます。",
        "See 1.7.9 in the log of the controller.",
        "The rule AGC004 is older than the others.",
    ],
)
def test_a_sentence_that_says_more_than_where_to_look_is_quoted(sentence: str):
    over = topics(section("a#a", "The subnet must be a /24.", sentence))
    assert quotes(over, [1.0], question="How large is the subnet?") == [f"The subnet must be a /24. {sentence}"]


@pytest.mark.parametrize(
    "pointer",
    [
        "For more, see the limits.",
        "The window is given by AGC010.",
        "The mode is told by AGC002, and the size by AGC004.",
        "順番は AGC011 で案内しています。",
        "モードは AGC002 で検査しています。",
        "制限を参照してください。",
        "制限も参照してください。",
    ],
)
def test_every_way_to_send_elsewhere(pointer: str):
    over = topics(section("a#a", "The subnet must be a /24.", pointer, pointer))
    assert quotes(over, [1.0], question="How large is the subnet?") == ["The subnet must be a /24."]


@pytest.mark.parametrize(
    "question",
    [
        "What checks it?",
        "verify it",
        "Validated?",
        "a rule",
        "AGC4",
        "確かめたい",
        "検査",
        "チェック",
        "ルール",
        "調べて",
    ],
)
def test_who_asks_for_a_check_is_told_of_it(question: str):
    over = topics(section("a#a", "It is a /24.", "See AGC004."))
    assert quotes(over, [1.0], question=question) == ["It is a /24. See AGC004."]


def test_a_quote_may_be_as_long_as_the_limit():
    fits = "x" * (QUOTE_LENGTH - len("A fact. .")) + "."
    over = topics(section("a#a", "A fact.", fits), section("b#b", "A fact.", f"x{fits}x"))
    assert quotes(over, [1.0, 0.0]) == [f"A fact. {fits}"] and len(f"A fact. {fits}") == QUOTE_LENGTH
    assert quotes(over, [0.0, 1.0]) == ["A fact."]


def test_only_the_first_section_can_answer_with_its_verdict():
    """A verdict answers a question, and only the nearest heading asks the same one."""
    over = topics(*(section(f"faq#{name}", "Yes.", f"Fact {name}.", title="Can I upgrade?") for name in "ab"))
    scored = evidence(over, {})
    scored.raw[:, PHRASING] = 1.0
    quotes = compose(asked("Can I upgrade?"), scored, ranking(1.0, 0.9), over, "en")
    assert [quoted.quote for quoted in quotes] == ["Yes. Fact a.", "Fact b."]


def test_a_warning_shares_a_rule_with_the_best_section_not_a_page_or_a_later_section():
    outage = replace(section("w#w", "An outage follows."), links=("rules/agc009", "agc/upgrade"), warning=True)
    page = replace(section("a#a", "Fact a."), links=("agc/upgrade",))
    rule = replace(section("b#b", "Fact b."), links=("rules/agc009",))
    over = topics(page, rule, outage)
    assert quotes(over, [1.0, 0.9, 0.0]) == ["Fact a.", "Fact b."]
    assert quotes(over, [0.9, 1.0, 0.0]) == ["Fact b.", "Fact a.", "An outage follows."]


def test_a_warning_that_is_cited_already_is_not_cited_again():
    outage = replace(section("w#w", "An outage follows.", "More."), links=("rules/agc009",), warning=True)
    over = topics(replace(section("a#a", "Fact a."), links=("rules/agc009",)), outage)
    assert quotes(over, [1.0, 0.9]) == ["Fact a.", "An outage follows. More."]


def test_a_warning_is_said_in_the_language_of_the_answer():
    links = ("rules/agc009",)
    over = topics(
        replace(section("a#a", "Fact."), links=links),
        replace(section("a#a", "事実。", lang="ja"), links=links),
        replace(section("w#w", "An outage.", "More."), links=links, warning=True),
        replace(section("w#w", "停止します。", lang="ja"), links=links, warning=True),
    )
    assert quotes(over, [1.0, 0.0], "ja") == ["事実。", "停止します。"]


def test_a_warning_counts_in_the_language_in_which_it_names_the_rule():
    over = topics(
        replace(section("a#a", "Fact."), links=("rules/agc009",)),
        replace(section("w#w", "An outage."), warning=True),
        replace(section("w#w", "停止します。", lang="ja"), links=("rules/agc009",), warning=True),
    )
    assert quotes(over, [1.0, 0.0], "en") == ["Fact."]
    assert quotes(over, [1.0, 0.0], "ja") == ["Fact.", "停止します。"]


ROWS = "Pots are of iron.\nMetal\tWeight\niron\theavy\ntin\tlight"
CELLS = ["Pots are of iron.", "Metal", "Weight", "iron", "heavy", "tin", "light"]


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("are pots good", "Pots are of iron."),  # a table that nobody asked for
        ("how light are they", "Pots are of iron."),  # the value is not what a row is about
        ("which metals are there", ROWS),  # by a column
        ("is tin good", ROWS),  # by a row
    ],
)
def test_a_table_behind_the_fact_is_quoted_if_the_question_names_what_it_is_about(question: str, quote: str):
    spans, at = [], 0
    for cell in CELLS:
        at = ROWS.index(cell, at)
        spans.append(Span(at, at + len(cell)))
        at += len(cell)
    over = topics(replace(section("a#a", "x"), text=ROWS, sentences=tuple(spans)))
    scored = evidence(over, {"Pots are of iron.": 0.9})
    assert [cited.quote for cited in compose(asked(question), scored, ranking(1.0), over, "en")] == [quote]


@pytest.mark.parametrize(("question", "quoted"), [("is zinc good", True), ("is lead good", False)])
def test_a_table_is_about_its_last_row_as_well(question: str, quoted: bool):
    """Of a long table the first rows fit into a quote; the question names one that does not."""
    lines = ["Pots are of iron.", *(f"metal {n}\t{'heavy and ' * 10}dear" for n in range(8)), "zinc\tlight"]
    text, spans, at = "\n".join(lines), [], 0
    for cell in (cell for line in lines for cell in line.split("\t")):
        at = text.index(cell, at)
        spans.append(Span(at, at + len(cell)))
        at += len(cell)
    over = topics(replace(section("a#a", "x"), text=text, sentences=tuple(spans)))
    scored = evidence(over, {"Pots are of iron.": 0.9})
    (cited,) = compose(asked(question), scored, ranking(1.0), over, "en")
    assert ("metal 0" in cited.quote, "zinc" in cited.quote) == (quoted, False)


@pytest.mark.parametrize(
    ("question", "columns", "quoted"),
    [
        ("what is the difference?", 3, True),
        ("どこが違い、どちらが軽いですか", 3, True),
        ("what is the difference?", 2, False),  # names with one value each compare nothing
        ("are they good?", 3, False),
    ],
)
def test_who_compares_gets_the_table_that_compares_under_whatever_names(question: str, columns: int, quoted: bool):
    rows = [("Metal", "Pot", "Pan"), ("weight", "heavy", "light")]
    text = "\n".join(["Pots are of iron.", *("\t".join(row[:columns]) for row in rows)])
    spans, at = [], 0
    for cell in ("Pots are of iron.", *(cell for row in rows for cell in row[:columns])):
        at = text.index(cell, at)
        spans.append(Span(at, at + len(cell)))
        at += len(cell)
    over = topics(replace(section("a#a", "x"), text=text, sentences=tuple(spans)))
    (cited,) = compose(asked(question), evidence(over, {"Pots are of iron.": 0.9}), ranking(1.0), over, "en")
    assert ("weight" in cited.quote) == quoted


BELOW = "A plum-jam jar is sealed by the shop, so nobody waxes it."


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("plumjam jars: do I wax them?", BELOW),
        ("With plum-jam, must I wax it?", BELOW),
        ("How do I wax plum-jam jars?", LONG[0]),  # asks for the way, which is told in front
        ("Do I wax cherry jars?", LONG[0]),  # of which nothing is said
    ],
)
def test_who_asks_yes_or_no_under_a_condition_is_told_from_where_that_is_named(question: str, begins: str):
    over = topics(section("a#a", *LONG, BELOW, "It is safe."))
    (best,) = compose(asked(question), evidence(over, {LONG[0]: 0.9}), ranking(1.0), over, "en")
    assert best.sentences()[0] == begins


@pytest.mark.parametrize(("question", "first"), [("teapot", "a#a"), ("why not", "b#b"), ("why not?", "b#b")])
def test_only_who_types_a_name_gets_what_the_own_source_says_first(question: str, first: str):
    """A bare "why not" names nothing: it is about what leads, whoever says that."""
    over = topics(section("a#a", "A teapot pours."), replace(section("b#b", "It never pours back."), other_source=True))
    quoted = compose(asked(question), evidence(over, {}), ranking(0.9, 1.0), over, "en")
    assert quoted[0].section.id == first
