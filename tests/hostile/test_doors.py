"""Text of a page, a question or a cluster that wants to be more than text, at every door.

The chat is in tests/browser/test_hostile.py.
"""

import json
import logging
import re
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import markdown
import pytest
from lxml import html

from bot import checks
from bot.api.log import JsonLines
from bot.cli.feedback import report_lines
from bot.cli.terminal.answer import answer_text
from bot.records import Answer, Citation, RuleLink, Status
from bot.service.feedback import Feedback, feedback_report
from bot.settings import Settings
from bot.slack.answer_message import answer_message
from bot.slack.check_messages import findings_message

PAYLOADS = json.loads((Path(__file__).parent / "payloads.json").read_text("utf-8"))
HOST = "https://kb.example.com/"
# C0 and C1 controls except tab and newline, and what changes the direction of writing or cannot be seen.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
SEEN = re.compile(r"\W")


def answer(payload: str) -> Answer:
    """An answer in which everything that a page's author or an asker can write is the payload."""
    cited = Citation(1, "a#b", "en", payload, "/en/a/#b", payload, "/a/#b")
    rule = RuleLink("AGC001", "kubenet", payload, "error", "/en/rules/agc001/")
    return Answer(payload, "en", Status.ANSWERED, payload, 0.9, (cited,), (rule,), (payload,), 1.0)


def findings(payload: str) -> list[checks.Finding]:
    """Of a cluster whose every free value is the payload."""
    snapshot = {
        "aks": {"name": payload, "networkProfile": {"networkPlugin": payload, "networkPolicy": payload}},
        "albController": {"version": payload},
        "subnet": {"addressPrefix": payload, "id": payload},
        "vnets": {"aks": {"region": payload, "id": payload}, "agc": {"region": payload, "id": payload}},
        "planned": "upgrade-to-overlay",
    }
    return checks.check(snapshot, "en", HOST)


def tree(text: str) -> html.HtmlElement:
    """The text as GitHub and this site would show it, more or less."""
    shown = markdown.markdown(text, extensions=["tables", "fenced_code", "sane_lists"])
    return html.fragment_fromstring(shown, create_parent="div")


def active(rendered: html.HtmlElement) -> list[str]:
    """Elements and links that a reader's browser would act on, those to our own host aside."""
    tags = "script img svg math iframe object embed form style link meta base video audio details template body"
    elements = [str(element.tag) for element in rendered.iter() if element.tag in tags.split()]
    links = [str(link) for link in rendered.xpath("//@href | //@src") if not str(link).startswith(HOST)]
    handlers = rendered.xpath("//@*[starts-with(name(), 'on')]")
    return elements + links + [str(handler) for handler in handlers]


def test_there_are_enough_payloads():
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 31


@pytest.mark.parametrize("payload", PAYLOADS)
class TestEveryPayload:
    def test_does_not_steer_a_terminal(self, payload: str):
        said = answer_text(answer(payload), HOST)
        kept = ("en", "not_covered", payload, "web", "2026-01-01T00:00:00")
        votes = [Feedback("a" * 8, vote, "wrong", payload, *kept) for vote in ("up", "down")]
        said += "\n".join(report_lines(feedback_report(votes), votes[1:], "en"))
        said += checks.render(findings(payload), "text", "en", source=payload)
        bold = re.compile("\x1b\\[[0-9;]*m")  # our own; click drops it where the output is no terminal
        assert STEERING.findall(bold.sub("", said)) == []
        assert bold.sub("", said).count("\x1b") == 0
        words = "".join(SEEN.split(re.sub(r"[\x1b\x9b]\S*", "", payload)))
        assert words[:8] in "".join(SEEN.split(said))  # what is harmless is not lost

    def test_mentions_and_links_nothing_in_slack(self, payload: str):
        desk = SimpleNamespace(langs=("ja", "en"))
        context = SimpleNamespace(settings=Settings(site_url=HOST), desk=desk, token=None, keeps_votes=True)
        messages = [answer_message(answer(payload), context, "k" * 8), findings_message(findings(payload), "en", HOST)]
        texts = [text for message in messages for text in written(message)]
        assert texts
        for text in texts:
            assert re.findall(r"<(?!https://kb\.example\.com/[^|>]*(?:\||>))[^>]*>?", text) == []
            assert STEERING.findall(text) == []

    def test_does_nothing_in_the_markdown_of_a_check(self, payload: str):
        assert active(tree(checks.render(findings(payload), "markdown", "en", source=payload))) == []

    def test_stays_inside_its_value_in_sarif_junit_and_json(self, payload: str):
        judged = findings(payload)
        sarif = json.loads(checks.render(judged, "sarif", "en", source="snapshot.json"))
        results = sarif["runs"][0]["results"]
        assert {result["ruleId"] for result in results} <= {finding.id for finding in judged}
        for result in results:
            # A bracketed number or text in a message would be a link of SARIF.
            assert re.findall(r"(?<!\\)\[[^\]]*\]\([^)]*\)", result["message"]["text"]) == []
        suite = ElementTree.fromstring(checks.render(judged, "junit", "en", source="snapshot.json"))
        assert len(suite.findall(".//testcase")) == len(judged)
        report = json.loads(checks.render(judged, "json", "en", source="snapshot.json"))
        assert len(report["clusters"][0]["findings"]) == len(judged)

    def test_is_one_line_of_the_log(self, payload: str):
        record = logging.makeLogRecord({"msg": "event", "levelname": "INFO", "kb": {"question": payload}})
        line = JsonLines().format(record)
        assert len(line.splitlines()) == 1
        assert (json.loads(line)["question"], json.loads(line)["event"]) == (payload, "event")


def written(message: dict) -> list[str]:
    """Every text of a message that Slack would interpret: mrkdwn, and the fallback text."""
    texts = [message.get("text", "")]
    stack: list = list(message["blocks"])
    while stack:
        part = stack.pop()
        if isinstance(part, dict):
            if part.get("type") in ("mrkdwn", "plain_text"):
                texts.append(part["text"])
            stack += [value for key, value in part.items() if key != "value"]
        elif isinstance(part, list):
            stack += part
    return texts
