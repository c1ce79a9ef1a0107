"""The main job: a question to an Answer. Every door calls `Bot.ask` and nothing below it."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot.answering.certainty import certainty
from bot.answering.checked import asked_back, checked, is_decided, none_fails, sentences, speaks_of, with_subject
from bot.answering.choices import CHOICES, as_question, near, nearest, runners_up, starters
from bot.answering.citing import citation, joined, rule_links, rules_first
from bot.answering.compose import Quoted, all_of
from bot.answering.follow_up import NEAR, SHORT, headed, silent
from bot.answering.loaded import Loaded
from bot.answering.polarity import verdict_of
from bot.answering.refusal import listed, refusal, reservation
from bot.answering.same_fact import common_words, together
from bot.answering.search import Search, Searches
from bot.answering.stale import dated
from bot.answering.steps import composed
from bot.decision.decide import Weights
from bot.decision.naming import whole, worst_parts
from bot.decision.outside import leading_silence, telling_pages
from bot.decision.same_question import same_question
from bot.decision.unstated import Unstated, load_model, unstated
from bot.evidence.topics import Topics
from bot.language import say
from bot.question.conversation import last_asked, only_a_kind, small_talk
from bot.question.parts import kinds
from bot.question.question import Question
from bot.question.versions import NoVersionError, concerning
from bot.records import Answer, CheckedValue, Status
from index.encoder.protocol import Encoder
from index.records import Section


class Bot(Loaded):
    """Safe to share between threads."""

    today = staticmethod(date.today)

    def __init__(self, topics: Topics, encoder: Encoder, weights: Weights) -> None:
        super().__init__(topics, encoder, weights)
        self._parts = load_model()
        self._common, self._telling = common_words(topics), telling_pages(topics.index.sections)

    def ask(
        self, question: str, lang: str | None = None, history: Sequence[str] = (), version: str | None = None
    ) -> Answer:
        """Answer one question; `lang` None = the question's own; `history` = earlier questions, oldest first.

        `version`: the reader's; the question may name another. Raises NoVersionError.
        """
        started = time.perf_counter()
        about = concerning(_as_text(question), list(map(_as_text, history)), version, self.versions)
        bot = self.of(about.version)
        searches = Searches(bot.topics, bot.encoder, bot.weights, bot._parts.part, missing=about.missing)
        answer = bot._ask(searches.question(about.question), lang, about.history, searches)
        if about.missing and about.missing not in answer.not_stated:
            there_are = NoVersionError([each.name for each in self.versions]).message(answer.lang)
            answer = replace(answer, answer=f"{there_are}\n{answer.answer}")
        answer = dated(answer, bot.topics, self.today())
        took = round((time.perf_counter() - started) * 1000, 1)
        return replace(answer, question=_as_text(question), version=about.version, took_ms=took)

    def search(
        self, text: str, most: int, lang: str | None = None, version: str | None = None
    ) -> tuple[Status, tuple[Section, ...]]:
        """Whether the site answers a text, taken as a question, and the sections that come nearest, best first."""
        about = concerning(_as_text(text), (), version, self.versions)
        bot = self.of(about.version)
        searches = Searches(bot.topics, bot.encoder, bot.weights, bot._parts.part)
        asked = searches.question(about.question)
        search, lang = searches.search(asked), lang if lang in bot.langs else asked.lang
        return search.decision.status, nearest(search.ranking.order, bot.topics, lang, most)

    def _ask(self, question: Question, lang: str | None, history: Sequence[str], searches: Searches) -> Answer:
        lang, text = lang if lang in self.langs else question.lang, question.text
        before = last_asked(history)
        if kind := small_talk(text) or (only_a_kind(text) and not before and "what"):
            return self._talk(question, kind, lang, history, searches)
        if not before and (nothing := searches.names_nothing(question)):
            offered = self._choices(nothing.ranking.order, lang)
            return self._offered(question, say(lang, "answers", "talk.what"), lang, offered)
        if before and (named := with_subject(text, before, lang)):
            subject = searches.question(named)
            return replace(self._answer(subject, lang, searches.after(subject, [])), question=text)
        if before and len(text) <= SHORT:
            previous = searches.question(before)
            if section := self._headed(question, previous, lang, searches):
                return self._told_by(section, question, previous, lang, searches)
        if lone := asked_back(text, lang):
            return self._offered(question, say(lang, "answers", "ask_back", value=lone[0]), lang, lone[1:])
        return self._answer(question, lang, searches.after(question, history))

    def _talk(self, question: Question, kind: str, lang: str, history: Sequence[str], searches: Searches) -> Answer:
        """To a greeting, what can be asked; to "in English please", the last question again."""
        kind, _, wanted = kind.partition(".")
        lang = wanted if wanted in self.langs else lang
        before = last_asked(history)
        if wanted and before:
            again = self._ask(searches.question(before), lang, history[: history.index(before)], searches)
            return replace(again, question=question.text)
        order = searches.search(searches.question(before)).ranking.order if before else ()
        offered = self._choices(order, lang) or starters(self.topics, lang)
        return self._offered(question, say(lang, "answers", f"talk.{kind}"), lang, offered)

    def _headed(self, question: Question, before: Question, lang: str, searches: Searches) -> Section | None:
        """The section about what was asked before that a short question names by its heading."""
        near_by = searches.nearest(searches.search(before), lang, NEAR)
        both = f"{before.text}\n{question.text}"
        named = headed(question, near_by, lambda section: searches.read(both, section).answers)
        if named is not None or not only_a_kind(question.text):
            return named
        return silent(question, searches.nearest(searches.joined(question, before), lang, NEAR), near_by, self._telling)

    def _told_by(self, section: Section, question: Question, before: Question, lang: str, searches: Searches) -> Answer:
        """A section as the answer to a question that only names its kind; of what it does not state, its own words."""
        search = searches.search(before)
        if not section.covered:
            offered = self._choices(search.ranking.order, lang)
            return self._offered(question, refusal(section, (), lang), lang, offered, Status.NOT_COVERED)
        quoted, last = all_of(section, question.text), self._answer(before, lang, search)
        names = (whole(before),) if section.other_source else ()
        said = (say(lang, "answers", "other_source"),) if names else ()
        lead = citation(1, quoted, [], question, 0, self.topics)
        return replace(
            last,
            question=question.text,
            status=Status.ANSWERED,
            answer="\n".join((*said, lead.quote)),
            citations=(lead,),
            rules=rule_links([section], lang, self.topics),
            not_stated=names,
            checks=(),
            verdict=None,
            certainty=certainty(last.confidence, left_out=bool(names)),
        )

    def _offered(
        self, question: Question, text: str, lang: str, offered: tuple[str, ...], status: Status = Status.CLARIFY
    ) -> Answer:
        return Answer(question.text, lang, status, text, 0.0, (), (), offered, 0.0)

    def _answer(self, question: Question, lang: str, search: Search) -> Answer:
        """Judged values, quotes, and what of the question these leave out; where nothing is quoted, `_unanswered`."""
        checks = checked(question.text, lang)
        quoted = self._supporting(question, lang, search, checks)
        if not quoted:
            return self._unanswered(question, lang, search)
        left_out = self._unstated(question, search, quoted, lang)
        parts = () if checks and left_out.whole else left_out.names
        names = tuple(name for name in parts if not speaks_of(name, checks))
        uncovered = search.decision.status is not Status.ANSWERED or search.accounted.outside is not None
        # What passes may be part of what is not covered.
        elsewhere = self._outside(search, lang) if names or (none_fails(checks) and uncovered) else None
        its_question = same_question(question, quoted[0].section, self.topics)
        if not checks and (left_out.doubtful or question.missing or not its_question):
            quoted = self._quoted(question, search, lang, verdict=False)
        said, names = reservation(question, left_out, names, quoted[0].section, lang)
        if quoted[0].section.other_source:
            quoted = self._quoted(question, search, lang, verdict=False)
        names = (whole(question),) if elsewhere and not names else names  # a value of what is not covered
        verdict, alone = (None, 0) if checks or names else verdict_of(quoted[0].section, quoted[0].spans)
        citations = tuple(
            citation(n, quote, also, question, alone if n == 1 else 0, self.topics)
            for n, (quote, also) in enumerate(together(quoted, self._common), 1)
        )
        quotes = joined(citations[0], quoted)
        lines = (*sentences(checks, lang), *said, quotes, *((elsewhere.text,) if elsewhere else ()))
        sections, ranked = [quote.section for quote in quoted], search.ranking.order
        asked = set(map(as_question, sections))
        return Answer(
            question=question.text,
            lang=lang,
            status=Status.ANSWERED,
            answer="\n".join(lines),
            confidence=round(search.decision.confidence, 3),
            citations=citations,
            rules=rule_links(sections, lang, self.topics),
            suggestions=tuple(each for each in near(ranked, self.topics, lang) if each not in asked)[:CHOICES],
            took_ms=0.0,
            runners_up=runners_up(ranked, self.topics, lang, {section.id for section in sections}),
            not_stated=names,
            checks=checks,
            verdict=verdict,
            certainty=certainty(1 if is_decided(checks) else search.decision.confidence, left_out=bool(names)),
        )

    def _supporting(
        self, question: Question, lang: str, search: Search, checks: tuple[CheckedValue, ...]
    ) -> tuple[Quoted, ...]:
        """The quotes of an answer; beside a judged value no yes or no of a section is repeated."""
        answered = search.decision.status is Status.ANSWERED
        quoted = self._quoted(question, search, lang, verdict=not checks) if answered else ()
        if checks and (quoted or not any(map(question.asks, kinds()))):
            return rules_first(quoted, checks, lang, self.topics)
        return quoted

    def _unanswered(self, question: Question, lang: str, search: Search) -> Answer:
        """Choices where sections come close; else which topic is not covered, or which part of the question."""
        status, ranked = search.decision.status, search.ranking.order
        choices, confidence = self._choices(ranked, lang), round(search.decision.confidence, 3)
        sure = search.decision.but_for_parts and search.accounted.worst >= self._parts.unstated_from
        left_out = worst_parts(question, search.accounted, self.topics) if sure else ()
        if status is Status.CLARIFY:
            names, outside = listed(left_out, lang), search.accounted.outside
            text = say(lang, "answers", "part_clarify", names=names) if left_out else say(lang, "answers", "clarify")
            if outside is not None:
                text = f"{self.topics.in_language(outside, lang).text}\n{say(lang, 'answers', 'clarify')}"
            next_best = runners_up(ranked, self.topics, lang, set())
        else:
            status, text, next_best = Status.NOT_COVERED, refusal(self._outside(search, lang), left_out, lang), ()
        return Answer(question.text, lang, status, text, confidence, (), (), choices, 0.0, next_best)

    def _choices(self, ranked: Iterable[int], lang: str) -> tuple[str, ...]:
        return near(ranked, self.topics, lang)[:CHOICES]

    def _outside(self, search: Search, lang: str) -> Section | None:
        if (topic := search.accounted.outside) is None:
            topic = leading_silence(search.ranking.order, search.decision.seen, self.topics, self._telling)
        return None if topic is None else self.topics.in_language(topic, lang)

    def _quoted(self, question: Question, search: Search, lang: str, *, verdict: bool = True) -> tuple[Quoted, ...]:
        return composed(question, search.evidence, search.ranking, self.topics, lang, verdict=verdict)

    def _unstated(self, question: Question, search: Search, quoted: Sequence[Quoted], lang: str) -> Unstated:
        cited, decision = self._topics(quoted), search.decision
        return unstated(
            question,
            cited,
            search.accounted,
            decision.seen,
            self.topics,
            lang,
            self._parts,
            confidence=decision.confidence,
            hedged=decision.hedged,
        )

    def _topics(self, quoted: Sequence[Quoted]) -> list[int]:
        catalogue = self.topics.catalogue
        return [int(catalogue.named[catalogue.names[quote.section.id]]) for quote in quoted]


def _as_text(question: str) -> str:
    return question.encode("utf-8", "replace").decode()  # half of a surrogate pair is no text
