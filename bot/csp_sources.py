"""What pages may load from elsewhere, as KB_CSP names it."""

import re

# What pages may load from elsewhere; nothing that would let any script run, or any site frame or replace a page.
DIRECTIVES = ("script-src", "style-src", "img-src", "font-src", "connect-src", "media-src", "frame-src")
_SOURCE = re.compile(r"https://(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?(?:/[A-Za-z0-9._~/-]*)?")
_HASH = re.compile(r"'sha(?:256|384|512)-[A-Za-z0-9+/]{43,88}={0,2}'")


def directives(text: str) -> dict[str, tuple[str, ...]]:
    """A policy's directives with their sources."""
    parts = [part.split() for part in text.split(";")]
    policy: dict[str, tuple[str, ...]] = {}
    for directive, *sources in filter(None, parts):
        policy[directive] = (*policy.get(directive, ()), *sources)
    return policy


def may_load(directive: str, source: str) -> bool:
    """Whether a source may be added: an https host or path, the hash of a script or style; for pictures any https."""
    if directive in ("script-src", "style-src") and _HASH.fullmatch(source):
        return True
    return bool(_SOURCE.fullmatch(source)) or (directive == "img-src" and source == "https:")
