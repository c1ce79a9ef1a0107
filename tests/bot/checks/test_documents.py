"""Files as people have them, read or refused by name."""

import json

import pytest
from pydantic.alias_generators import to_camel

from bot.checks import InputError, read_documents
from bot.checks.inventory.cluster import Cluster, NetworkProfile
from bot.checks.inventory.snapshot import AlbController, Snapshot, Subnet

AKS = {"name": "one", "networkProfile": {"networkPlugin": "azure"}}
YAML = "name: one\nnetworkProfile: {networkPlugin: azure}\n"
TEXT = json.dumps(AKS, indent=2)


def refused(data: bytes | str) -> InputError:
    with pytest.raises(InputError) as caught:
        read_documents(data if isinstance(data, bytes) else data.encode(), file="given.txt")
    assert "given.txt" in caught.value.message("ja") and "given.txt" in caught.value.message("en")
    return caught.value


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        f"text of a tool that comes first\n{TEXT}".encode(),
        f"{TEXT}\nThat is all.\n".encode(),
        f"user@host:~$ az aks show --query '[].x' -o json\n{TEXT}\nuser@host:~$\n".encode(),
        f"Here it is:\n```json\n{TEXT}\n```\n".encode(),
        f"[INFO] reading\n[2025-06-01 10:00] ready\n{TEXT}".encode(),
        f"お疲れさまです。\n\n{TEXT}\n\n以上です。\n".encode(),
        f"WARNING: this: looks like YAML\nand goes on\n\n{TEXT}\n".encode(),
        TEXT.replace('"name"', '\x1b[34;01m"name"\x1b[39;49;00m').encode(),
        b"name: one\nnetworkProfile:\n  networkPlugin: azure\n",
        TEXT.replace("{", '{ // "name": "two",', 1).encode(),
        ("/* of the\nteam */\n" + TEXT.replace(",", ", /* {\n */", 1)).encode(),
        b"# a comment\n---\nname: one\nnetworkProfile: {networkPlugin: azure}\n...\n",
    ],
)
def test_one_document_is_read_in_every_dress(data: bytes):
    assert read_documents(data) == AKS


@pytest.mark.parametrize(
    "data",
    [
        f"{TEXT}\n{TEXT}",
        f"{TEXT}{TEXT}\n\n",
        f"{json.dumps(AKS)}\n{json.dumps(AKS)}\n",
        f"[{TEXT}, {TEXT}]",
        f"first:\n{TEXT}\nsecond:\n{TEXT}\n",
        f"\ufeff{TEXT}\r\n\ufeff{TEXT}",
        f"\ufeff{TEXT}\ufeff{TEXT}",
        f"{YAML}---\n{YAML}",
        "- name: one\n  networkProfile: {networkPlugin: azure}\n" * 2,
    ],
)
def test_several_documents_are_a_list(data: str):
    assert read_documents(data.encode()) == [AKS, AKS]


@pytest.mark.parametrize("word", ["1.7.9", "registry:5000/images/alb-controller:1.7.9", "alb-controller"])
def test_a_bare_word_about_the_controller_is_a_document(word: str):
    assert read_documents(f"{word}\n".encode()) == word


OLD, NEW = (f"mcr.microsoft.com/application-lb/images/alb-controller:{version}" for version in ("1.6.7", "1.8.1"))


@pytest.mark.parametrize(
    ("text", "images"),
    [
        (f"{OLD} {OLD}\n", OLD),
        (f"{NEW} {OLD} {NEW}", [NEW, OLD]),
        (f"docker.io/istio/proxyv2:1.22.0 {OLD}", OLD),
        (f"{OLD}\nregistry:5000/alb-controller@sha256:00ff\n", [OLD, "registry:5000/alb-controller@sha256:00ff"]),
    ],
)
def test_the_images_of_all_pods_are_read_as_jsonpath_prints_them(text: str, images: object):
    assert read_documents(text.encode()) == images
    assert read_documents(f"{TEXT}\n{text}".encode()) == [AKS, *([images] if isinstance(images, str) else images)]  # type: ignore[list-item]


def test_words_beside_an_image_are_words():
    assert read_documents(f"{TEXT}\nit runs {OLD} today\n".encode()) == AKS
    assert refused(f"it runs {OLD} today\n").code == "not-json"


def test_what_only_looks_like_a_comment_is_kept():
    link = {"name": "https://one/*two*/", "networkProfile": {"networkPlugin": '\\"//x'}}
    text = json.dumps(link).replace("{", "{ // here\n", 1)
    assert read_documents(text.encode()) == link
    assert refused("{ // here\n" + TEXT[1:] + "]").line == TEXT.count("\n") + 2


def test_values_of_yaml_keep_their_spelling():
    read = read_documents(b'version: 1.10\nkubernetesVersion: "1.30"\npeered: true\nnone: null\nempty:\non: yes\n')
    assert read == {
        "version": "1.10", "kubernetesVersion": "1.30", "peered": True, "none": None, "empty": None, "on": "yes"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (" \n\t".encode("utf-16"), "empty"),
        (b"PK\x03\x04rest", "terraform-binary"),
        (b"\x1f\x8brest", "terraform-binary"),
        ('resource "azurerm_subnet" "agc" {\n}\n', "terraform-source"),
        ('# of the platform team\nterraform {\n  required_version = "1.13"\n}\n', "terraform-source"),
        ("\nTerraform will perform the following actions:\n", "terraform-text"),
        ("param location string = 'japaneast'\n", "bicep-source"),
        ("resource aks 'Microsoft.ContainerService/managedClusters@2025-05-01' = {\n}\n", "bicep-source"),
        ("Name    Location\n------  ---------\none     japaneast\n", "table"),
        ("NAME             READY   UP-TO-DATE\nalb-controller   2/2     2\n", "table"),
        ("NAMESPACE   NAME   NOMINATED NODE   AGE\r\n", "table"),
        ("azure\toverlay\n", "tsv"),
        ("one\tjapaneast\t1.31\ntwo\tjapaneast\t1.31\n", "tsv"),
        ("<!doctype html><title>Sign in</title>", "web-page"),
        ("ERROR: (ResourceNotFound) not there\n", "error-text"),
        ('Error from server (NotFound): deployments.apps "alb-controller" not found\n', "error-text"),
        ("Error: Kubernetes cluster unreachable: exec plugin failed\n", "error-text"),
        ("The connection to the server localhost:8080 was refused - did you specify the right host?\n", "error-text"),
        ("Unable to connect to the server: dial tcp: lookup x: no such host\n", "error-text"),
        ("hello\n", "not-json"),
        (b"\xff\xfeo", "not-utf8"),
        (b"a: &x 1\nb: *x\n", "yaml-anchor"),
        (b"a: 1\na: 2\n", "duplicate-key"),
        (b"a: [" + b"[" * 100, "too-deep"),
        (b"a: b: c\n", "not-json"),
        (b"? [1]\n: 2\n", "not-json"),
        (TEXT + '\n"name": "two"\n}\n', "not-json"),  # the head of the second one is not there
        (TEXT + '\nthen\n{"a": [1, ', "not-json"),
        (TEXT + "\n---\nname: [two\n", "not-json"),
        (TEXT + "\n---\nsome words\n", "not-json"),
        (TEXT + "\nname: two\nkind: x\nnetworkProfile:\n", "not-json"),
        ("Resource and property changes are indicated with this symbol:\n  ~ Modify\n", "what-if-text"),
        ('text\n{"a": 1, "a": 2}', "duplicate-key"),
    ],
)
def test_what_is_something_else_is_refused_by_its_name(data: bytes | str, code: str):
    assert refused(data).code == code


def test_a_place_counts_all_lines():
    error = refused('a warning\n{"a": 1}\n{"b": }\n')
    assert (error.line, error.column) == (3, 7)
    error = refused("a: 1\nb: 2\na: 3\n")
    assert (error.line, error.column) == (3, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "yaml-anchor"),
        ("base: &base\n  x: 1\nname:\n  <<: *base\n", "yaml-anchor"),
        ("a: " + "[" * 70 + "]" * 70, "too-deep"),
        ("- " * 70 + "x", "too-deep"),
        ("a: {b: 1, b: 2}\n", "duplicate-key"),
        ("? [a, b]\n: c\n", "not-json"),
    ],
)
def test_yaml_that_could_grow_or_mean_two_things_is_refused(text: str, code: str):
    assert refused(f"---\n{text}").code == code


def test_a_tag_of_yaml_makes_nothing():
    tagged = '--- !!python/object/apply:os.system\nnetworkProfile: !!python/name:os.system ["echo"]\nname: !!int "7"\n'
    assert read_documents(tagged.encode()) == {"networkProfile": ["echo"], "name": "7"}


def test_size_is_checked_first():
    with pytest.raises(InputError, match="101 bytes"):
        read_documents(b"[" * 101, max_bytes=100)


def test_a_version_behind_a_document_is_not_lost_among_words():
    assert read_documents(f"{TEXT}\n1.6.7\n".encode()) == [AKS, "1.6.7"]


@pytest.mark.parametrize("cut", [1, 5, len(TEXT) // 2, len(TEXT) - 1])
def test_an_input_that_ends_too_early_is_called_cut_off(cut: int):
    assert (
        refused(TEXT[:cut])
        .message("en")
        .startswith(
            ("given.txt: The input is not JSON: the input ends", "given.txt: The input is not JSON: a string begins")
        )
    )


@pytest.mark.parametrize("between", ["\nwords\n", "\n[INFO] words\n", " ", "\n"])
def test_each_of_many_documents_is_looked_at_once(between: str):
    """Looked at whole for each document, these would take hours."""
    assert read_documents(f"{{}}{between}".encode() * 60_000) == [{}] * 60_000


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"a":' * 65 + "1" + "}" * 65])
@pytest.mark.parametrize("front", ["", 'a 5" pipe\n', "{}\nwords [x\n"])
def test_what_stands_in_front_of_a_document_hides_no_depth(front: str, deep: str):
    assert refused(f"{front}{deep}").code == "too-deep"


@pytest.mark.parametrize("line", ["[INFO] done", "[1]+  Done  az aks show", "[2025-06-01 10:00] ready"])
def test_a_tool_s_line_in_brackets_is_words_wherever_it_stands(line: str):
    assert read_documents(f"{line}\n{TEXT}\n{line}\n{TEXT}\n{line}".encode()) == [AKS, AKS]


def test_a_part_of_a_snapshot_beside_a_document_is_not_lost():
    read = [key for model in (Snapshot, Cluster, NetworkProfile, Subnet, AlbController) for key in model.model_fields]
    for key in read:
        if key in ("upgrade", "arrival", "identity", "id"):
            continue  # no key of the reader's; words of any language
        for part in (f"{to_camel(key)}: some", f"{to_camel(key)}:\n  id: some"):
            assert refused(f"{TEXT}\n{part}\n").code == "not-json"
            assert refused(f"{part}\n{TEXT}\n").code == "not-json"
    assert read_documents(f"subnet:\n{TEXT}\nVersion: 1.2 of a tool\n".encode()) == AKS


@pytest.mark.parametrize("value", ["null", "true", "5", "-1.5"])
def test_a_value_behind_a_document_is_no_word(value: str):
    for gap in (" ", *([] if value == "null" else ["\n"])):
        assert refused(f"{TEXT}{gap}{value}\n").code == "not-json"


def test_yaml_that_holds_a_line_of_json_is_read_whole():
    text = 'planned: upgrade-to-overlay\naks:\n  {"networkProfile": {"networkPlugin": "azure"}}\n'
    assert read_documents(text.encode()) == {
        "planned": "upgrade-to-overlay",
        "aks": {"networkProfile": {"networkPlugin": "azure"}},
    }
