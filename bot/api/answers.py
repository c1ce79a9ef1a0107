"""POST /api/ask, what readers think of the answers, and what they searched in vain."""

import logging
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException

from bot.api.absolute import Urls, absolute
from bot.api.accept import takes_events
from bot.api.errors import RefusedError, reader_lang
from bot.api.events import DESCRIBED, EventStream
from bot.api.schemas import BUSY, SHORTEST, URLS, Failure, Question, Search, Vote
from bot.api.strict import StrictRoute
from bot.language import detect, say
from bot.question.versions import NoVersionError, of_address
from bot.records import Answer, Written
from bot.service.answer_log import log_answer
from bot.service.capacity import FullError
from bot.service.client import client
from bot.service.desk import Desk
from bot.service.feedback import Feedback
from bot.service.refused import LongError
from bot.service.store import StoreError

AskedUrls = Annotated[Urls, Query(description=URLS, examples=["absolute"])]
_JSON = TypeAdapter(Answer)
_WRITTEN = TypeAdapter(Written)
_TOO_LONG = {"question": ("question_too_long", "too_long"), "history": ("history_too_long", "history_too_long")}
_log = logging.getLogger("kb")


def routes(desk: Desk) -> APIRouter:
    """The three addresses; without a store there is nowhere to keep a vote, and /api/feedback is 404."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["questions"])

    @router.post(
        "/ask",
        summary="Answer a question with quotes from the documentation",
        response_model=Answer,
        responses={200: {"content": DESCRIBED}, **BUSY},
    )
    async def ask(asked: Question, request: Request, urls: AskedUrls = "relative") -> Response:
        if not asked.question.strip():
            words = say(asked.lang or reader_lang(request), "errors", "question_empty")
            raise RefusedError(422, "question_empty", words)
        earlier = [before.question for before in asked.history]
        try:
            asker = client(request.scope, desk.settings.proxy_hops)
            own = of_address(asked.page, desk.bot.versions) if asked.version is None else asked.version
            given = await desk.give(asker, asked.question, asked.lang, earlier, version=own)
        except (LongError, NoVersionError, FullError, TimeoutError, MemoryError) as error:
            raise refusal(error, asked.lang or detect(asked.question, desk.langs)) from None
        log_answer(given.answer, whole=desk.settings.log_questions)

        def encoded(answer: Answer) -> bytes:
            shown = absolute(answer, desk.settings.site_url) if urls == "absolute" else answer
            return _JSON.dump_json(shown, exclude=answer.unspoken)

        async def worded() -> bytes | None:
            written = (await desk.word(given)).written
            return _WRITTEN.dump_json(written) if written and not given.answer.written else None

        if takes_events(",".join(request.headers.getlist("accept")), gains=desk.words(given)):
            return EventStream(encoded(given.answer), worded)
        return Response(encoded(await desk.word(given)), media_type="application/json")

    @router.post(
        "/feedback",
        summary="Say whether an answer helped; the last vote counts, null withdraws it",
        status_code=204,
        response_class=Response,
        responses={404: {"model": Failure, "description": "Votes are not kept (KB_STORE is off)."}, **BUSY},
    )
    async def feedback(vote: Vote, request: Request) -> None:
        if (store := desk.store) is None:
            raise HTTPException(404)
        try:
            desk.measure(vote.question)
        except LongError as error:
            raise refusal(error, vote.lang) from None
        given = Feedback(**vote.model_dump(), door="web")
        try:
            await desk.vote(given, store)
        except StoreError as error:
            words = say(reader_lang(request), "errors", "store_unavailable")
            raise RefusedError(503, "store_unavailable", words, {"retry-after": "60"}) from error

    @router.post(
        "/searches",
        summary="Say which words a search did not find; they are kept only with KB_KEEP_QUESTIONS",
        status_code=204,
        response_class=Response,
    )
    async def searches(search: Search) -> None:
        words = search.words.strip()
        if len(words) >= SHORTEST:
            desk.note_search(words, search.lang)

    return router


def refusal(error: Exception, lang: str) -> RefusedError:
    """Why there is no answer, and when to come again."""
    if isinstance(error, LongError):
        code, words = _TOO_LONG[error.part]
        return RefusedError(413, code, say(lang, "errors", words, limit=error.limit))
    if isinstance(error, NoVersionError):
        return RefusedError(422, "no_such_version", error.message(lang))
    if isinstance(error, FullError | TimeoutError):  # no turn came, or none in time
        return RefusedError(503, "over_capacity", say(lang, "errors", "over_capacity"), {"retry-after": "2"})
    _log.error("no memory for an answer", exc_info=error)
    return RefusedError(503, "no_memory", say(lang, "errors", "no_memory"), {"retry-after": "60"})
