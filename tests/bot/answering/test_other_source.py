"""A section that states what another source says: the answer says so, and gives no yes or no."""

from dataclasses import replace

import pytest
from handmade import section
from twosites import first_index

from bot.answering.ask import Bot
from bot.answering.refusal import topic
from bot.records import Status

PAGE = """<!doctype html><html lang="en"><head><title>Coffee</title></head><body><main><article>
<h1 id="coffee">The coffee machine</h1>
<h2 id="descale">Can the machine be descaled with vinegar?</h2><p>No. Only citric acid is allowed.</p>
<h2 id="decaf" class="other-source">Can the machine grind decaf beans?</h2>
<p>Yes. According to another source, the dealer's handbook (edition of 2020-01-02), decaf beans are ground, too.</p>
<h2 id="milk" class="not-covered">How long does milk keep?</h2><p>How long milk keeps is not stated.</p>
</article></main></body></html>"""

MARK = "On “Can the machine grind decaf beans?”, the following comes from a source other than the site's own:"


@pytest.fixture(scope="module")
def coffee(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    folder = tmp_path_factory.mktemp("coffee")
    (folder / "site").mkdir()
    (folder / "site/index.html").write_text(PAGE, "utf-8")
    first_index(folder / "site", folder / "index")
    return Bot.load(folder / "index", "bundled")


def test_what_another_source_says_is_marked_and_is_no_verdict(coffee: Bot):
    answer = coffee.ask("Can the machine grind decaf beans?")
    assert answer.status is Status.ANSWERED and answer.citations[0].section == "index#decaf"
    assert answer.answer.startswith(f"{MARK}\nAccording to another source")
    assert (answer.verdict, answer.not_stated) == (None, ("Can the machine grind decaf beans?",))
    assert answer.certainty != "high"


def test_what_the_own_source_says_keeps_its_verdict(coffee: Bot):
    answer = coffee.ask("Can the machine be descaled with vinegar?")
    assert (answer.verdict, answer.not_stated) == ("no", ())


def test_silence_is_not_cited(coffee: Bot):
    answer = coffee.ask("How long does milk keep?")
    assert (answer.status, answer.citations) == (Status.NOT_COVERED, ())


def test_a_follow_up_that_repeats_a_heading_is_held_to_the_same(coffee: Bot):
    before = ["Can the machine grind decaf beans?"]
    marked = coffee.ask("the machine: grind decaf beans", history=before)
    assert marked.citations[0].section == "index#decaf" and len(marked.not_stated) == 1
    assert marked.answer.startswith(f"{MARK}\n")
    assert coffee.ask("how long does milk keep", history=before).status is not Status.ANSWERED


def test_the_topic_is_the_heading_and_not_the_whole_question(coffee: Bot):
    answer = coffee.ask("Tell me, can that coffee machine of ours also grind decaf beans?")
    assert answer.not_stated == ("Can the machine grind decaf beans?",)


def test_a_heading_that_only_names_a_kind_is_named_with_its_page():
    steps, milk = (section(f"a#{title}", "Pour.", title=title) for title in ("Steps", "Milk"))
    assert topic(replace(steps, path=("Brewing", "Tea"))) == "Brewing › Steps"
    assert topic(replace(milk, path=("Brewing", "Tea"))) == "Milk"
