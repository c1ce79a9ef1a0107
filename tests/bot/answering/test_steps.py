"""A procedure is quoted whole, wherever its steps stand."""

import pytest
from handmade import asked, topics

from bot.answering.compose import Quoted
from bot.answering.steps import GAP, reach, with_steps
from index.reading.drafts import to_section
from index.reading.page import read_page
from index.records import Section

HOW = "How do I light the lamp?"
WHETHER = "Is the lamp bright?"


def sections(body: str) -> list[Section]:
    page = read_page(f"<main>{body}</main>".encode(), "/a/")
    return [to_section(draft, "a", "en", "/a/", ()) for draft in page.drafts]


def reached(body: str, quote: str, question: str) -> str:
    (section,) = sections(f"<h1 id='a'>A</h1>{body}")
    start = section.text.index(quote)
    begin, end = reach(section, start, start + len(quote), asked(question))
    return section.text[begin:end]


CODE = "<pre><code>{}</code></pre>"


@pytest.mark.parametrize("question", [HOW, WHETHER])
def test_a_quote_reaches_the_command_that_it_introduces_and_its_output(question: str):
    body = f"<p>Light it:</p>{CODE.format('light')}<p>It says:</p>{CODE.format('lit')}<p>Done.</p>{CODE.format('x')}"
    assert reached(body, "Light it:", question) == "Light it:\nlight\nIt says:\nlit"


def test_a_label_between_a_sentence_and_its_code_is_shown():
    body = "<p>Write it:</p><div><span class='filename'>lamp.toml</span><pre><code>level = 1</code></pre></div>"
    assert reached(body, "Write it:", WHETHER) == "Write it:\nlamp.toml\nlevel = 1"


def test_only_who_asks_how_gets_a_command_that_stands_further_on():
    body = f"<p>It needs light.</p><p>It is simple.</p>{CODE.format('light')}"
    assert reached(body, "It needs light.", HOW) == "It needs light.\nIt is simple.\nlight"
    assert reached(body, "It needs light.", WHETHER) == "It needs light."
    far = f"<p>It needs light.</p><p>{'Words. ' * GAP}</p>{CODE.format('light')}"
    assert reached(far, "It needs light.", HOW) == "It needs light."


def test_what_explains_a_command_comes_with_it():
    body = f"<p>Run:</p>{CODE.format('light')}<p>This lights it.</p>"
    assert reached(body, "This lights it.", HOW) == "Run:\nlight\nThis lights it."
    assert reached(body, "This lights it.", WHETHER) == "This lights it."


def cited(body: str, question: str, ranked: tuple[int, ...] = ()) -> list[str]:
    page = sections(body)
    first = page[0]
    return [
        quoted.section.id
        for quoted in with_steps(asked(question), [Quoted(first, first.sentences)], ranked, topics(*page))
    ]


STEPS = "<ol><li>Open the case.</li><li>Press.</li></ol>"
INTRODUCTION = "<h2 id='light'>Light</h2><p>There is one way.</p>"


@pytest.mark.parametrize(
    ("body", "question", "ids"),
    [
        (f"{INTRODUCTION}<h3 id='way'>Way</h3>{STEPS}", HOW, ["a#light", "a#way"]),
        (f"{INTRODUCTION}<h3 id='way'>Way</h3><p>Light it.</p>{CODE.format('light')}", HOW, ["a#light", "a#way"]),
        (f"{INTRODUCTION}<h3 id='way'>Way</h3>{STEPS}", WHETHER, ["a#light"]),
        (f"{INTRODUCTION}<h3 id='way'>Way</h3><p>No steps.</p>", HOW, ["a#light"]),
        (f"{INTRODUCTION}<h2 id='other'>Other</h2>{STEPS}", HOW, ["a#light"]),
        (f"{INTRODUCTION.replace('way.', 'way:')}<h2 id='way'>Way</h2>{STEPS}", WHETHER, ["a#light", "a#way"]),
        (f"{INTRODUCTION}{STEPS}<h3 id='way'>Way</h3>{STEPS}", HOW, ["a#light"]),
        (INTRODUCTION, HOW, ["a#light"]),
    ],
)
def test_an_introduction_brings_the_section_that_carries_its_steps(body: str, question: str, ids: list[str]):
    assert cited(body, question) == ids


def test_of_the_sections_below_an_introduction_the_best_one_brings_its_steps():
    long = "<h1 id='light'>Light</h1><p>There are ways. " + "Words about light. " * 40 + "</p>"
    ways = "".join(f"<h2 id='{name}'>{name}</h2>{STEPS}" for name in ("one", "two"))
    body = f"{long}<h2 id='none'>None</h2><p>No steps.</p>{ways}"
    assert cited(body, HOW, (0, 1, 3, 2)) == ["a#light", "a#two"]
    assert cited(body, HOW, (0, 1)) == ["a#light"]
    assert cited(body, WHETHER, (0, 1, 3, 2)) == ["a#light"]


def test_nothing_quoted_brings_nothing():
    assert with_steps(asked(HOW), [], (), topics(*sections(INTRODUCTION))) == ()


def test_who_asks_how_gets_the_nearest_command_however_far_it_stands():
    words = f"<p>{'More words. ' * 60}</p>"
    ahead = f"<p>It needs light.</p>{words}{CODE.format('light')}"
    assert reached(ahead, "It needs light.", HOW).endswith("\nlight")
    behind = f"<p>Light it:</p>{CODE.format('light')}{words}<p>It is lit now.</p>"
    assert reached(behind, "It is lit now.", HOW).startswith("Light it:\nlight\nMore words.")
    assert reached(behind, "It is lit now.", WHETHER) == "It is lit now."


def test_back_to_the_first_step_with_its_label_and_not_to_what_stands_before():
    body = (
        "<p>A lamp is bright.</p><p>Open it:</p><div><span class='filename'>a.toml</span>"
        f"{CODE.format('open')}</div><p>Then light it:</p>{CODE.format('light')}<p>It is done. It shines.</p>"
    )
    assert reached(body, "It shines.", HOW) == ("Open it:\na.toml\nopen\nThen light it:\nlight\nIt is done. It shines.")


@pytest.mark.parametrize(
    ("question", "code"),
    [("helm steps for the lamp?", True), ("Do I helm the lamp?", False), ("Can you show the helm command?", True)],
)
def test_who_only_asks_whether_is_shown_no_command_in_front(question: str, code: bool):
    body = f"<p>First light it.</p>{CODE.format('light it')}<p>A lamp of the house is lit already.</p>"
    assert ("light it" in reached(body, "A lamp of the house is lit already.", question)) is code
