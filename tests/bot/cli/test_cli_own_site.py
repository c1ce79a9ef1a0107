"""`kb questions`, and `kb eval --site` and `kb calibrate --site` on what it wrote."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from twosites import first_index, write_site

from bot.answering.ask import Bot
from bot.cli.kb import kb
from bot.decision.decide import load_weights
from bot.decision.own_weights import OwnWeights, upon
from bot.quality import own_site
from bot.quality.own_site import Held, Lesson
from index import build as building
from index.encoder.bundled import BundledEncoder

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs")
    first_index(write_site(folder / "site", "a"), folder / "site.index")
    return folder


@pytest.fixture
def run(place: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`kb …` in this process beside a small site with an index, without files of an earlier test."""
    for file in place.glob("site.*.json*"):
        file.unlink()
    monkeypatch.chdir(place)
    monkeypatch.setattr(building, "building_encoder", lambda model: BundledEncoder())
    return lambda *arguments: CliRunner().invoke(kb, [*arguments, "--site", "site"])


@pytest.mark.parametrize("command", [["serve"], ["ask", "lamps?"], ["questions"]])
def test_without_an_index_of_a_site_the_command_names_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: list[str]
):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(kb, [*command, "--site", "my docs"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "kb: my docs.index: there is no index here yet. Run: kb index 'my docs'\n"


def review(file: Path, count: int) -> None:
    """Mark the first lines as reviewed."""
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    marked = [line | {"reviewed": n < count} for n, line in enumerate(lines)]
    file.write_text("".join(json.dumps(line) + "\n" for line in marked), "utf-8")


def test_proposed_questions_lie_beside_the_site_and_are_not_written_over_in_silence(run: Run, place: Path):
    first = run("questions")
    assert (first.exit_code, "site.questions.jsonl: " in first.output) == (0, True)
    written = (place / "site.questions.jsonl").read_text("utf-8")
    again = run("questions")
    lines = written.count("\n")
    assert (again.exit_code, f"is there already ({lines} lines, 0 reviewed). --force" in again.output) == (2, True)
    review(place / "site.questions.jsonl", 1)
    forced = run("questions", "--force")
    assert (forced.exit_code, "1 reviewed lines stay" in forced.output) == (0, True)


def test_only_reviewed_questions_count_unless_all_are_asked_for(run: Run, place: Path):
    run("questions")
    for command in ("eval", "calibrate"):
        none = run(command)
        assert (none.exit_code, "lines is reviewed. Set" in none.output) == (2, True)
    review(place / "site.questions.jsonl", 2)
    some = run("eval")
    assert "2 questions, index generation" in some.output
    assert "lines are not counted, as nobody has reviewed them" in some.output
    assert "left out" not in run("eval", "--unreviewed").output
    few = run("calibrate", "--questions", "site.questions.jsonl")
    assert (few.exit_code, "at least 20 labeled questions that the site answers and 10" in few.output) == (2, True)


@pytest.mark.parametrize("command", ["eval", "calibrate"])
def test_without_questions_the_missing_file_and_the_command_that_makes_it_are_named(run: Run, command: str):
    missing = run(command)
    assert (missing.exit_code, "site.questions.jsonl: there is no such file. Run kb questions" in missing.output) == (
        2,
        True,
    )


def test_options_that_make_the_shipped_weights_do_not_go_with_a_site(run: Run):
    refused = run("calibrate", "--any-site")
    assert (refused.exit_code, "do not go with --site" in refused.output) == (2, True)


def test_better_weights_are_kept_with_the_site_and_its_index_answers_with_them(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
):
    run("questions")
    bot = Bot.load(place / "site.index", "bundled")
    shipped = load_weights(bot.topics)
    own = OwnWeights(upon(shipped, bot.encoder.digest), shipped.rank, 0.5)
    held = Held(10, 15, 20)
    monkeypatch.setattr(own_site, "teach", lambda *_: Lesson(own, held, held, held))
    done = run("calibrate", "--unreviewed")
    assert (done.exit_code, "10 of 20 with the shipped weights, 15 with" in done.output) == (0, True)
    assert json.loads((place / "site.weights.json").read_text("utf-8"))["shift"] == 0.5
    taught = Bot.load(place / "site.index", "bundled")
    assert taught.weights.model.bias == pytest.approx(shipped.model.bias + 0.5)
    assert ", weights of the site's own" in run("eval", "--unreviewed").output

    monkeypatch.setattr(own_site, "teach", lambda *_: Lesson(None, held, held, held))
    assert "site.weights.json stays as it is. Delete it and run kb index" in run("calibrate", "--unreviewed").output
