"""Who does what: a question in which the agent and what it acts on change places is another one."""

import pytest
from handmade import asked, section, topics

from bot.decision.agents import another_agent

OVER = topics(section("a#a", "A pot warms a cup."))


@pytest.mark.parametrize(
    ("question", "wording", "another"),
    [
        ("Does the cup warm the pot?", "Does a pot warm the cup?", True),
        ("Does the pot warm the cup?", "Does a pot warm the cup?", False),
        ("Do pots warm the cup?", "Does a pot warm the cup?", False),
        ("Does the kettle warm the cup?", "Does a pot warm the cup?", False),  # another thing, in nothing's place
        ("Can I warm the pot?", "Does a pot warm the cup?", False),  # the reader does it
        ("カップは急須を温めますか", "急須はカップを温めますか？", True),
        ("陶器のカップは急須を温めますか", "陶器の急須はカップを温めますか？", True),  # its last word names the thing
        ("急須はカップを温めますか", "急須はカップを温めますか？", False),
        ("カップを急須では温めますか", "急須はカップを温めますか？", False),
        ("急須とポットでカップを温めるのはよいですか", "急須はカップを温めますか？", False),  # that one does it
        ("セーバはカップを温めますか", "セーバーはカップを、カップはセーバを温めますか？", False),  # a long mark
        ("カップを温めるのは可能ですか", "急須はカップを温めますか？", False),
    ],
)
def test_an_agent_that_changes_places_is_another(question: str, wording: str, another: bool):
    assert another_agent(asked(question, OVER), [wording], OVER) is another
