"""Gaps: topics that the docs miss come out of a heap of questions, and what to do about each is right."""

import json
import os
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

import bot.cli.kb  # noqa: F401  # registers the commands
from bot.answering.ask import Bot
from bot.cli.command import kb
from bot.learning.gaps import ASK, EXTEND, NEW_SCOPE, SCOPE, STUB, Gap, Missed, find_gaps, missed
from bot.learning.gaps_text import gap_lines, gaps_page
from bot.learning.patch import patch
from bot.learning.sources import Docs
from bot.learning.wanted import Wanted, read_rows, wanted
from bot.service.asked import NO_HITS, Asked
from bot.service.kept import rows
from bot.service.store import Store
from index.errors import KbError

ROOT = Path(__file__).parents[3]
COVERED = 120 if "EXAMPLES" in os.environ else 60  # at night more


def lines(name: str) -> list[dict]:
    return [json.loads(line) for line in (ROOT / "tests/data" / name).read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def topics() -> dict[str, str]:
    """Questions on four topics that the site does not have, in both languages, by their topics."""
    return {row["question"]: row["topic"] for row in lines("gaps.jsonl")}


@pytest.fixture(scope="module")
def gaps(bot: Bot, topics: dict[str, str]) -> list[Gap]:
    """What comes out when they hide among questions that the site answers."""
    covered = [row["question"] for row in lines("questions.jsonl") if row["answerable"]][-COVERED:]
    heap = sorted((*topics, *covered), key=lambda question: question[::-1])
    return find_gaps(bot, missed(bot, [Wanted(question, None) for question in heap]), 3)


def _topic(gap: Gap, topics: dict[str, str]) -> str | None:
    """The topic of most of its questions; None where most are answered by the site."""
    return Counter(topics.get(each.question) for each in gap.questions).most_common(1)[0][0]


def test_every_missing_topic_comes_out_of_the_heap(gaps: list[Gap], topics: dict[str, str]):
    largest = {_topic(gap, topics) for gap in gaps[:6]}
    assert largest >= set(topics.values())


def test_what_is_together_is_about_one_thing(gaps: list[Gap], topics: dict[str, str]):
    of_topics = [[topics.get(each.question, "") for each in gap.questions] for gap in gaps]
    missing = [named for named in of_topics if any(named)]
    alike = sum(Counter(named).most_common(1)[0][1] for named in missing)
    assert alike / sum(map(len, missing)) >= 0.9
    placed = {each.question for gap in gaps for each in gap.questions} & topics.keys()
    assert len(placed) >= 0.75 * len(topics)


def test_words_that_were_searched_in_vain_are_asked_like_questions(bot: Bot, tmp_path: Path):
    """What the site answers by now is no gap, be it a word alone."""
    store = Store(tmp_path / "store.db")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    searched = ("kubenet", "subnet size", "flamingo", "Flamingo ", "サブネット")
    store.note([Asked(f"s{n}", words, "en", NO_HITS, None, 0.0, now) for n, words in enumerate(searched)])
    listed = missed(bot, wanted(rows(store)))
    assert [(each.question, each.count, each.status) for each in listed] == [("flamingo", 2, "not_covered")]


def test_both_languages_of_a_topic_are_one_gap(gaps: list[Gap]):
    assert all(gap.of("ja") and gap.of("en") for gap in gaps[:3])


def test_a_topic_without_an_answer_is_to_be_written_or_named_as_not_covered(gaps: list[Gap], topics: dict[str, str]):
    kinds = {gap.kind for gap in gaps if _topic(gap, topics)}
    assert kinds <= {STUB, NEW_SCOPE, SCOPE}


def test_the_patch_for_this_site_applies(gaps: list[Gap], bot: Bot, tmp_path: Path):
    done = patch(gaps, Docs(ROOT / "docs"), bot.langs)
    assert done.left == ()
    file = tmp_path / "gaps.patch"
    file.write_text(done.text, "utf-8", newline="")
    subprocess.run(["git", "apply", "--check", str(file)], cwd=ROOT, check=True)
    assert all(line.startswith(("+", " ", "@@", "--- ")) for line in done.text.splitlines())  # nothing is taken away


def test_what_a_section_answers_becomes_a_wording_of_it(bot: Bot):
    """Questions that are voted down although a section answers them are its own in other words."""
    sections = (each for each in bot.topics.index.sections if each.id.startswith("agc/limitations#"))
    section = next(each for each in sections if each.lang == "en" and len(each.phrasings) >= 4)
    asked = [Wanted(f"{text}, please", "en", 1, disliked=True) for text in section.phrasings[:4]]
    (gap, *_) = find_gaps(bot, missed(bot, asked), 2)
    assert gap.kind in (ASK, EXTEND)
    assert gap.section and gap.section.partition("#")[0] in ("agc/limitations", "faq")


def unanswered(question: str, status: str = "not_covered", margin: float = -3.0, lang: str = "en") -> Missed:
    return Missed(question, lang, 1, status, "page#there", ("page#there",), margin)


DEEP = "[" * 100_000
PAGE = "# Page { #page }\n\n## There { #there }\n\nIt is.\n\n## Behind { #behind }\n\n<!-- ask\nold\n-->\n\nThat."


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    for lang in ("en", "ja"):
        (tmp_path / "docs" / lang).mkdir(parents=True)
        (tmp_path / "docs" / lang / "page.md").write_text(PAGE, "utf-8")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path / "docs"


def applied(docs: Path, *gaps: Gap, langs: Sequence[str] = ("en", "ja")) -> str:
    """The English page after the patch."""
    file = docs.parent / "gaps.patch"
    file.write_text(patch(gaps, Docs(docs), langs).text, "utf-8", newline="")
    subprocess.run(["git", "apply", str(file)], cwd=docs.parent, check=True)
    return (docs / "en/page.md").read_text("utf-8")


def test_a_wording_goes_below_the_heading(docs: Path):
    gap = Gap(ASK, "page#there", (unanswered("is it?", margin=2.0), unanswered("is the moon?", margin=-2.0)), 2)
    page = applied(docs, gap)
    assert "## There { #there }\n\n<!-- ask\nis it?\n-->\n\nIt is.\n" in page and "moon" not in page
    assert (docs / "ja/page.md").read_text("utf-8") == PAGE


def test_a_wording_joins_those_that_are_there_once(docs: Path):
    gap = Gap(SCOPE, "page#behind", (unanswered("OLD"), unanswered("new  one"), unanswered("new one")), 3)
    assert "<!-- ask\nold\nnew one\n-->\n\nThat." in applied(docs, gap)


def test_a_section_to_write_stands_in_both_languages_and_is_not_cited(docs: Path):
    page = applied(docs, Gap(STUB, "page#there", (unanswered("Can it fly to <b>Mars</b>?"),), 1))
    assert "\n\n## Can it fly to &lt;b&gt;Mars&lt;/b&gt;? { #can-it-fly-to-bmarsb .not-covered }\n" in page
    assert page.index("That.") < page.index("Can it fly") and "does not cover this yet" in page
    assert "（要翻訳） { #can-it-fly-to-bmarsb .not-covered }" in (docs / "ja/page.md").read_text("utf-8")


def test_where_no_heading_has_an_attribute_list_a_section_is_marked_by_a_comment(docs: Path):
    """A generator without attribute lists would show the braces, and the site would answer with the section."""
    for file in docs.rglob("*.md"):
        file.write_text("# Page\n\n## There\n\nIt is.\n", "utf-8")
    page = applied(docs, Gap(STUB, "page#there", (unanswered("How loud is it?"),), 1))
    assert "\n\n## How loud is it?\n\n<!-- not-covered -->\n\n<!-- ask\nHow loud is it?\n-->\n" in page
    assert "{" not in page and "（要翻訳）\n\n<!-- not-covered -->" in (docs / "ja/page.md").read_text("utf-8")


def test_an_entry_among_what_is_not_covered_stands_behind_the_nearest(docs: Path):
    page = applied(docs, Gap(NEW_SCOPE, "page#there", (unanswered("火星は？", lang="ja"),), 1))
    assert page.index("It is.") < page.index(" .not-covered }") < page.index("## Behind")
    assert "{ #gap-" in page


def test_what_is_answered_in_part_leaves_a_note_and_changes_no_answer(docs: Path):
    page = applied(
        docs, Gap(EXTEND, "page#there", (unanswered("and the moon? --> <script>\0\u2028", "not_stated"),), 4)
    )
    assert "It is.\n\n<!-- Asked 4 times, " in page and page.count("-->") == 2


def test_a_gap_without_a_source_is_said_to_be_left(docs: Path):
    gap, outside = (
        Gap(ASK, name, (replace(unanswered("is it?", margin=2.0), section=name),), 1)
        for name in ("elsewhere#x", "../../secret#x")
    )
    assert patch([gap, outside], Docs(docs), ("en",)).left == (gap, outside)


def test_lines_end_as_the_file_has_them(docs: Path):
    (docs / "en/page.md").write_bytes(PAGE.replace("\n", "\r\n").encode())
    Path(docs.parent / ".gitattributes").write_text("*.md -text\n")
    applied(docs, Gap(ASK, "page#there", (unanswered("is it?", margin=2.0),), 1), langs=("en",))
    held = (docs / "en/page.md").read_bytes()
    assert b"is it?\r\n" in held and held.count(b"\n") == held.count(b"\r\n")


def test_headings_in_code_and_comments_are_none(docs: Path):
    (docs / "en/page.md").write_text("# P\n\n```\n## There\n```\n\n<!--\n## There\n-->\n\n## There\n\nText.\n", "utf-8")
    gap = Gap(ASK, "page#there", (unanswered("is it?", margin=2.0),), 1)
    assert "## There\n\n<!-- ask\nis it?\n-->\n\nText." in applied(docs, gap, langs=("en",))


@pytest.mark.parametrize(
    "before",
    [
        "---\n# There\ntags: [a]\n---\n\n",
        "---\n# There\ntags: [a]\n...\n",
        "\ufeff---\n# There\n---\n",
        "Text <!-- hidden\n## There\n-->\n\n",
        "```\n```html\n## There\n```\n\n",
        "~~~~\n~~~\n## There\n~~~~\n\nThe marks are `<!--` and ``<!-- ask``.\n\n",
    ],
)
def test_only_a_heading_that_readers_see_gets_wordings(docs: Path, before: str):
    (docs / "en/page.md").write_text(f"{before}## There\n\nText.\n", "utf-8")
    gap = Gap(ASK, "page#there", (unanswered("is it?", margin=2.0),), 1)
    assert applied(docs, gap, langs=("en",)) == f"{before}## There\n\n<!-- ask\nis it?\n-->\n\nText.\n"


def test_a_page_that_begins_with_a_byte_order_mark_has_its_first_heading(docs: Path):
    (docs / "en/page.md").write_text("\ufeff# Page\n\nText.\n", "utf-8")
    gap = Gap(ASK, "page", (replace(unanswered("is it?", margin=2.0), section="page"),), 1)
    assert "# Page\n\n<!-- ask\nis it?\n-->\n" in applied(docs, gap, langs=("en",))


def test_no_template_or_inclusion_in_a_question_is_run_by_the_sites_generator(docs: Path):
    asked = "{{ config }} {% include 'a' %} {# b #} --8<-- \"secret\" ;-8<- x"
    page = applied(docs, *(Gap(kind, "page#there", (unanswered(asked),), 1) for kind in (SCOPE, STUB, EXTEND)))
    assert not any(mark in page for mark in ("{{", "{%", "{#", "8<-"))
    assert "{ { config }} { % include 'a' %} { # b #} --8 <-- \"secret\" ;-8 <- x" in page


def test_votes_and_kept_questions_are_read_once_per_question(tmp_path: Path):
    file = tmp_path / "kept.jsonl"
    vote = {"kind": "vote", "question": "Is it?", "lang": "en", "status": "answered"}
    rows = [vote | {"vote": "up"}, {"kind": "count", "day": "2026-11-20"}, {"question": "Other"}]
    rows += [vote | {"vote": "down"}, {"kind": "question", "question": "is  it", "lang": "en", "status": "clarify"}]
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert wanted(read_rows(file)) == [Wanted("Other", None), Wanted("Is it?", "en", 2, disliked=True)]


@pytest.mark.parametrize(
    "line", ["x", "[]", '{"question": 1}', '{"question": " "}', '{"question": "q", "lang": 1}', "[" * 10**5]
)
def test_a_line_that_is_no_question_is_named(tmp_path: Path, line: str):
    file = tmp_path / "asked.jsonl"
    file.write_text('{"question": "q"}\n' + line, "utf-8")
    with pytest.raises(KbError, match=r"asked\.jsonl:2: "):
        list(read_rows(file))


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.given = list[str](), list[tuple[str, str | None]]()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.given += attrs


def test_the_page_loads_nothing_runs_nothing_and_shows_questions_as_text():
    gap = Gap(
        EXTEND,
        "page#there",
        (unanswered("<script>alert(1)</script>", "not_stated"), unanswered("\x1b[31m\0\u202e", "clarify")),
        2,
    )
    page = gaps_page([gap], 5, ("en", "ja"), "en")
    tags = Tags(page)
    assert not {*"\x1b\0\u202e"} & {*page}
    assert "script" not in tags.tags and tags.tags.count("svg") == 3 and tags.tags.count("style") == 1
    assert not [name for name, _ in tags.given if name.startswith("on") or name in ("src", "href", "style")]
    assert any("default-src 'none'; style-src 'sha256-" in (value or "") for _, value in tags.given)
    assert "\x1b" not in "\n".join(gap_lines([gap], 5, "en"))


def test_kb_gaps_reads_a_file_and_writes_patch_and_page(index_dir: Path, site_dir: Path, docs: Path, tmp_path: Path):
    (tmp_path / "asked.jsonl").write_text('{"question": "Who won the chess game on Saturn?"}\n' * 3, "utf-8")
    shell = {"KB_SITE": str(site_dir), "KB_INDEX": str(index_dir), "LANG": "C.UTF-8"}
    given = ["gaps", str(tmp_path / "asked.jsonl"), "--docs", str(ROOT / "docs"), "--html", str(tmp_path / "gaps.html")]
    done = CliRunner().invoke(kb, [*given, "--patch", str(tmp_path / "gaps.patch")], env=shell)
    assert done.exit_code == 0 and "1. Who won the chess game on Saturn?  (3)" in done.output
    assert f"kb eval --site {site_dir} --compare before.json" in done.output
    assert "Asking" in done.stderr and "Grouping" in done.stderr and "Asking" not in done.stdout
    fewer = CliRunner().invoke(kb, [*given, "--most", "1", "--json"], env=shell)
    assert json.loads(fewer.stdout) != [] and "left out" not in fewer.stderr  # one question, however often
    assert "\n+Who won the chess game on Saturn?\n" in (tmp_path / "gaps.patch").read_text("utf-8")
    assert (tmp_path / "gaps.html").is_file()
