"""What goes wrong around `kb` is one line and the right exit code: 2 for what the user can mend, never a traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from forked import Forking


@pytest.fixture
def run(forked: Forking, environment: dict[str, str], site_dir: Path, index_dir: Path, tmp_path: Path):
    settings = {"KB_SITE": str(site_dir), "KB_INDEX": str(index_dir)}

    def start(*arguments: str, send: bytes = b"", **more: str) -> subprocess.CompletedProcess[str]:
        return forked.run(arguments, {**environment, **settings, **more}, tmp_path, send)

    return start


def one_line(done: subprocess.CompletedProcess[str]) -> bool:
    said = done.stderr.removeprefix("embedding\n")  # the label of the progress bar
    return done.returncode == 2 and said.startswith("kb: ") and said.count("\n") == 1


@pytest.mark.parametrize("sent", [b"kubenet \xff?", bytes(range(256)), "kubenet?".encode("utf-16")])
@pytest.mark.parametrize("arguments", [[], ["-"], ["--json"]])
def test_a_question_that_is_not_utf8_is_refused(run, sent: bytes, arguments: list[str]):
    done = run("ask", *arguments, send=sent)
    assert (one_line(done), done.stdout) == (True, "") and "not UTF-8" in done.stderr


def test_an_argument_that_is_not_utf8_is_refused(run):
    done = run("ask", os.fsdecode(b"kubenet \xff?"), LC_ALL="C.UTF-8")
    assert (one_line(done), done.stdout) == (True, "") and "not UTF-8" in done.stderr


@pytest.mark.parametrize("question", ["kubenet? " * 5, "㍍" * 6])
def test_a_question_is_as_long_as_the_service_takes_it(run, question: str):
    done = run("ask", send=question.encode(), KB_MAX_QUESTION="20")
    assert (one_line(done), done.stdout) == (True, "") and "longer than 20 characters" in done.stderr


def test_a_conversation_goes_on_after_what_is_no_question(run):
    done = run("ask", "--chat", "--json", send=b"\xff\xfe\n" + b"kubenet " * 9 + b"\nkubenet?\n", KB_MAX_QUESTION="20")
    assert [json.loads(line)["question"] for line in done.stdout.splitlines()] == ["kubenet?"]
    assert (done.returncode, [line.split()[1:3] for line in done.stderr.splitlines()]) == (
        0,
        [["The", "question"], ["The", "question"]],
    )


def test_outside_of_the_project_the_way_into_it_is_named(run, tmp_path: Path):
    done = run("ask", "kubenet?", KB_SITE="", KB_INDEX="")
    assert one_line(done) and "Go to the folder of the documentation and run kb index, or set KB_INDEX" in done.stderr
    (tmp_path / "mkdocs.yml").write_text("site_name: x", "utf-8")
    assert run("ask", "kubenet?", KB_SITE="", KB_INDEX="").stderr.endswith(
        "there is no index here yet. Run: kb index\n"
    )


@pytest.mark.parametrize(("shell", "said"), [("C.UTF-8", "Choose from: overlay, agc"), ("ja_JP.UTF-8", "overlay, agc")])
def test_choices_that_are_missing_stand_in_one_line(run, shell: str, said: str):
    done = run("plan", "x.json", LANG=shell)
    assert done.returncode == 2 and done.stderr.rstrip().endswith(said) and "\t" not in done.stderr


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_people_read_the_paths_that_they_typed_and_programs_relative_ones(run, tmp_path: Path, form: str):
    file = tmp_path / "no.json"
    file.write_text("[", "utf-8")
    assert run("check", str(file), "--format", form).stderr.startswith(f"kb: {file}: ")
    assert run("check", str(file), "--format", "sarif").stderr.startswith("kb: no.json: ")


def test_a_file_where_the_index_should_be(run, tmp_path: Path):
    (tmp_path / "file").write_text("x", "utf-8")
    assert one_line(run("ask", "kubenet?", "--index", "file"))


@pytest.mark.parametrize("arguments", [["index", "none"], ["index", "file"], ["site"]])
def test_nothing_to_build_from(run, tmp_path: Path, arguments: list[str]):
    (tmp_path / "file").write_text("x", "utf-8")
    assert one_line(run(*arguments, KB_INDEX=str(tmp_path / "i")))


def test_a_reader_that_stops_reading_is_no_fault(kb: list[str], environment: dict[str, str]):
    reader, writer = os.pipe()
    os.close(reader)  # as `kb rules | head -1` does
    done = subprocess.run(
        [*kb, "rules"], env=environment, stdout=writer, stderr=subprocess.PIPE, timeout=120, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


LABELLED = {"id": "a", "lang": "en", "style": "q", "question": "?", "answerable": True, "sections": ["faq#faq"]}


@pytest.mark.parametrize(("command", "lines"), [("eval", 0), ("calibrate", 0), ("calibrate", 1)])
def test_too_few_questions(run, tmp_path: Path, command: str, lines: int):
    (tmp_path / "q.jsonl").write_text(f"{json.dumps(LABELLED)}\n" * lines, "utf-8")
    more = ["--out", "weights.json"] if command == "calibrate" else []
    assert one_line(run(command, "q.jsonl", *more))


def test_one_question_is_measured(run, tmp_path: Path):
    (tmp_path / "q.jsonl").write_text(f"{json.dumps(LABELLED)}\n", "utf-8")
    done = run("eval", "q.jsonl")
    assert (done.returncode, done.stdout.startswith("1 questions")) == (0, True)


def test_what_a_site_teaches_goes_by_way_of_rows_into_the_weights(run, tmp_path: Path):
    lines = [{**LABELLED, "id": str(i), "question": f"AGC {i}?", "answerable": bool(i % 2)} for i in range(20)]
    lines = [{**line, "sections": ["faq#kubenet-to-overlay"] * line["answerable"]} for line in lines]
    (tmp_path / "q.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    (tmp_path / "weights.json").write_text('{"rank": 1, "site": 2, "any_site": 3}', "utf-8")
    assert run("rows", "q.jsonl", "rows.jsonl").returncode == 0
    done = run("calibrate", "--any-site", "--rows", "rows.jsonl", "--out", "weights.json")
    written = json.loads((tmp_path / "weights.json").read_text("utf-8"))
    assert (done.returncode, written["rank"], written["site"]) == (0, 1, 2)
    assert written["any_site"].keys() == {"rank", "terms", "bias", "answer_from", "clarify_from"}


def test_help_names_every_command(run):
    shown = run("--help").stdout
    for command in (
        "site",
        "index",
        "serve",
        "ask",
        "check",
        "rules",
        "explain",
        "snapshot",
        "eval",
        "calibrate",
        "rows",
        "contrast",
    ):
        assert f"\n  {command} " in shown


@pytest.mark.parametrize(
    ("arguments", "module", "extra"),
    [
        (["eval", "q.jsonl"], "sklearn", "eval"),
        (["contrast", "p.jsonl"], "sklearn", "eval"),
        (["index"], "lxml", "index"),
        (["site"], "lxml", "index"),
    ],
)
def test_what_is_not_installed_is_named(
    environment: dict[str, str], root: Path, arguments: list[str], module: str, extra: str
):
    hide = f"import sys; sys.modules[{module!r}] = None; from bot.cli import main; main()"
    command = [sys.executable, "-c", hide, *arguments]
    done = subprocess.run(command, env=environment, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == f"kb: {module} is not installed. Run: pip install '.[{extra}]'"
