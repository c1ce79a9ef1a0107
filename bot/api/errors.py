"""Every error has the one shape, in the reader's language, and never repeats what was sent."""

import re
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from bot.api.accept import LONGEST
from bot.language import SPOKEN, say
from bot.refused_values import why_refused

_WEIGHT = re.compile(r"\bq=([01](?:\.\d{0,3})?)")


class RefusedError(HTTPException):
    """A request that is refused for a reason of ours; `code` and `message` are for the client."""

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, message, headers)
        self.code, self.message = code, message


def failure(status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """The body of an error."""
    return JSONResponse({"error": {"code": code, "message": message}}, status, headers)


def reader_lang(request: HTTPConnection) -> str:
    """The reader's language: the one that `lang` of the address names, else the one that Accept-Language weighs most.

    English where we speak none of them.
    """
    if (named := request.query_params.get("lang")) in SPOKEN:
        return str(named)
    weighed: dict[str, float] = {}
    for part in request.headers.get("accept-language", "")[:LONGEST].lower().split(","):
        name, _, weight = part.partition(";")
        lang = name.strip()[:2]
        if lang in SPOKEN and lang == name.strip().partition("-")[0]:
            number = _WEIGHT.search(weight)
            weighed.setdefault(lang, float(number[1]) if number else 1.0)
    best = max(weighed, key=lambda lang: weighed[lang], default="en")  # of two alike the first
    return best if weighed.get(best) else "en"


def answer_errors(app: FastAPI) -> None:
    """Give every refusal its body; a fault of ours gets one in bot/api/observe.py."""

    @app.exception_handler(RefusedError)
    async def refused(request: Request, error: RefusedError) -> Response:
        return failure(error.status_code, error.code, error.message, error.headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        problem = error.errors()[0]
        place = ".".join(str(part) for part in problem["loc"][1:]) or "body"
        named = error.body.get("lang") if isinstance(error.body, dict) else None
        lang = named if isinstance(named, str) and named in SPOKEN else reader_lang(request)
        message = say(lang, "errors", "invalid", place=place, why=why_refused(lang, problem))
        return failure(422, "invalid_request", message)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        codes = {404: "not_found", 405: "method_not_allowed", 408: "too_slow", 413: "body_too_large"}
        code = codes.get(error.status_code, "bad_request")
        return failure(error.status_code, code, say(reader_lang(request), "errors", code), error.headers)
