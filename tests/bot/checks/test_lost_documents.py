"""A document is read or refused, with its place: whatever stands before it on its line, and wherever in the input."""

import json
from typing import Any

import pytest

from bot.checks import InputError, check, compose, read_documents

from .test_laws import association, cluster, deployment, network, subnet
from .test_mixed_documents import YAML

DOCUMENTS: list[Any] = [
    cluster("one", "azure", "overlay"),
    subnet("agc", "10.0.4.0/24"),
    [association("g1", "agc")],
    network("a", "japaneast"),
    deployment("1.8.1"),
]
OTHERS: list[Any] = [  # what each of them says changes the result
    cluster("one", "kubenet", None),
    subnet("agc", "10.0.4.0/23"),
    [association("g2", "agc")],
    deployment("1.6.7"),
    [{"name": "alb-controller", "chart": "alb-controller-1.6.7", "app_version": "1.6.7", "status": "deployed"}],
    ["mcr.microsoft.com/application-lb/images/alb-controller:1.6.7", "x"],
    {"resource_changes": [], "format_version": "1.2", "errored": True},
]
PREFIXES = [
    *("$ ", "> ", "# ", "- ", "1. ", "> > ", "| ", "x=", "$x = ", "export X=", "出力: ", "Result: ", "kubectl: "),
    *(
        "[12:00:01] ",
        "12:00:01 ",
        "2026-11-28T00:00:00.0Z ",
        "PS C:\\> ",
        "INFO: ",
        "WARNING: a b ",
        "[INFO] ",
        "\u00ad",
    ),
    *("WARNING: a\nhelm> ", "Note: it may hold false positives.\n> ", "words\n\n$ ", "a: b\n$ "),
]
UNSEEN = [
    " - Running ..\r",
    " - Running ..\r / Running ..\r",
    "\r",
    "\u200b",
    "\ufeff\u2060",
    "\x1b[2K",
    "\x1b[?25h ",
    "\u3000",
]


def lines(documents: list[Any]) -> str:
    return "\n".join(json.dumps(document) for document in documents)


def judged(text: str) -> dict[str, str]:
    return {finding.id: str(finding.status) for finding in check(compose(read_documents(text.encode())), "en")}


def test_the_others_do_change_the_result():
    whole = judged(lines(DOCUMENTS))
    for other in OTHERS[:-2]:
        assert judged(lines([other, *DOCUMENTS])) != whole


@pytest.mark.parametrize("front", PREFIXES)
@pytest.mark.parametrize("at", range(len(DOCUMENTS)))
def test_a_document_behind_other_text_on_its_line_is_refused_with_its_place(front: str, at: int):
    for other in OTHERS:
        for form in (json.dumps(other), json.dumps(other, separators=(",", ":")), json.dumps(other, indent=2)):
            before = lines(DOCUMENTS[:at]) + "\n" if at else ""
            with pytest.raises(InputError) as refused:
                read_documents(f"{before}{front}{form}\n{lines(DOCUMENTS[at:])}".encode())
            assert refused.value.line == at + front.count("\n") + 1
            assert refused.value.code == "words-before"


@pytest.mark.parametrize("front", UNSEEN)
@pytest.mark.parametrize("at", range(len(DOCUMENTS) + 1))
def test_what_nobody_sees_in_front_of_a_document_hides_nothing(front: str, at: int):
    for other in OTHERS[:-1]:
        for form in (json.dumps(other), json.dumps(other, indent=2)):
            before = lines(DOCUMENTS[:at]) + "\n" if at else ""
            text = f"{before}{front}{form}\n{lines(DOCUMENTS[at:])}"
            read = read_documents(text.encode())
            assert isinstance(read, list) and read == [*DOCUMENTS[:at], other, *DOCUMENTS[at:]]


@pytest.mark.parametrize(
    "part", ['"networkPlugin": "kubenet"', "  }\n]", "$ [", "x {'networkPlugin': 'kubenet'}", 'and "a": {"b": 1}}']
)
def test_a_part_of_a_document_in_front_is_refused(part: str):
    with pytest.raises(InputError):
        read_documents(f"words\n{part}\n{lines(DOCUMENTS)}".encode())


@pytest.mark.parametrize(
    "words",
    [
        'user@host:~$ az aks show --query "{plugin:networkProfile.networkPlugin, pools:agentPoolProfiles[].{a:name}}"',
        '$ kubectl get pods -o jsonpath=\'{range .items[*]}{.metadata.name}{"\\t"}{.spec.x}{"\\n"}{end}\'',
        "cli.knack.cli: Command arguments: ['aks', 'show', '-o', 'json']",
        'He said "check this": all of it is here',
        '// {"networkPlugin": "kubenet"}',
    ],
)
def test_words_and_commands_in_front_are_words(words: str):
    assert read_documents(f"{words}\n{lines(DOCUMENTS)}".encode()) == DOCUMENTS


@pytest.mark.parametrize("image", ["1.6.7", "mcr.microsoft.com/application-lb/images/alb-controller:1.6.7"])
@pytest.mark.parametrize("gap", ["\n", "\n---\n"])
def test_a_version_alone_counts_in_front_as_it_does_behind(image: str, gap: str):
    assert judged(f"{image}{gap}{lines(DOCUMENTS)}")["AGC003"] == "fail"


@pytest.mark.parametrize(
    "yaml", ["albController:\n  version: 1.6.7\n", "version: 1.6.7\n", "- chart: x\n  name: y\n", YAML]
)
def test_three_dashes_end_yaml_however_short_it_is(yaml: str):
    read = read_documents(f"{yaml}---\n{lines(DOCUMENTS)}\n---\n{yaml}".encode())
    assert isinstance(read, list) and read[1:-1] == DOCUMENTS and read[0] == read[-1]


def test_three_dashes_may_stand_between_very_many_documents():
    assert read_documents(b'{"a": 1}\n---\n' * 20_000) == [{"a": 1}] * 20_000
    with pytest.raises(InputError) as refused:
        read_documents(b'{"a": 1}\n---\n' * 3000 + b'{"a": }')
    assert refused.value.line == 6001


@pytest.mark.parametrize("text", ["---\n", "# a comment\n---\n", "---\nnull\n", "--- ~\n"])
def test_a_text_without_documents_is_no_empty_list(text: str):
    assert read_documents(text.encode()) is None
