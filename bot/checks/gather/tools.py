"""Run az and kubectl: argument lists, a time limit, and errors that say what to do."""

import shlex
import shutil
import subprocess
from collections.abc import Sequence
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.checks.errors import InputError
from bot.checks.text.read import read_json

Shape = TypeVar("Shape")
SECONDS = 120
SIGNED_OUT = ("az login", "AADSTS")


def output_of(command: Sequence[str], seconds: float = SECONDS) -> str:
    """What the command printed, or an InputError. It cannot ask anything: its standard input is empty."""
    return _run(command, seconds).decode("utf-8", "replace")


def json_of(command: Sequence[str], shape: type[Shape], seconds: float = SECONDS) -> Shape:
    """What the command printed, as the type that it should be."""
    printed = _run(command, seconds)
    try:
        return TypeAdapter(shape).validate_python(read_json(printed))
    except InputError as error:
        raise InputError("tool-answer", command=shlex.join(command), reason=error.message("en")) from None
    except ValidationError as error:
        reason = error.errors(include_url=False)[0]["msg"]
        raise InputError("tool-answer", command=shlex.join(command), reason=reason) from None


def _run(command: Sequence[str], seconds: float) -> bytes:
    program = shutil.which(command[0])  # on Windows `az` is az.cmd, which only the full path starts
    if program is None:
        raise InputError("tool-missing", tool=command[0])
    try:
        done = subprocess.run(
            [program, *command[1:]], stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        raise InputError("tool-slow", command=shlex.join(command), seconds=round(seconds)) from None
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.decode("utf-8", "replace").strip()
    if command[0] == "az" and any(sign in said for sign in SIGNED_OUT):
        raise InputError("not-logged-in", tool="az")
    reason = next((line for line in reversed(said.splitlines()) if line.strip()), "-")
    raise InputError("tool-failed", command=shlex.join(command), status=done.returncode, reason=reason)
