"""A plain web server with the built site on it; a stub stands in for the service."""

import json
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Site(SimpleHTTPRequestHandler):
    """The site's files below `mount`, its own 404 pages, `answers` for /api/ask and a status for /api/feedback.

    `site`: what /api/site says; None where there is no service.
    """

    protocol_version = "HTTP/1.1"
    mount = "/"
    answers: list  # (status, body or text, headers…), taken in order; the last one stays
    asked: list
    votes: list
    feedback: list  # [status]
    site: list  # [what /api/site says]
    searches: list

    def translate_path(self, path):
        return super().translate_path("/" + path.removeprefix(self.mount))

    def do_GET(self):
        """The sitemap names the address that the site is published at (KB_SITE_URL); here it is this server's."""
        if self.path == f"{self.mount}api/site" and self.site[0] is not None:
            return self._send(200, "application/json", json.dumps(self.site[0]).encode())
        if not self.path.endswith("/sitemap.xml"):
            return super().do_GET()
        here = f"http://127.0.0.1:{self.server.server_port}{self.mount}"
        content = Path(self.translate_path(self.path)).read_text("utf-8")
        self._send(200, "application/xml", content.replace("http://127.0.0.1:8000/", here).encode())

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path.endswith("/api/feedback"):
            self.votes.append(body)
            return self._send(self.feedback[0], "application/json", b"" if self.feedback[0] == 204 else b"{}")
        if self.path.endswith("/api/searches"):
            self.searches.append((self.path, body))
            return self._send(204, "application/json", b"")
        self.asked.append((self.path, body))
        status, reply, *headers = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(reply, str):
            self._send(status, "text/html", reply.encode(), *headers)
        else:
            self._send(status, "application/json", json.dumps(reply).encode(), *headers)

    def send_error(self, code, message=None, explain=None):
        folder = "en" if self.path.startswith(f"{self.mount}en/") else ""
        self._send(code, "text/html", (Path(self.directory) / folder / "404.html").read_bytes())

    def log_message(self, *args):
        pass

    def _send(self, status, kind, body, *headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def serve(site_dir, mount="/"):
    """A running server with `url` and what `Site` names; closed at the end."""
    state = {"answers": [(501, "no service")], "asked": [], "votes": [], "feedback": [204]}
    state |= {"site": [{"keeps_searches": False}], "searches": []}
    handler = type("Mounted", (Site,), {"mount": mount, **state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site_dir)))
    server.daemon_threads = True
    for name, value in state.items():
        setattr(server, name, value)
    server.url = f"http://127.0.0.1:{server.server_port}{mount}"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
