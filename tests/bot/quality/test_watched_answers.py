"""A source that has changed: what answers say of it, and the command that compares it."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from twosites import first_index
from watched import SOURCE, URL, compared, manual

from bot.answering.ask import Bot
from bot.answering.stale import stale_line
from bot.cli.command import kb
from bot.quality.watch import accept, mark, to_look_at, unplaced
from index.errors import KbError
from index.reading.site import read_site
from index.reading.sources import documents

PAGE = """<!doctype html><html lang="{lang}"><head><title>Coffee</title><meta name="kb-source" content="{url}">
<meta name="kb-verified" content="2026-01-01"></head><body><main><article><h1 id="coffee">The coffee machine</h1>
<h2 id="brew-93">At which temperature does the machine brew?</h2><p>The machine brews at 93 degrees.</p>
<h2 id="citric-only">What may descale the machine?</h2><p>Only citric acid may descale the machine.</p>
</article></main></body></html>"""


def published(folder: Path, docs: Path, page: str = PAGE) -> Bot:
    (folder / "kb").mkdir(parents=True, exist_ok=True)
    for name in ("sources.json", "ledger.csv"):
        (folder / "kb" / name).write_bytes((docs / name).read_bytes())
    (folder / "index.html").write_text(page.format(lang="en", url=URL), "utf-8")
    first_index(folder, folder.with_suffix(".index"))
    return Bot.load(folder.with_suffix(".index"), "bundled")


ASKED = ("At which temperature does the machine brew?", "What may descale the machine?")


def said_of(bot: Bot, question: str, today: date) -> str:
    bot.today = lambda: today  # type: ignore[method-assign]
    (cited, *_) = bot.ask(question).citations
    return stale_line(cited.stale, "en") if cited.stale else ""


def test_answers_say_that_their_source_has_changed_until_that_is_accepted(docs: Path, tmp_path: Path):
    early = date(2026, 2, 1)
    before = published(tmp_path / "site", docs)
    assert [said_of(before, question, early) for question in ASKED] == ["", ""]
    new = SOURCE.replace("93", "95")
    mark(docs, [compared(docs, new)], "2026-02-01")
    marked = published(tmp_path / "site", docs)
    temperature, descaling = (said_of(marked, question, early) for question in ASKED)
    assert temperature.startswith("The manual changed on 2026-02-01") and descaling == ""
    accept(docs, [compared(docs, new)], "2026-02-02")
    after = published(tmp_path / "site", docs)
    assert [said_of(after, question, early) for question in ASKED] == ["", ""]


def test_answers_say_that_their_source_is_old_after_its_limit(docs: Path, tmp_path: Path):
    bot = published(tmp_path / "site", docs)
    assert said_of(bot, ASKED[0], date(2026, 4, 1)) == ""
    assert said_of(bot, ASKED[0], date(2026, 4, 2)).startswith("This section was last compared with its source on 2026")


def test_front_matter_alone_is_enough(tmp_path: Path):
    (tmp_path / "index.html").write_text(
        PAGE.format(lang="en", url=URL).replace('"2026-01-01">', '"2026-01-01"><meta name="kb-days" content="30">'),
        "utf-8",
    )
    sections = read_site(tmp_path).sections
    assert sections
    for section in sections:
        (source,) = section.sources
        assert (source.url, source.title, source.verified, source.days) == (URL, URL, "2026-01-01", 30)


def test_a_document_without_facts_touches_the_sections_that_link_to_it(docs: Path, tmp_path: Path):
    raw = json.loads((docs / "sources.json").read_text("utf-8"))
    for paragraph in raw["sources"][0]["paragraphs"]:
        paragraph["facts"] = []
    (docs / "sources.json").write_text(json.dumps(raw), "utf-8")
    site = tmp_path / "site"
    site.mkdir()
    linked = f'<h2 id="a">A</h2><p>As <a href="{URL}/#part">the manual</a> says.</p><h2 id="b">B</h2><p>No link.</p>'
    (site / "index.html").write_text(f"<html lang=en><body><main>{linked}</main></body></html>", "utf-8")
    watched = compared(docs, SOURCE.replace("93", "95"))
    mark(docs, [watched], "2026-02-01")
    (site / "kb").mkdir()
    (site / "kb/sources.json").write_bytes((docs / "sources.json").read_bytes())
    sections = read_site(site).sections
    assert {section.id: [source.changed for source in section.sources] for section in sections} == {
        "index#a": ["2026-02-01"],
        "index#b": [],
    }
    (look,) = to_look_at(watched, docs, sections)
    assert (look.section, look.urls) == ("index#a", ("/#a",))


@pytest.mark.parametrize(
    "raw",
    [
        "[]",
        "{",
        '{"sources": [{"url": "x"}]}',
        '{"sources": [{"name": "a", "url": "x", "verified": "soon"}]}',
        '{"sources": [{"name": "a", "url": "x", "days": "many"}]}',
        '{"sources": [{"name": "a", "url": "x", "colour": "red"}]}',
        '{"sources": [{"name": "a", "url": "x"}, {"name": "a", "url": "y"}]}',
        '{"sources": [{"name": "a", "url": "x", "paragraphs": [{"digest": "no"}]}]}',
    ],
)
def test_a_wrong_list_of_sources_is_named(tmp_path: Path, raw: str):
    (tmp_path / "sources.json").write_text(raw, "utf-8")
    with pytest.raises(KbError, match=r"sources\.json: not a list of sources"):
        documents(tmp_path)


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(kb, ["watch-source", *arguments], env={"LANG": "C", "LC_ALL": "C", "LANGUAGE": ""})
    return done.exit_code, done.output


def test_the_command_tells_compares_marks_and_accepts(docs: Path, tmp_path: Path):
    nowhere = ("--site", str(tmp_path / "none"))
    copy = tmp_path / "copy.txt"
    copy.write_text(SOURCE, "utf-8")
    assert run(str(docs), *nowhere, "--on", "2026-02-01")[0] == 0
    assert run(str(docs), *nowhere, "--on", "2026-06-01")[0] == 1, "it is old"
    assert run(str(docs), *nowhere, "--copy", str(copy))[0] == 0
    copy.write_text(SOURCE.replace("93", "95"), "utf-8")
    code, text = run(str(docs), *nowhere, "--copy", f"manual={copy}")
    assert code == 1 and "- brew-93: The machine brews coffee at 93 degrees." in text and "index#brew-93" in text
    code, text = run(str(docs), *nowhere, "--copy", str(copy), "--json", "--mark", "--on", "2026-02-03")
    (report,) = json.loads(text)["sources"]
    assert code == 1 and [fact["fact"] for fact in report["facts"]] == ["brew-93"] and report["status"] == "changed"
    assert manual(docs).changed == "2026-02-03"
    (docs / "other-sources.csv").write_text(f"url,edition,verified\n{URL},2020-01-01,2026-01-01\nz,,\n", "utf-8")
    assert run(str(docs), *nowhere, "--copy", str(copy), "--accept", "--on", "2026-02-04")[0] == 0
    assert (manual(docs).changed, manual(docs).verified) == ("", "2026-02-04")
    assert (docs / "other-sources.csv").read_text(
        "utf-8"
    ) == f"url,edition,verified\n{URL},2020-01-01,2026-02-04\nz,,\n"


def test_without_a_copy_it_says_how_to_give_one(docs: Path, tmp_path: Path):
    raw = {"sources": [{"name": "manual", "url": URL, "verified": "2026-01-01", "days": 0}]}
    (docs / "sources.json").write_text(json.dumps(raw), "utf-8")
    code, text = run(str(docs), "--site", str(tmp_path / "none"))
    assert code == 0 and "kb watch-source --copy FILE" in text and "kb watch-source --fetch" in text


@pytest.mark.parametrize("arguments", [("--accept",), ("--copy", "nowhere.txt"), ("--mark",)])
def test_what_cannot_be_compared_is_refused(docs: Path, arguments: tuple[str, ...]):
    code, text = run(str(docs), *arguments)
    assert code == 2 and text.startswith("kb: ")


def test_the_source_of_this_site_is_known_and_all_its_facts_are_placed(root: Path):
    assert unplaced(root / "docs") == ()
    (first, *_) = documents(root / "docs").known
    assert len(first.paragraphs) == 37 and first.edition == "2025-08-26"
