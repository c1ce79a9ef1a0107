"""The sizing table of "Run on many machines" is its formula on the figures that were measured."""

import math
import re
from pathlib import Path

import pytest

LANGS = pytest.mark.parametrize("lang", ["ja", "en"])
PROCESSORS = 2  # of a copy
LEAST = 2  # copies
USED = 0.7  # of the processors


def page(root: Path, lang: str, name: str) -> str:
    return (root / f"docs/{lang}/service/{name}.md").read_text("utf-8")


def numbers(row: str) -> list[float]:
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", row.replace(",", ""))]


def table(root: Path, lang: str) -> list[list[float]]:
    section = page(root, lang, "many-machines").partition("{ #sizing }")[2]
    return [numbers(line) for line in section.splitlines() if re.match(r"\| [\d,]+ \|", line)]


def basis(root: Path, lang: str) -> tuple[float, float]:
    """What the page begins with: milliseconds of a question, MiB of a copy."""
    section = page(root, lang, "many-machines").partition("{ #sizing }")[2]
    return numbers(re.findall(r"[\d.]+ ms", section)[0])[0], numbers(re.findall(r"[\d.]+ MiB", section)[0])[0]


def sizes(root: Path) -> dict[float, tuple[float, float]]:
    """p50 and resident memory by the number of sections, as measured."""
    rows = [numbers(line) for line in page(root, "en", "performance").splitlines() if re.match(r"\| [\d,]+ \| `", line)]
    # Sections, (the digit of ivf-sq8,) p50, p99, loading, resident, recall, building
    return {row[0]: (row[-6], row[-3]) for row in rows}


@LANGS
def test_every_row_follows_from_the_formula(root: Path, lang: str):
    milliseconds, memory = basis(root, lang)
    for sections, questions, p50, cpu, processors, copies, resident in table(root, lang):
        needed = questions * (milliseconds + p50) / 1000 / USED
        assert cpu == milliseconds + p50
        assert processors == pytest.approx(needed, abs=0.05 + 1e-9)
        assert copies == max(LEAST, math.ceil(round(needed, 6) / PROCESSORS))
        assert resident == memory + 2 * sizes(root)[sections][1]


@LANGS
def test_the_formula_begins_with_what_was_measured(root: Path, lang: str):
    """Within what two runs differ by. Where this fails, `make bench PAGE=docs` measured otherwise: calculate anew."""
    text = page(root, "en", "performance")
    (rate,) = re.findall(r"^\| Eight clients, answers a second \| (\d+) \|", text, re.MULTILINE)
    (on,) = re.findall(r"^Measured on [\d-]+: medians over the rounds \(\d+\) on (\d+) processors", text, re.MULTILINE)
    (measured,) = re.findall(r"^\| Memory \| (\d+) MiB ", text, re.MULTILINE)
    milliseconds, memory = basis(root, lang)
    assert milliseconds == pytest.approx(1000 * int(on) / int(rate), rel=0.25)
    assert memory == pytest.approx(int(measured), rel=0.1)
    assert {row[0]: row[2] for row in table(root, lang)} == pytest.approx(
        {size: p50 for size, (p50, _) in sizes(root).items() if size != 30_000}, rel=0.25
    )


@LANGS
def test_the_identities_of_the_commands_are_the_accounts_of_the_manifests(root: Path, lang: str):
    text = page(root, lang, "many-machines")
    accounts = {
        account
        for file in (root / "deploy/kubernetes").rglob("*.yaml")
        for account in re.findall(r"^kind: ServiceAccount\nmetadata:\n  name: (\S+)$", file.read_text(), re.MULTILINE)
    }
    (pairs,) = re.findall(r"^for pair in (.*); do$", text, re.MULTILINE)
    assert set(re.findall(r'"([\w-]+):', pairs)) == accounts == {"kb", "kb-index"}
    assert "system:serviceaccount:kb:$name" in text
