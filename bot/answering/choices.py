"""What is offered beside an answer, or instead of one: questions to choose from, and the sections that come next."""

from collections.abc import Iterable, Iterator, Set
from itertools import islice

from bot.evidence.topics import Topics
from bot.language import SPOKEN, detect
from bot.question.parts import patterns
from bot.records import RunnerUp
from index.records import Section

CHOICES = 3
RUNNERS_UP = 5
NEAR = 24  # topics looked at for choices
FIRST = 1000  # … and for what can be asked at all


def near(ranked: Iterable[int], topics: Topics, lang: str) -> tuple[str, ...]:
    """Titles of the covered topics that rank highest, as questions to choose from."""
    usable = list(_usable(islice(ranked, NEAR), topics, lang))
    # Headings that are questions (the FAQ) read best as choices; a site without any offers what it has. What comes
    # closest stays first all the same, if its author worded it as one would ask for it.
    closest = next((section for section in usable[:1] if section.phrasings), None)
    usable.sort(key=lambda section: (section is not closest, not is_question(section.title)))
    choices: dict[str, None] = {}
    for section in usable:
        if len(choices) == 2 * CHOICES:
            break
        choices[as_question(section)] = None
    return tuple(choices)


def closest(ranked: Iterable[int], topics: Topics, lang: str) -> tuple[str, ...]:
    """Questions to choose from where several sections come close: the nearest lead, however they are headed."""
    ranked = list(islice(ranked, NEAR))
    usable = islice(_usable(ranked, topics, lang), RUNNERS_UP)
    worded = (as_question(section) for section in usable if section.phrasings or is_question(section.title))
    return tuple(dict.fromkeys((*worded, *near(ranked, topics, lang))))


def starters(topics: Topics, lang: str) -> tuple[str, ...]:
    """The site's own first questions: what can be asked here. Of a large site only the first topics are looked at."""
    sections = (topics.in_language(topic, lang) for topic in range(min(len(topics), FIRST)))
    questions = (section.title for section in sections if section.covered and is_question(section.title))
    distinct: dict[str, None] = {}
    for question in questions:
        distinct[question] = None
        if len(distinct) == CHOICES:
            break
    return tuple(distinct)


def runners_up(ranked: Iterable[int], topics: Topics, lang: str, cited: Set[str]) -> tuple[RunnerUp, ...]:
    """The covered sections that rank highest and are not cited, in the asker's language (or the one there is)."""
    usable = (section for section in _usable(ranked, topics, lang) if section.id not in cited)
    # With the page's heading: "How to fix it" alone says nothing.
    return tuple(RunnerUp(s.id, s.lang, " › ".join((*s.path[:1], s.title)), s.url) for s in islice(usable, RUNNERS_UP))


def nearest(ranked: Iterable[int], topics: Topics, lang: str, most: int) -> tuple[Section, ...]:
    """The covered sections that rank highest, in the asker's language (or the one there is)."""
    return tuple(islice(_usable(ranked, topics, lang), most))


def as_question(section: Section) -> str:
    """A question that the section answers, as a reader of its language would write it; else its heading."""
    if is_question(section.title):
        return section.title
    langs = (section.lang, *SPOKEN)  # authors mix wordings of other languages in
    wordings = [text for text in section.phrasings if detect(text, langs) == section.lang] or section.phrasings
    asked = [text for text in wordings if _asks(text)]
    if asked:
        text = asked[0]
        return text if is_question(text) else f"{text[0].upper()}{text[1:].rstrip(' .')}?"
    whole = next(filter(is_question, wordings), None)
    return whole or " › ".join((*section.path[:1], section.title))


def _asks(text: str) -> bool:
    """Whether a text begins as a question of a language that writes capitals, or ends as one."""
    return any(pattern.match(text) for pattern in patterns("asking"))


def is_question(title: str) -> bool:
    """Whether a heading ends as a question does, in any language or by a Japanese ending."""
    return title.rstrip(" 。").endswith(("?", "？", "ですか", "ますか", "でしょうか"))


def _usable(ranked: Iterable[int], topics: Topics, lang: str) -> Iterator[Section]:
    sections = (topics.in_language(int(topic), lang) for topic in ranked)
    return (section for section in sections if section.covered and section.sentences)
