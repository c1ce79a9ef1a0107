"""The answer to one question that stands by itself: judged values, quotes, and what these leave out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.answering.certainty import certainty
from bot.answering.checked import checked, is_decided, none_fails, sentences
from bot.answering.choices import CHOICES, as_question, closest, near, runners_up
from bot.answering.citing import citation, joined, rule_links, rules_first
from bot.answering.compose import Quoted, all_of
from bot.answering.conditional import under_condition
from bot.answering.left_out import unjudged
from bot.answering.refusal import listed, outside_links, refusal, reservation, topic
from bot.answering.same_fact import Common, common_words, together
from bot.answering.searched import Search
from bot.answering.silence import said_silence
from bot.answering.steps import composed, with_steps
from bot.answering.yes_or_no import of_statement, yes_or_no
from bot.decision.account import Account, quotable
from bot.decision.meant import meant_outside
from bot.decision.naming import whole, worst_parts
from bot.decision.outside import asks_for, leading_silence, silent_on, telling_pages
from bot.decision.same_meaning import same_meaning
from bot.decision.tools import without_tools, without_unnamed
from bot.decision.unknown_name import turns_on, unknown_name
from bot.decision.unstated import Model, Unstated, load_model, missing_kinds, unstated, untold_reason
from bot.evidence.topics import Topics
from bot.language import say
from bot.question.parts import kinds
from bot.question.question import Question
from bot.records import Answer, CheckedValue, Citation, Status
from index.records import Section


def offering(
    question: Question, text: str, lang: str, offered: tuple[str, ...], status: Status = Status.CLARIFY
) -> Answer:
    """Words of the bot's own, with questions to choose from."""
    return Answer(question.text, lang, status, text, 0.0, (), (), offered, 0.0)


@dataclass(frozen=True, slots=True)
class Single:
    """What is needed to answer one question of a site, beside the question and what was found for it.

    `parts`: the model of what is left out; `common`: whether many sections have a word; `telling`: pages that tell more
    than what they do not.
    """

    topics: Topics
    parts: Model
    common: Common
    telling: frozenset[str]

    @classmethod
    def of(cls, topics: Topics) -> "Single":
        """That of a site."""
        return cls(topics, load_model(), common_words(topics), telling_pages(topics.index.sections))

    def answer(self, question: Question, lang: str, search: Search) -> Answer:
        """Judged values, quotes, and what of the question these leave out; where nothing is quoted, `_unanswered`."""
        checks = checked(question.text, lang)
        quoted = self._supporting(question, lang, search, checks)
        if not quoted:
            return self._unanswered(question, lang, search)
        if not checks and (silent := self._silent(question, search, quoted, lang)):
            return self._refused(question, silent, (), lang, search)
        left_out = self._unstated(question, search, quoted, lang)
        names = unjudged(question, left_out, checks) or said_silence(question, quoted[0], self.topics)
        elsewhere = self._elsewhere(question, search, quoted, names, checks, lang)
        condition, leading = None, quoted[0]
        may_turn = left_out.doubtful or question.missing or not self._asks_it(question, leading.section, search)
        if not checks and may_turn:
            quoted = self._quoted(question, search, lang, verdict=False)
            condition = None if left_out.doubtful else under_condition(question, leading, quoted[0], lang, self.topics)
        if quoted[0].section.other_source:
            quoted = self._quoted(question, search, lang, verdict=False)
        reserved, names = reservation(question, left_out, names, quoted[0].section, lang, self.topics)
        if elsewhere and not names:  # a value of what is not covered
            names = (whole(question),)
        verdict, spoken = (None, 0) if names else yes_or_no(question, quoted[0], checks, search.accounted, self.topics)
        spelled, verdict = of_statement(question, leading.section, verdict)
        if spelled:
            quoted, spoken = self._quoted(question, search, lang, verdict=False), 0
            reserved = (*reserved, *([say(lang, "answers", f"holds.{verdict}")] if verdict else []))
        elif condition and not names:
            verdict, reserved = "conditional", (condition,)
        groups = together(quoted, self.common)
        citations = self._citations(question, groups, spoken)
        quotes = joined(citations[0], [quote for quote, _ in groups])
        lines = (*sentences(question.text, checks, lang), *reserved, quotes, *((elsewhere.text,) if elsewhere else ()))
        sections, ranked = [quote.section for quote in quoted], search.ranking.order
        asked, confidence = set(map(as_question, sections)), search.decision.confidence
        return Answer(
            question=question.text,
            lang=lang,
            status=Status.ANSWERED,
            answer="\n".join(lines),
            confidence=round(confidence, 3),
            citations=citations,
            rules=rule_links(sections, lang, self.topics),
            suggestions=tuple(each for each in near(ranked, self.topics, lang) if each not in asked)[:CHOICES],
            took_ms=0.0,
            runners_up=runners_up(ranked, self.topics, lang, {section.id for section in sections}),
            not_stated=names,
            checks=checks,
            verdict=verdict,
            certainty=certainty(1 if is_decided(checks) else confidence, left_out=bool(names)),
            outside=outside_links(elsewhere),
        )

    def _asks_it(self, question: Question, section: Section, search: Search) -> bool:
        """Whether a question asks what the heading of the leading section asks, in its words or by what is read."""
        read = quotable(search.ranking.order, self.topics)[:1] == self._topics([section])
        accounted = search.accounted if read else Account()
        return same_meaning(question, section, accounted, self.topics)

    def _elsewhere(
        self,
        question: Question,
        search: Search,
        quoted: Sequence[Quoted],
        names: Sequence[str],
        checks: Sequence[CheckedValue],
        lang: str,
    ) -> Section | None:
        """The section that says that a part of an answered question is not covered; `names`: what quotes leave out."""
        accounted = search.accounted
        uncovered = search.decision.status is not Status.ANSWERED or accounted.outside is not None
        if not names and not (none_fails(checks) and uncovered):  # what passes may be part of what is not covered
            return None
        if (part := accounted.outside_part) and not asks_for(
            part, question, names, self._topics(quote.section for quote in quoted)[0], self.topics
        ):
            return None
        return self._outside(search, lang)

    def _citations(
        self, question: Question, groups: Sequence[tuple[Quoted, Sequence[Quoted]]], spoken: int
    ) -> tuple[Citation, ...]:
        """A citation for each group of quotes; `spoken`: sentences of the first that the verdict says."""
        return tuple(
            citation(n, quote, also, question, spoken if n == 1 else 0, self.topics)
            for n, (quote, also) in enumerate(groups, 1)
        )

    def _supporting(
        self, question: Question, lang: str, search: Search, checks: tuple[CheckedValue, ...]
    ) -> tuple[Quoted, ...]:
        """The quotes of an answer; beside a judged value no yes or no of a section is repeated."""
        answered = search.decision.status is Status.ANSWERED
        quoted = self._quoted(question, search, lang, verdict=not checks) if answered else ()
        if checks and (quoted or not any(map(question.asks, kinds()))):
            return rules_first(quoted, checks, question, lang, self.topics)
        return quoted

    def _unanswered(self, question: Question, lang: str, search: Search) -> Answer:
        """Choices where sections come close; else which topic is not covered, or which part of the question."""
        status, ranked = search.decision.status, search.ranking.order
        sure = search.decision.but_for_parts and search.accounted.worst >= self.parts.unstated_from
        left_out = worst_parts(question, search.accounted, self.topics) if sure else ()
        outside = meant_outside(question, search.accounted.outside, search.evidence, search.ranking, self.topics)
        if status is not Status.CLARIFY:
            silent = self._outside(search, lang) if outside is None else self.topics.in_language(outside, lang)
            return self._refused(question, silent, left_out, lang, search)
        silent, names = None, listed(left_out, lang)
        text = say(lang, "answers", "part_clarify", names=names) if left_out else say(lang, "answers", "clarify")
        if outside is not None:
            silent = self.topics.in_language(outside, lang)
            text = f"{silent.text}\n{say(lang, 'answers', 'clarify_beside')}"
        choices, confidence = closest(ranked, self.topics, lang)[:CHOICES], round(search.decision.confidence, 3)
        next_best, links = runners_up(ranked, self.topics, lang, set()), outside_links(silent)
        return Answer(question.text, lang, status, text, confidence, (), (), choices, 0.0, next_best, outside=links)

    def _refused(
        self, question: Question, silent: Section | None, left_out: Sequence[str], lang: str, search: Search
    ) -> Answer:
        """Says what is not covered, in the words of the section that says so."""
        order = without_unnamed(question, search.ranking.order, self.topics)
        text, choices = refusal(silent, left_out, lang), self.choices(order, lang)
        confidence, links, status = round(search.decision.confidence, 3), outside_links(silent), Status.NOT_COVERED
        return Answer(question.text, lang, status, text, confidence, (), (), choices, 0.0, (), outside=links)

    def _silent(self, question: Question, search: Search, quoted: Sequence[Quoted], lang: str) -> Section | None:
        """The section that says that a kind of thing is not covered which the best quote does not state.

        Or a name that no covered section has, where the question turns on it.
        """
        name = unknown_name(search.accounted, self.topics)
        if name and turns_on(name, question, search.accounted):
            return self._outside(search, lang)
        missing = missing_kinds(question, self._topics(quote.section for quote in quoted)[0], self.topics)
        topic = silent_on(missing, search.ranking.order, self.topics) if missing else None
        return None if topic is None else self.topics.in_language(topic, lang)

    def from_section(
        self, section: Section, question: Question, both: Question, before: Question, lang: str, search: Search
    ) -> Answer:
        """A section as the answer to a question that only names its kind; of what it does not state, its own words."""
        if not section.covered:
            offered = self.choices(search.ranking.order, lang)
            refused = offering(question, refusal(section, (), lang), lang, offered, Status.NOT_COVERED)
            return replace(refused, outside=outside_links(section))
        quoted = with_steps(question, (all_of(section, question.text),), search.ranking.order.tolist(), self.topics)
        last = self.answer(before, lang, search)
        names = (topic(section),) if section.other_source else untold_reason(both, section, self.topics, lang)
        key = "other_source" if section.other_source else "not_stated"
        said = (say(lang, "answers", key, names=listed(names, lang)),) if names else ()
        cited = tuple(citation(n, each, [], question, 0, self.topics) for n, each in enumerate(quoted, 1))
        return replace(
            last,
            question=question.text,
            status=Status.ANSWERED,
            answer="\n".join((*said, *(each.quote for each in cited))),
            citations=cited,
            rules=rule_links([section], lang, self.topics),
            not_stated=names,
            checks=(),
            verdict=None,
            certainty=certainty(last.confidence, left_out=bool(names)),
            outside=(),
        )

    def choices(self, ranked: Iterable[int], lang: str) -> tuple[str, ...]:
        return near(ranked, self.topics, lang)[:CHOICES]

    def _outside(self, search: Search, lang: str) -> Section | None:
        if (topic := search.accounted.outside) is None:
            topic = leading_silence(search.ranking.order, search.decision.seen, self.topics, self.telling)
        return None if topic is None else self.topics.in_language(topic, lang)

    def _quoted(self, question: Question, search: Search, lang: str, *, verdict: bool = True) -> tuple[Quoted, ...]:
        ranking = without_tools(question, search.evidence, search.ranking, self.topics)
        return composed(question, search.evidence, ranking, self.topics, lang, verdict=verdict)

    def _unstated(self, question: Question, search: Search, quoted: Sequence[Quoted], lang: str) -> Unstated:
        cited, decision = self._topics(quote.section for quote in quoted), search.decision
        seen = (search.accounted, decision.seen, self.topics, lang, self.parts)
        return unstated(question, cited, *seen, confidence=decision.confidence, hedged=decision.hedged)

    def _topics(self, sections: Iterable[Section]) -> list[int]:
        return [self.topics.topic_of(section.id) for section in sections]
