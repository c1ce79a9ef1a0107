"""Documents of a cluster in; findings of the documented rules, or the steps to another network, out."""

from bot.checks.clusters.compose import PIECES, Given, compose
from bot.checks.errors import InputError
from bot.checks.findings import ClusterFindings, Finding, Severity, Status
from bot.checks.gather.missing import ignored, unread_keys
from bot.checks.plan.remedies import remedies, to_gateway, with_plans
from bot.checks.posted.posted import Problem, Report
from bot.checks.posted.reply import problem, reply
from bot.checks.report import FORMATS, MEDIA_TYPES, render
from bot.checks.report.json import SCHEMA, SCHEMAS, as_object
from bot.checks.report.observed import seen_in
from bot.checks.report.sentence import sentence
from bot.checks.report.text import report
from bot.checks.rules.engine import (
    EXIT_BAD_INPUT,
    EXIT_FAILURE,
    EXIT_INTERNAL,
    EXIT_OK,
    check,
    exit_code,
    inspect,
    judge,
    rule_named,
    rules,
)
from bot.checks.spelling import CHANGES, Change
from bot.checks.text.documents import read_documents
from bot.checks.text.read import read_json

__all__ = [
    "CHANGES",
    "EXIT_BAD_INPUT",
    "EXIT_FAILURE",
    "EXIT_INTERNAL",
    "EXIT_OK",
    "FORMATS",
    "MEDIA_TYPES",
    "PIECES",
    "SCHEMA",
    "SCHEMAS",
    "Change",
    "ClusterFindings",
    "Finding",
    "Given",
    "InputError",
    "Problem",
    "Report",
    "Severity",
    "Status",
    "as_object",
    "check",
    "compose",
    "exit_code",
    "ignored",
    "inspect",
    "judge",
    "problem",
    "read_documents",
    "read_json",
    "remedies",
    "render",
    "reply",
    "report",
    "rule_named",
    "rules",
    "seen_in",
    "sentence",
    "to_gateway",
    "unread_keys",
    "with_plans",
]
