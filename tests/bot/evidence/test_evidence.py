"""What the index knows about a question: by hand, and on the real site with the real model."""

from dataclasses import replace

import numpy as np
import pytest
from handmade import ByTable, section, topics

from bot.answering.ask import Bot
from bot.evidence.evidence import CHANNELS, NOTHING, Evidence, mean_and_spread
from bot.evidence.whole_site import WholeSite
from index.lexical.words import words
from index.records import Section
from index.storage.store import KINDS

PASSAGE, SENTENCE, PHRASING, WORDS, GRAMS, COVERAGE, GRAM_COVERAGE = range(len(CHANNELS))
UPGRADE = "faq#kubenet-to-overlay"


def test_channels_keep_their_order():
    """The weights file, the first channels' kinds of row and the code below name them by place."""
    assert CHANNELS == ("passage", "sentence", "phrasing", "words", "grams", "coverage", "gram_coverage")
    assert KINDS == ("passage", "sentence", "phrasing")


def test_each_channel_by_hand():
    encoder = ByTable({"cat": 0, "dog": 1}, 2)
    over = topics(section("a#a", "Cat.", title="Dog"), section("b#b", "Dog.", title="Dog"), encoder=encoder)
    scored = over.score(over.read("cat zebra", encoder))
    # Vectors: a passage begins with its heading, so both passages are the dog's; only one sentence is the cat's.
    assert scored.raw[:, [PASSAGE, SENTENCE, PHRASING]].tolist() == [[0, 1, 0], [0, 0, 0]]
    # Words: only a holds cat (idf ln 2); no section holds zebra, which weighs 1: at least as much as any known word.
    assert scored.raw[0, WORDS] > 0 and scored.raw[1, WORDS] == 0
    assert scored.raw[:, COVERAGE] == pytest.approx([0.6931 / 1.6931, 0], abs=1e-4)
    assert scored.known == pytest.approx(0.6931 / 1.6931, abs=1e-4)
    # Threes of letters: _ca cat at_ are in a (ln 2 each); _ze zeb ebr bra ra_ are nowhere (1 each).
    assert scored.raw[0, GRAM_COVERAGE] == pytest.approx(3 * 0.6931 / (3 * 0.6931 + 5), abs=1e-4)
    assert scored.raw[1, GRAM_COVERAGE] == 0


def test_twins_are_one_topic():
    over = topics(section("a#a", "事実。", lang="ja"), section("b#b", "Alone."), section("a#a", "Fact."))
    assert over.ids == ("a#a", "b#b") and over.of_section.tolist() == [0, 1, 0]
    assert over.group("a#a").keys() == {"ja", "en"} and over.group("none") == {}
    assert [over.in_language(topic, "ja").text for topic in (0, 1)] == ["事実。", "Alone."]


def test_a_topic_is_not_covered_if_one_of_its_languages_says_so():
    over = topics(section("a#a", "x", covered=False), section("a#a", "x", lang="ja"), section("b#b", "x"))
    assert over.covered.tolist() == [False, True]


def test_every_section_of_the_site_has_its_twin(bot: Bot, sections: tuple[Section, ...]):
    assert len(bot.topics) * 2 == len(sections)
    assert [name for name in bot.topics.ids if bot.topics.group(name).keys() != {"ja", "en"}] == []


def test_a_topic_scores_as_its_better_language(bot: Bot):
    scored = bot.topics.score(bot.topics.read("kubenet からアップグレードできますか?", bot.encoder))
    index, topic = bot.topics.index, bot.topics.ids.index(UPGRADE)
    best = {}
    for lang in ("ja", "en"):
        number = index.sections.index(bot.topics.group(UPGRADE)[lang])
        which = (index.row_section == number) & (index.row_kind == SENTENCE)
        best[lang] = scored.cosines(np.flatnonzero(which)).max()
    assert best["ja"] > best["en"] > 0
    assert scored.raw[topic, SENTENCE] == best["ja"]


def test_a_japanese_question_finds_english_text(bot: Bot):
    """By meaning alone: only the English passages are looked at."""
    index = bot.topics.index
    scored = bot.topics.score(bot.topics.read("既存の kubenet クラスターをオーバーレイに移行できますか", bot.encoder))
    english = np.array([s.lang == "en" for s in index.sections])[index.row_section] & (index.row_kind == PASSAGE)
    rows = np.arange(index.manifest.rows)
    nearest = np.argsort(-np.where(english, scored.cosines(rows), -1))[:5]
    assert UPGRADE in {index.sections[index.row_section[row]].id for row in nearest}


@pytest.mark.parametrize(
    "question", ["Can I upgrade from kubenet?", "サブネットのサイズは？", "", "zzz", "🤖", "e" * 5000]
)
def test_scores_stay_in_their_range(bot: Bot, question: str):
    scored = bot.topics.score(bot.topics.read(question, bot.encoder))
    assert scored.raw.shape == (len(bot.topics), len(CHANNELS)) and np.isfinite(scored.raw).all()
    assert np.abs(scored.cosines(np.arange(bot.topics.index.manifest.rows))).max() <= 1.001
    shares = scored.raw[:, [COVERAGE, GRAM_COVERAGE]]
    assert 0 <= scored.known <= 1 and shares.min() >= 0 and shares.max() <= 1.001


@pytest.mark.parametrize(("question", "known"), [("kubenet overlay", 1.0), ("zxqv wvzk", 0.0), ("", 0.0)])
def test_how_much_of_a_question_the_site_knows(bot: Bot, question: str, known: float):
    assert bot.topics.score(bot.topics.read(question, bot.encoder)).known == known


def test_a_sentence_asked_word_for_word_is_the_nearest_of_its_section(bot: Bot):
    asked = bot.topics.group("agc/limitations#subnet-size")["en"]
    wanted = len(asked.sentences) - 1
    scored = bot.topics.score(bot.topics.read(asked.quote(asked.sentences[wanted]), bot.encoder))
    cosines = bot.topics.sentence_cosines(scored, asked)
    assert len(cosines) == len(asked.sentences) and int(cosines.argmax()) == wanted


def scores(*rows: int) -> Evidence:
    raw = np.arange(len(rows) * len(CHANNELS), dtype=np.float32).reshape(len(rows), -1)
    return replace(Evidence.of_all(raw, 1.0, raw[:, 0].__getitem__, slice(None)), topics=np.array(rows))


def test_the_evidence_of_fewer_topics_is_theirs():
    some = scores(2, 5, 9).among(np.array([5, 9]))
    assert (some.topics.tolist(), some.channel("passage").tolist()) == ([5, 9], [7, 14])


def test_evidence_holds_the_topics_that_were_scored():
    some = scores(2, 5, 9)
    assert [some.holds(np.array(topics)) for topics in ([5, 9], [2], [], [5, 7])] == [True, True, True, False]


def test_scores_are_standardised_over_all_topics_that_count():
    raw = np.array([[1.0], [3.0], [9.0]], np.float32) * np.ones(len(CHANNELS), np.float32)
    scored = Evidence.of_all(raw, 1.0, raw[:, 0].__getitem__, np.array([True, True, False]))
    assert scored.standardised()[:, 0].tolist() == [-1, 1, 7]  # mean 2 and spread 1, of the two that count
    alike = Evidence.of_all(raw[:1], 1.0, raw[:, 0].__getitem__, slice(None))
    assert alike.standardised().tolist() == [[0] * len(CHANNELS)]


def test_a_channel_is_known_by_its_name():
    scored = scores(0, 1)
    assert scored.channel("gram_coverage").tolist() == [GRAM_COVERAGE, len(CHANNELS) + GRAM_COVERAGE]


def test_a_topic_scores_as_the_better_of_its_languages_and_rows():
    encoder = ByTable({"cat": 0, "dog": 1}, 2)
    two = (section("a#a", "Dog.", "Cat.", "Dog."), section("a#a", "Dog.", lang="ja", title="cat"))
    for order in (two, two[::-1]):
        over = topics(*order, encoder=encoder)
        assert over.score(over.read("cat", encoder)).raw[0, [SENTENCE, PHRASING]].tolist() == [1, 1]


def test_cosines_of_the_sentences_of_a_section_in_its_language():
    encoder = ByTable({"cat": 0, "dog": 1}, 2)
    english, japanese = section("b#b", "Dog.", "Cat.", title="cat"), section("b#b", "cat 。", lang="ja")
    over = topics(section("a#a", "Cat."), english, japanese, encoder=encoder)
    scored = over.score(over.read("cat", encoder))
    assert over.sentence_cosines(scored, english).tolist() == [0, 1]
    assert over.sentence_cosines(scored, japanese).tolist() == [1]


def test_what_is_written_otherwise_is_searched_by_its_main_name():
    encoder = ByTable({"cat": 0, "dog": 1}, 2)
    glossary = replace(section("g#g", "Terms."), synonyms=(("cat", "feline"),))
    over = topics(section("a#a", "Cat."), glossary, section("b#b", "Dog."), encoder=encoder)
    scored = over.score(over.read("felines feline", encoder))
    assert scored.raw[0, SENTENCE] == 1 and scored.raw[2, SENTENCE] == 0
    assert scored.raw[0, WORDS] > 0 == scored.raw[2, WORDS]
    assert scored.known == 0.0  # the words as they were asked


def test_warnings_are_found_by_what_they_link_to():
    def warning(name: str, *links: str, lang: str = "en", warning: bool = True) -> Section:
        return replace(section(name, "x", lang=lang), links=links, warning=warning)

    over = topics(
        warning("a#a", "rules/1", warning=False),
        warning("b#b", "rules/2", "rules/1"),
        warning("c#c", "rules/3", lang="ja"),
        warning("c#c", "rules/1"),
    )
    assert over.warnings(["rules/1"]) == [1, 2]
    assert over.warnings(["rules/3", "rules/2", "none"]) == [1, 2]
    assert over.warnings([]) == []


def test_warnings_come_in_the_order_of_the_site():
    """Which is not that of a set."""
    listed = [replace(section(f"a#{n}", "x"), links=("rules/1",), warning=n in (1, 8)) for n in range(9)]
    assert topics(*listed).warnings(["rules/1"]) == [1, 8]


def test_of_the_author_s_wordings_the_nearest_to_a_question_is_told():
    encoder = ByTable({"cat": 0, "dog": 1, "owl": 2}, 3)
    worded = replace(section("a#a", "Owl.", title="cat"), phrasings=("dog or", "owl or"))
    over = topics(worded, section("b#b", "Dog.", title="dog"), encoder=encoder)
    nearest = {text: over.nearest_phrasing(over.read(text, encoder), worded) for text in ("dog", "owl", "cat")}
    assert (nearest["dog"], nearest["owl"]) == ("dog or", "owl or")
    assert nearest["cat"] in worded.phrasings  # the heading, which is nearer, is none
    assert over.nearest_phrasing(over.read("dog", encoder), over.in_language(1, "en")) is None


def test_scores_are_compared_with_those_of_the_topics_that_count():
    encoder = ByTable({"cat": 0, "dog": 1}, 2)
    over = topics(section("a#a", "Cat."), section("b#b", "Dog."), section("c#c", "Dog."), encoder=encoder)
    question = over.read("cat", encoder)
    for counted, spread in ((None, [2**0.5, -(0.5**0.5), -(0.5**0.5)]), (np.array([True, True, False]), [1, -1, -1])):
        scored = WholeSite(over.index, over.of_section, counted).score(question)
        assert scored.standardised()[:, SENTENCE].tolist() == pytest.approx(spread)


def test_topics_without_a_sentence_do_not_make_the_others_alike():
    """A page's heading above nothing, or code alone: far from every sentence, and no measure of how far those are."""
    encoder = ByTable({"cat": 0, "dog": 1}, 2)
    stated = (section("a#a", "Cat."), section("b#b", "Dog."), section("c#c", "Dog."))
    empty = tuple(section(f"x#{number}", title="dog") for number in range(6))
    for sections in (stated, stated + empty):
        over = topics(*sections, encoder=encoder)
        scored = over.score(over.read("cat", encoder))
        assert scored.standardised()[:, SENTENCE].tolist() == pytest.approx(
            [2**0.5, -(0.5**0.5), -(0.5**0.5)] + [0] * (len(sections) - 3)
        )


def test_a_channel_of_which_no_topic_has_a_row_says_nothing():
    encoder = ByTable({"cat": 0}, 1)
    over = topics(section("a#a", title="cat"), section("b#b", title="cat"), encoder=encoder)
    assert over.score(over.read("cat", encoder)).standardised()[:, SENTENCE].tolist() == [0, 0]


def test_each_topic_counts_as_often_as_it_stands_for_others():
    """On a large site a sample stands for all topics that are not looked at; one without a row for none."""
    raw = np.array([[1.0], [4.0], [NOTHING]], np.float32)
    mean, spread = mean_and_spread(raw, np.array([2.0, 1.0, 9.0]))
    assert (mean.tolist(), spread.tolist()) == ([2.0], pytest.approx([2**0.5]))


def test_a_question_names_the_numbers_in_it():
    over = topics(section("a#a", "x"))
    assert over.read("Is /24 or 1.7.9 with 3 of v2 and x9, 4th, ok?", ByTable({}, 2)).numbers == {"/24", "1.7.9", "3"}


def test_a_word_that_most_pages_have_tells_nothing_of_the_site():
    over = topics(section("a#a", "The cat."), *(section(f"x#{number}", "The dog.") for number in range(9)))
    assert [over.knows(words(question)) for question in ("cat?", "the", "dog", "zebra", "")] == [
        True,
        False,
        False,
        False,
        False,
    ]


def test_sections_by_topic_and_number():
    over = topics(section("b#b", "x", lang="ja"), section("a#a", "y"), section("b#b", "z"))
    assert (len(over), over.ids) == (2, ("b#b", "a#a"))
    assert [over.numbers(topic) for topic in (0, 1)] == [[0, 2], [1]]
    assert over.in_language(0, "en").text == "z" and over.in_language(1, "ja").text == "y"
