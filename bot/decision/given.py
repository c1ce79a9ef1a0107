"""What a question gives otherwise than the section that is nearest: a condition that may turn the answer.

It may stand on the other side ("the same room", where the section speaks of another), take away what the section is
about ("not joined"), name a term as a condition, an origin or a doing again of which the section says nothing, or ask,
behind its condition, for something else. How a text says so is data of each language (bot/words/<lang>/question.toml).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.decision.negation import negated_states
from bot.decision.relations import counted, counted_term, directions, says_several
from bot.decision.same_or_other import SAME, is_turned, sides, sides_of
from bot.decision.stated import Stated, holds, own_text, sections_with, speaks_of, stated_by
from bot.evidence.topics import Topics
from bot.question.parts import neutral, parts, patterns, plain, stem
from bot.question.question import Question
from index.lexical.words import normalise, words

GIVEN = 0.15  # share of the sections: what so many speak of is no condition
PAIR = 2  # of what is counted side by side
BESIDE = 60  # letters in front of "from there" that name what is reached
SHORTEST = 2  # letters of a word that names something
_NOUN = re.compile(r"(?<=[^\u30a0-\u30ff])[\u30a0-\u30ff]{2,}$|(?<=\w[ -])[a-z]{3,}$")  # the last of several words


def given_otherwise(question: Question, topic: int, topics: Topics) -> list[str]:
    """What of a question goes against a topic or stands outside of it, as the question writes it."""
    (stated,) = stated_by([topic], topics)
    asked = question.plain
    return [
        *_other_side(asked, topic, topics),
        *_negated(asked, topic, topics),
        *_conditions(asked, stated, topics),
        *_again(asked, stated),
        *_origins(asked, topic, topics),
        *_reaching_out(asked, topic, topics),
        *_counted_otherwise(asked, topic, topics),
        *_of_another(asked, topic, topics),
        *_between_several(asked, topic, topics),
        *_behind_a_condition(question, stated, topics),
    ]


def _matches(name: str, text: str) -> Iterator[re.Match[str]]:
    return (match for pattern in patterns(name) for match in pattern.finditer(text))


def _other_side(asked: str, topic: int, topics: Topics) -> list[str]:
    """What a question says to be the same, where the topic speaks of another one, or of a term never as the same."""
    stated = sides_of(topic, topics)
    wordings = [text for section in topics.sections(topic).values() for text in section.phrasings]
    worded = {what for text in wordings for what, (said, _) in sides(text, topics.glossary).items() if False in said}
    return [
        shown
        for what, (said, shown) in sides(asked, topics.glossary).items()
        if said == SAME and what not in worded and is_turned(what, said, stated, topics)
    ]


def _negated(asked: str, topic: int, topics: Topics) -> list[str]:
    """What a question takes away and a topic is headed by, which never takes it away."""
    text, headed = _text(topic, topics), _headed(topic, topics)
    negated = {stem(normalise(match["what"])) for match in negated_states(text)}
    return [
        match.group().strip()
        for match in negated_states(asked)
        if match["what"].lower() not in neutral()
        and stem(normalise(match["what"])) not in negated
        and _speaks(headed, match["what"])
    ]


def _headed(topic: int, topics: Topics) -> Stated:
    """What the titles of a topic say, without its wordings."""
    held = topics.sections(topic).values()
    return Stated.of((replace(section, path=(), text="", phrasings=()) for section in held), topics)


def _text(topic: int, topics: Topics) -> str:
    """A topic's titles and texts, in all languages."""
    return plain(own_text(topic, topics))


def _speaks(stated: Stated, word: str) -> bool:
    """Whether a topic has a word in any form; of Japanese, its letters."""
    written = normalise(word)
    return stem(written) in stated.stems or (not written.isascii() and written in stated.text)


def _conditions(asked: str, stated: Stated, topics: Topics) -> list[str]:
    """Terms that a question sets as a condition, and of which the topic does not speak under any name."""
    most = GIVEN * len(topics.index.sections)
    named = []
    for match in _matches("conditions", asked):
        mentions = topics.glossary.mentions(match["what"])
        last = max(mentions.items(), key=lambda each: match["what"].rfind(each[1]), default=None)
        if last is None or not match["what"].rstrip().endswith(last[1]):
            continue
        name, shown = last
        names = {name, normalise(shown), *topics.glossary.group(normalise(shown))}
        single = [written for each in (normalise(shown), *names) if len(written := words(each)) == 1]
        common = max((sections_with(token, topics) for (token,) in single), default=0) > most
        if not common and not any(each in stated.text for each in names):
            named.append(shown)
    return list(dict.fromkeys(named))


def _again(asked: str, stated: Stated) -> list[str]:
    """What a question does again ("reassemble"), if a topic does not: it may only speak of doing it."""
    again = []
    for match in _matches("again", asked):
        known = stem(normalise(match.group())) in stated.stems or normalise(match.group()) in stated.text
        if not known:
            again.append(match.group())
    return again


def _origins(asked: str, topic: int, topics: Topics) -> list[str]:
    """From where something is reached, if the heading names it as what is reached, and from elsewhere alone."""
    stated = {stem(normalise(match["what"])) for match in _matches("origins", _text(topic, topics))}
    headed = _headed(topic, topics)
    return [
        match["where"]
        for match in _matches("origins", asked)
        if stated and stem(normalise(match["what"])) not in stated and _speaks(headed, match["what"])
    ]


def _reaching_out(asked: str, topic: int, topics: Topics) -> list[str]:
    """What reaches something else, if the topic only says from where that itself is reached."""
    text = _text(topic, topics)
    reached = [text[max(0, match.start() - BESIDE) : match.end()] for match in _matches("origins", text)]
    inwards = {name for clause in reached for name in topics.glossary.mentions(clause)}
    origins = (
        match[group] for name, group in (("origins", "what"), ("reaches", "from")) for match in _matches(name, text)
    )
    outwards = {name for origin in origins for name in topics.glossary.mentions(origin)}
    titles = plain("\n".join(section.title for section in topics.sections(topic).values()))
    headed = inwards & topics.glossary.mentions(titles).keys()
    return [
        f"{match['from'].strip()} → {match['to'].strip()}"
        for match in _matches("reaches", asked)
        if (headed - outwards) & topics.glossary.mentions(match["from"]).keys()
        and headed.isdisjoint(topics.glossary.mentions(match["to"]))
    ]


def _counted_otherwise(asked: str, topic: int, topics: Topics) -> list[str]:
    """What a question counts side by side ("two lids, one pot"), if the topic counts none of it.

    If it counts a part of that, what it neither counts nor is asked for of which there are several.
    """
    matches = _shortest(counted(asked))
    terms = {name for match in matches if (name := counted_term(match["what"], topics))}
    if len(matches) < PAIR or not terms:
        return []
    held = topics.sections(topic).values()
    headings = plain("\n".join("\n".join((each.title, *each.phrasings)) for each in held))
    whole = plain("\n".join((headings, *(each.text for each in held))))
    stated = [match["what"] for match in counted(whole)]
    if not terms & {counted_term(what, topics) for what in stated}:
        # One of a thing is what any text speaks of; several, only a text that says so.
        counts = {stem(last) for match in counted(whole) if says_several(match) and (last := _last_word(match))}
        untold = any(stem(_last_word(match)) not in counts for match in matches if says_several(match))
        return [match.group().strip() for match in matches] if untold else []
    known = normalise("\n".join((headings, *stated)))
    several = filter(says_several, matches)
    return [match.group().strip() for match in several if not _is_known(match["what"], known, topics)]


def _last_word(count: re.Match[str]) -> str:
    """The last word of what is counted, as the index writes it."""
    return next((part.word for part in reversed(list(parts(plain(count["what"]))))), "")


def _shortest(matches: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """Matches without those that hold another one: a pattern of one language may read on in another."""
    held = {match.span(): match for match in matches}
    return [
        match
        for (start, end), match in held.items()
        if not any(start <= first and last <= end for first, last in held.keys() - {(start, end)})
    ]


def _of_another(asked: str, topic: int, topics: Topics) -> list[str]:
    """A term that names a kind of what a topic is headed by ("glass teapot"), if the topic only speaks of another."""
    headed, text = _headed(topic, topics), normalise(_text(topic, topics))
    ways = {end for pair in directions(asked, topics) for end in pair}
    absent = []
    for name, shown in topics.glossary.mentions(asked).items():
        kind = _NOUN.search(normalise(shown))
        names = {name, normalise(shown), *topics.glossary.group(normalise(shown))}
        if kind is None or name in ways or any(each in text for each in names):
            continue
        if normalise(asked).count(kind.group()) == 1 and _speaks(headed, kind.group()):
            absent.append(shown)
    return absent


def _between_several(asked: str, topic: int, topics: Topics) -> list[str]:
    """What is asked of several of one kind among themselves, if no sentence of a topic says that of them."""
    untold = []
    for match in _matches("between", asked):
        named = [part.word for part in parts(match["what"])][-1:]
        term = counted_term(match["what"], topics)
        names = (*topics.glossary.group(term), term) if term else ()
        said = (plain(section.quote(span)) for section in topics.sections(topic).values() for span in section.sentences)
        among = [text for text in said if any(True for _ in _matches("among", text))]
        written = [(normalise(text), frozenset(map(stem, words(text)))) for text in among]
        if not any(
            any(holds(text, name) for name in names) or any(stem(word) in stems for word in (*names, *named))
            for text, stems in written
        ):
            untold.append(match.group().strip())
    return untold


def _is_known(what: str, known: str, topics: Topics) -> bool:
    """Whether a normalised text has what is counted, under any name; of several words the last that is a noun."""
    term = counted_term(what, topics)
    named = [part.word for part in parts(plain(what)) if part.script != "han"][-1:]
    names = (*topics.glossary.group(term), term) if term else ()
    return not named or any(holds(known, name) for name in names) or any(stem(word) in known for word in named)


def _behind_a_condition(question: Question, stated: Stated, topics: Topics) -> list[str]:
    """What a question asks for behind its condition, if the topic speaks of nothing there: it answers the condition."""
    match = next(_matches("conditional", question.plain), None)
    if match is None:
        return []
    start, end = match.span("asked")
    named = [part for part in question.words if start <= part.start < end and part.word not in neutral()]
    texts: Sequence[str] = [part.text for part in named if len(part.text) >= SHORTEST and part.script != "size"]
    silent = not any(speaks_of(stated, part, topics) for part in named if len(part.text) >= SHORTEST)
    return list(texts) if silent else []
