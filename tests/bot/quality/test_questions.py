"""Questions proposed for a made-up site in two languages."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from handmade import section, topics

from bot.evidence.topics import Topics
from bot.quality.calibrate import read_questions
from bot.quality.questions import COUNT, UNCOVERED, propose, reviewed, write
from index.records import Genre

THINGS = ["lamp", "clock", "table", "window", "garden", "kettle", "carpet", "mirror", "ladder", "shelf"]
PARTS = {"Switch on the": "en", "Parts of the": "en", "What does it cost, the": "en"}


def site() -> Topics:
    english = [
        section(f"{name}#{n}", f"The {name} is here. The {name} is there.", title=f"{part} {name}")
        for name in THINGS
        for n, part in enumerate(PARTS)
    ]
    japanese = [section(f"{name}#0", f"{name} です。", lang="ja", title=f"{name}を点灯する") for name in THINGS]
    return topics(*english, *japanese)


@pytest.fixture(scope="module")
def proposals() -> list:
    return propose(site())


def test_the_same_site_gives_the_same_forty_questions(proposals: list):
    assert (len(proposals), sum(not proposal.question.answerable for proposal in proposals)) == (COUNT, UNCOVERED)
    assert proposals == propose(site())
    assert len({proposal.question.id for proposal in proposals}) == COUNT


def test_they_are_spread_over_pages_and_languages(proposals: list):
    covered = [proposal.question for proposal in proposals if proposal.question.answerable]
    pages = Counter(question.sections[0].partition("#")[0] for question in covered if question.lang == "en")
    assert (len(pages), max(pages.values()) - min(pages.values())) == (len(THINGS), 0)
    # A fourth of the sections is Japanese.
    assert Counter(question.lang for question in covered) == {"en": 20, "ja": 6}


def test_headings_become_questions(proposals: list):
    texts = {proposal.question.question for proposal in proposals if proposal.question.style == "question"}
    assert "What do I need to know about Parts of the lamp?" not in texts
    assert {text for text in texts if "lamp" in text} <= {
        "How do I switch on the lamp?",
        "What do I need to know about parts of the lamp?",
        "What does it cost, the lamp?",
        "lampを点灯する方法を教えてください",
    }


def test_no_section_has_what_is_proposed_as_not_covered(proposals: list):
    texts = [section.title + section.text for section in site().index.sections]
    strangers = [proposal for proposal in proposals if not proposal.question.answerable]
    assert {proposal.question.style for proposal in strangers} == {"lacking", "combined"}
    for proposal in strangers:
        named = [name for name in THINGS if name in proposal.question.question]
        assert proposal.question.style == "lacking" or not any(all(name in text for name in named) for text in texts)
        assert proposal.proposed in ("not covered", "対象外")


def test_release_notes_reference_and_what_is_not_covered_are_not_asked_about():
    lone = section("a#a", "The lamp is lit.", title="Lamp")
    others = [
        replace(section("b#b", "The lamp.", title="1.2"), genre=Genre.RELEASES),
        replace(section("c#c", "The lamp.", title="lamp()"), genre=Genre.REFERENCE),
        section("d#d", "The price.", title="Price", covered=False),
        section("e#e", title="Empty"),
    ]
    covered = [proposal for proposal in propose(topics(lone, *others)) if proposal.question.answerable]
    assert [question.question.sections for question in covered] == [("a#a",)]
    assert propose(topics(*others)) == []


def test_a_language_without_words_of_its_own_is_asked_in_headings():
    german = [section(f"{name}#a", "Sie ist hier.", lang="de", title=f"{name} einschalten") for name in THINGS]
    texts = [proposal.question.question for proposal in propose(topics(*german))]
    assert "table einschalten" in texts
    assert not [text for text in texts if "need to know" in text or "combine" in text]


def test_what_is_written_is_read_as_labelled_and_unreviewed(proposals: list, tmp_path: Path):
    file = tmp_path / "site.questions.jsonl"
    assert write(proposals, file) == 0
    assert read_questions(file) == [proposal.question for proposal in proposals]
    assert reviewed(file) == (COUNT, 0)
    assert json.loads(file.read_text("utf-8").split("\n")[0])["proposed"] == proposals[0].proposed


def test_reviewed_lines_stay_when_the_others_are_written_again(proposals: list, tmp_path: Path):
    file = tmp_path / "site.questions.jsonl"
    write(proposals, file)
    lines = file.read_text("utf-8").split("\n")
    mine = json.loads(lines[3]) | {"question": "How bright is it?", "reviewed": True}
    file.write_text("\n".join((lines[0], json.dumps(mine))) + "\n", "utf-8")
    assert write(proposals, file) == 1
    assert json.loads(file.read_text("utf-8").split("\n")[0]) == mine
    assert (reviewed(file), len({question.id for question in read_questions(file)})) == ((COUNT, 1), COUNT)
