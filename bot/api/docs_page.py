"""/api/docs: the form to try the API. Its own inline script is the only one its policy lets run."""

from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse

from bot.api.csp import inline_scripts, policy

STATIC = "/static-offline-docs"  # where fastapi-offline mounts Swagger UI's files


def attach(app: FastAPI) -> None:
    """Serve the page at /api/docs."""

    @app.api_route("/api/docs", methods=["GET", "HEAD"], include_in_schema=False)
    def docs(request: Request) -> HTMLResponse:
        root = request.scope.get("root_path", "")
        page = get_swagger_ui_html(
            openapi_url=f"{root}{app.openapi_url}",
            title=app.title,
            swagger_js_url=f"{root}{STATIC}/swagger-ui-bundle.js",
            swagger_css_url=f"{root}{STATIC}/swagger-ui.css",
            swagger_favicon_url=f"{root}{STATIC}/favicon.png",
        )
        page.headers["content-security-policy"] = policy(inline_scripts(bytes(page.body)))
        return page
