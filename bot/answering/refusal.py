"""What is said where nothing is quoted, or not all: which topic is not covered, or which part of the question."""

from collections.abc import Sequence

from bot.language import say
from index.records import Section


def refusal(section: Section | None, left_out: Sequence[str], lang: str) -> str:
    """Says plainly what is not covered: in the site's own words where it names the topic."""
    if section and section.text:
        return section.text
    if left_out:
        return say(lang, "answers", "part_not_covered", names=listed(left_out, lang))
    return say(lang, "answers", "not_covered")


def listed(names: Sequence[str], lang: str) -> str:
    """Parts of a question in quotation marks, as a sentence names them."""
    return say(lang, "answers", "and").join(say(lang, "answers", "named", name=name) for name in names)
