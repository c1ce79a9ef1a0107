"""The pages about the answers and the README's line: made from one report, and the committed ones agree."""

import json
import re
from pathlib import Path

import pytest

from bot.quality.figures import wilson
from bot.quality.page import FIGURES, GROUPS, SIZES, write_pages, write_readme

FIGURE = {"value": 0.5, "low": 0.25, "high": 0.75}
SYSTEM = {"Success@1": 0.25, "Success@3": 0.5, "R@3": 0.5, "RR@10": 0.375}
REPORT = {
    "questions": 40,
    "uncovered": 10,
    "figures": {
        group: dict.fromkeys(FIGURES, FIGURE)
        | {
            "first citation right, of the answered": {"value": 0.9123, "low": 0.85, "high": 0.96},
            "false answers": {"value": 0.0678, "low": 0.02, "high": 0.2},
            "wrong verdicts": {"value": 0.0333, "low": 0.0, "high": 0.1},
        }
        for group in GROUPS
    },
    "sizes": {group: dict(zip(SIZES, (30, 28, 12, 10), strict=True)) for group in GROUPS},
    "baselines": {"this bot": SYSTEM | {"Success@1": 0.875}, "words alone": SYSTEM, "Material's search": SYSTEM},
    "curve": {"false_answers": [0.0, 0.5, 1.0], "coverage": [0.25, 0.75, 1.0]},
    "calibration": {"confidence": [0.1, 0.9], "answerable": [0.0, 1.0]},
}
LINE = """\
On 40 questions that the calibration has not seen (10 of them not covered), the first citation states the asked
fact for 91.2% of the answered ones, and 3.3% of the 12 whose right answer is yes or no got the opposite;
6.8% of those not covered were answered all the same;
the right section ranks first for 87.5%"""


def filled(folder: Path, report: dict, readme: str) -> str:
    """The README after the figures of a report came into it."""
    (folder / "README.md").write_text(readme, "utf-8")
    write_readme(report, folder / "README.md")
    return (folder / "README.md").read_text("utf-8")


def test_the_readme_has_the_figures_of_the_report_between_its_markers(tmp_path: Path):
    before, after = "# A\n\n<!-- figures -->\n", "\n<!-- end of figures -->\n\nB\n"
    material = ", where Material's own search reaches 25.0%."
    assert filled(tmp_path, REPORT, f"{before}old{after}") == f"{before}{LINE}{material}{after}"


def test_a_share_is_rounded_as_on_the_page(tmp_path: Path):
    baselines = REPORT["baselines"] | {"Material's search": SYSTEM | {"Success@1": 0.1325}}  # 13.2 % if rounded alone
    readme = filled(tmp_path, REPORT | {"baselines": baselines}, "<!-- figures -->\n\n<!-- end of figures -->\n")
    assert "search reaches 13.3%." in readme and f"{0.1325:.3f}" == "0.133"


def test_what_was_not_measured_is_not_said(tmp_path: Path):
    alone = {name: system for name, system in REPORT["baselines"].items() if name != "Material's search"}
    readme = filled(tmp_path, REPORT | {"baselines": alone}, "<!-- figures -->\n\n<!-- end of figures -->\n")
    assert readme == f"<!-- figures -->\n{LINE}.\n<!-- end of figures -->\n"


def test_a_readme_without_markers_stays_as_it_is(tmp_path: Path):
    assert filled(tmp_path, REPORT, "# Mine\n") == "# Mine\n"


def test_one_run_writes_the_pages_of_both_languages_and_the_readme_beside_them(tmp_path: Path):
    (tmp_path / "README.md").write_text("<!-- figures -->\n\n<!-- end of figures -->\n", "utf-8")
    write_pages(REPORT, tmp_path / "docs")
    assert LINE in (tmp_path / "README.md").read_text("utf-8")
    for lang, figure, size, system in (
        ("ja", "最初の引用が正しい（回答した質問のうち）", "うち、回答した質問の数", "このボット"),
        ("en", "First citation states the asked fact, of the answered", "of these, answered", "This bot"),
    ):
        lines = (tmp_path / "docs" / lang / "quality.md").read_text("utf-8").splitlines()
        assert lines[:3] == ["---", "tool: service", "---"]
        assert f"| {figure} |" + 3 * " 0.912 (0.85–0.96) |" in lines
        assert f"| {size} | 28 | 28 | 28 |" in lines
        assert f"| {system} | 0.875 | 0.500 | 0.375 |" in lines
        for picture in ("coverage", "calibration"):
            assert "<svg" in (tmp_path / "docs" / lang / f"assets/quality-{picture}.svg").read_text("utf-8")


def cell(page: str, row: str) -> float:
    """The first figure of a row of the page's tables."""
    (line,) = [line for line in page.splitlines() if line.startswith(f"| {row} |")]
    return float(line.split("|")[2].split()[0])


def test_the_readme_says_what_the_page_says(root: Path):
    page, readme = ((root / file).read_text("utf-8") for file in ("docs/en/quality.md", "README.md"))
    line = readme.split("<!-- figures -->")[1].split("<!-- end of figures -->")[0]
    rows = (
        "First citation states the asked fact, of the answered",
        "Yes or no the wrong way round, of those with yes or no as the right answer",
        "Uncovered questions that were answered",
    )
    shares = [cell(page, row) for row in (*rows, "This bot", "Search box of Material for MkDocs")]
    assert [float(share) / 100 for share in re.findall(r"([\d.]+)%", line)] == pytest.approx(shares)
    assert re.findall(r"are measured on (\d+) questions", page) == re.findall(r"On (\d+) questions", line)


def test_the_page_says_how_many_questions_its_figures_rest_on(root: Path):
    questions = [json.loads(line) for line in (root / "tests/data/questions.jsonl").read_text("utf-8").splitlines()]
    page = (root / "docs/en/quality.md").read_text("utf-8")
    groups = [questions, *([each for each in questions if each["lang"] == lang] for lang in ("ja", "en"))]
    for row, counts in (
        ("Number of covered questions", [sum(each["answerable"] for each in group) for group in groups]),
        ("Number of uncovered questions", [sum(not each["answerable"] for each in group) for group in groups]),
    ):
        assert f"| {row} | {' | '.join(map(str, counts))} |" in page


PAIRS = {
    "all": {"pairs": 20, "covered": 0.9, "twins": 0.8, "both": 0.75, "false_verdicts": 1},
    "role": {"pairs": 10, "covered": 0.9, "twins": 0.9, "both": 0.8, "false_verdicts": 0},
    "time": {"pairs": 5, "covered": 1.0, "twins": 0.6, "both": 0.6, "false_verdicts": 1},
    "negation": {"pairs": 5, "covered": 0.8, "twins": 0.6, "both": 0.5, "false_verdicts": 0},
    "asked": {"pairs": 5, "covered": 0.5, "twins": 0.9, "both": 0.4, "false_verdicts": 0},
}


def test_contrast_pairs_are_a_section_if_they_were_measured(tmp_path: Path):
    write_pages({**REPORT, "contrast": PAIRS}, tmp_path / "docs")
    page = (tmp_path / "docs/en/quality.md").read_text("utf-8")
    assert "| All | 20 | 0.90 | 0.80 | 0.75 (0.53–0.89) | 1 |" in page
    # what "Twin kept apart" says, not "Both"
    assert "noticed least often are those of the time, or of a negation." in page
    write_pages(REPORT, tmp_path / "docs")
    assert "contrast" not in (tmp_path / "docs/en/quality.md").read_text("utf-8")


def test_kinds_that_tie_are_all_named(tmp_path: Path):
    tied = {kind: {**PAIRS["role"], "twins": share} for kind, share in (("role", 0.7), ("asked", 0.7), ("time", 0.8))}
    write_pages({**REPORT, "contrast": {"all": PAIRS["all"], "negation": PAIRS["negation"], **tied}}, tmp_path / "docs")
    page = (tmp_path / "docs/en/quality.md").read_text("utf-8")
    assert "noticed least often are those of a negation, or of who has which part, or of what is asked for." in page


@pytest.mark.parametrize(
    ("share", "count", "low", "high"), [(0.5, 10, 0.2366, 0.7634), (0.0, 20, 0.0, 0.1611), (1.0, 20, 0.8389, 1.0)]
)
def test_the_interval_of_a_share_is_wilsons(share: float, count: int, low: float, high: float):
    assert wilson(share, count) == pytest.approx((low, high), abs=1e-4)
