"""From the questions of one request to ranked topics and a decision: the first half of an answer."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from bot.answering.exchange import about, beside, is_headed
from bot.answering.same_subject import asked_before, names_no_subject, subjects, within
from bot.decision.account import Account, account
from bot.decision.decide import Decision, Ranking, Weights, decide
from bot.decision.directed import asked_direction_first
from bot.decision.genres import rank_topics
from bot.decision.kind_headings import kind_first, way_back_first
from bot.decision.leading import read_best
from bot.decision.logistic import Logistic
from bot.decision.named_headings import named_first
from bot.decision.reading import Read, read_section
from bot.decision.same_or_other import asked_side_first
from bot.decision.siblings import asked_sibling_first
from bot.evidence.evidence import Evidence, Floats, Numbers
from bot.evidence.topics import Topics
from bot.question.conversation import FEW, another_subject, only_a_kind, points_back, says_it
from bot.question.parts import asking_sentence, kinds_of, neutral, without_commands
from bot.question.question import Question
from bot.records import Status
from index.encoder.protocol import Encoder
from index.lexical.words import words
from index.records import Section

AUTHORS = 0.97  # cosine from which a question is an author's own
CONTEXT = 1.0  # weight of the question before in the ranking of a follow-up
STEPS = 100  # sections among which those of a procedure's page are
OWN = 2.0  # … and of a follow-up's own words


@dataclass(frozen=True, slots=True)
class Search:
    """One question (as asked, or joined with the one before it) and what was found for it."""

    evidence: Evidence
    ranking: Ranking
    decision: Decision
    accounted: Account


class Searches:
    """What the topics, the encoder and the weights say of the questions of one request; each is searched once.

    `part` tells which parts are left out, `read` whether a section answers the whole; `missing`: Question.missing.
    """

    def __init__(
        self,
        topics: Topics,
        encoder: Encoder,
        weights: Weights,
        part: Logistic,
        read: Read = read_section,
        missing: str | None = None,
    ) -> None:
        self._topics, self._encoder, self._weights, self._part, self.read = topics, encoder, weights, part, read
        self._missing = missing
        self._questions: dict[str, Question] = {}
        self._evidence: dict[str, Evidence] = {}
        self._searches: dict[str, Search] = {}

    def question(self, text: str) -> Question:
        """A text, read once."""
        if text not in self._questions:
            self._questions[text] = replace(self._topics.read(text, self._encoder), missing=self._missing)
        return self._questions[text]

    def search(self, question: Question) -> Search:
        """One question by itself."""
        if question.text not in self._searches:
            self._searches[question.text] = self._alone(question)
        return self._searches[question.text]

    def _alone(self, question: Question) -> Search:
        """Of a section whose heading only names what is asked for, and its page's best, the one that answers."""
        evidence = self._scored(question)
        ranking = self._ranked(question, evidence)
        headed = kind_first(question, ranking, self._topics)
        if headed is not ranking:
            search = self._decided(question, evidence, headed)
            if search.decision.status is Status.ANSWERED:
                return search
        return self._decided(question, evidence, ranking)

    def names_nothing(self, question: Question) -> Search | None:
        """The search for a question that says "it", and nothing that it could be ("Is it supported?"); else None.

        A site that names nothing as not covered documents one product, which is "it" where a heading names the rest.
        """
        if not says_it(question) or self._topics.glossary.longest(question.text) is not None:
            return None
        search = self.search(question)
        if (
            self._topics.covered.all()
            and search.decision.status is Status.ANSWERED
            and self._heads_all(question, search)
        ):
            return None
        nearest = float(search.evidence.channel("phrasing").max(initial=0.0))
        return search if nearest < AUTHORS else None  # an author's own "Is it healthy?" has its answer

    def _heads_all(self, question: Question, search: Search) -> bool:
        """Whether the best section's heading has all that a question names ("Docker" of "Does it run in Docker?")."""
        best, *_ = self.nearest(search, question.lang, 1)
        named = {token for part in question.words if part.word not in neutral() for token in part.tokens}
        return bool(named) and named <= set(words(best.title))

    def before(self, history: Sequence[str]) -> str | None:
        """What a question may go on from."""
        return asked_before(history, self.question, self._topics)

    def after(self, question: Question, history: Sequence[str]) -> Search:
        """What there is for a question; after others, perhaps for what it asks about theirs."""
        text = self.before(history)
        if text is None:
            return self._asking(question, self.search(question))
        before = self.question(text)
        if only_a_kind(question.text):
            return self.search(before)
        if names_no_subject(question, self._topics) and (names := subjects(before, self._topics)):
            return self._staying(question, before, names)
        alone = self.search(question)
        if not question.words:
            return self._follow_up(question, alone, before, own=0.0)
        back = points_back(question)
        answered = alone.decision.status is Status.ANSWERED and not alone.decision.hedged
        if back or (not answered and self._asks_more(question, alone)):
            # "And from the cellar?" after "Is there a way back?" asks for that: its own words say where from.
            back_from = another_subject(question.text) and not kinds_of(question.text)
            keeps = back_from and "return" in kinds_of(before.text)
            together = self._follow_up(question, alone, before, own=0.0 if keeps else OWN)
            few = len(question.words) <= FEW  # too few to be about something else
            if back and (few or together.decision.status is not Status.NOT_COVERED):
                return together
            return max(alone, together, key=lambda search: search.decision.confidence)
        return self._asking(question, alone)

    def joined(self, question: Question, before: Question) -> Search:
        """A question together with the one that it goes on from."""
        return self._follow_up(question, self.search(question), before)

    def about(self, question: Question, subject: str) -> Search:
        """One question by the sections whose headings name a subject."""
        search = self.search(question)
        return self._decided(question, search.evidence, about(subject, search.ranking, self._topics))

    def added(self, question: Question, before: Question, subject: str, lang: str) -> Section | None:
        """What the pages of a procedure say, below a heading, of what is added to it ("steps?", "and with a lid?")."""
        together, steps = self.joined(question, before), self.nearest(self.search(before), lang, STEPS)
        order = beside(steps, about(subject, together.ranking, self._topics), self._topics).order
        first = next((int(topic) for topic in order if self._topics.covered[topic]), None)
        if first is None or not is_headed(first, subject, self._topics):
            return None
        return self._topics.in_language(first, lang)

    def answers(self, text: str, section: Section) -> float:
        """The log odds that a section answers a question."""
        return self.read(text, section).answers

    def nearest(self, search: Search, lang: str, count: int) -> list[Section]:
        """The sections that rank highest, in this language where there are such."""
        return [self._topics.in_language(int(topic), lang) for topic in search.ranking.order[:count]]

    def _asking(self, question: Question, whole: Search) -> Search:
        """The same, or what there is for the sentence that asks, where what stands around it hides the question.

        What the question leaves out is that of the whole: a condition may stand in front. Command lines beside a
        question hide it, too.
        """
        answered = whole.decision.status is Status.ANSWERED
        if answered and not whole.decision.hedged:
            return whole
        if not answered and (sentence := asking_sentence(question.text)):
            asking = self.question(sentence)
            evidence = self._scored(asking)
            alone = self._decided(question, evidence, self._ranked(asking, evidence))
            if alone.decision.status is Status.ANSWERED:
                return alone
        if clear := without_commands(question.text):
            alone = self.search(self.question(clear))
            if alone.decision.status is Status.ANSWERED and not alone.decision.hedged:
                return alone
        return whole

    def _scored(self, question: Question) -> Evidence:
        if question.text not in self._evidence:
            self._evidence[question.text] = self._topics.score(question)
        return self._evidence[question.text]

    def _decided(self, question: Question, evidence: Evidence, ranking: Ranking, before: str = "") -> Search:
        """The decision; what is not covered even if the best section answered the whole question is not read."""
        ranking = asked_side_first(question, ranking, self._topics)
        # "And from the cellar?" asks for the same kind of thing as the question before.
        asking = self.question(before) if before and not kinds_of(question.text) else question
        ranking = way_back_first(asking, ranking, self._topics)
        ranking = asked_direction_first(question, ranking, self._topics)
        ranking = asked_sibling_first(question, ranking, self._topics)
        accounted = account(question, ranking.order, self._topics, self._part)
        decision = decide(question, evidence, ranking, self._topics, self._weights, accounted)
        if decision.status is not Status.NOT_COVERED:
            ranking, accounted = read_best(question, ranking, accounted, self._topics, self._part, self.read, before)
            if (led := asked_sibling_first(question, ranking, self._topics)) is not ranking:
                unread = account(question, led.order, self._topics, self._part)
                ranking, accounted = read_best(question, led, unread, self._topics, self._part, self.read, before)
            decision = decide(question, evidence, ranking, self._topics, self._weights, accounted)
        return Search(evidence, ranking, decision, accounted)

    def _asks_more(self, question: Question, alone: Search) -> bool:
        """True if a question names something of this site by itself; other topics do not."""
        named = (token for part in question.words for token in part.tokens)
        return self._topics.knows(named) and bool(self._topics.covered[alone.ranking.order[0]])

    def _follow_up(self, question: Question, alone: Search, before: Question, own: float = OWN) -> Search:
        """Search for "And the subnet?": ranked by its own words first, then by what was asked before.

        The text of both together decides whether it is answered, the ranking of both what is. `own`: how much its own
        words count.
        """
        both = self.question(f"{before.text}\n{question.text}")
        evidence = self._topics.score(both, alone.evidence.topics)
        by_itself, context = (self._fused(each, evidence.topics) for each in (question, before))
        joined = self._ranked(question, evidence).fused
        ranking = Ranking.of(own * by_itself + CONTEXT * context + joined, evidence.topics)
        return self._decided(question, evidence, ranking, before.text)

    def _staying(self, question: Question, before: Question, names: Set[str]) -> Search:
        """Search for a question without a subject among the sections that have that of the one before."""
        together = self.joined(question, before) if question.words else self.search(before)
        ranking = within(together.ranking, names, self._topics)
        return self._decided(question, together.evidence, ranking, before.text)

    def _fused(self, question: Question, topics: Numbers) -> Floats:
        """The fused scores of these topics: on a large site each question has candidates of its own."""
        evidence = self._scored(question)
        if not evidence.holds(topics):
            evidence = self._topics.score(question, topics)
        return self._ranked(question, evidence.among(topics)).fused

    def _ranked(self, question: Question, evidence: Evidence) -> Ranking:
        return named_first(question, rank_topics(question, evidence, self._weights, self._topics), self._topics)
