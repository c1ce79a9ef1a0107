"""The chat for pages of other sites: /kb.js, and /kb-1.js for who counts on this version of it (deploy/chat.py)."""

import hashlib
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import Response

from bot.api.schemas import About, SiteLang, SitePage
from bot.language import same_language
from bot.question.versions import of_address
from bot.service.desk import Desk

FILES = Path(__file__).parents[1] / "data/chat"
LATEST = "kb-1.js"
_PUBLIC = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}


def attach(app: FastAPI, desk: Desk) -> None:
    """Serve its files to any page, and at /api/site what it has to know of the site."""
    for file in sorted(FILES.rglob("*.js")):
        _serve(app, f"/{file.relative_to(FILES).as_posix()}", file.read_bytes(), forever=file.parent != FILES)
    _serve(app, "/kb.js", (FILES / LATEST).read_bytes(), forever=False)

    @app.get(
        "/api/site",
        summary="What the chat and the search box have to know of the site",
        tags=["questions"],
        response_model=About,
        response_model_exclude_unset=True,
    )
    async def site(lang: SiteLang = "", page: SitePage = "") -> About:
        bot = desk.bot
        versions = bot.versions
        version = of_address(page, versions)
        langs = bot.of(version).langs
        spoken = same_language(lang, langs) or langs[0]
        starters = list(await desk.starters(spoken, version))
        held = {"versions": [version.name for version in versions]} if versions else {}
        return About(
            url=desk.settings.site_url,
            langs=list(langs),
            starters=starters,
            keeps_searches=desk.keeps_searches,
            **held,
        )


def _serve(app: FastAPI, path: str, content: bytes, *, forever: bool) -> None:
    """A file at its address; what is named by its content (`forever`) never changes there."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    kept = "public, max-age=31536000, immutable" if forever else "no-cache"
    headers = {**_PUBLIC, "etag": etag, "cache-control": kept}

    @app.api_route(path, methods=["GET", "HEAD"], include_in_schema=False)
    def file(request: Request) -> Response:
        if etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(content, media_type="text/javascript", headers=headers)
