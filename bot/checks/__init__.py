"""The documented rules, run on a cluster's own JSON."""

from bot.checks.compose import compose
from bot.checks.engine import EXIT_BAD_INPUT, EXIT_FAILURE, EXIT_INTERNAL, EXIT_OK, check, exit_code, rules
from bot.checks.errors import InputError
from bot.checks.findings import Finding, Severity, Status
from bot.checks.read import read_json
from bot.checks.reply import problem, reply
from bot.checks.report import FORMATS, MEDIA_TYPES, render
from bot.checks.report.json import as_object

__all__ = [
    "EXIT_BAD_INPUT",
    "EXIT_FAILURE",
    "EXIT_INTERNAL",
    "EXIT_OK",
    "FORMATS",
    "MEDIA_TYPES",
    "Finding",
    "InputError",
    "Severity",
    "Status",
    "as_object",
    "check",
    "compose",
    "exit_code",
    "problem",
    "read_json",
    "render",
    "reply",
    "rules",
]
