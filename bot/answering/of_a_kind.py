"""After a question about one of a kind, "which lid can?" asks the same of all of that kind, and no more about the one.

That the samovar's lid is one of the lids is said by its heading, which stands below one that names the kind.
"""

from bot.evidence.topics import Topics
from bot.question.conversation import which_of
from bot.question.parts import parts, plain, stems
from bot.question.question import Question
from index.lexical.words import words


def of_all(question: Question, before: str, topics: Topics) -> str | None:
    """The question before without its one of the kind that this one asks for, and this one; None: there is none."""
    kind = which_of(question.plain)
    wanted = stems(parts(kind)) if kind else frozenset()
    if not wanted:
        return None
    earlier = plain(before)
    own = [shown for name, shown in topics.glossary.mentions(earlier).items() if _is_headed(name, wanted, topics)]
    return f"{earlier.replace(own[0], ' ')}\n{question.text}" if len(own) == 1 else None


def _is_headed(name: str, kind: frozenset[str], topics: Topics) -> bool:
    """Whether a heading names this term alone, at its end, and stands below one that names its kind."""
    names = topics.glossary.group(name)
    held = {int(place) for each in names for place in topics.index.words.places(words(each))}
    paths = (
        section.path
        for section in (topics.index.sections[place] for place in sorted(held))
        if (titled := topics.glossary.mentions(plain(section.title))).keys() == {name}
        and section.title.endswith(titled[name])
    )
    return any(kind <= stems(part for heading in path for part in parts(plain(heading))) for path in paths)
