"""A made-up manual that names nothing as not covered: what is answered there, and with which yes or no."""

import pytest
from twosites import first_index

from bot.answering.ask import Bot
from bot.quality.judged import verdict
from bot.records import Status

SECTIONS = {
    "Tern networking": "Tern is a network plugin for container clusters. It moves packets with the kernel's fast path.",
    "Is Tern available on Automatic clusters?": "Yes, Tern is available on Automatic clusters, on by default.",
    "Operating systems": "Tern runs on Linux nodes only. The kernel must be 5.10 or newer.",
    "Can Tern encrypt the traffic between nodes?": "Yes. Traffic between nodes is encrypted with WireGuard.",
    "Installing Tern": "Run ternctl install on a machine that can reach the cluster. The installer takes two minutes.",
    "Address ranges": "Each node gets a range of 256 addresses. The size is chosen when the cluster is created.",
    "Metrics": "Tern serves metrics for Prometheus on port 9962 of each node.",
    "Removing Tern": "Run ternctl remove and restart the nodes one by one.",
    "Logs": "The logs of Tern are in /var/log/tern and are kept for seven days.",
    "Tern in Docker": "Tern runs in Docker as well, in a privileged container with the host's network.",
    "Licence": "Tern is free for clusters of up to ten nodes.",
}


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    folder = tmp_path_factory.mktemp("manual")
    (folder / "site").mkdir()
    body = "".join(f"<h2 id='s{n}'>{title}</h2><p>{text}</p>" for n, (title, text) in enumerate(SECTIONS.items()))
    page = f"<!doctype html><html lang='en'><body><main><h1 id='tern'>Tern manual</h1>{body}</main></body></html>"
    (folder / "site/index.html").write_text(page, "utf-8")
    first_index(folder / "site", folder / "index")
    return Bot.load(folder / "index", "bundled")


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("Is Tern available on Automatic clusters?", "s1"),
        ("Which operating systems does Tern run on?", "s2"),
        ("how do I remove Tern from the nodes", "s7"),
        ("On which port are the metrics for Prometheus?", "s6"),
        ("how many addresses does a node get", "s5"),
    ],
)
def test_what_the_manual_states_is_answered_from_its_section(manual: Bot, question: str, section: str):
    answer = manual.ask(question)
    assert (answer.status, answer.citations[0].section) == (Status.ANSWERED, f"index#{section}")


@pytest.mark.parametrize(
    "question",
    [
        "Is Tern available on Windows nodes?",
        "Is Tern available on Autopilot clusters?",
        "Can Tern encrypt the traffic to the internet?",
        "Can Heron encrypt the traffic between nodes?",
    ],
)
def test_a_question_with_another_condition_gets_no_yes(manual: Bot, question: str):
    assert verdict(manual.ask(question).answer) != "yes"


def test_a_question_with_the_words_of_the_heading_gets_its_yes(manual: Bot):
    assert verdict(manual.ask("Can Tern encrypt the traffic between nodes?").answer) == "yes"


@pytest.mark.parametrize("question", ["Who won the football world cup in 1990?", "How do I bake sourdough bread?"])
def test_another_subject_is_not_answered(manual: Bot, question: str):
    assert manual.ask(question).status is not Status.ANSWERED


def test_it_is_the_product_where_a_heading_names_the_rest(manual: Bot):
    answer = manual.ask("can I run it in docker?")
    assert (answer.status, answer.citations[0].section) == (Status.ANSWERED, "index#s9")


@pytest.mark.parametrize("question", ["is it supported?", "is it fast?", "it crashes"])
def test_it_alone_asks_nothing_of_a_product(manual: Bot, question: str):
    assert manual.ask(question).status is Status.CLARIFY
