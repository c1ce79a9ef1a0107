"""Of sections with commands the one leads that speaks of what the command is to tell."""

from dataclasses import replace

import pytest
from handmade import asked, ranking, section, topics
from teapots import titled

from bot.decision.asked_command import asked_command_first
from index.records import Form, FormKind, Section


def commands(made: Section) -> Section:
    return replace(made, forms=(Form(FormKind.CODE, 0, 3, "bash"),))


SITE = topics(
    commands(titled("a#a", "Pouring", "pour it with the spout.", "The teapot is hot.")),
    titled("b#b", "Lids", "A lid is of glass."),
    commands(titled("c#c", "Many things", "See the teapot.", "A lid is there.")),
    commands(titled("d#d", "Which lid", "See which lid a teapot has.")),
    replace(section("glossary#terms"), synonyms=(("lid", "cover"), ("teapot", "kettle"))),
)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("which command tells me which lid the kettle has", 3),  # in a single sentence
        ("which kubectl line shows the cover of a teapot?", 3),
        ("which command pours the teapot", 0),
        ("which lid does the teapot have", 0),  # asks for no command
        ("which command pours it", 0),  # names no term
    ],
)
def test_the_section_that_speaks_of_all_terms_leads(question: str, first: int):
    ranked = asked_command_first(asked(question, SITE), ranking(5.0, 4.0, 3.0, 2.0, 1.0), SITE)
    assert ranked.order[0] == first


def test_where_no_section_with_commands_does_nothing_changes():
    over = topics(
        commands(titled("a#a", "Pouring", "pour it.")),
        titled("b#b", "Lids", "A lid is of glass."),
        replace(section("glossary#terms"), synonyms=(("lid", "cover"),)),
    )
    ranked = ranking(3.0, 2.0, 1.0)
    assert asked_command_first(asked("which command tells the lid", over), ranked, over) is ranked
