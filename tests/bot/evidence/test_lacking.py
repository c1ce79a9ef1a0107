"""What a topic lacks of a question, on small made-up sites, worked out by hand."""

import pytest
from handmade import asked, section, topics

from bot.evidence.lacking import LACKING, lacking

GARDEN = (
    section("garden#water", "Roses are watered by Robots in the morning."),
    section("garden#cut", "Hedges are cut in autumn."),
)


def lacks(question: str, topic: int = 0) -> dict[str, float]:
    """What is not zero."""
    return {name: share for name, share in lacking(asked(question), topic, topics(*GARDEN)).items() if share}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Are roses watered?", {}),
        ("Are roses watered by Robots?", {}),
        ("Are roses watered in autumn?", {"missing_latin": 1 / 3}),  # the other section has it
        ("Are hedges watered in winter?", {"missing_latin": 2 / 3}),
        ("Are roses watered by Drones?", {"missing_latin": 1 / 3, "missing_name": 1 / 3}),
    ],
)
def test_a_part_is_missing_if_the_topic_does_not_hold_it(question: str, expected: dict[str, float]):
    assert lacks(question) == pytest.approx(expected)


def test_what_both_sections_have_neither_lacks():
    both = topics(*GARDEN, section("garden#all", "Roses and hedges."))
    assert [lacking(asked("Roses?"), topic, both)["missing_latin"] for topic in range(3)] == [0, 1, 0]
    assert [lacking(asked("hedges?"), topic, both)["missing_latin"] for topic in range(3)] == [1, 0, 0]


def test_what_begins_a_sentence_is_no_name():
    assert "missing_name" not in lacks("Drones: are roses watered?")


def test_words_that_name_nothing_count_for_nothing():
    assert lacks("How can I get the roses watered, please?") == lacks("roses watered")


def test_a_question_of_nothing_but_such_words_lacks_nothing():
    assert lacking(asked("How do I?"), 0, topics(*GARDEN)) == dict.fromkeys(LACKING, 0.0)


def test_a_topic_holds_what_any_of_its_languages_says():
    over = topics(
        section("garden#water", "バラに水をやります。", lang="ja"),
        section("garden#water", "Roses need water.", lang="en"),
    )
    assert lacking(asked("Do roses need バラ?"), 0, over) == dict.fromkeys(LACKING, 0.0)


def test_of_japanese_the_share_of_pairs_of_letters_that_is_missing_counts():
    over = topics(section("garden#water", "サーバーを使います。", lang="ja"))
    assert lacking(asked("サーバル"), 0, over)["missing_katakana"] == pytest.approx(1 / 3)  # サー, ーバ and バル
    assert lacking(asked("サーバー"), 0, over)["missing_katakana"] == 0
