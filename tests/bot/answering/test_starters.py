"""Questions to begin with are what the site's authors wrote: one a page, questions before other headings."""

from dataclasses import replace

from handmade import section

from bot.answering.starters import TRIED, candidates


def asked(*sections, lang="en"):
    return [question for question, _ in candidates(sections, lang)]


def test_headings_that_are_questions_come_first_then_wordings_then_pages():
    plain = section("a#top", "Text.", title="Install")
    worded = replace(section("b#top", "Text.", title="Limits"), phrasings=("list of limits", "how many are allowed?"))
    question = section("c#why", "Text.", title="Why is it slow?")
    assert asked(plain, worded, question) == ["Why is it slow?", "How many are allowed?", "Install"]


def test_a_page_gives_one_with_the_section_that_is_to_answer_it():
    first, second = (section(f"a#{name}", "Text.", title=f"{name}?") for name in ("One", "Two"))
    assert candidates([first, second], "en") == [("One?", "a#One")]


def test_nothing_comes_from_another_language_or_from_what_is_not_covered():
    other = section("a#x", "文。", lang="ja", title="なぜですか")
    apart = section("b#x", "Text.", title="Price?", covered=False)
    elsewhere = replace(section("c#x", "Text.", title="Elsewhere?"), other_source=True)
    assert asked(other, apart, elsewhere) == []
    assert asked(other, apart, elsewhere, lang="ja") == ["なぜですか"]


def test_headings_without_text_and_those_too_long_for_a_button_are_left_out():
    assert asked(section("a#x", title="Empty"), section("b#x", "Text.", title=f"{'long ' * 30}?")) == []


def test_no_more_are_tried_than_a_reader_waits_for():
    assert len(asked(*(section(f"p{n}#x", "Text.", title=f"Page {n}") for n in range(50)))) == TRIED
