"""Tables for the screen beside documents: refused by their name, wherever they stand, and never taken for words."""

import json

import pytest

from bot.checks import InputError, read_documents

from .test_laws import cluster
from .test_mixed_documents import YAML

AKS = cluster("one", "azure", "overlay")
TEXT = json.dumps(AKS, indent=2)
LIST = "NAME          \tNAMESPACE       \tREVISION\tUPDATED       \tSTATUS  \tCHART               \tAPP VERSION\n"
RELEASE = "alb-controller\tazure-alb-system\t1       \t2025-01-01 UTC\tdeployed\talb-controller-1.6.7\t1.6.7      \n"
HISTORY = "REVISION\tUPDATED \tSTATUS  \tCHART               \tAPP VERSION\tDESCRIPTION\n"
TABLES = {
    "helm list": (LIST + RELEASE, "helm-table"),
    "helm list, its tabs made spaces": ((LIST + RELEASE).replace("\t", "    "), "helm-table"),
    "helm list of nothing": (LIST, "helm-table"),
    "helm history": (HISTORY + "1       \tnow     \tdeployed\talb-controller-1.6.7\t1.6.7      \tdone\n", "helm-table"),
    "kubectl get pods": ("NAME             READY   STATUS\nalb-controller   1/1     Running\n", "table"),
    "kubectl get svc -A": ("NAMESPACE   NAME   TYPE   PORT(S)   NOMINATED NODE\nx   y   z   80   none\n", "table"),
    "az aks list -o table": ("Name    Location\n------  ---------\none     japaneast\n", "table"),
}


def code_and_line(text: str) -> tuple[str, int | None]:
    with pytest.raises(InputError) as caught:
        read_documents(text.encode())
    return caught.value.code, caught.value.line


@pytest.mark.parametrize("title", TABLES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_is_named_wherever_it_stands(title: str, end: str):
    table, code = (part.replace("\n", end) for part in TABLES[title])
    height = TEXT.count("\n") + 1
    assert code_and_line(table) == (code, None)
    assert code_and_line(f"{TEXT}\n{table}")[0] == code
    assert code_and_line(f"{TEXT}\n{table}{TEXT}")[0] == code
    assert code_and_line(f"{TEXT}\n{TEXT}\n$ helm list -A\n{table}{TEXT}")[0] == code
    underlined = title.startswith("az ")  # its heads may be any words: the line below them tells that they are heads
    assert code_and_line(f"{TEXT}\n{table}") == (code, height + (2 if underlined else 1))
    assert code_and_line(f"$ some command\n{table}") == (code, 3 if underlined else 2)
    assert code_and_line(f"WARNING: of a tool\n{table}{TEXT}") == (code, 3 if underlined else 2)
    assert code_and_line(f"{YAML}{table}")[0] == code
    assert code_and_line(f"{TEXT}\n---\n{table}")[0] == code


@pytest.mark.parametrize(
    "words",
    [
        "NAME of the cluster: one",
        "NAME",
        "REVISION 2",
        "-----------",
        "==== STEP ONE ====",
        "-- the cluster --  -- and its subnet --",
        "THE CLUSTER  OF THE TEAM",
    ],
)
def test_words_that_are_no_table_are_words(words: str):
    assert read_documents(f"{words}\n{TEXT}\n{words}\n{TEXT}\n{words}\n".encode()) == [AKS, AKS]


def test_the_command_that_prints_the_releases_is_said():
    with pytest.raises(InputError) as caught:
        read_documents(f"{TEXT}\n{LIST}{RELEASE}".encode())
    for lang in ("ja", "en"):
        assert "`helm list -A -o json`" in caught.value.message(lang)


def test_a_table_in_a_text_of_a_document_is_a_part_of_it():
    noted = {**AKS, "tags": {"notes": LIST + RELEASE}}
    assert read_documents(json.dumps(noted, indent=2).encode()) == noted
    block = "".join(f"    {line}\n" for line in TABLES["kubectl get pods"][0].splitlines())
    assert read_documents(f"kind: ConfigMap\ndata:\n  notes: |\n{block}".encode())
