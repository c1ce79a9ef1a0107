"""POST /api/ask and what readers think of the answers: POST /api/feedback."""

import logging
import time
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.exceptions import HTTPException

from bot.answering.ask import Bot
from bot.api.absolute import Urls, absolute
from bot.api.errors import RefusedError, reader_lang
from bot.api.memory import Encoded, Memory, encoded
from bot.api.metrics import Metrics
from bot.api.schemas import BUSY, URLS, Failure, Question, Vote
from bot.api.strict import StrictRoute, strict
from bot.language import detect, say, written_length
from bot.records import Answer
from bot.service.capacity import FullError, Turns
from bot.service.client import client
from bot.service.keeping import Keeping
from bot.service.live import Live
from bot.service.store import Feedback, Store, StoreError
from bot.settings import Settings

AskedUrls = Annotated[Urls, Query(description=URLS, examples=["absolute"])]
_log = logging.getLogger("kb")


def routes(
    settings: Settings, bot: Bot | Live, store: Store | None, metrics: Metrics, turns: Turns, keeping: Keeping
) -> APIRouter:
    """The two addresses; without a store there is nowhere to keep a vote, and /api/feedback is 404.

    `turns`: of questions; `keeping`: of what the store does.
    """
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["questions"])
    memory = Memory()

    def current() -> Bot:  # one and the same from the look into the memory to the end of the search
        return bot.bot if isinstance(bot, Live) else bot

    def reply(found: Encoded, took_ms: float) -> Response:
        answer = found.answer
        metrics.answers.labels(answer.lang, answer.status).inc()
        told = {"lang": answer.lang, "status": answer.status, "confidence": answer.confidence, "ms": took_ms}
        asked = answer.question
        logged = {"question": asked} if settings.log_questions else {"characters": len(asked)}
        _log.info("answer", extra={"kb": told | logged})
        return Response(found.json(took_ms), media_type="application/json")

    class Remembering(StrictRoute):
        """A request that was answered before needs neither reading nor searching."""

        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle = super().get_route_handler()

            async def recall(request: Request) -> Response:
                started, request = time.perf_counter(), strict(request)
                found = memory.recall(current(), await _key(request))
                return reply(found, _ms_since(started)) if found else await handle(request)

            return recall

    async def ask(asked: Question, request: Request, urls: AskedUrls = "relative") -> Response:
        if not asked.question.strip():
            words = say(asked.lang or reader_lang(request), "errors", "question_empty")
            raise RefusedError(422, "question_empty", words)
        lang = asked.lang or detect(asked.question, bot.langs)
        earlier, answering = [before.question for before in asked.history], current()
        _refuse_long(asked.question, settings.max_question, lang)
        if sum(map(written_length, earlier)) > settings.max_history:
            words = say(lang, "errors", "history_too_long", limit=settings.max_history)
            raise RefusedError(413, "history_too_long", words)
        asker = client(request.scope, settings.proxy_hops)
        try:
            answer = await turns.run(lambda: answering.ask(asked.question, asked.lang, earlier), asker)
        except FullError:
            words = say(lang, "errors", "over_capacity")
            raise RefusedError(503, "over_capacity", words, {"retry-after": "2"}) from None
        except MemoryError as error:
            _log.error("no memory for an answer", exc_info=error)
            raise RefusedError(503, "no_memory", say(lang, "errors", "no_memory"), {"retry-after": "60"}) from None
        found = encoded(absolute(answer, settings.site_url) if urls == "absolute" else answer)
        memory.keep(answering, await _key(request), found)
        return reply(found, answer.took_ms)

    router.add_api_route(
        "/ask",
        ask,
        methods=["POST"],
        summary="Answer a question with quotes from the documentation",
        response_model=Answer,
        responses=BUSY,
        route_class_override=Remembering,
    )

    @router.post(
        "/feedback",
        summary="Say whether an answer helped; the last vote counts, null withdraws it",
        status_code=204,
        response_class=Response,
        responses={404: {"model": Failure, "description": "Votes are not kept (KB_STORE is off)."}, **BUSY},
    )
    async def feedback(vote: Vote, request: Request) -> None:
        if store is None:
            raise HTTPException(404)
        _refuse_long(vote.question, settings.max_question, vote.lang)
        given = Feedback(**vote.model_dump(), door="web")
        try:
            await keeping.run(lambda: store.vote(given))
        except StoreError as error:
            raise RefusedError(
                503,
                "store_unavailable",
                say(reader_lang(request), "errors", "store_unavailable"),
                {"retry-after": "60"},
            ) from error

    return router


def _refuse_long(question: str, limit: int, lang: str) -> None:
    if written_length(question) > limit:
        raise RefusedError(413, "question_too_long", say(lang, "errors", "too_long", limit=limit))


async def _key(request: Request) -> tuple[str, bytes]:
    return f"{request.headers.get('content-type', '')}?{request.url.query}", await request.body()


def _ms_since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)
