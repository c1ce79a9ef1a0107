"""`kb ask` as people use it: in a terminal, in a pipe, once or in a conversation."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from forked import Forking
from terminals import in_terminal

from bot.answering.ask import Bot
from bot.language import say

QUESTION = "Which subnet size does AGC need?"


@pytest.fixture
def settings(environment: dict[str, str], site_dir: Path, index_dir: Path) -> dict[str, str]:
    return {**environment, "KB_SITE": str(site_dir), "KB_INDEX": str(index_dir), "KB_SITE_URL": "https://docs.example/"}


@pytest.fixture
def run(forked: Forking, settings: dict[str, str], tmp_path: Path):
    def start(*arguments: str, send: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        return forked.run(["ask", *arguments], {**settings, **more}, tmp_path, send)

    return start


@pytest.fixture
def typed(forked: Forking, settings: dict[str, str], tmp_path: Path):
    """Run `kb ask …` in a terminal and type."""

    def start(*arguments: str, keys: list[tuple[str, str]], width: int = 80, **more: str) -> tuple[int, str]:
        return in_terminal(forked, ["ask", *arguments], {**settings, **more}, tmp_path, width, keys)

    return start


@pytest.mark.parametrize("send", ["", "\n", " \t\n"])
@pytest.mark.parametrize("arguments", [[], ["-"], [""], ["--json"]])
def test_no_question_is_bad_input_in_the_readers_language(run, send: str, arguments: list[str]):
    for lang, shell in (("en", "C.UTF-8"), ("ja", "ja_JP.UTF-8")):
        done = run(*arguments, send=send, LANG=shell)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"kb: {say(lang, 'errors', 'no_question')}\n"


def test_a_dash_is_standard_input(run):
    assert json.loads(run("--json", "-", send=f"{QUESTION}\n").stdout)["question"].strip() == QUESTION


def test_a_terminal_asks_for_the_question_and_again_if_there_is_none(typed):
    prompt = say("en", "terminal", "question")
    code, shown = typed(keys=[(prompt, "\n"), (prompt, f"{QUESTION}\n")])
    assert code == 0 and "/24" in shown and "https://docs.example/en/" in shown


def test_who_asks_nothing_after_all_ends_it(typed):
    code, shown = typed(keys=[(say("ja", "terminal", "question"), "\x04")], LANG="ja_JP.UTF-8")
    assert code == 1 and "Traceback" not in shown


def test_a_conversation_remembers_what_was_asked(run):
    lines = run("--chat", "--json", send=f"{QUESTION}\n\nwhat about /26?\n").stdout.split("\n")
    first, second = (json.loads(line) for line in lines[:-1])
    assert (first["checks"], [check["id"] for check in second["checks"]]) == ([], ["AGC004"])


def test_a_conversation_may_begin_with_the_argument(run):
    done = run("--chat", "--json", QUESTION, send="what about /26?\nquit\nkubenet?\n")
    assert [json.loads(line)["question"] for line in done.stdout.split("\n") if line] == [QUESTION, "what about /26?"]
    assert (done.returncode, done.stderr) == (0, "")


def test_help_in_a_conversation_is_in_the_language_of_the_terminal(run):
    for environment, lang in (({"LC_ALL": "ja_JP.UTF-8"}, "ja"), ({"LC_ALL": "C"}, "en")):
        done = run("--chat", "--json", send="help\nthanks\n", **environment)
        answers = [json.loads(line) for line in done.stdout.split("\n") if line]
        assert answers[0]["answer"].startswith(say(lang, "answers", "talk.help")[:20])
        assert [answer["lang"] for answer in answers] == [lang, "en"]


@pytest.mark.parametrize("end", ["exit", "/exit", "/quit", ":q", "quit"])
def test_a_conversation_ends_as_those_of_other_programs(run, end: str):
    done = run("--chat", "--json", send=f"/help\n {end} \n{QUESTION}\n")
    assert [json.loads(line)["question"] for line in done.stdout.split("\n") if line] == ["help"]
    assert (done.returncode, done.stderr) == (0, "")


def test_a_path_is_a_question_and_no_command(run):
    done = run("--chat", "--json", send="/24 or /23?\n/api/ask\n")
    questions = [json.loads(line)["question"] for line in done.stdout.split("\n") if line]
    assert questions == ["/24 or /23?", "/api/ask"]


def test_a_number_asks_the_suggestion_beside_it(typed, bot: Bot):
    first, second, _ = bot.ask(QUESTION).suggestions
    code, shown = typed("--chat", keys=[("> ", f"{QUESTION}\n"), ("> ", "2\n"), ("> ", "\x04")], width=120)
    assert code == 0 and f"  1. {first}" in shown
    answer = bot.ask(second, history=[QUESTION])
    assert f"  1. {answer.suggestions[0]}" in shown


def test_colour_is_for_terminals_and_as_the_environment_says(run, typed):
    assert "\x1b[" not in run(QUESTION).stdout and "\x1b[1m" in run(QUESTION, FORCE_COLOR="1").stdout
    assert "\x1b[1m" in typed(QUESTION, keys=[])[1]
    for quiet in ({"NO_COLOR": "1"}, {"NO_COLOR": "1", "FORCE_COLOR": "1"}):
        assert "\x1b[" not in typed(QUESTION, keys=[], **quiet)[1]


def test_addresses_can_be_clicked_where_the_terminal_can(run, typed):
    assert "\x1b]8;;https://docs.example/en/" in typed(QUESTION, keys=[], TERM_PROGRAM="WezTerm")[1]
    assert "\x1b]8;" not in typed(QUESTION, keys=[], FORCE_HYPERLINK="0", TERM_PROGRAM="WezTerm")[1]
    assert "\x1b]8;" not in run(QUESTION, TERM_PROGRAM="WezTerm").stdout


def test_without_a_service_a_link_opens_the_built_page(typed, refusing: str, site_dir: Path):
    _, shown = typed(QUESTION, keys=[], width=400, KB_SITE_URL=refusing)
    pages = re.findall(re.escape(site_dir.as_uri()) + r"(/en/[\w/-]+/index\.html)#[\w-]+", shown)
    assert pages and all((site_dir / page[1:]).is_file() for page in pages)
