"""`kb` as a program: output, exit codes, and what it never loads."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from forked import Forking

from bot.decision.unstated import PARTS_FILE

SNAPSHOT = {
    "aks": {"networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay"}, "agentPoolProfiles": []},
    "subnet": {"addressPrefix": "10.0.4.0/24"},
    "albController": {"version": "1.7.9"},
}
KEYS = [
    *("question", "lang", "status", "answer", "confidence", "citations", "rules", "suggestions", "took_ms"),
    *("runners_up", "not_stated", "checks", "verdict", "certainty", "written", "outside"),
]


@pytest.fixture
def run(forked: Forking, environment: dict[str, str], site_dir: Path, index_dir: Path, tmp_path: Path):
    """Run `kb …` in an empty folder against the real site; returns the finished process."""
    settings = {"KB_SITE": str(site_dir), "KB_INDEX": str(index_dir)}

    def start(*arguments: str, send: str | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        shell = {**environment, **settings, **more}
        return forked.run(arguments, shell, tmp_path, send)

    return start


def test_ask_shows_answer_quotes_links_and_rules(run):
    done = run("ask", "Can I upgrade from kubenet?")
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout.startswith("Yes\nAn existing cluster that uses kubenet can be upgraded")
    assert "http://127.0.0.1:8000/en/faq/#kubenet-to-overlay" in done.stdout
    assert "http://127.0.0.1:8000/en/rules/agc001/" in done.stdout


def test_ask_in_japanese(run):
    done = run("ask", "kubenet からアップグレードできますか?", KB_SITE_URL="https://docs.example/")
    assert done.stdout.startswith("はい\nkubenet を使っている既存のクラスターは")
    assert "https://docs.example/faq/#kubenet-to-overlay" in done.stdout


def test_ask_json_is_the_contract(run):
    answer = json.loads(run("ask", "--json", "kubenet からアップグレードできますか?").stdout)
    assert list(answer) == KEYS
    cited = [
        "n",
        "section",
        "lang",
        "title",
        "url",
        "quote",
        "translation_url",
        "path",
        "blocks",
        "also",
        "stale",
        "links",
    ]
    assert list(answer["citations"][0]) == cited
    assert list(answer["rules"][0]) == ["id", "name", "title", "severity", "url"]
    assert (answer["lang"], answer["status"]) == ("ja", "answered")


def test_ask_reads_standard_input_and_takes_a_language(run):
    answer = json.loads(run("ask", "--json", "--lang", "ja", send="Can I upgrade from kubenet?\n").stdout)
    assert answer["citations"][0]["url"] == "/faq/#kubenet-to-overlay"


def test_without_an_index_the_command_that_makes_one_is_named(run, tmp_path: Path):
    done = run("ask", "kubenet?", "--index", str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"kb: {tmp_path / 'none'}: there is no index here yet. Run: kb index\n"


def test_a_wrong_setting_is_named(run):
    done = run("ask", "kubenet?", KB_PORT="many")
    assert done.returncode == 2 and done.stderr.startswith("kb: settings: KB_PORT='many': ")


def test_answering_never_loads_torch(kb: list[str], environment: dict[str, str], index_dir: Path):
    """What the import of onnxruntime itself writes is not shown; index/encoder/test_bundled.py looks behind it."""
    shell = {**environment, "KB_INDEX": str(index_dir), "PYTHONPROFILEIMPORTTIME": "1"}
    done = subprocess.run([*kb, "ask", "kubenet?"], env=shell, capture_output=True, text=True, check=True)
    assert "kubenet" in done.stdout
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "index.encoder.bundled" in loaded
    heavy = {"torch", "transformers", "sentence_transformers", "sklearn", "lxml", "mkdocs", "fastapi"}
    assert {name.partition(".")[0] for name in loaded} & heavy == set()


@pytest.mark.parametrize(
    ("change", "code"),
    [({}, 0), ({"subnet": {"addressPrefix": "10.0.4.0/23"}}, 1), ({"aks": 5}, 2)],
)
def test_check_tells_by_its_exit_code(run, tmp_path: Path, change: dict, code: int):
    (tmp_path / "snapshot.json").write_text(json.dumps({**SNAPSHOT, **change}), "utf-8")
    for form in ("text", "json", "markdown", "sarif", "junit"):
        done = run("check", "snapshot.json", "--format", form)
        assert done.returncode == code, done.stderr
        assert bool(done.stdout) == (code < 2) and done.stderr.startswith("kb: ") == (code == 2)


def statuses(printed: str) -> dict[str, str]:
    (cluster,) = json.loads(printed)["clusters"]
    return {finding["id"]: finding["status"] for finding in cluster["findings"]}


def test_check_reads_several_files_and_names_the_one_that_it_cannot_use(run, tmp_path: Path):
    profile = {"networkPlugin": "azure", "networkPluginMode": "overlay"}
    (tmp_path / "aks.json").write_text(json.dumps({"name": "one", "networkProfile": profile}), "utf-16")
    (tmp_path / "controller.yaml").write_text("chart: alb-controller-1.6.7\nnamespace: alb\n", "utf-8")
    (tmp_path / "dns.json").write_text(json.dumps({"apiVersion": "v1", "kind": "Service", "metadata": {}}), "utf-8")
    done = run("check", "aks.json", "controller.yaml", "dns.json", "--format", "json", "--lang", "en")
    assert (done.returncode, statuses(done.stdout)["AGC003"]) == (1, "fail")
    assert done.stderr == "kb: dns.json: no rule needs Service, so it was not used.\n"
    (tmp_path / "main.tf").write_text('resource "azurerm_subnet" "agc" {}\n', "utf-8")
    done = run("check", "aks.json", "main.tf", "--lang", "en")
    assert (
        done.returncode == 2
        and "terraform show -json plan.bin" in done.stderr
        and done.stderr.startswith("kb: main.tf: ")
    )


def test_check_ends_with_the_worst_of_several_clusters(run, tmp_path: Path):
    clusters = [{"name": name, "networkProfile": {"networkPlugin": name}} for name in ("kubenet", "azure")]
    (tmp_path / "all.json").write_text(json.dumps(clusters), "utf-8")
    done = run("check", "all.json", "--format", "json", "--lang", "en")
    assert done.returncode == 1 and [cluster["name"] for cluster in json.loads(done.stdout)["clusters"]] == [
        "azure",
        "kubenet",
    ]
    done = run("check", "all.json", "--format", "json", "--schema", "1", "--lang", "en")
    assert (done.returncode, json.loads(done.stdout)["findings"][0]["status"]) == (1, "fail")


def test_check_composes_what_az_printed(run, tmp_path: Path):
    (tmp_path / "aks.json").write_text(json.dumps(SNAPSHOT["aks"]), "utf-8")
    (tmp_path / "subnet.json").write_text(json.dumps(SNAPSHOT["subnet"]), "utf-8")
    done = run("check", "--aks", "aks.json", "--subnet", "subnet.json", "--alb-version", "1.6.0", "--format", "json")
    status = statuses(done.stdout)
    assert (done.returncode, status["AGC003"], status["AGC004"]) == (1, "fail", "pass")


def test_check_takes_an_array_of_what_az_printed(run, tmp_path: Path):
    file = tmp_path / "all.json"
    aks = {"networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay"}, "agentPoolProfiles": []}
    delegations = [{"serviceName": "Microsoft.ServiceNetworking/trafficControllers"}]
    subnet = {"addressPrefix": "10.60.4.0/23", "delegations": delegations}
    file.write_text(json.dumps([aks, subnet, "1.7.9"]), "utf-8")
    done = run("check", str(file), "--format", "json", "--lang", "en")
    judged = statuses(done.stdout)
    assert (done.returncode, judged["AGC003"], judged["AGC004"]) == (1, "pass", "fail")


def test_check_reads_standard_input_and_speaks_japanese(run):
    done = run("check", "-", "--lang", "ja", "--all", send=json.dumps(SNAPSHOT))
    assert done.returncode == 0 and "[合格] AGC001 kubenet" in done.stdout


@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "none.json"], ["explain", "AGC999"], ["eval", "none.jsonl"]]
)
def test_bad_input_and_usage_exit_with_2(run, arguments: list[str]):
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "") and done.stderr


def test_explain_shows_the_rules_page(run):
    done = run("explain", "agc004", "--lang", "en")
    assert "AGC004" in done.stdout and "/24" in done.stdout
    assert done.stdout.rstrip().endswith("http://127.0.0.1:8000/en/rules/agc004/")


def test_rules_are_listed_in_order(run):
    names = [line.split()[0] for line in run("rules").stdout.splitlines()]
    assert names == [f"AGC{number:03}" for number in range(1, 13)]
    named = run("rules", "agc009", "alb-version", "--lang", "ja").stdout.splitlines()
    assert [line.split()[:2] for line in named] == [["AGC009", "upgrade-subnet"], ["AGC003", "alb-version"]]


def test_snapshot_prints_the_commands_and_runs_them(run, tmp_path: Path):
    printed = run("snapshot", "-g", "rg", "-n", "aks").stdout
    assert "az aks show --resource-group rg --name aks --output json" in printed and "kubectl get" in printed
    az = tmp_path / "az"
    az.write_text(
        f"#!{sys.executable}\nimport sys\nprint('{{\"name\": \"aks\"}}' if 'aks' in sys.argv else '[]')\n", "utf-8"
    )
    az.chmod(0o755)
    done = run("snapshot", "-g", "rg", "-n", "aks", "--run", PATH=f"{tmp_path}{os.pathsep}/usr/bin")
    assert done.returncode == 0 and json.loads(done.stdout)["aks"] == {"name": "aks"}


@pytest.mark.slow
def test_another_site_is_indexed_and_asked(run, tmp_path: Path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text(
        "# Widget manual\n\n## Cleaning the widget {#clean}\n\nClean the widget with warm water every Friday.\n\n"
        "## Charging\n\nThe widget charges in two hours.\n",
        "utf-8",
    )
    config = "site_name: Manual\ntheme: {name: material, font: false}\nmarkdown_extensions: [attr_list]\n"
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    build = [sys.executable, "-m", "mkdocs", "build", "-q"]
    subprocess.run(build, cwd=tmp_path, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=True)
    own = {"KB_SITE": str(tmp_path / "site"), "KB_INDEX": str(tmp_path / "site.index")}
    done = run("index", "site", **own)
    assert done.returncode == 0, done.stderr
    answer = json.loads(run("ask", "--json", "--site", "site", "How do I clean the widget?", **own).stdout)
    assert answer["citations"][0]["url"] == "/#clean"
    assert answer["citations"][0]["quote"] == "Clean the widget with warm water every Friday."


TWIN = {
    **{"id": "a", "lang": "en", "kind": "condition", "a": "Can I upgrade from kubenet?"},
    **{"sections": ["faq#kubenet-to-overlay"], "verdict": "conditional"},
    **{"b": "Can I upgrade from kubenet with Cilium?", "part": "Cilium"},
}


def test_ask_says_first_what_the_site_does_not_state(run):
    lines = run("ask", TWIN["b"]).stdout.split("\n")
    assert "Cilium" in lines[0] and not lines[1].startswith(("Yes", "No"))
    assert json.loads(run("ask", "--json", TWIN["b"]).stdout)["not_stated"] == ["Cilium"]


def test_contrast_measures_pairs(run, tmp_path: Path):
    (tmp_path / "p.jsonl").write_text(json.dumps(TWIN) + "\n", "utf-8")
    done = run("contrast", "p.jsonl", "p.jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split() for line in done.stdout.splitlines()[1:]] == [
        [name, "2", "1.00", "1.00", "1.00", "0"] for name in ("all", "condition")
    ]


def test_contrast_learns_the_reviewed_weights(run, root: Path, tmp_path: Path):
    for name in ("contrast.en.jsonl", "contrast.ja.jsonl", "calibration.jsonl"):  # one in eight: half a minute less
        lines = (root / "bot/data" / name).read_text("utf-8").splitlines(keepends=True)[::8]
        (tmp_path / name).write_text("".join(lines), "utf-8")
    pairs = ("contrast.en.jsonl", "contrast.ja.jsonl")
    done = run("contrast", *pairs, "--learn", "parts.json", "--questions", "calibration.jsonl")
    assert (done.returncode, done.stdout) == (0, "parts.json: written\n")
    learned, reviewed = (json.loads(file.read_text("utf-8")) for file in (tmp_path / "parts.json", PARTS_FILE))
    assert learned.keys() == reviewed.keys() and all(
        learned[name]["terms"].keys() == reviewed[name]["terms"].keys() for name in ("part", "whole")
    )


@pytest.mark.parametrize("text", ["{", json.dumps({**TWIN, "part": "Calico"})])
def test_contrast_names_the_broken_line(run, tmp_path: Path, text: str):
    (tmp_path / "p.jsonl").write_text(f"{json.dumps(TWIN)}\n{text}\n", "utf-8")
    done = run("contrast", "p.jsonl")
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.startswith("kb: p.jsonl:2: ")


def test_contrast_needs_pairs(run, tmp_path: Path):
    (tmp_path / "p.jsonl").write_text("", "utf-8")
    for arguments in (["contrast"], ["contrast", "none.jsonl"], ["contrast", "p.jsonl", "--learn", "parts.json"]):
        done = run(*arguments, *(["--questions", "p.jsonl"] if "--learn" in arguments else []))
        assert (done.returncode, done.stdout) == (2, "") and done.stderr
    assert not (tmp_path / "parts.json").exists()


@pytest.mark.parametrize(("lang", "name"), [("en", "standard input"), ("ja", "標準入力")])
def test_what_is_wrong_begins_with_where_it_is(run, lang: str, name: str):
    done = run("check", "-", "--lang", lang, send='{"aks": ')
    assert done.returncode == 2 and done.stderr.startswith(f"kb: {name}: ")
    empty = run("check", "-", "--lang", lang, send="[]")
    assert empty.returncode == 2 and "`[]`" in empty.stderr and "az aks show" in empty.stderr
    flat = json.dumps({"aks": {"networkProfile": {"networkPlugin": "kubenet"}}})
    assert '"stdin.json"' in run("check", "-", "--format", "sarif", "--lang", lang, send=flat).stdout
