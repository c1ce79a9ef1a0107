"""`kb questions`: questions about a site, proposed from its own sections, for a person to correct and to label.

The same site gives the same questions: what is chosen follows from hashes, over all languages and as many pages as
there are. Proposals are in the site's words; they count as labelled once somebody has marked them as reviewed.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice, zip_longest
from pathlib import Path

from bot.answering.choices import is_question
from bot.evidence.topics import Topics
from bot.language import SPOKEN, pack, say
from bot.quality.calibrate import LabelledQuestion, read_questions
from bot.question.parts import functions, patterns
from index.lexical.words import words
from index.records import Genre, Section

COUNT = 40
UNCOVERED = 14  # of them
LONGEST = 80  # characters of a heading
KEYWORDS = 3
_FILE = "questions"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A labelled question that nobody has looked at, and for the eye what is proposed as its answer."""

    question: LabelledQuestion
    proposed: str

    def line(self) -> str:
        """A line of the file, with its end."""
        return json.dumps({**asdict(self.question), "proposed": self.proposed}, ensure_ascii=False) + "\n"


def propose(topics: Topics) -> list[Proposal]:
    """Up to `COUNT` questions about a site: those that it covers first, by language."""
    usable = [section for section in topics.index.sections if _is_usable(section)]
    by_lang: dict[str, list[Section]] = defaultdict(list)
    for section in usable:
        by_lang[section.lang].append(section)
    listed: list[Proposal] = []
    for kind, count in ((_covered, COUNT - UNCOVERED), (_uncovered, UNCOVERED)):
        for lang, share in _shares({lang: len(held) for lang, held in by_lang.items()}, count).items():
            listed += islice(kind(_spread(by_lang[lang]), topics, lang), share)
    return list({proposal.question.id: proposal for proposal in listed}.values())


def write(proposals: Sequence[Proposal], file: Path) -> int:
    """Write proposals to a file; lines of it that a person reviewed stay. Returns how many these are."""
    kept = [line for line, is_reviewed in _lines(file) if is_reviewed]
    ours = {json.loads(line)["id"] for line in kept}
    new = [proposal.line() for proposal in proposals if proposal.question.id not in ours]
    file.write_text("".join((*kept, *new)), "utf-8")
    return len(kept)


def reviewed(file: Path) -> tuple[int, int]:
    """How many lines a file of questions has, and how many of them a person reviewed. Raises KbError."""
    questions = read_questions(file)
    return len(questions), sum(question.reviewed for question in questions)


def _lines(file: Path) -> Iterator[tuple[str, bool]]:
    if file.exists():
        lines = [line for line in file.read_text("utf-8-sig").split("\n") if line.strip()]  # as read_questions has them
        yield from zip((f"{line}\n" for line in lines), (q.reviewed for q in read_questions(file)), strict=True)


def _is_usable(section: Section) -> bool:
    return bool(
        section.covered
        and section.sentences
        and section.genre is Genre.GUIDE
        and not section.synonyms
        and 0 < len(section.title) <= LONGEST
    )


def _shares(sizes: dict[str, int], count: int) -> dict[str, int]:
    """`count` by language as the sizes are, at least one each where that is possible (largest remainders)."""
    total = sum(sizes.values())
    exact = {lang: count * size / total for lang, size in sizes.items()}
    shares = {lang: max(1, int(part)) for lang, part in exact.items()}
    for lang in sorted(exact, key=lambda lang: int(exact[lang]) - exact[lang]):
        if sum(shares.values()) < count:
            shares[lang] += 1
    return shares


def _spread(sections: Iterable[Section]) -> list[Section]:
    """The sections in the order of hashes, one of each page before the second one of any."""
    by_page: dict[str, list[Section]] = defaultdict(list)
    for section in sorted(sections, key=lambda section: _digest(section.id)):
        by_page[section.page].append(section)
    pages = sorted(by_page, key=_digest)
    return [
        section for turn in zip_longest(*(by_page[page] for page in pages)) for section in turn if section is not None
    ]


def _covered(sections: Sequence[Section], topics: Topics, lang: str) -> Iterator[Proposal]:
    """A question from a heading, and each third one the telling words of a section, as people type them."""
    seen = Counter(section.title for section in sections)
    for n, section in enumerate(sections):
        telling = _telling(section, topics)
        is_typed = n % 3 == 2 and len(telling) == KEYWORDS
        text = " ".join(telling) if is_typed else _asked(section, lang, alone=seen[section.title] == 1)
        style = "keywords" if is_typed else "question"
        yield _proposal(text, lang, style, (_label(section, topics),), " › ".join((*section.path, section.title)))


def _label(section: Section, topics: Topics) -> str:
    """Its id without the version: labels hold for the next one, too."""
    return section.id.removeprefix(f"{topics.index.version.name}/" if topics.index.version else "")


def _uncovered(sections: Sequence[Section], topics: Topics, lang: str) -> Iterator[Proposal]:
    """By turns: a heading with a term that the site lacks, two headings of which no section has all words."""
    for turn in zip_longest(_lacking(sections, topics, lang), _combined(sections, topics, lang)):
        for style, text in (pair for pair in turn if pair is not None):
            yield _proposal(text, lang, style, (), say(lang, _FILE, "not_covered"))


def _combined(sections: Sequence[Section], topics: Topics, lang: str) -> Iterator[tuple[str, str]]:
    """The subjects of two pages in one question."""
    plain = [section for section in sections if not _asks(section.title) and not _is_act(section.title, lang)]
    for section, other in zip(plain, reversed(plain[: len(plain) // 2 * 2]), strict=False):
        if section.page != other.page and not _stands_here(f"{section.title} {other.title}", topics):
            yield "combined", _with(section.title, _lower(other.title), lang)


def _lacking(sections: Sequence[Section], topics: Topics, lang: str) -> Iterator[tuple[str, str]]:
    terms = pack(lang if lang in SPOKEN else "en", _FILE)["elsewhere"].split("\n")
    absent = [term for term in terms if term and not _stands_here(term, topics)]
    plain = [section for section in sections if not _asks(section.title)]
    # From the middle: the first ones are asked about as they stand.
    for section, term in zip(plain[len(plain) // 2 :], absent, strict=False):
        yield "lacking", _with(section.title, term, lang)


def _stands_here(text: str, topics: Topics) -> bool:
    """Whether a section has all words of a text."""
    held: set[int] | None = None
    for token in _content(text):
        number = topics.index.words.vocabulary.get(token)
        if number is None:
            return False
        documents = set(topics.index.words.postings(number)[0].tolist())
        held = documents if held is None else held & documents
    return held is None or bool(held)


def _asked(section: Section, lang: str, *, alone: bool) -> str:
    """A question about a section; `alone`: its heading says what it is about without that of its page."""
    return _worded(section.title, lang, "" if alone or not section.path else section.path[0])


def _worded(heading: str, lang: str, page: str) -> str:
    if _asks(heading) or lang not in SPOKEN:
        return heading if is_question(heading) or lang not in SPOKEN else f"{heading.rstrip(' .')}?"
    if _is_act(heading, lang):
        return say(lang, _FILE, "how", heading=_small(heading))
    return say(lang, _FILE, "about_in" if page else "about", heading=_lower(heading), page=page)


def _is_act(heading: str, lang: str) -> bool:
    """Whether a heading is something to do."""
    known = pack(lang if lang in SPOKEN else "en", _FILE)
    return heading.split(" ")[0].lower() in known["verbs"].split() or heading.endswith(tuple(known["acts"].split()))


def _with(heading: str, other: str, lang: str) -> str:
    if lang not in SPOKEN:
        return f"{heading}: {other}"
    if _is_act(heading, lang):
        return say(lang, _FILE, "act_with", heading=_small(heading), term=other)
    return say(lang, _FILE, "with", heading=_lower(heading), term=other)


def _small(heading: str) -> str:
    return f"{heading[:1].lower()}{heading[1:]}"


def _lower(heading: str) -> str:
    """A heading within a sentence: its first letter is small where all the others are."""
    heading = heading.rstrip(" .:。")
    return (
        f"{heading[:1].lower()}{heading[1:]}"
        if heading.isascii() and heading[1:].islower() and " " in heading
        else heading
    )


def _asks(heading: str) -> bool:
    return is_question(heading) or any(pattern.match(heading) for pattern in patterns("asking"))


def _telling(section: Section, topics: Topics) -> list[str]:
    """The words that tell a section from the others: those that its sentences have more often than others do."""
    spoken = " ".join(section.quote(span) for span in section.sentences)
    if sum(char.isascii() for char in spoken) < len(spoken) / 2:
        return []  # a script whose words cannot be told apart here
    counts = Counter(token for token in _content(spoken) if token.isalpha() and len(token) > 2)
    worth = {
        token: count * max(map(float, topics.index.words.find([token]).idf), default=0.0)
        for token, count in counts.items()
    }
    return sorted(worth, key=lambda token: (-worth[token], token))[:KEYWORDS]


def _content(text: str) -> list[str]:
    return [token for token in words(text) if token not in functions()]


def _proposal(text: str, lang: str, style: str, sections: tuple[str, ...], proposed: str) -> Proposal:
    name = f"{lang}-{_digest(f'{lang} {text}')[:8]}"
    question = LabelledQuestion(name, lang, style, text, bool(sections), sections)
    return Proposal(replace(question, reviewed=False), proposed)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
