"""The built site at /."""

import os
import re
from functools import partial
from pathlib import Path
from stat import S_ISREG
from urllib.parse import quote

import anyio.to_thread
from fastapi.responses import FileResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.staticfiles import NotModifiedResponse
from starlette.types import Receive, Scope, Send

from bot.api.accept import prefers_markdown
from bot.api.alternates import PAGES, TYPES, Alternates, alternates
from bot.api.csp import SitePolicy, Sources
from bot.api.near import spelled

LONGEST = 1024  # characters of a path
# Material names its files by their content: bundle.a5f9d56c.min.js never changes. Everything else is asked for again.
_NAMED_BY_CONTENT = re.compile(r"\.[0-9a-f]{8}\.min\.(?:js|css)(?:\.map)?$")


class Site(StaticFiles):
    """The site's files; below /en/ a missing page is answered with the English 404 page."""

    def __init__(self, folder: Path, further: Sources | None = None) -> None:
        """`further`: sources elsewhere from which its pages may load."""
        super().__init__(directory=folder, html=True)
        self._folder, self._policy = folder, SitePolicy(folder, further)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        try:
            response = _Opened(full_path, status_code)
        except FileNotFoundError:  # a page that the new site does not have
            raise HTTPException(404) from None
        if self.is_not_modified(response.headers, Headers(scope=scope)):
            response.close()
            return NotModifiedResponse(response.headers)
        return response

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """A file whose name, or whose folder's, begins with a dot is not there: .git, .env, an editor's copy.

        Nor is one with a longer path than a system opens: to take that apart would cost a thread some 100 ms.
        """
        hidden = len(path) > LONGEST or any(part.startswith(".") and part != "." for part in Path(path).parts)
        return ("", None) if hidden else super().lookup_path(path)

    async def get_response(self, path: str, scope: Scope) -> Response:
        folder = scope["path"].endswith("/")
        beside = (
            await anyio.to_thread.run_sync(partial(alternates, path, self._is_file, folder=folder))
            if folder or path.endswith(PAGES)
            else None
        )
        response = await self._chosen(path, scope, beside)
        if response.status_code == 404:
            for name in (str(Path(path.partition("/")[0]) / "404.html"), "404.html"):
                page, stat = self.lookup_path(name)
                if stat is not None:
                    response = self.file_response(page, stat, scope, 404)
                    break
        forever = _NAMED_BY_CONTENT.search(path) and response.status_code in (200, 304)
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if forever else "no-cache"
        if beside and response.status_code in (200, 304):
            _name(beside, response.headers)
        if response.status_code == 200 and (kind := TYPES.get(Path(path).suffix)):
            response.headers["content-type"] = kind
        # Scripts and images, too: a worker obeys the policy that its own file came with.
        response.headers["content-security-policy"] = await anyio.to_thread.run_sync(self._policy.current)
        return response

    def _is_file(self, name: str) -> bool:
        try:
            stat = self.lookup_path(name)[1]
        except (OSError, ValueError):  # a name that no file can have
            return False
        return stat is not None and S_ISREG(stat.st_mode)

    async def _chosen(self, path: str, scope: Scope, beside: Alternates | None) -> Response:
        """A page's Markdown for who prefers that, else what was asked for."""
        accepted = ",".join(Headers(scope=scope).getlist("accept"))
        if beside and beside.markdown and scope["method"] in ("GET", "HEAD") and prefers_markdown(accepted):
            response = await self._served(beside.markdown, scope)
            if response.status_code == 200:
                response.headers["content-type"] = TYPES[".md"]
                response.headers["content-location"] = Path(beside.markdown).name
            return response
        return await self._served(path, scope)

    async def _served(self, path: str, scope: Scope) -> Response:
        """The file, or the way to it: without host and scheme, which a proxy may have changed."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:  # a site without a 404 page of its own
            elsewhere = await self._elsewhere(path, scope) if error.status_code == 404 else None
            if elsewhere is None:
                raise
            return elsewhere
        if response.status_code == 307:  # /en to /en/
            response.headers["location"] = _address(f"{path}/", scope)
        return (response.status_code == 404 and await self._elsewhere(path, scope)) or response

    async def _elsewhere(self, path: str, scope: Scope) -> Response | None:
        place = await anyio.to_thread.run_sync(self._spelled, path)
        return Response(status_code=307, headers={"location": _address(place, scope)}) if place else None

    def _spelled(self, path: str) -> str:
        """The page that differs from the path in the case of its letters only; empty if there is none."""
        place = spelled(self._folder, path)
        if place is None or place == path:
            return ""
        file, stat = self.lookup_path(place)
        if stat is None or Path(file).is_file():
            return place if stat else ""
        return f"{place}/" if self.lookup_path(f"{place}/index.html")[1] else ""


class _Opened(FileResponse):
    """A file that is opened once: `kb site` may replace it between its headers and its content."""

    def __init__(self, path: str | os.PathLike[str], status: int) -> None:
        self._file = Path(path).open("rb")  # noqa: SIM115  # close() follows the last byte
        super().__init__(path, status, stat_result=os.fstat(self._file.fileno()))
        self.path = f"/dev/fd/{self._file.fileno()}"  # of this file, even when its name is another's

    def close(self) -> None:
        self._file.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._file:
            await super().__call__(scope, receive, send)


def _name(beside: Alternates, headers: MutableHeaders) -> None:
    """Say in the headers what lies beside a page, and that the page was chosen by what its reader accepts."""
    if beside.link:
        headers["link"] = beside.link
    if beside.markdown:
        headers.add_vary_header("Accept")


def _address(place: str, scope: Scope) -> str:
    return f"{scope.get('root_path', '')}/{quote(place)}{_query(scope)}"


def _query(scope: Scope) -> str:
    return f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
