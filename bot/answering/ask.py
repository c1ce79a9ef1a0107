"""A question to an Answer, from the version of the docs that it is about. All ask `Bot.ask` and nothing below it."""

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answering.choices import nearest
from bot.answering.dialogue import answered
from bot.answering.loaded import Loaded
from bot.answering.search import Searches
from bot.answering.single import Single
from bot.answering.stale import dated
from bot.answering.turn import Turn
from bot.decision.decide import Weights
from bot.evidence.topics import Topics
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
        asked = searches.question(about.question)
        answer = answered(Turn(asked, lang if lang in bot.langs else asked.lang, about.history, bot.single, searches))
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


def _as_text(question: str) -> str:
    return question.encode("utf-8", "replace").decode()  # half of a surrogate pair is no text
