"""/api/docs: the form to try the API. Its own inline script is the only one its policy lets run."""

from html import escape
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from bot.api.csp import inline_scripts, policy

STATIC = "/static-offline-docs"  # where fastapi-offline mounts Swagger UI's files
_PAGE = (Path(__file__).parents[1] / "data/api_docs.html").read_text("utf-8")


def attach(app: FastAPI) -> None:
    """Serve the page at /api/docs."""

    @app.api_route("/api/docs", methods=["GET", "HEAD"], include_in_schema=False)
    def docs(request: Request) -> HTMLResponse:
        root = request.scope.get("root_path", "")
        text = _PAGE
        for place, value in (("title", app.title), ("static", root + STATIC), ("openapi", f"{root}{app.openapi_url}")):
            text = text.replace(f"{{{place}}}", escape(value))
        page = HTMLResponse(text)
        page.headers["content-security-policy"] = policy(inline_scripts(bytes(page.body)))
        return page
