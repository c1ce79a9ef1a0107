"""Each sentence of the site is read once for a question, not once for each of its words."""

from collections.abc import Callable
from dataclasses import replace

from handmade import asked, ranking, section, topics

from bot.decision.asked_command import asked_command_first
from index.records import Form, FormKind

from .counted import operations

WORDS = [f"{first}{second}ang" for first in "bdfgklmnpr" for second in "aeiou"]
TIMES = 5  # as much work for sixteen times as many words: each is looked for, the sentences are cut once


def test_a_section_with_commands_is_looked_for_in_little_more_work_for_many_more_words():
    made = replace(section("c#c", " ".join(["A lid and a teapot, some cups, plates and knives."] * 20)),
                   forms=(Form(FormKind.CODE, 0, 3, "bash"),))  # fmt: skip
    site = topics(section("a#a", "It is hot."), made, replace(section("g#g"), synonyms=(("lid", "cover"),)))

    def looking(count: int) -> Callable[[], object]:
        question = asked(f"which command {' '.join(WORDS[:count])} the lid", site)
        return lambda: asked_command_first(question, ranking(3.0, 2.0, 1.0), site)

    assert looking(3)().order[0] == 1  # type: ignore[attr-defined]
    few, many = operations(looking(3)), operations(looking(48))
    assert many < TIMES * few, many / few
