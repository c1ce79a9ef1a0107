"""`/cni check`: a dialog takes JSON, shows the findings to who gave it, and names the place of a mistake."""

import json
from dataclasses import replace
from typing import Any

import pytest
from deliver import command, post_command, post_interaction
from fastapi.testclient import TestClient
from standin import TOKEN, Slack
from timing import PATIENT

from bot.slack.check_modal import check_view

KUBENET = json.dumps({"networkProfile": {"networkPlugin": "kubenet"}, "agentPoolProfiles": []})


def submission(
    text: str | None = None, file: str | None = None, planned: str = "none", lang: str = "en"
) -> dict[str, Any]:
    files = [{"id": file, "name": "aks.json", "filetype": "json", "url_private": "https://evil.example/x"}]
    values = {
        "text": {"text": {"type": "plain_text_input", "value": text}},
        "file": {"file": {"type": "file_input", "files": files if file else []}},
        "planned": {"planned": {"type": "static_select", "selected_option": {"value": planned}}},
    }
    view = {"id": "V1", "type": "modal", "callback_id": "check_snapshot", "private_metadata": lang}
    return {"type": "view_submission", "view": {**view, "state": {"values": values}}}


def test_the_command_opens_the_dialog(chat: TestClient, slack: Slack):
    assert post_command(chat, command("check", slack.response_url, "7.open")) == (200, "")
    opened = slack.called("views.open")[0]
    assert opened["trigger_id"] == "7.open"
    assert opened["view"]["callback_id"] == "check_snapshot"


def test_without_a_token_the_command_says_what_to_do_instead(tokenless: TestClient, slack: Slack):
    assert post_command(tokenless, command("check", slack.response_url)) == (200, "")
    reply = slack.replied()[0]
    assert reply["response_type"] == "ephemeral"
    assert "| kb check -`" in reply["text"]
    assert "https://kb.example.com/en/rules/" in reply["text"]


def shown(http: TestClient, slack: Slack, given: dict[str, Any]) -> str:
    """What replaces the dialog once its submission was acknowledged and worked on."""
    status, answer = post_interaction(http, given)
    assert (status, answer["response_action"]) == (200, "update")
    assert "submit" not in answer["view"] and len(answer["view"]["blocks"]) == 1
    (updated,) = slack.called("views.update")
    assert updated["view_id"] == "V1" and "submit" not in updated["view"]
    return json.dumps(updated["view"]["blocks"], ensure_ascii=False)


def test_findings_replace_the_dialog(chat: TestClient, slack: Slack):
    assert "AGC001" in shown(chat, slack, submission(KUBENET))
    assert [method for method, _ in slack.calls] == ["views.update"]


def test_the_submission_is_acknowledged_before_the_work(chat: TestClient, slack: Slack):
    """Every turn to check is taken, so nothing can have been checked yet."""
    apart = chat.app.state.desk.apart  # type: ignore[attr-defined]
    portal = chat.portal
    assert portal
    turns = [apart.turns.turn(f"somebody {n}") for n in range(apart.turns.at_once)]
    for turn in turns:
        portal.call(turn.__aenter__)
    status, answer = post_interaction(chat, submission(KUBENET))
    assert (status, answer["response_action"]) == (200, "update")
    assert "Checking" in str(answer["view"]["blocks"])
    assert slack.calls == []
    for turn in turns:
        portal.call(turn.__aexit__, None, None, None)
    assert "AGC001" in str(slack.called("views.update"))


@pytest.mark.parametrize(("lang", "words"), [("en", "kb check"), ("ja", "打ち切りました")])
def test_a_check_that_takes_too_long_is_stopped_and_says_what_to_do(
    in_process, slack: Slack, monkeypatch: pytest.MonkeyPatch, lang: str, words: str
):
    with in_process(slack, slack_bot_token=TOKEN) as http:
        monkeypatch.setattr(http.app.state.desk.apart, "_seconds", 0.0)
        assert words in shown(http, slack, submission(KUBENET, lang=lang))


@pytest.mark.parametrize(("planned", "mark"), [("none", ":heavy_minus_sign:"), ("install-agc", ":x:")])
def test_what_is_planned_is_checked_too(chat: TestClient, slack: Slack, planned: str, mark: str):
    lines = shown(chat, slack, submission(KUBENET, planned=planned)).split("\\n")
    (line,) = (line for line in lines if "<https://kb.example.com/en/rules/agc011/|AGC011 install-order>" in line)
    assert mark in line


def test_a_file_is_read_from_slack_with_the_bots_token(chat: TestClient, slack: Slack):
    slack.files["F1"] = KUBENET.encode()
    slack.answers["files.info"] = {"file": {"id": "F1", "url_private_download": f"{slack.url}/api/files/F1"}}
    assert "AGC001" in shown(chat, slack, submission(file="F1"))


@pytest.mark.parametrize(
    "address", ["https://evil.example/x", "http://files.slack.com/x", "https://files.slack.com.evil.example/x", ""]
)
def test_the_token_is_sent_to_slacks_file_hosts_only(chat: TestClient, slack: Slack, address: str):
    slack.answers["files.info"] = {"file": {"id": "F1", "url_private_download": address}}
    assert "could not be read from Slack" in shown(chat, slack, submission(file="F1"))


@pytest.mark.parametrize(("lang", "place"), [("en", "line 2, column"), ("ja", "2 行")])
def test_a_mistake_in_the_json_is_named_with_its_place(chat: TestClient, slack: Slack, lang: str, place: str):
    assert place in shown(chat, slack, submission('{"aks":\n  oops}', lang=lang))


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xff", "not UTF-8"), (b" " * (2 * 1024 * 1024) + KUBENET.encode(), "at most 2097152")],
    ids=["bytes", "huge"],
)
def test_a_mistake_in_a_file_is_told(chat: TestClient, slack: Slack, content: bytes, words: str):
    slack.files["F1"] = content
    slack.answers["files.info"] = {"file": {"id": "F1", "url_private_download": f"{slack.url}/api/files/F1"}}
    assert words in shown(chat, slack, submission(file="F1"))


@pytest.mark.parametrize(("text", "file"), [(None, None), ("  ", None), (KUBENET, "F1")])
def test_exactly_one_of_text_and_file_is_needed(chat: TestClient, text: str | None, file: str | None):
    assert set(post_interaction(chat, submission(text, file))[1]["errors"]) == {"text"}


def test_a_file_that_does_not_come_in_time_is_told(in_process, slack: Slack):
    slack.silent.add("files.info")
    with in_process(slack, slack_bot_token=TOKEN, timing=replace(PATIENT, file=0.01)) as http:
        assert "could not be read from Slack" in shown(http, slack, submission(file="F1"))


def test_what_is_given_is_never_logged(in_process, slack: Slack, caplog: pytest.LogCaptureFixture):
    caplog.set_level("INFO", "kb")
    cluster = {"name": "a-very-private-cluster", "networkProfile": {"networkPlugin": "kubenet"}}
    with in_process(slack, slack_bot_token=TOKEN) as http:
        assert "AGC001" in shown(http, slack, submission(json.dumps(cluster)))
        slack.forget()
        assert "AGC001" not in shown(http, slack, submission(json.dumps(cluster)[:-5]))
    assert "a-very-private-cluster" not in caplog.text


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_dialog_keeps_slacks_limits(lang: str):
    view = check_view(lang)
    assert all(len(view[key]["text"]) <= 24 for key in ("title", "submit", "close"))
    text = next(block for block in view["blocks"] if block.get("block_id") == "text")
    assert text["element"]["max_length"] == 3000
    hints = [len(block["hint"]["text"]) for block in view["blocks"] if "hint" in block]
    assert hints and max(hints) <= 2000
