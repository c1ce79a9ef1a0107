"""The main job: a question to an Answer. Every door calls `Bot.ask` and nothing below it."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.answering.checked import asked_back, checked, sentences, speaks_of, with_subject
from bot.answering.choices import CHOICES, as_question, near, runners_up, starters
from bot.answering.citing import citation, joined, rule_links
from bot.answering.compose import Quoted, all_of, compose
from bot.answering.follow_up import NEAR, SHORT, headed
from bot.answering.polarity import verdict_of
from bot.answering.refusal import listed, refusal
from bot.answering.same_fact import common_words, together
from bot.answering.search import Search, Searcher
from bot.answering.steps import with_steps
from bot.decision.decide import Weights, load_weights
from bot.decision.same_question import same_question
from bot.decision.unstated import Unstated, load_model, named_first, unstated, worst_parts
from bot.evidence.topics import Topics
from bot.language import detect, say
from bot.question.conversation import last_asked, only_a_kind, small_talk
from bot.question.parts import asks_a_kind
from bot.records import Answer, Certainty, CheckedValue, Status
from index.encoder.canary import prove
from index.encoder.choose import answering_encoder
from index.encoder.protocol import Encoder
from index.encoder.reader import reader
from index.records import Section
from index.storage.store import load

SURE, PROBABLE = 0.9, 0.7  # confidence from which on an answer is called so


class Bot:
    """An index, the encoder it was made for, and the weights of the decision. Safe to share between threads."""

    refused: str | None = None  # why a newer index is not used; this one is never exchanged

    def __init__(self, topics: Topics, encoder: Encoder, weights: Weights) -> None:
        self.topics, self.encoder, self.weights = topics, encoder, weights
        self.langs: tuple[str, ...] = tuple(topics.index.manifest.langs)
        self._parts = load_model()
        self._common = common_words(topics)
        self._searcher = Searcher(topics, encoder, weights, self._parts.part)

    @property
    def bot(self) -> "Bot":
        """The one that answers now: itself."""
        return self

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
        reader()  # not while somebody waits for the first answer
        return cls(topics, encoder, load_weights(topics))

    def ask(self, question: str, lang: str | None = None, history: Sequence[str] = ()) -> Answer:
        """Answer one question; `lang` None = the question's own; `history` = earlier questions, oldest first."""
        started = time.perf_counter()
        question, history = _as_text(question), [_as_text(each) for each in history]
        lang = lang if lang in self.langs else detect(question, self.langs)
        before = last_asked(history)
        if kind := small_talk(question) or (only_a_kind(question) and not before and "what"):
            answer = self._talk(question, kind, lang, history)
        elif not before and (nothing := self._searcher.names_nothing(question)):
            offered = near(nothing.ranking.order, self.topics, lang)[:CHOICES]
            answer = self._offered(question, say(lang, "answers", "talk.what"), lang, offered)
        elif before and (named := with_subject(question, before, lang)):
            answer = replace(self._answer(named, lang, self._searcher.after(named, [])), question=question)
        elif before and len(question) <= SHORT and (section := self._headed(question, before, lang)):
            answer = self._told_by(section, question, before, lang)
        elif lone := asked_back(question, lang):
            answer = self._offered(question, say(lang, "answers", "ask_back", value=lone[0]), lang, lone[1:])
        else:
            answer = self._answer(question, lang, self._searcher.after(question, history))
        return replace(answer, took_ms=round((time.perf_counter() - started) * 1000, 1))

    def _talk(self, question: str, kind: str, lang: str, history: Sequence[str]) -> Answer:
        """To a greeting, what can be asked; to "in English please", the last question again."""
        kind, _, wanted = kind.partition(".")
        lang = wanted if wanted in self.langs else lang
        before = last_asked(history)
        if wanted and before:
            return replace(self.ask(before, lang, history[: history.index(before)]), question=question)
        nearest = near(self._searcher.search(before).ranking.order, self.topics, lang)[:CHOICES] if before else ()
        offered = nearest or starters(self.topics, lang)
        return self._offered(question, say(lang, "answers", f"talk.{kind}"), lang, offered)

    def _headed(self, question: str, before: str, lang: str) -> Section | None:
        """The section about what was asked before that a short question names by its heading."""
        order = self._searcher.search(before).ranking.order[:NEAR]
        return headed(question, [self.topics.in_language(int(topic), lang) for topic in order])

    def _told_by(self, section: Section, question: str, before: str, lang: str) -> Answer:
        """A section as the answer to a question that only names its kind."""
        quoted, search = all_of(section, question), self._searcher.search(before)
        last = self._answer(before, lang, search)
        names = named_first(before, search.accounted) if section.other_source else ()
        said = (say(lang, "answers", "other_source"),) if names else ()
        return replace(
            last,
            question=question,
            status=Status.ANSWERED,
            answer="\n".join((*said, quoted.quote)),
            citations=(citation(1, quoted, [], question, 0, self.topics),),
            rules=rule_links([section], lang, self.topics),
            not_stated=names,
            checks=(),
            verdict=None,
            certainty=_certainty(last.confidence, left_out=bool(names)),
        )

    def _offered(self, question: str, text: str, lang: str, offered: tuple[str, ...]) -> Answer:
        return Answer(question, lang, Status.CLARIFY, text, 0.0, (), (), offered, 0.0)

    def _answer(self, question: str, lang: str, found: Search) -> Answer:
        status, ranked = found.decision.status, found.ranking.order
        checks = checked(question, lang)
        # Beside a judged value no yes or no of a section is repeated.
        quoted = self._quoted(question, found, lang, verdict=not checks) if status is Status.ANSWERED else ()
        if checks and (quoted or not asks_a_kind(question)):
            status, quoted = Status.ANSWERED, self._rules_first(quoted, checks, lang)
        if not quoted:
            return self._unanswered(question, lang, found)
        left_out = self._unstated(question, found, quoted, lang)
        names = tuple(name for name in left_out.names if not speaks_of(name, checks))
        if not checks and (left_out.doubtful or not same_question(question, quoted[0].section, self.topics)):
            quoted = self._quoted(question, found, lang, verdict=False)
        elsewhere = self._outside(found, lang) if names else None
        stated = "not_stated"
        if quoted[0].section.other_source:
            stated, names = "other_source", names or named_first(question, found.accounted)
            quoted = self._quoted(question, found, lang, verdict=False)
        said = (say(lang, "answers", stated, names=listed(names, lang)),) if names else ()
        lines = (*sentences(checks, lang), *said, joined(quoted), *((elsewhere.text,) if elsewhere else ()))
        cited = {one.section.id for one in quoted}
        verdict, alone = (None, 0) if checks or names else verdict_of(quoted[0].section, quoted[0].spans)
        asked = {as_question(one.section) for one in quoted}
        decided = any(check.status in ("pass", "fail") for check in checks)
        return Answer(
            question=question,
            lang=lang,
            status=status,
            answer="\n".join(lines),
            confidence=round(found.decision.confidence, 3),
            citations=tuple(
                citation(n, one, also, question, alone if n == 1 else 0, self.topics)
                for n, (one, also) in enumerate(together(quoted, self._common), 1)
            ),
            rules=rule_links([one.section for one in quoted], lang, self.topics),
            suggestions=tuple(each for each in near(ranked, self.topics, lang) if each not in asked)[:CHOICES],
            took_ms=0.0,
            runners_up=runners_up(ranked, self.topics, lang, cited),
            not_stated=names,
            checks=checks,
            verdict=verdict,
            certainty=_certainty(1 if decided else found.decision.confidence, left_out=bool(names)),
        )

    def _unanswered(self, question: str, lang: str, found: Search) -> Answer:
        """Choices where sections come close; else which topic is not covered, or which part of the question."""
        status, ranked = found.decision.status, found.ranking.order
        choices, confidence = near(ranked, self.topics, lang)[:CHOICES], round(found.decision.confidence, 3)
        sure = found.decision.but_for_parts and found.accounted.worst >= self._parts.unstated_from
        left_out = worst_parts(question, found.accounted, self.topics) if sure else ()
        if status is Status.CLARIFY:
            names = listed(left_out, lang)
            text = say(lang, "answers", "part_clarify", names=names) if left_out else say(lang, "answers", "clarify")
            next_best = runners_up(ranked, self.topics, lang, set())
        else:
            status, text, next_best = Status.NOT_COVERED, refusal(self._outside(found, lang), left_out, lang), ()
        return Answer(question, lang, status, text, confidence, (), (), choices, 0.0, next_best)

    def _outside(self, found: Search, lang: str) -> Section | None:
        topic = found.accounted.outside
        return None if topic is None else self.topics.in_language(topic, lang)

    def _quoted(self, question: str, search: Search, lang: str, *, verdict: bool = True) -> tuple[Quoted, ...]:
        quoted = compose(question, search.evidence, search.ranking, self.topics, lang, verdict=verdict)
        return with_steps(question, quoted, search.ranking.order.tolist(), self.topics)

    def _unstated(self, question: str, search: Search, quoted: Sequence[Quoted], lang: str) -> Unstated:
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

    def _rules_first(self, quoted: Sequence[Quoted], checks: Sequence[CheckedValue], lang: str) -> tuple[Quoted, ...]:
        """The quotes about the rules that were checked before all others; the rules' own pages where there are none."""
        rules = {check.id for check in checks if check.status == "fail"} or {check.id for check in checks}
        about = [one for one in quoted if rules & {link.id for link in rule_links([one.section], lang, self.topics)}]
        if not about:
            groups = (self.topics.group(f"rules/{rule.lower()}#{rule.lower()}") for rule in sorted(rules))
            pages = [group.get(lang) or next(iter(group.values())) for group in groups if group]
            about = [Quoted(page, page.sentences[:1]) for page in pages if page.sentences]
        return tuple([*about, *(one for one in quoted if one not in about)][:CHOICES])

    def _topics(self, quoted: Sequence[Quoted]) -> list[int]:
        catalogue = self.topics.catalogue
        return [int(catalogue.named[catalogue.names[one.section.id]]) for one in quoted]


def _certainty(confidence: float, *, left_out: bool) -> Certainty:
    """In a word; what leaves a part of the question out is never sure to answer it."""
    if confidence >= SURE and not left_out:
        return "high"
    return "medium" if confidence >= PROBABLE else "low"


def _as_text(question: str) -> str:
    return question.encode("utf-8", "replace").decode()  # half of a surrogate pair is no text
