"""Content-Security-Policy: only scripts of this host run, and of inline scripts only those that are known.

Material for MkDocs writes a few inline scripts into every page, so their hashes are allowed; any other inline script
(an author's slip, or something that was smuggled into a page) stays blocked.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

_INLINE = re.compile(rb"<script(?![^>]*\ssrc\s*=)(?:\s[^>]*)?>(.*?)</script>", re.DOTALL | re.IGNORECASE)
# How Material's own inline scripts begin, in the order of a page. Their whole text differs from page to page (the path
# to the root) and from version to version.
_MATERIAL = (
    b"__md_scope=new URL(",
    b'var palette=__md_get("__palette")',
    b'var el=document.querySelector("[data-md-component=announce]")',
    b'var el=document.querySelector("[data-md-component=outdated]")',
    b'var tabs=__md_get("__tabs")',
    b"var target=document.getElementById(location.hash",
    b'var consent=__md_get("__consent")',
)


def inline_scripts(html: bytes) -> list[bytes]:
    """The inline scripts of a page as the browser hashes them: as written, with line ends normalised."""
    return [found.replace(b"\r\n", b"\n").replace(b"\r", b"\n") for found in _INLINE.findall(html)]


def policy(scripts: Iterable[bytes]) -> str:
    """The policy of a page that needs these inline scripts."""
    hashes = sorted({f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in scripts})
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *hashes)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "object-src 'none'",
        )
    )


class SitePolicy:
    """The policy of a built site: one for all its pages, because Material changes pages without loading them anew."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._seen, self._scripts = self._state(), self._read()
        self._policy = policy(self._scripts)

    def current(self) -> str:
        """The policy of the site as it is now; its pages are read again when the folder has been replaced."""
        try:
            state = self._state()
        except FileNotFoundError:  # between two renames: the site is being replaced at this moment
            return self._policy
        if state != self._seen:
            # A page of the site before may be on its way, so its scripts are allowed until the next time.
            before, self._scripts = self._scripts, self._read()
            self._policy, self._seen = policy(before | self._scripts), state
        return self._policy

    def _state(self) -> tuple[int, int]:
        found = self._site.stat()
        return found.st_ino, found.st_mtime_ns

    def _read(self) -> frozenset[bytes]:
        scripts = {script for page in self._site.rglob("*.html") for script in inline_scripts(page.read_bytes())}
        return frozenset(script for script in scripts if script.startswith(_MATERIAL))
