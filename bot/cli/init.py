"""`kb init`: brings the chat to a documentation project, by one line of its configuration."""

import difflib
import re
import sys
from pathlib import Path
from shlex import quote
from urllib.parse import urlsplit

import click

from bot.addresses import LOOPBACK
from bot.cli.command import command
from bot.cli.command_help import terminal_lang
from bot.init import edit
from bot.init.project import Project, built, recognise
from bot.language import say
from bot.settings import Settings, read_settings
from index.errors import KbError


@command()
@click.argument("project", type=click.Path(path_type=Path), default=Path())
@click.option("--service")
@click.option("--undo", is_flag=True)
@click.option("--yes", "-y", is_flag=True)
def init(project: Path, service: str | None, undo: bool, yes: bool) -> None:
    """Add the chat to the pages of a documentation project, after showing the change."""
    settings = read_settings()
    url = edit.address(_checked(service) if service else _here(settings))
    if not project.exists():
        raise KbError(_say("nothing_there", place=project))
    projects = recognise(project)
    if len(projects) > 1:
        raise KbError(
            _say(
                "several",
                files=", ".join(str(candidate.file) for candidate in projects),
                first=quote(str(projects[0].file)),
            )
        )
    if projects:
        _edit(projects[0], url, undo=undo, yes=yes)
    elif site := built(project) if project.is_dir() else None:
        _tell("paste", site=site, tag=edit.tag(url))
        _tell("next", site=quote(str(site)))
    else:
        raise KbError(_say("unknown", place=project, tag=edit.tag(url)))


def _here(settings: Settings) -> str:
    """The service on this machine. Port 0 is another one at each start, so that no page can name it."""
    host = {"0.0.0.0": LOOPBACK[0], "::": LOOPBACK[0]}.get(settings.host, settings.host)
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port or Settings.model_fields['port'].default}"


def _edit(project: Project, url: str, *, undo: bool, yes: bool) -> None:
    """Show the change of the configuration, and make it if it is wanted."""
    lang = terminal_lang()
    text, ends = edit.read(project.file, lang)
    changed = edit.removed(project, text, lang) if undo else edit.added(project, text, url, lang)
    if changed == text:
        _tell("not_there" if undo else "already", file=project.file)
    else:
        name = str(project.file)
        for line in difflib.unified_diff(text.splitlines(), changed.splitlines(), name, name, n=2, lineterm=""):
            click.secho(line, fg={"+": "green", "-": "red"}.get(line[:1]))
        if not yes and not sys.stdin.isatty():
            raise KbError(_say("ask", file=project.file))
        if not yes and not click.confirm(_say("sure", file=project.file)):
            return
        edit.write(project.file, changed, ends, lang)
        _tell("removed" if undo else "added", file=project.file)
    if not undo:
        _tell("next", site=quote(str(project.site)))
        if urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1"):
            _tell("publish")


def _checked(service: str) -> str:
    """The address of a service, as it can stand in any of the files. Raises KbError."""
    try:
        parts = urlsplit(service)
        right = bool(parts.hostname) and parts.username is None and parts.port != 0
    except ValueError:  # brackets without an address, or no port
        right = False
    safe = all(char.isascii() and (char.isalnum() or char in "-._~/:[]%") for char in service)
    url = edit.address(service.removesuffix(f"/{edit.SCRIPT}"))
    if not (right and safe and re.fullmatch(edit.ANY, url)):
        raise KbError(_say("no_address", address=service))
    return service.removesuffix(f"/{edit.SCRIPT}")


def _say(key: str, **values: object) -> str:
    return say(terminal_lang(), "init", key, **values)


def _tell(key: str, **values: object) -> None:
    click.echo(_say(key, **values))
