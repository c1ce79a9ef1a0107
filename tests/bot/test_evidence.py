"""What the index knows about a question: by hand, and on the real site with the real model."""

import numpy as np
import pytest
from handmade import ByTable, section, topics

from bot.ask import Bot
from bot.evidence import CHANNELS
from index.records import Section
from index.store import KINDS

PASSAGE, SENTENCE, PHRASING, WORDS, GRAMS, COVERAGE, GRAM_COVERAGE = range(len(CHANNELS))
UPGRADE = "faq#kubenet-to-overlay"


def test_channels_keep_their_order():
    """The weights file, the first channels' kinds of row and the code below name them by place."""
    assert CHANNELS == ("passage", "sentence", "phrasing", "words", "grams", "coverage", "gram_coverage")
    assert KINDS == ("passage", "sentence", "phrasing")


def test_each_channel_by_hand():
    encoder = ByTable({"cat": 0, "dog": 1}, 2)
    over = topics(section("a#a", "Cat.", title="Dog"), section("b#b", "Dog.", title="Dog"), encoder=encoder)
    found = over.score("cat zebra", encoder)
    # Vectors: a passage begins with its heading, so both passages are the dog's; only one sentence is the cat's.
    assert found.raw[:, [PASSAGE, SENTENCE, PHRASING]].tolist() == [[0, 1, 0], [0, 0, 0]]
    # Words: only a holds cat (idf ln 2); no section holds zebra, which weighs 1: at least as much as any known word.
    assert found.raw[0, WORDS] > 0 and found.raw[1, WORDS] == 0
    assert found.raw[:, COVERAGE] == pytest.approx([0.6931 / 1.6931, 0], abs=1e-4)
    assert found.known == pytest.approx(0.6931 / 1.6931, abs=1e-4)
    # Threes of letters: _ca cat at_ are in a (ln 2 each); _ze zeb ebr bra ra_ are nowhere (1 each).
    assert found.raw[0, GRAM_COVERAGE] == pytest.approx(3 * 0.6931 / (3 * 0.6931 + 5), abs=1e-4)
    assert found.raw[1, GRAM_COVERAGE] == 0


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
    found = bot.topics.score("kubenet からアップグレードできますか?", bot.encoder)
    index, topic = bot.topics.index, bot.topics.ids.index(UPGRADE)
    best = {}
    for lang in ("ja", "en"):
        number = index.sections.index(bot.topics.group(UPGRADE)[lang])
        which = (index.row_section == number) & (index.row_kind == SENTENCE)
        best[lang] = found.rows[which].max()
    assert best["ja"] > best["en"] > 0
    assert found.raw[topic, SENTENCE] == best["ja"]


def test_a_japanese_question_finds_english_text(bot: Bot):
    """By meaning alone: only the English passages are looked at."""
    index = bot.topics.index
    found = bot.topics.score("既存の kubenet クラスターをオーバーレイに移行できますか", bot.encoder)
    english = np.array([s.lang == "en" for s in index.sections])[index.row_section] & (index.row_kind == PASSAGE)
    nearest = np.argsort(-np.where(english, found.rows, -1))[:5]
    assert UPGRADE in {index.sections[index.row_section[row]].id for row in nearest}


@pytest.mark.parametrize(
    "question", ["Can I upgrade from kubenet?", "サブネットのサイズは？", "", "zzz", "🤖", "e" * 5000]
)
def test_scores_stay_in_their_range(bot: Bot, question: str):
    found = bot.topics.score(question, bot.encoder)
    assert found.raw.shape == (len(bot.topics), len(CHANNELS)) and np.isfinite(found.raw).all()
    assert np.abs(found.rows).max() <= 1.001 and len(found.rows) == bot.topics.index.manifest.rows
    shares = found.raw[:, [COVERAGE, GRAM_COVERAGE]]
    assert 0 <= found.known <= 1 and shares.min() >= 0 and shares.max() <= 1.001


@pytest.mark.parametrize(("question", "known"), [("kubenet overlay", 1.0), ("zxqv wvzk", 0.0), ("", 0.0)])
def test_how_much_of_a_question_the_site_knows(bot: Bot, question: str, known: float):
    assert bot.topics.score(question, bot.encoder).known == known


def test_a_sentence_asked_word_for_word_is_the_nearest_of_its_section(bot: Bot):
    asked = bot.topics.group("agc/limitations#subnet-size")["en"]
    wanted = len(asked.sentences) - 1
    found = bot.topics.score(asked.quote(asked.sentences[wanted]), bot.encoder)
    cosines = bot.topics.sentence_cosines(found, asked)
    assert len(cosines) == len(asked.sentences) and int(cosines.argmax()) == wanted
