"""The main job: a question to an Answer. Every door calls `Bot.ask` and nothing below it."""

import time
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.checked import checked, sentences, speaks_of
from bot.checks import rules as known_rules
from bot.compose import Quoted, compose
from bot.decide import Decision, Ranking, Weights, decide, load_weights, rank
from bot.evidence import Evidence, Topics
from bot.language import detect, say
from bot.parts import asks_a_kind
from bot.records import Answer, CheckedValue, Citation, RuleLink, RunnerUp, Status
from bot.same_question import same_question
from bot.unstated import Unstated, load_model, unstated
from index.canary import prove
from index.encoder import Encoder, answering_encoder
from index.records import Section
from index.store import load
from index.words import words

CHOICES = 3
RUNNERS_UP = 5
NEAR = 24  # topics looked at for choices
CONTEXT = 0.5  # weight of the question before in the ranking of a follow-up
SAID = 0.7  # a sentence with this share of its words said before would repeat


@dataclass(frozen=True, slots=True)
class _Search:
    """One question (as asked, or joined with the one before it) and what was found for it."""

    evidence: Evidence
    ranking: Ranking
    decision: Decision


class Bot:
    """An index, the encoder it was made for, and the weights of the decision. Safe to share between threads."""

    def __init__(self, topics: Topics, encoder: Encoder, weights: Weights) -> None:
        self.topics, self.encoder, self.weights = topics, encoder, weights
        self.langs: tuple[str, ...] = tuple(topics.index.manifest.langs)
        self._parts = load_model()
        self._rules = {f"rules/{rule.id.lower()}": rule for rule in known_rules()}

    @classmethod
    def load(cls, index: Path, model: str) -> "Bot":
        """Read and verify the index. Raises KbError when it is missing, damaged or made by another model."""
        return cls.over(index, answering_encoder(model))

    @classmethod
    def over(cls, index: Path, encoder: Encoder) -> "Bot":
        """The same with an encoder that is loaded already."""
        loaded = load(index, encoder.name, encoder.digest)
        prove(encoder, loaded.manifest.canary)
        topics = Topics(loaded)
        return cls(topics, encoder, load_weights(topics))

    def ask(self, question: str, lang: str | None = None, history: Sequence[str] = ()) -> Answer:
        """Answer one question; `lang` None = the question's own; `history` = earlier questions, oldest first."""
        started = time.perf_counter()
        question = _as_text(question)
        lang = lang if lang in self.langs else detect(question, self.langs)
        found = self._search(question)
        if history and found.decision.status is not Status.ANSWERED and self._asks_more(question, found):
            found = self._follow_up(question, found, _as_text(history[-1]))
        answer = self._answer(question, lang, found)
        return replace(answer, took_ms=round((time.perf_counter() - started) * 1000, 1))

    def _search(self, question: str) -> _Search:
        evidence = self.topics.score(question, self.encoder)
        ranking = rank(evidence, self.weights)
        decision = decide(question, evidence, ranking, self.topics, self.weights)
        return _Search(evidence, ranking, decision)

    def _asks_more(self, question: str, alone: _Search) -> bool:
        """True if a question names something of this site by itself; "thanks" and other topics do not."""
        return self.topics.knows(question) and bool(self.topics.covered[alone.ranking.order[0]])

    def _follow_up(self, question: str, alone: _Search, before: str) -> _Search:
        """Search for "And the subnet?": ranked by its own words first, then by what was asked before.

        The text of both together decides whether it is answered, the ranking of both what is.
        """
        evidence = self.topics.score(f"{before}\n{question}", self.encoder, alone.evidence.topics)
        by_itself = alone.ranking
        if (among := evidence.topics) is not None:  # on a large site each question has its candidates: those of all
            by_itself = self._among(question, among)
        context = self._among(before, among)
        ranking = Ranking.of(by_itself.fused + CONTEXT * context.fused, among)
        decision = decide(question, evidence, ranking, self.topics, self.weights)
        return max(alone, _Search(evidence, ranking, decision), key=lambda search: search.decision.confidence)

    def _among(self, question: str, topics: NDArray[np.int64] | None) -> Ranking:
        """The ranking of these topics alone; None: of all."""
        return rank(self.topics.score(question, self.encoder, topics).among(topics), self.weights)

    def _answer(self, question: str, lang: str, found: _Search) -> Answer:
        status, confidence = found.decision.status, round(found.decision.confidence, 3)
        near, checks = self._near(found.ranking, lang), checked(question, lang)
        # Beside a judged value no yes or no of a section is repeated.
        quoted = self._quoted(question, found, lang, verdict=not checks) if status is Status.ANSWERED else ()
        if checks and (quoted or not asks_a_kind(question)):
            status, quoted = Status.ANSWERED, self._rules_first(quoted, checks, lang)
        if quoted:
            left_out = self._unstated(question, found, quoted, lang)
            names = tuple(name for name in left_out.names if not speaks_of(name, checks))
            if not checks and (left_out.doubtful or not same_question(question, quoted[0].section, self.topics)):
                quoted = self._quoted(question, found, lang, verdict=False)
            return Answer(
                question=question,
                lang=lang,
                status=status,
                answer="\n".join((*sentences(checks, lang), *_left_out(names, lang), _joined(quoted))),
                confidence=confidence,
                citations=tuple(self._citation(n, one) for n, one in enumerate(quoted, 1)),
                rules=self._rule_links([one.section for one in quoted], lang),
                suggestions=tuple(t for t in near if t not in {_as_question(one.section) for one in quoted})[:CHOICES],
                took_ms=0.0,
                runners_up=self._runners_up(found.ranking, lang, {one.section.id for one in quoted}),
                not_stated=names,
                checks=checks,
            )
        if status is Status.CLARIFY:
            text, next_best = say(lang, "answers", "clarify"), self._runners_up(found.ranking, lang, set())
        else:
            status, text, next_best = Status.NOT_COVERED, self._not_covered(question, found.ranking, lang), ()
        return Answer(question, lang, status, text, confidence, (), (), near[:CHOICES], 0.0, next_best)

    def cited(self, question: str) -> tuple[list[int], float]:
        """The topics that answer a question, the best first, and the confidence; none where nothing can be quoted."""
        search = self._search(_as_text(question))
        quoted = self._quoted(question, search, self.langs[0])
        return self._topics(quoted), search.decision.confidence

    def _quoted(self, question: str, search: _Search, lang: str, *, verdict: bool = True) -> tuple[Quoted, ...]:
        return compose(question, search.evidence, search.ranking, self.topics, lang, verdict=verdict)

    def _unstated(self, question: str, search: _Search, quoted: Sequence[Quoted], lang: str) -> Unstated:
        return unstated(question, self._topics(quoted), self.topics, search.decision.confidence, lang, self._parts)

    def _rules_first(self, quoted: Sequence[Quoted], checks: Sequence[CheckedValue], lang: str) -> tuple[Quoted, ...]:
        """The quotes about the rules that were checked before all others; the rules' own pages where there are none."""
        rules = {check.id for check in checks if check.status == "fail"} or {check.id for check in checks}
        about = [one for one in quoted if rules & {link.id for link in self._rule_links([one.section], lang)}]
        if not about:
            groups = (self.topics.group(f"rules/{rule.lower()}#{rule.lower()}") for rule in sorted(rules))
            pages = [group.get(lang) or next(iter(group.values())) for group in groups if group]
            about = [Quoted(page, page.sentences[:1]) for page in pages if page.sentences]
        return tuple([*about, *(one for one in quoted if one not in about)][:CHOICES])

    def _topics(self, quoted: Sequence[Quoted]) -> list[int]:
        catalogue = self.topics.catalogue
        return [int(catalogue.named[catalogue.names[one.section.id]]) for one in quoted]

    def _not_covered(self, question: str, ranking: Ranking, lang: str) -> str:
        """Says so plainly; if the site names the topic as not covered, in the site's own words (and who covers it)."""
        section = self.topics.in_language(int(ranking.order[0]), lang)
        named = not section.covered and section.text and self.topics.knows(question)
        return section.text if named else say(lang, "answers", "not_covered")

    def _near(self, ranking: Ranking, lang: str) -> tuple[str, ...]:
        """Titles of the covered topics that rank highest, as questions to choose from."""
        nearest = [self.topics.in_language(topic, lang) for topic in ranking.order[:NEAR]]
        usable = [section for section in nearest if section.covered and section.sentences]
        # Headings that are questions (the FAQ) read best as choices; a site without any offers what it has. What comes
        # closest stays first all the same, if its author worded it as one would ask for it.
        closest = next((section for section in usable[:1] if section.phrasings), None)
        usable.sort(key=lambda section: (section is not closest, not _is_question(section.title)))
        choices: dict[str, None] = {}
        for section in usable:
            if len(choices) == 2 * CHOICES:
                break
            choices[_as_question(section)] = None
        return tuple(choices)

    def _runners_up(self, ranking: Ranking, lang: str, cited: Set[str]) -> tuple[RunnerUp, ...]:
        """The covered sections that rank highest and are not cited, in the asker's language (or the one there is)."""
        sections = (self.topics.in_language(topic, lang) for topic in ranking.order)
        usable = (s for s in sections if s.covered and s.sentences and s.id not in cited)
        # With the page's heading: "How to fix it" alone says nothing.
        return tuple(
            RunnerUp(s.id, s.lang, " › ".join((*s.path[:1], s.title)), s.url) for s in islice(usable, RUNNERS_UP)
        )

    def _citation(self, n: int, quoted: Quoted) -> Citation:
        section = quoted.section
        twin = next((s for s in self.topics.group(section.id).values() if s.lang != section.lang), None)
        return Citation(
            n=n,
            section=section.id,
            lang=section.lang,
            title=section.title,
            url=section.url,
            quote=quoted.quote,
            translation_url=twin.url if twin else None,
        )

    def _rule_links(self, cited: Sequence[Section], lang: str) -> tuple[RuleLink, ...]:
        """Rules whose pages the cited sections link to (or are), in the order of citation."""
        pages = dict.fromkeys(page for section in cited for page in (section.page, *section.links))
        found = []
        for page in pages:
            if (rule := self._rules.get(page)) and (group := self.topics.group(f"{page}#{rule.id.lower()}")):
                page_top = group.get(lang) or next(iter(group.values()))
                url = page_top.url.partition("#")[0]
                found.append(RuleLink(rule.id, rule.name, page_top.title, str(rule.severity), url))
        return tuple(found)


def _as_text(question: str) -> str:
    return question.encode("utf-8", "replace").decode()  # half of a surrogate pair is no text


def _as_question(section: Section) -> str:
    """A question that the section answers: its heading, else a wording of the author's, whole questions first."""
    return next(filter(_is_question, (section.title, *section.phrasings)), (*section.phrasings, section.title)[0])


def _is_question(title: str) -> bool:
    return title.rstrip(" 。").endswith(("?", "？", "ですか", "ますか", "でしょうか"))


def _left_out(names: Sequence[str], lang: str) -> tuple[str, ...]:
    """One sentence that names what the quotes do not speak of."""
    named = say(lang, "answers", "and").join(say(lang, "answers", "named", name=name) for name in names)
    return (say(lang, "answers", "not_stated", names=named),) if names else ()


def _joined(quoted: Sequence[Quoted]) -> str:
    """The direct answer first: the first quote, then from each further section its fact, nothing said twice."""
    lines = [quoted[0].quote]
    said = set(words(lines[0]))
    for one in quoted[1:]:
        fact = set(words(one.sentences()[0]))
        if len(fact & said) < SAID * len(fact):
            lines.append(one.sentences()[0])
            said |= fact
    return "\n".join(lines)
