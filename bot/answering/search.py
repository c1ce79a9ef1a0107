"""What there is for a question that may go on from others: it is ranked and decided with them, or by itself."""

from collections.abc import Sequence

from bot.answering.deciding import Deciding
from bot.answering.exchange import about, beside, is_headed
from bot.answering.same_subject import (
    Before,
    asked_before,
    asks_more,
    heads,
    names_no_subject,
    narrowest,
    of_each,
    passes_on,
    strays,
    subjects,
    within,
    within_all,
)
from bot.answering.searched import Search
from bot.decision.ranking import Ranking
from bot.question.conversation import FEW, another_subject, only_a_kind, points_back, restricts, says_it
from bot.question.parts import kinds_of
from bot.question.question import Question
from bot.records import Status
from index.records import Section

AUTHORS = 0.97  # cosine from which a question is an author's own
CONTEXT = 1.0  # weight of the question before in the ranking of a follow-up
OWN = 2.0  # … and of a follow-up's own words
STEPS = 100  # sections among which those of a procedure's page are


class Searches(Deciding):
    """The searches for the questions of one request."""

    def names_nothing(self, question: Question) -> Search | None:
        """The search for a question that says "it", and nothing that it could be ("Is it supported?"); else None.

        A site that names nothing as not covered documents one product, which is "it" where a heading names the rest.
        """
        if not says_it(question) or self._topics.glossary.longest(question.text) is not None:
            return None
        search = self.search(question)
        answered = search.decision.status is Status.ANSWERED
        named = self._topics.covered.all() and answered and self._is_headed(question)
        return None if named or self._is_authors(question) else search  # an author's "Is it healthy?" has its answer

    def stays(self, question: Question) -> bool:
        """Whether a question that follows another has no subject of its own; an author's own question needs none."""
        if not passes_on(question, self._topics):
            return False
        own = len(question.words) >= FEW and self._is_headed(question)  # many a heading is one word
        return points_back(question) or restricts(question) or not (own or self._is_authors(question))

    def before(self, history: Sequence[str]) -> Before | None:
        """What a question may go on from."""
        return asked_before(history, self.question, self._topics)

    def after(self, question: Question, history: Sequence[str]) -> Search:
        """What there is for a question; after others, perhaps for what it asks about theirs."""
        earlier = self.before(history)
        if earlier is None:
            return self._asking(question, self.search(question))
        before = self.question(earlier.text)
        if only_a_kind(question.text):
            return self.search(before)
        if names_no_subject(question, self._topics) and subjects(before, self._topics):
            return self._staying(question, before, earlier.turns)
        if not question.words:
            return self.joined(question, before, own=0.0)
        if self.stays(question):
            whole = self.search(self.question(f"{before.text}\n{question.text}"))
            return self.joined(question, before) if whole.decision.status is Status.ANSWERED else whole
        alone = self.search(question)
        if strays(question, before, self.nearest(alone, question.lang, 1)[0]):
            return self._staying(question, before, earlier.turns)
        if (back := points_back(question)) or (not alone.is_plain and asks_more(question, alone.ranking, self._topics)):
            return self._together(question, before, alone, back=back)
        return self._asking(question, alone)

    def _together(self, question: Question, before: Question, alone: Search, *, back: bool) -> Search:
        """Search for both questions, or the one `alone`, if that does not point `back` and is surer of its answer."""
        # "And from the cellar?" after "Is there a way back?" asks for that: its own words say where from.
        back_from = another_subject(question.text) and not kinds_of(question.text)
        keeps = back_from and "return" in kinds_of(before.text)
        together = self.joined(question, before, own=0.0 if keeps else OWN)
        few = len(question.words) <= FEW  # too few to be about something else
        if back and (few or together.decision.status is not Status.NOT_COVERED):
            return together
        return max(alone, together, key=lambda search: search.decision.confidence)

    def restricted(self, question: Question, before: Question, *, own: bool = False) -> Search | None:
        """Search for a question with what restricts it; None: no section speaks of both. `own`: as in `joined`."""
        both = self.question(f"{before.text}\n{question.text}")
        search = self.joined(question, before) if own else self.search(both)
        ranking = within_all(search.ranking, (before, question), self._topics)
        covered = self._topics.covered[ranking.order].any()
        return self._decided(both, search.evidence, ranking) if covered else None

    def joined(self, question: Question, before: Question, own: float = OWN) -> Search:
        """Search for "And the lid?": ranked by its own words first, then by what was asked before.

        The text of both decides whether it is answered, the ranking of both what is. `own`: weight of its own words.
        """
        both = self.question(f"{before.text}\n{question.text}")
        evidence = self._topics.score(both, self.search(question).evidence.topics)
        by_itself, context = (self._fused(each, evidence.topics) for each in (question, before))
        joined = self._ranked(question, evidence).fused
        ranking = Ranking.of(own * by_itself + CONTEXT * context + joined, evidence.topics)
        return self._decided(question, evidence, ranking, before.text)

    def added(self, question: Question, before: Question, subject: str, lang: str) -> Section | None:
        """What the pages of a procedure say, below a heading, of what is added to it ("steps?", "and with a lid?")."""
        together, steps = self.joined(question, before), self.nearest(self.search(before), lang, STEPS)
        order = beside(steps, about(subject, together.ranking, self._topics), self._topics).order
        first = next((int(topic) for topic in order if self._topics.covered[topic]), None)
        if first is None or not is_headed(first, subject, self._topics):
            return None
        return self._topics.in_language(first, lang)

    def _staying(self, question: Question, before: Question, turns: Sequence[str]) -> Search:
        """Search for a question without a subject among the sections that have that of the ones before, or of each."""
        together = self.joined(question, before) if question.words else self.search(before)
        each = (before.text,) if kinds_of(question.text) else turns  # a kind of thing is stated of the whole
        ranking = of_each(together.ranking, before, map(self.question, each), self._topics)
        if says_it(question) and question.words and (subject := narrowest(before, self._topics)):
            headed = self._decided(question, together.evidence, about(subject, ranking, self._topics), before.text)
            if headed.decision.status is Status.ANSWERED:
                return headed
        staying = self._decided(question, together.evidence, ranking, before.text)
        alone = question.words and not points_back(question) and not kinds_of(question.text)
        return self._or_alone(question, before, staying) if alone else staying

    def _or_alone(self, question: Question, before: Question, staying: Search) -> Search:
        """That search, or the one for a question by itself, if that alone is answered, by what has the same subject."""
        alone = self.search(question)
        if staying.decision.status is Status.ANSWERED or not alone.is_plain:
            return staying
        subject = narrowest(before, self._topics)
        kept = within_all(alone.ranking, (before,), self._topics)
        kept = within(kept, self._topics.glossary.group(subject), self._topics) if subject else kept
        return alone if kept.order[0] == alone.ranking.order[0] else staying

    def _is_headed(self, question: Question) -> bool:
        return heads(question, self.nearest(self.search(question), question.lang, 1)[0])

    def _is_authors(self, question: Question) -> bool:
        return float(self.search(question).evidence.channel("phrasing").max(initial=0.0)) >= AUTHORS
