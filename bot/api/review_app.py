"""The local page of `kb review --page`: of this machine, for whoever knows the token in its address."""

from collections.abc import Callable
from hmac import compare_digest
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.answering.ask import Bot
from bot.api.body_limit import BodyLimit
from bot.api.headers import SecurityHeaders
from bot.api.hosts import Hosts
from bot.language import say
from bot.learning.answer_html import Address
from bot.learning.review_html import Shown, done_page, end_page, policy, question_page
from bot.learning.review_session import Session

MAX_FORM = 1024
# The address holds the token, so no other place is told it.
HEADERS = {"content-security-policy": policy(), "referrer-policy": "no-referrer"}


def review_app(session: Session, bot: Bot, address: Address, token: str, end: Callable[[], None]) -> Starlette:
    """The page at /TOKEN/; `end` is called when whoever reviews is done."""
    lang = session.lang

    async def show(request: Request) -> Response:
        _admit(request, token)
        return _html(await run_in_threadpool(page))

    def page() -> str:
        question = session.next()
        if question is None:
            return done_page(session.said, session.count, lang)
        answer = bot.ask(question.question, question.lang, version=question.version)
        shown = Shown(question, answer, session.count - session.left + 1, session.count, session.said)
        return question_page(shown, bot, address, lang)

    async def decide(request: Request) -> Response:
        _admit(request, token)
        form = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=8)
        action, _, number = form.get("do", [""])[0].partition(" ")
        if number.isascii() and number.isdecimal() and len(number) < 3:
            await run_in_threadpool(session.decide, form.get("question", [""])[0], action, int(number))
        return RedirectResponse("./", 303, HEADERS)

    async def finish(request: Request) -> Response:
        _admit(request, token)
        end()
        key = "left" if session.left else "done"
        return _html(end_page(say(lang, "learning", f"review.{key}", left=session.left, count=session.count), lang))

    paths = {"": (show, ["GET"]), "decide": (decide, ["POST"]), "finish": (finish, ["POST"])}
    return Starlette(
        routes=[Route(f"/{{token}}/{path}", does, methods=methods) for path, (does, methods) in paths.items()],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(Hosts, allowed=()),
            Middleware(BodyLimit, limits={f"/{token}/{path}": MAX_FORM for path in paths}),
        ],
    )


def _admit(request: Request, token: str) -> None:
    """Whoever does not know the token learns nothing, not even that there is one."""
    if not compare_digest(request.path_params["token"].encode(), token.encode()):
        raise HTTPException(404)


def _html(text: str) -> Response:
    return HTMLResponse(text, headers=HEADERS)
