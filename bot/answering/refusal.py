"""What is said where nothing is quoted, or not all: which topic is not covered, or which part of the question."""

from collections.abc import Sequence

from bot.decision.naming import whole
from bot.decision.unstated import Unstated
from bot.evidence.topics import Topics
from bot.language import say
from bot.question.conversation import only_a_kind
from bot.question.parts import is_closed
from bot.question.question import Question
from bot.records import Outside
from index.records import Section


def refusal(section: Section | None, left_out: Sequence[str], lang: str) -> str:
    """Says plainly what is not covered: in the site's own words where it names the topic."""
    if section and section.text:
        return section.text
    if left_out:
        return say(lang, "answers", "part_not_covered", names=listed(left_out, lang))
    return say(lang, "answers", "not_covered")


def outside_links(section: Section | None) -> tuple[Outside, ...]:
    """Where else the topic of a section that does not cover it can be read."""
    return tuple(Outside(link.text, link.url) for link in section.outside) if section else ()


def reservation(
    question: Question, left_out: Unstated, names: tuple[str, ...], section: Section, lang: str, topics: Topics
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentence before quotes that leave something out, if they do, and the parts of the question that it names.

    `names`: the parts that the quotes leave out; `section`: of the first quote. A version that is not there is one part
    more; what another source says needs the sentence, too, and names the topic (its heading) if no part is left out.
    """
    missing = (question.missing,) if question.missing else ()
    others = () if missing and (left_out.whole or question.missing == whole(question)) else names
    names = (*missing, *(name for name in others if not any(name in each for each in missing)))
    key = "not_stated_whole" if left_out.whole and not missing else "not_stated"
    if section.other_source:
        key = "other_source_beside" if names and key == "not_stated" else "other_source"
        names = names or (topic(section),)
    elif is_closed(question.asking) and names and all(map(topics.glossary.is_term, names)):
        key = "not_stated_of"  # the site does speak of a term of its glossary
    return ((say(lang, "answers", key, names=listed(names, lang)),) if names else ()), names


def topic(section: Section) -> str:
    """What a section is about: its heading, below that of its page where it only names a kind of thing ("Steps")."""
    return " › ".join((*section.path[:1], section.title)) if only_a_kind(section.title) else section.title


def listed(names: Sequence[str], lang: str) -> str:
    """Parts of a question in quotation marks, as a sentence names them."""
    return say(lang, "answers", "and").join(say(lang, "answers", "named", name=name) for name in names)
