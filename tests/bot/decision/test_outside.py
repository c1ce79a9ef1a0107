"""Which topic that is named as not covered a question names: laws on a made-up site about tea."""

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from handmade import asked, section, topics

from bot.decision.account import Account, account
from bot.decision.logistic import Logistic
from bot.decision.outside import asks_for, leading_silence, silent_on, telling_pages
from bot.evidence.topics import Topics
from bot.question.parts import Kind
from bot.question.places import PLACE
from index.records import Section

NONE = Logistic({"missing": (1.0, 0.0, 1.0)}, 0.0)


def titled(name: str, title: str, text: str, *, covered: bool = True, phrasings: Sequence[str] = ()) -> Section:
    return replace(section(name, text, title=title), covered=covered, phrasings=tuple(phrasings))


@pytest.fixture(scope="module")
def site() -> Topics:
    return topics(
        titled("a#a", "Teapots", "A teapot pours. The difference is the lid."),
        titled("b#b", "Cups", "A cup has a handle. Water is hot."),
        titled("c#c", "Lids", "A lid closes the teapot and keeps water warm."),
        titled("x#coffee", "Coffee machines", "Coffee is made elsewhere.", covered=False, phrasings=("espresso",)),
        titled("x#water", "Plumbing", "Water pipes, the difference of taps.", covered=False, phrasings=("water taps",)),
        *(titled(f"g{n}#g", f"Number {n}", f"Of the harbour with water, entry {n}.") for n in range(12)),
    )


def outside(site: Topics, question: str, *ranked: int) -> str | None:
    accounted: Account = account(asked(question, site), ranked or range(len(site)), site, NONE)
    return None if accounted.outside is None else site.ids[accounted.outside]


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Which coffee machines fit?", "x#coffee"),
        ("Can a teapot make espresso?", "x#coffee"),  # by one of its phrasings
        ("Are taps covered?", "x#water"),
        ("A teapot with tea/espresso?", "x#coffee"),  # joined by a slash
        ("Can a teapot pour?", None),
        ("What is the difference?", None),  # of which a covered section speaks as well
        ("Is the water hot?", None),  # what covered sections speak of much more names no other topic
        ("Is it made elsewhere?", None),  # the text of such a topic alone names it not
        ("", None),
    ],
)
def test_a_question_names_a_topic_by_its_heading_or_phrasings(site: Topics, question: str, topic: str | None):
    assert outside(site, question) == topic


def test_the_nearest_of_all_is_named_where_it_has_as_many_parts(site: Topics):
    question = "Coffee from taps with pipes?"
    assert outside(site, question, 4, 3, 0) == "x#water" and outside(site, question, 0, 3, 4) == "x#coffee"
    assert outside(site, "Coffee machines and espresso from taps?", 4, 3, 0) == "x#coffee"


def test_the_nearest_of_several_is_named(site: Topics):
    question = "Coffee from taps?"
    assert outside(site, question, 3, 4, 0) == "x#coffee"


def test_a_site_that_names_nothing_as_not_covered_has_none():
    over = topics(titled("a#a", "Teapots", "A teapot pours."), titled("b#b", "Coffee", "Coffee is black."))
    assert outside(over, "Coffee?") is None


def test_a_page_tells_if_it_tells_more_than_what_it_does_not():
    pages = ("a#1", True), ("a#2", True), ("a#3", False), ("x#1", True), ("x#2", False), ("x#3", False)
    sections = [titled(name, name, "Text.", covered=covered) for name, covered in pages]
    assert telling_pages(sections) == {"a"}


def test_silence_leads_on_a_page_that_tells():
    """The phrasing of what is silent must be as near as that of anything covered."""
    over = topics(titled("a#1", "Lids", "A lid."), titled("a#2", "Age", "Not stated.", covered=False))
    ranked, near, far = np.array([1, 0]), {"outside_phrasing": 0.01}, {"outside_phrasing": -0.01}
    assert leading_silence(ranked, near, over, {"a"}) == 1
    assert leading_silence(ranked, near, over, set()) is None
    assert leading_silence(ranked, far, over, {"a"}) is None
    assert leading_silence(ranked[::-1], near, over, {"a"}) is None
    assert leading_silence(ranked[:0], near, over, {"a"}) is None


def shared(covered: int) -> Topics:
    """A site of which so many covered sections, and one that is not, speak of steam."""
    speaking = (titled(f"s{n}#s", f"Boiler {n}", "It makes steam.") for n in range(covered))
    silent = (titled(f"g{n}#g", f"Number {n}", f"Of the harbour, entry {n}.") for n in range(100))
    return topics(*speaking, titled("x#steam", "Steam", "Elsewhere.", covered=False), *silent)


@pytest.mark.parametrize(("covered", "named"), [(3, "x#steam"), (5, "x#steam"), (9, "x#steam"), (10, None)])
def test_mentions_in_passing_make_no_topic_a_covered_one(covered: int, named: str | None):
    assert outside(shared(covered), "Is there steam?") == named


@pytest.mark.parametrize(("covered", "named"), [(3, "x#steam"), (5, None)])
def test_a_word_names_such_a_topic_if_one_in_five_that_are_called_so_is_one(covered: int, named: str | None):
    called = (
        replace(section, title=f"Steam {section.title}") if section.text == "It makes steam." else section
        for section in shared(covered).index.sections
    )
    assert outside(topics(*called), "Is there steam?") == named


def test_a_name_has_two_letters_at_least():
    over = topics(titled("a#a", "Teapots", "A teapot pours."), titled("x#x", "TV sets", "Elsewhere.", covered=False))
    many = topics(*over.index.sections, *(titled(f"g{n}#g", f"Number {n}", f"Entry {n}.") for n in range(20)))
    assert outside(many, "Has it a TV?") == "x#x"


@pytest.mark.parametrize(("letter", "named"), [("h", "x#h"), ("i", None)])
def test_the_nearest_eight_such_topics_are_looked_at(letter: str, named: str | None):
    away = [titled(f"x#{letter}", f"Brew{letter}", "Elsewhere.", covered=False) for letter in "abcdefghi"]
    over = topics(
        titled("a#a", "Teapots", "A teapot pours."), *away, *(section(f"g{n}#g", "Entry.") for n in range(20))
    )
    assert outside(over, f"Is there brew{letter}?") == named


def test_a_page_that_tells_as_much_as_it_does_not_is_no_telling_one():
    assert telling_pages([titled("a#1", "Lids", "A lid."), titled("a#2", "Age", "Not stated.", covered=False)]) == set()


@pytest.mark.parametrize(
    ("question", "names", "wanted"),
    [
        ("Does a teapot pour with espresso?", ("espresso",), True),
        ("Espresso stands beside it. Does a teapot pour milk?", ("milk",), False),  # a condition
        ("Does a teapot pour espresso by the litre?", (), True),  # no word names what is left out
        ("Espresso is what we drink. Does a teapot pour?", (), False),
        ("How much does espresso cost?", ("the price",), True),  # the kind of thing asked for stands beside it
    ],
)
def test_a_topic_is_asked_for_if_what_is_left_out_names_it(
    site: Topics, question: str, names: tuple[str, ...], wanted: bool
):
    read = asked(question, site)
    part = account(read, range(len(site)), site, NONE).outside_part
    assert part is not None and part.text.lower() == "espresso"
    assert asks_for(part, read, names, 0, site) is wanted


def test_what_the_cited_topic_speaks_of_is_not_asked_elsewhere(site: Topics):
    read = asked("Does a teapot pour espresso?", site)
    part = account(read, range(len(site)), site, NONE).outside_part
    assert part is not None
    assert asks_for(part, read, (), 0, site) and not asks_for(part, read, (), 3, site)


PRICES, SALES, TEAPOTS = 1, 2, 0
SILENT = topics(
    titled("a#a", "Teapots", "A teapot pours."),
    titled(
        *("x#x", "Prices", "Not told."),
        covered=False,
        phrasings=("what does a teapot cost?", "where is it sold?", "who makes it?"),
    ),
    titled("y#y", "Sales", "Sold here.", phrasings=("what does a teapot cost?",)),
)


def kind(key: str, asks: str) -> Kind:
    """A kind of thing, which a question asks for with these words."""
    return Kind(key, re.compile(asks), re.compile("$^"))


PRICE, REASON, SOLD = kind("price", "cost"), kind("reason", "why"), kind(PLACE, "where")


@pytest.mark.parametrize(
    ("kinds", "ranked", "topic"),
    [
        ([PRICE], [TEAPOTS, SALES, PRICES], PRICES),
        ([REASON, PRICE], [TEAPOTS, SALES, PRICES], PRICES),  # one of those asked for is enough
        ([REASON], [TEAPOTS, SALES, PRICES], None),
        ([PRICE], [TEAPOTS, SALES], None),  # one that is covered is silent on nothing
        ([], [PRICES], None),
        ([PRICE], [TEAPOTS] * 4 + [PRICES], PRICES),
        ([PRICE], [TEAPOTS] * 5 + [PRICES], None),  # too far
        ([SOLD], [TEAPOTS] * 5 + [PRICES], PRICES),  # where a thing is may stand far
        ([REASON, SOLD], [TEAPOTS] * 5 + [PRICES], PRICES),
        ([PRICE, kind(PLACE, "whither")], [TEAPOTS] * 5 + [PRICES], None),  # but nothing else that is asked with it
    ],
)
def test_a_kind_that_is_asked_for_is_not_stated_by_a_near_topic_with_a_wording_that_asks_for_it(
    kinds: Sequence[Kind], ranked: Sequence[int], topic: int | None
):
    assert silent_on(kinds, ranked, SILENT) == topic
