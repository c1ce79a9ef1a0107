"""The main job: a question to an Answer. Every door calls `Bot.ask` and nothing below it."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answering.checked import asked_back, judged_together, with_subject
from bot.answering.choices import nearest, starters
from bot.answering.exchange import (
    Exchange,
    answers_about,
    begins_with,
    counts_per,
    exchanged,
    gives_amount,
    names_subject,
)
from bot.answering.follow_up import NEAR, SHORT, headed, silent, stating
from bot.answering.goes_on import last_answered, naming_both, telling_how
from bot.answering.loaded import Loaded
from bot.answering.refusal import topic
from bot.answering.same_subject import Before, subjects
from bot.answering.search import Searches
from bot.answering.single import Single, offering
from bot.answering.stale import dated
from bot.decision.decide import Weights
from bot.decision.naming import whole
from bot.decision.relations import directions
from bot.evidence.topics import Topics
from bot.language import say
from bot.question.conversation import last_asked, meant, only_a_kind, points_back, restricts, small_talk, turns_round
from bot.question.parts import joined_questions, kinds_of
from bot.question.question import Question
from bot.question.versions import NoVersionError, concerning
from bot.records import Answer, Status
from index.encoder.protocol import Encoder
from index.records import Section


class Bot(Loaded):
    """Safe to share between threads."""

    today = staticmethod(date.today)

    def __init__(self, topics: Topics, encoder: Encoder, weights: Weights) -> None:
        super().__init__(topics, encoder, weights)
        self.single = Single.of(topics)

    def ask(
        self, question: str, lang: str | None = None, history: Sequence[str] = (), version: str | None = None
    ) -> Answer:
        """Answer one question; `lang` None = the question's own; `history` = earlier questions, oldest first.

        `version`: the reader's; the question may name another. Raises NoVersionError.
        """
        started = time.perf_counter()
        about = concerning(_as_text(question), list(map(_as_text, history)), version, self.versions)
        bot = self.of(about.version)
        searches = Searches(bot.topics, bot.encoder, bot.weights, bot.single.parts.part, missing=about.missing)
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
        searches = Searches(bot.topics, bot.encoder, bot.weights, bot.single.parts.part)
        asked = searches.question(about.question)
        search, lang = searches.search(asked), lang if lang in bot.langs else asked.lang
        return search.decision.status, nearest(search.ranking.order, bot.topics, lang, most)

    def _ask(self, question: Question, lang: str | None, history: Sequence[str], searches: Searches) -> Answer:
        lang, text = lang if lang in self.langs else question.lang, question.text
        earlier = searches.before(history)
        before = earlier.text if earlier else None
        if kind := small_talk(text) or (only_a_kind(text) and not before and "what"):
            return self._talk(question, kind, lang, history, searches)
        if not before and (nothing := searches.names_nothing(question)):
            offered = self.single.choices(nothing.ranking.order, lang)
            return offering(question, say(lang, "answers", "talk.what"), lang, offered)
        if before and (usual := meant(text)) and usual != text:
            return replace(self._ask(searches.question(usual), lang, history, searches), question=text)
        if before and (named := with_subject(text, before, lang)):
            subject = searches.question(named)
            return replace(self.single.answer(subject, lang, searches.after(subject, [])), question=text)
        if before and points_back(question) and (together := judged_together(text, before, lang)):
            joined = searches.question(together)
            answer = self.single.answer(joined, lang, searches.after(joined, []))
            if answer.status is Status.ANSWERED:
                return replace(answer, question=text)
        if before and turns_round(text) and directions(before, self.topics):
            way_back = say(lang, "conversation", "way_back")
            return replace(self._ask(searches.question(way_back), lang, history, searches), question=text)
        if earlier and (refused := self._still_uncovered(question, earlier.turns[0], lang, searches)):
            return refused
        other = exchanged(text, before, self.topics) if before else None
        if before and other and not other.alike and "steps" in kinds_of(before):
            steps = searches.question(before)
            if section := searches.added(question, steps, other.subject, lang):
                return self.single.told_by(section, question, steps, lang, searches.search(steps))
        if before and restricts(question) and subjects(question, self.topics) and not (other and other.alike):
            restricted = self._restricted(question, searches.question(before), lang, searches)
            if not other or self._keeps(other, searches.question(before), restricted):
                return restricted
        if other:
            answer = self._exchanged(other, lang, searches)
            if before and other.per and not counts_per(other.subject, answer, self.topics):
                counted = replace(searches.question(before), missing=other.per)
                answer = self.single.answer(counted, lang, searches.after(counted, []))
            if other.alike or answers_about(other.subject, answer, self.topics):  # else it is of another kind
                return replace(answer, question=text)
        if earlier and (len(text) <= SHORT or only_a_kind(text)):
            previous = searches.question(earlier.text)
            if section := self._named_by_kind(question, earlier, lang, searches):
                return self.single.told_by(section, question, previous, lang, searches.search(previous))
        if lone := asked_back(text, lang):
            return offering(question, say(lang, "answers", "ask_back", value=lone[0]), lang, lone[1:])
        answer = self.single.answer(question, lang, searches.after(question, history))
        is_refused = before is not None and bool(question.words) and answer.status is Status.NOT_COVERED
        if is_refused and searches.search(question).names_uncovered:
            own = self.single.answer(question, lang, searches.search(question))  # and no neighbour of the subject
            return replace(own, suggestions=answer.suggestions)
        return self._half(question, lang, searches) or answer if answer.status is not Status.ANSWERED else answer

    def _still_uncovered(self, question: Question, subject: str, lang: str, searches: Searches) -> Answer | None:
        """To a question without a subject the refusal of the one whose subject it keeps, if that was refused."""
        if not (only_a_kind(question.text) or searches.stays(question)):
            return None
        asked = searches.question(subject)
        refused = self.single.answer(asked, lang, searches.after(asked, []))
        return replace(refused, question=question.text) if refused.status is Status.NOT_COVERED else None

    def _restricted(self, question: Question, before: Question, lang: str, searches: Searches) -> Answer:
        """The question before with what restricts it; of what no section says of both, the restriction is missing."""
        both = searches.question(f"{before.text}\n{question.text}")
        searched = (searches.restricted(question, before, own=own) for own in (False, True))
        answers = (self.single.answer(both, lang, search) for search in searched if search)
        first = next(answers, None)
        if first is None:
            first = self.single.answer(replace(before, missing=whole(question)), lang, searches.after(before, []))
        elif not self._is_plain(first):
            first = next(filter(self._is_plain, answers), first)
        return replace(first, question=question.text)

    def _keeps(self, other: Exchange, before: Question, answer: Answer) -> bool:
        """Whether an answer about another subject gives the amount asked for, or says that another source does."""
        if not answer.citations or (answer.not_stated and self._is_plain(answer)):
            return True
        return gives_amount(before, other.subject, answer.citations[0].quote, self.topics)

    def _half(self, question: Question, lang: str, searches: Searches) -> Answer | None:
        """Of a question that joins several the answer to the first that has one; the others are named as not stated."""
        asked = [searches.question(text) for text in joined_questions(question.text)]
        answers = [self.single.answer(each, lang, searches.after(each, [])) for each in asked]
        plainly = list(map(self._is_plain, answers))
        if not any(plainly) or all(plainly):
            return None
        half = asked[plainly.index(True)]
        missing = " ".join(each.text for each, is_plain in zip(asked, plainly, strict=True) if not is_plain)
        answer = self.single.answer(replace(half, missing=missing), lang, searches.after(half, []))
        if silent := next((each for each in answers if each.status is Status.NOT_COVERED), None):
            documents = tuple(dict.fromkeys((*answer.outside, *silent.outside)))
            answer = replace(answer, answer=f"{answer.answer}\n{silent.answer}", outside=documents)
        return replace(answer, question=question.text)

    def _is_plain(self, answer: Answer) -> bool:
        """Whether an answer leaves nothing out; what another source says leaves out that the site's own does."""
        if answer.status is not Status.ANSWERED or not answer.not_stated:
            return answer.status is Status.ANSWERED
        first = self.topics.group(answer.citations[0].section)[answer.citations[0].lang]
        return first.other_source and answer.not_stated == (topic(first),)

    def _exchanged(self, other: Exchange, lang: str, searches: Searches) -> Answer:
        """The question before about another subject; what the site says of that, where it does not answer."""
        question, subject = searches.question(other.text), other.subject
        answer = self.single.answer(question, lang, searches.after(question, []))
        if answer.checks or answer.status is Status.NOT_COVERED:
            return answer
        if answer.status is Status.CLARIFY:
            nearer = self.single.answer(question, lang, searches.about(question, subject))
            return nearer if self._tells_of(other, question, nearer) else answer
        if (silent := not gives_amount(question, subject, answer.citations[0].quote, self.topics)) or answer.not_stated:
            missing = whole(question) if silent else question.missing
            return self.single.answer(replace(question, missing=missing), lang, searches.about(question, subject))
        if answers_about(subject, answer, self.topics):
            return answer
        nearer = self.single.answer(question, lang, searches.about(question, subject))
        if self._tells_of(other, question, nearer):
            return nearer
        if names_subject(subject, answer, self.topics):
            return answer
        return self.single.answer(replace(question, missing=subject), lang, searches.after(question, []))

    def _tells_of(self, other: Exchange, question: Question, answer: Answer) -> bool:
        """Whether an answer begins with a section whose heading names the other subject, and leaves nothing out."""
        return (
            self._is_plain(answer)
            and begins_with(other.subject, answer, self.topics)
            and gives_amount(question, other.subject, answer.citations[0].quote, self.topics)
        )

    def _talk(self, question: Question, kind: str, lang: str, history: Sequence[str], searches: Searches) -> Answer:
        """To a greeting, what can be asked; to "in English please", the last question again."""
        kind, _, wanted = kind.partition(".")
        lang = wanted if wanted in self.langs else lang
        before = last_asked(history)
        if wanted and before:
            again = self._ask(searches.question(before), lang, history[: history.index(before)], searches)
            return replace(again, question=question.text)
        order = searches.search(searches.question(before)).ranking.order if before else ()
        offered = self.single.choices(order, lang) or starters(self.topics, lang)
        return offering(question, say(lang, "answers", f"talk.{kind}"), lang, offered)

    def _named_by_kind(self, question: Question, earlier: Before, lang: str, searches: Searches) -> Section | None:
        """The section about what was asked before that a short question names by its heading."""
        before = searches.question(earlier.text)
        if of_both := naming_both(question, before, lang, searches, self.topics):
            return of_both
        near_by = searches.nearest(last_answered(earlier, searches), lang, NEAR)
        both = f"{before.text}\n{question.text}"

        def answers(section: Section) -> float:
            return searches.read(both, section).answers

        named = headed(question, near_by, answers, adds=not kinds_of(before.text))
        if named is not None or not only_a_kind(question.text):
            return named or telling_how(question, before, lang, searches)
        joined = searches.nearest(searches.joined(question, before), lang, NEAR)
        untold = silent(question, joined, near_by, self.single.telling)
        return untold or stating(question, joined, near_by[0], subjects(before, self.topics), answers)


def _as_text(question: str) -> str:
    return question.encode("utf-8", "replace").decode()  # half of a surrogate pair is no text
