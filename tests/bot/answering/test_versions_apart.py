"""A site with two versions whose facts are opposite: the reader's own is answered, in every door, and never mixed."""

import shutil
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from fastapi.testclient import TestClient
from twosites import first_index
from versioned import THINGS, fact, write_version, write_versions

from bot.answering.ask import Bot
from bot.api import create_app
from bot.cli.terminal.answer import answer_text
from bot.mcp.arguments import RefusedError
from bot.mcp.caller import Caller
from bot.mcp.tools import call
from bot.quality.calibrate import LabelledQuestion, of_version
from bot.quality.evaluate import report
from bot.quality.questions import propose
from bot.question.versions import NoVersionError
from bot.records import Answer, Status
from bot.service.desk import Desk
from bot.service.memory import Memory
from bot.settings import Settings
from bot.slack.answer_message import answer_message
from bot.slack.context import Context
from index.records import Version
from index.storage.store import Manifest

Run = Callable[[Coroutine[object, object, object]], Any]
QUESTIONS = [(version, number) for version in ("1.0", "2.0") for number in range(len(THINGS))]
JOBS = THINGS.index("job queue")
ASKED = "Is the job queue enabled by default?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("versions")
    write_versions(folder / "site")
    return folder


@pytest.fixture(scope="module")
def manifest(folder: Path) -> Manifest:
    return first_index(folder / "site", folder / "index")


@pytest.fixture(scope="module")
def manual(folder: Path, manifest: Manifest) -> Bot:
    return Bot.load(folder / "index", "bundled")


@pytest.fixture(scope="module")
def desk(folder: Path, manual: Bot) -> Desk:
    return Desk(Settings(site=folder / "site", rate_limit="off"), manual)


@pytest.fixture(scope="module")
def http(desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(desk)) as http:
        yield http


def places(answer: dict[str, Any]) -> Iterator[str]:
    """All ids and addresses that an answer names."""
    for cited in (*answer["citations"], *answer["runners_up"]):
        yield from (cited["section"], cited["url"].removeprefix("/"))
        yield from (place["section"] for place in cited.get("also", ()))


def of(version: str, answer: Answer) -> bool:
    """Whether an answer is from this version alone."""
    return answer.version == version and all(place.startswith(f"{version}/") for place in places(asdict(answer)))


# What is answered


def test_a_hundred_questions_on_opposite_facts_are_never_answered_from_the_other_version(manual: Bot):
    assert len(QUESTIONS) == 100
    mixed = []
    for version, number in QUESTIONS:
        answer = manual.ask(f"Is the {THINGS[number]} enabled by default?", version=version)
        if not of(version, answer) or answer.answer != fact(version, number) or answer.status is not Status.ANSWERED:
            mixed.append((version, THINGS[number], answer.answer))
    assert mixed == []


def test_a_version_is_answered_as_if_there_were_no_other(manual: Bot, folder: Path, tmp_path: Path):
    """Scores, statistics, choices and all: only the addresses and the name of the version differ."""
    write_version(tmp_path / "site", "1.0")
    shutil.copytree(folder / "index", tmp_path / "index")  # its vectors are used again
    first_index(tmp_path / "site", tmp_path / "index")
    alone = Bot.load(tmp_path / "index", "bundled")
    questions = [ASKED, "What is disabled?", "job", "Who won the cup?", "What does the manual describe?"]
    for question, history in [(question, []) for question in questions] + [("And the folder sync?", [ASKED])]:
        whole, own = (asdict(bot.ask(question, history=history)) for bot in (manual.of("1.0"), alone))
        assert (whole.pop("version"), own.pop("version")) == ("1.0", None)
        whole.pop("took_ms"), own.pop("took_ms")
        assert _bare(whole) == _bare(own)


def _bare(answer: Any) -> Any:
    """Without the version in ids and addresses."""
    if isinstance(answer, dict):
        return {name: _bare(each) for name, each in answer.items()}
    if isinstance(answer, list | tuple):
        return [_bare(each) for each in answer]
    return answer.replace("1.0/", "", 1) if isinstance(answer, str) else answer


def test_the_alias_is_the_default_and_names_its_version(manual: Bot):
    assert manual.versions == (Version("2.0", ("latest",)), Version("1.0"))
    assert of("2.0", manual.ask(ASKED))
    assert of("2.0", manual.ask(ASKED, version="latest"))
    assert of("1.0", manual.ask(ASKED, version="v1.0"))


@pytest.mark.parametrize(
    "question", ["Is the job queue enabled by default in 1.0?", "In version 1.0, is the job queue enabled by default?"]
)
def test_a_version_named_in_the_question_is_answered_whatever_the_reader_s_own(manual: Bot, question: str):
    answer = manual.ask(question, version="2.0")
    assert of("1.0", answer) and answer.answer == fact("1.0", JOBS)
    assert answer.question == question


def test_a_question_that_only_names_a_version_is_the_one_before_about_that_version(manual: Bot):
    answer = manual.ask("And in 1.0?", history=[ASKED])
    assert of("1.0", answer) and answer.answer == fact("1.0", JOBS)


def test_a_follow_up_stays_in_the_version(manual: Bot):
    answer = manual.ask("And the image resizer?", history=["Is the job queue enabled by default in 1.0?"])
    assert of("1.0", answer) and fact("1.0", THINGS.index("image resizer")) in answer.answer


def test_a_version_that_is_not_there_is_refused_with_those_that_are(manual: Bot):
    with pytest.raises(NoVersionError) as refused:
        manual.ask(ASKED, version="3.0")
    assert refused.value.names == ("2.0", "1.0")
    assert refused.value.message("en") == "There is no such version of this documentation. There are: 2.0, 1.0."


def test_texts_that_versions_share_have_one_vector(manifest: Manifest, manual: Bot):
    held = [bot.topics.index for bot in (manual, manual.of("1.0"))]
    vectors = [dict(zip(index.row_digest.tolist(), index.vectors.vectors().tolist(), strict=True)) for index in held]
    shared = vectors[0].keys() & vectors[1].keys()
    assert len(shared) > 50  # first pages and headings
    assert all(vectors[0][text] == vectors[1][text] for text in shared)
    assert manifest.rows == sum(len(index.row_digest) for index in held)


# The doors


def asked(http: TestClient, **given: object) -> Any:
    return http.post("/api/ask", json={"question": ASKED, **given}).json()


@pytest.mark.parametrize(
    ("given", "version"),
    [
        ({}, "2.0"),
        ({"version": "1.0"}, "1.0"),
        ({"page": "/1.0/defaults-0/"}, "1.0"),
        ({"page": "/some/mount/1.0/defaults-0/"}, "1.0"),
        ({"page": "/latest/"}, "2.0"),
        ({"page": "/3.0/"}, "2.0"),
        ({"version": "2.0", "page": "/1.0/"}, "2.0"),
    ],
)
def test_the_api_answers_from_the_version_asked_for_else_from_that_of_the_page(
    http: TestClient, given: dict[str, str], version: str
):
    answer = asked(http, **given)
    assert (answer["version"], answer["answer"]) == (version, fact(version, JOBS))
    assert {place.partition("/")[0] for place in places(answer)} == {version}


def test_the_api_says_which_versions_there_are_where_one_is_not(http: TestClient):
    reply = http.post("/api/ask", json={"question": ASKED, "version": "3.0"})
    assert (reply.status_code, reply.json()["error"]["code"]) == (422, "no_such_version")
    assert reply.json()["error"]["message"].endswith("There are: 2.0, 1.0.")


def test_the_published_schema_names_the_versions(http: TestClient):
    question = http.get("/api/openapi.json").json()["components"]["schemas"]["Question"]["properties"]
    assert question["version"]["enum"] == ["2.0", "latest", "1.0", None]


def test_the_chat_hears_the_versions_and_gets_starters_of_its_own(http: TestClient):
    usual, old = (http.get("/api/site", params={"lang": "en", "page": page}).json() for page in ("", "/1.0/"))
    assert usual["versions"] == old["versions"] == ["2.0", "1.0"]
    for question in old["starters"]:
        assert asked(http, question=question, page="/1.0/")["citations"][0]["section"].startswith("1.0/")


def test_answers_of_one_version_are_not_remembered_for_another(manual: Bot):
    day = date(2026, 1, 1)
    memory, answer = Memory(lambda: day), manual.ask(ASKED, version="1.0")
    memory.recall(manual, (ASKED, None, (), "1.0"))
    memory.keep(manual, day, (ASKED, None, (), "1.0"), answer)
    assert memory.recall(manual, (ASKED, None, (), "1.0")) == answer
    assert memory.recall(manual, (ASKED, None, (), "2.0")) is None
    assert memory.recall(manual, (ASKED, None, (), None)) is None


def test_agents_are_answered_from_the_version_they_name(desk: Desk, run_async: Run):
    def tool(name: str, **given: object) -> Any:
        return run_async(call(name, given, Caller(desk, "agent"))).structured

    assert tool("ask", question=ASKED, version="1.0")["answer"] == fact("1.0", JOBS)
    assert tool("ask", question=ASKED)["version"] == "2.0"
    assert {hit["section"][:4] for hit in tool("search", query="job queue", version="1.0")["results"]} == {"1.0/"}
    for section in ("1.0/defaults-2#job-queue", "http://127.0.0.1:8000/1.0/defaults-2/#job-queue"):
        assert [part["text"] for part in tool("read_section", section=section)["sections"]] == [fact("1.0", JOBS)]
    (part,) = tool("read_section", section="defaults-2#job-queue", version="1.0")["sections"]
    assert part["url"] == "http://127.0.0.1:8000/1.0/defaults-2/#job-queue"
    with pytest.raises(RefusedError, match=r"There are: 2\.0, 1\.0\."):
        tool("ask", question=ASKED, version="3.0")


def test_each_door_says_the_version_in_words(manual: Bot, desk: Desk):
    answer = manual.ask(ASKED, version="1.0")
    assert "Version 1.0" in click.unstyle(answer_text(answer, "https://docs.example/")).split("\n")
    context = Context(desk, desk.store)  # type: ignore[arg-type]  # nothing is voted
    texts = [
        element["text"]
        for block in answer_message(answer, context, "k")["blocks"]
        for element in block.get("elements", ())
        if "text" in element
    ]
    assert "Version 1.0" in texts


# A site with one version


def test_a_site_without_versions_speaks_of_none(client):
    with client() as http:
        answer = http.post("/api/ask", json={"question": "Can I upgrade from kubenet?", "page": "/1.0/"}).json()
        assert "version" not in answer
        assert "versions" not in http.get("/api/site").json()
        refused = http.post("/api/ask", json={"question": "Can I upgrade from kubenet?", "version": "1.0"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (422, "no_such_version")


def test_a_question_about_a_version_that_there_is_not_is_told_so(manual: Bot):
    answer = manual.ask("Is the job queue enabled by default in 3.0?", version="1.0")
    assert (answer.version, answer.status) == ("1.0", Status.ANSWERED)
    assert (answer.not_stated, answer.verdict) == (("3.0",), None)
    assert answer.answer.splitlines()[0] == "The site does not explicitly cover “3.0”. On a related case it states:"
    assert answer.certainty != "high"
    refused = manual.ask("What is the capital of France in version 3.0?", version="1.0")
    assert refused.status is Status.NOT_COVERED
    assert refused.answer.startswith("There is no such version of this documentation. There are: 2.0, 1.0.\n")


# Labelled questions


def labelled(question: str, section: str) -> LabelledQuestion:
    return LabelledQuestion(question, "en", "q", question, True, (section,))


def test_a_label_without_a_version_means_the_version_that_the_question_is_about(manual: Bot):
    place = "defaults-2#job-queue"
    usual, old, whole = (
        labelled(*each) for each in ((ASKED, place), (f"{ASKED[:-1]} in 1.0?", place), (ASKED, "2.0/" + place))
    )
    lost = labelled("Is the map tiles layer enabled?", "defaults-2#no-such-place")
    measured = report(manual, [usual, old, whole, lost])
    assert measured["figures"]["all"]["first citation right, of all answerable"]["value"] == 0.75
    assert [miss["wanted"] for miss in measured["misses"]] == [["defaults-2#no-such-place"]]


def test_proposed_questions_are_labelled_without_a_version(manual: Bot):
    labels = [name for proposal in propose(manual.topics) for name in proposal.question.sections]
    meant = of_version([labelled("x", name) for name in labels], manual.topics)
    assert labels and not any(name.startswith("2.0/") for name in labels)
    assert {label.sections[0] for label in meant} <= set(manual.topics.ids)
