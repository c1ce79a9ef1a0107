"""A made-up site with two versions whose facts are opposite, laid out as mike publishes it."""

import json
from pathlib import Path

THINGS = (
    "access log", "audit trail", "backup job", "batch import", "cache warmer", "change feed", "command palette",
    "cookie banner", "crash reporter", "dark theme", "data export", "debug console", "diff viewer", "disk quota",
    "draft mode", "email digest", "error page", "event bus", "field mask", "file lock", "folder sync",
    "garbage collector", "geo filter", "guest login", "health probe", "image resizer", "job queue", "key rotation",
    "link checker", "load shedding", "mail relay", "map tiles", "memory pool", "message broker", "metric scraper",
    "night build", "object cache", "offline reader", "page index", "password vault", "query planner", "rate limiter",
    "request tracing", "schema guard", "session store", "spell checker", "task runner", "token refresh",
    "undo history", "video player",
)  # fmt: skip


def fact(version: str, number: int) -> str:
    """What a version says of a thing; the other one says the opposite."""
    on = (number % 2 == 0) == (version == "1.0")
    return f"The {THINGS[number]} is {'enabled' if on else 'disabled'} by default."


def page(title: str, body: str) -> str:
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title></head><body><nav><a href='../'>Home</a></nav>"
        f"<main><h1 id='{title.lower().replace(' ', '-')}'>{title}</h1>{body}</main></body></html>"
    )


def write_version(folder: Path, version: str, numbers: range = range(len(THINGS))) -> None:
    """The built site of one version: a first page, and one page for ten things with a section each."""
    write(folder / "index.html", page("Manual", "<p>This manual describes the defaults of the server.</p>"))
    for start in range(numbers.start, numbers.stop, 10):
        sections = "".join(
            f"<h2 id='{THINGS[n].replace(' ', '-')}'>{THINGS[n].capitalize()}</h2><p>{fact(version, n)}</p>"
            for n in numbers
            if start <= n < start + 10
        )
        write(folder / f"defaults-{start // 10}/index.html", page(f"Defaults {start // 10}", sections))


def write_versions(site: Path) -> None:
    """1.0 and 2.0; what `latest` would link to stands there once more, as mike copies it."""
    write_version(site / "1.0", "1.0")
    write_version(site / "2.0", "2.0")
    write_version(site / "latest", "2.0")
    write(site / "index.html", "<meta http-equiv='refresh' content='0; url=latest/'>")
    entries = [
        {"version": "2.0", "title": "2.0", "aliases": ["latest"]},
        {"version": "1.0", "title": "1.0", "aliases": []},
    ]
    write(site / "versions.json", json.dumps(entries))


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
