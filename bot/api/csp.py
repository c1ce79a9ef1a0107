"""Content-Security-Policy: only scripts of this host run, and of inline scripts only those that are known.

Generators write a few inline scripts into every page, so their hashes are allowed. Those of Material for MkDocs are
known as a whole, by bot/data/theme_scripts.json; those of others are what stands on most pages, to the letter. Any
other inline script (an author's slip, or something that was smuggled into a page) stays blocked, however it begins. The
log says which are, so that their hashes can be allowed by KB_CSP.
"""

import base64
import hashlib
import json
import logging
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from index.html_files import html_files

# To the page's end where a tag or a script has none: nothing behind it has one, either.
_SCRIPT = re.compile(rb"<script(\s[^>]*+)?+(?:>(.*?)(</script>|\Z)|\Z)", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(rb"\ssrc\s*+=", re.IGNORECASE)
# Where a known script differs between pages and sites: a text in quotation marks (the path to the root,
# where a page has moved, the account of an analysis), which cannot be more than a text.
_TEXT = re.compile(rb'(new URL\("|location\.replace\(\["|"config","|gtag/js\?id=)(?:[^"\\\r\n]*+(?=")|([^"\\\r\n]*+))')
_KNOWN = frozenset(json.loads((Path(__file__).parents[1] / "data/theme_scripts.json").read_text("utf-8")))
_FEWEST = 3  # pages that make a template
_NAMED = 5  # blocked scripts that one line of the log names
_log = logging.getLogger("kb")
Sources = Mapping[str, Iterable[str]]  # by directive


def digest(script: bytes) -> str:
    """What a known script is known by, whatever its text that differs."""
    return hashlib.sha256(_TEXT.sub(rb"\1\2", script)).hexdigest()


def inline_scripts(html: bytes) -> list[bytes]:
    """The inline scripts of a page as the browser hashes them: as written, with line ends normalised."""
    scripts = [script for tag, script, end in _SCRIPT.findall(html) if end and not _SOURCE.search(tag)]
    return [script.replace(b"\r\n", b"\n").replace(b"\r", b"\n") for script in scripts]


def hash_source(script: bytes) -> str:
    """How a policy names the script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def policy(scripts: Iterable[bytes], further: Sources | None = None) -> str:
    """The policy of a page that needs these inline scripts; `further` sources may be loaded from, too."""
    sources = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *sorted({hash_source(script) for script in scripts})],
        "style-src": ["'self'", "'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
    for directive, added in (further or {}).items():
        sources[directive] = [*sources.get(directive, []), *added]
    return "; ".join(" ".join((directive, *allowed)) for directive, allowed in sources.items())


class SitePolicy:
    """The policy of a built site: one for all its pages, because Material changes pages without loading them anew."""

    def __init__(self, site: Path, further: Sources | None = None) -> None:
        self._site, self._further = site, dict(further or {})
        self._seen, self._scripts = self._state(), self._read()
        self._policy = policy(self._scripts, self._further)

    def current(self) -> str:
        """The policy of the site as it is now; its pages are read again when the folder has been replaced."""
        try:
            state = self._state()
        except FileNotFoundError:  # between two renames: the site is being replaced at this moment
            return self._policy
        if state != self._seen:
            # A page of the site before may be on its way, so its scripts are allowed until the next time.
            before, self._scripts = self._scripts, self._read()
            self._policy, self._seen = policy(before | self._scripts, self._further), state
        return self._policy

    def _state(self) -> tuple[int, int]:
        stat = self._site.stat()
        return stat.st_ino, stat.st_mtime_ns

    def _read(self) -> frozenset[bytes]:
        """The known scripts of the pages, and those of their template; the log names the others."""
        known, blocked, seen, pages = set[bytes](), dict[bytes, Path](), Counter[bytes](), 0
        for pages, page in enumerate(html_files(self._site), 1):  # noqa: B007  # how many there are
            for script in set(inline_scripts(page.read_bytes())):
                if digest(script) in _KNOWN:
                    known.add(script)
                elif not script.lstrip().startswith((b"{", b"[")):  # data, which no browser runs
                    blocked.setdefault(script, page)
                    seen[script] += 1
        known |= {script for script, times in seen.items() if times >= _FEWEST and 2 * times > pages}
        allowed = set(self._further.get("script-src", ()))
        if unknown := [script for script in blocked.keys() - known if hash_source(script) not in allowed]:
            first = [f"{blocked[script].relative_to(self._site)}: {hash_source(script)}" for script in unknown[:_NAMED]]
            _log.warning(
                "inline scripts of the site are blocked", extra={"kb": {"count": len(unknown), "first": first}}
            )
        return frozenset(known)
