"""`kb watch-source` on made-up documents: which facts a change touches, and which answers say so."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from twosites import first_index

from bot.answering.ask import Bot
from bot.answering.stale import stale_line
from bot.cli.command import kb
from bot.quality.copies import paragraphs
from bot.quality.watch import Watched, accept, compare, document_of, mark, to_look_at, unplaced
from index.errors import KbError
from index.reading.site import read_site
from index.reading.sources import Document, documents

SOURCE = """The machine brews coffee at 93 degrees.

Only citric acid may descale it. Vinegar
ruins the seals.

- The tank holds 1.8 litres.
- The grinder takes decaf beans.

水は毎日取り替えてください。古い水は味を損ないます。
"""
FACTS = {
    "brew-93": "The machine brews coffee at 93 degrees.",
    "citric-only": "Only citric acid may descale it.",
    "no-vinegar": "Vinegar ruins the seals.",
    "tank-1-8": "The tank holds 1.8 litres.",
    "decaf": "The grinder takes decaf beans.",
    "water": "Fresh water daily.",
}
STATED = [["brew-93"], ["citric-only", "no-vinegar"], ["tank-1-8"], ["decaf"], ["water"]]
LEDGER = "fact,statement,sections\n" + "".join(f"{name},{said},index#{name}\n" for name, said in FACTS.items())
URL = "https://maker.example/manual"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A folder whose sources.json knows the document, with the facts of each paragraph."""
    (tmp_path / "ledger.csv").write_text(LEDGER, "utf-8")
    known = {"name": "manual", "url": URL, "title": "The manual", "verified": "2026-01-01"}
    known["paragraphs"] = [
        {"digest": one.digest, "facts": facts}
        for one, facts in zip(paragraphs(SOURCE.encode(), "manual", ()), STATED, strict=True)
    ]
    (tmp_path / "sources.json").write_text(json.dumps({"days": 90, "sources": [known]}), "utf-8")
    return tmp_path


def manual(docs: Path) -> Document:
    return documents(docs).known[0]


def compared(docs: Path, text: str | bytes) -> Watched:
    return compare(manual(docs), text.encode() if isinstance(text, str) else text, "copy.txt")


EDITS = {
    "93 degrees": ("95 degrees", 0),
    "Vinegar\nruins": ("Vinegar\nspares", 1),
    "1.8": ("2.0", 2),
    "takes decaf": ("refuses decaf", 3),
    "毎日": ("毎週", 4),
}


@pytest.mark.parametrize("old", EDITS)
def test_a_change_touches_exactly_the_facts_that_its_paragraph_states(docs: Path, old: str):
    new, place = EDITS[old]
    watched = compared(docs, SOURCE.replace(old, new))
    (change,) = watched.changes
    assert (watched.status, change.kind, change.before) == ("changed", "changed", (place + 1,))
    assert watched.facts == tuple(STATED[place])
    (now,) = change.now
    assert new.replace("\n", " ") in now


@pytest.mark.parametrize("place", range(5))
def test_a_paragraph_that_is_gone_touches_its_facts(docs: Path, place: int):
    kept = [one.text for n, one in enumerate(paragraphs(SOURCE.encode(), "x", ())) if n != place]
    watched = compared(docs, "\n\n".join(kept))
    assert [change.kind for change in watched.changes] == ["gone"] and watched.facts == tuple(STATED[place])


def test_a_new_paragraph_is_a_change_that_touches_no_fact(docs: Path):
    watched = compared(docs, f"{SOURCE}\nIt weighs four kilograms.\n")
    assert (watched.status, watched.facts) == ("changed", ())
    assert [(one.kind, one.now) for one in watched.changes] == [("new", ("It weighs four kilograms.",))]


LINES = [one.text for one in paragraphs(SOURCE.encode(), "x", ())]
SAME = {
    "another order": "\n\n".join(reversed(LINES)),
    "one moved": "\n\n".join([*LINES[2:], *LINES[:2]]),
    "a paragraph a line": "\n".join(LINES),
    "other line breaks": SOURCE.replace("Vinegar\nruins the seals.", "Vinegar ruins\nthe\nseals."),
    "Windows": SOURCE.replace("\n", "\r\n"),
    "spaces": SOURCE.replace(" ", " \u00a0 ").replace("\n", "  \n"),
    "empty lines": SOURCE.replace("\n\n", "\n \t\n\n\n"),
    "zero-width": SOURCE.replace("citric", "cit\u200bric\u00ad"),
    "width": SOURCE.replace("93", "９３"),
    "marks of the list": SOURCE.replace("- The", "* The"),
    "front matter": f"---\nms.date: 01/01/2027\n---\n\n{SOURCE}",
}
ENCODED = {
    "BOM": SOURCE.encode("utf-8-sig"),
    "UTF-16": SOURCE.encode("utf-16"),
    "UTF-16 BE": b"\xfe\xff" + SOURCE.encode("utf-16-be"),
    "UTF-32": SOURCE.encode("utf-32"),
    "Shift_JIS": SOURCE.encode("cp932"),
    "HTML": "<!doctype html><html><body><main>{}</main></body></html>".format(
        "".join(f"<p>{line.removeprefix('- ')}</p>" for line in LINES)
    ).encode(),
    "HTML in EUC-JP": "<html><head><meta charset='euc-jp'></head><body><main>{}</main></body></html>".format(
        "".join(f"<p>{line.removeprefix('- ')}</p>" for line in LINES)
    ).encode("euc-jp"),
}


@pytest.mark.parametrize("how", [*SAME, *ENCODED])
def test_order_white_space_and_encoding_touch_nothing(docs: Path, how: str):
    watched = compared(docs, SAME.get(how) or ENCODED[how])
    assert (watched.status, watched.changes) == ("unchanged", ())


@pytest.mark.parametrize("data", [b"", b" \n\xef\xbb\xbf\n", b"---\n", b"\x81\x00\xff\xfe\xfd"])
def test_what_holds_no_text_is_refused_with_its_name(docs: Path, data: bytes):
    with pytest.raises(KbError, match=r"copy\.txt"):
        compared(docs, data)


def test_a_copy_is_told_by_its_paragraphs_or_refused(docs: Path):
    other = Document("other", "https://other.example/")
    assert document_of([other, manual(docs)], SOURCE.encode(), "x.txt").name == "manual"
    with pytest.raises(KbError, match=r"NAME=x\.txt .names: other, manual"):
        document_of([other, manual(docs)], b"Something else.", "x.txt")


def test_sections_are_those_of_the_facts(docs: Path):
    watched = compared(docs, SOURCE.replace("Only citric", "Citric"))
    assert [one.section for one in to_look_at(watched, docs, ())] == ["index#citric-only", "index#no-vinegar"]


def test_a_change_that_was_taken_back_is_no_longer_marked(docs: Path):
    mark(docs, [compared(docs, SOURCE.replace("93", "95"))], "2026-02-01")
    assert (manual(docs).changed, manual(docs).paragraphs[0].changed) == ("2026-02-01", "2026-02-01")
    mark(docs, [compared(docs, SOURCE.replace("93", "96"))], "2026-03-01")
    assert manual(docs).paragraphs[0].changed == "2026-02-01", "the first day counts"
    mark(docs, [compared(docs, SOURCE)], "2026-04-01")
    assert manual(docs).changed == "" and not any(one.changed for one in manual(docs).paragraphs)


def test_accepting_keeps_each_fact_with_the_paragraph_that_took_its_place(docs: Path):
    new = SOURCE.replace("93", "95").replace("- The tank holds 1.8 litres.\n", "")
    mark(docs, [compared(docs, new)], "2026-02-01")
    accept(docs, [compared(docs, new)], "2026-02-02", "2026-01-31")
    known = manual(docs)
    assert [list(one.facts) for one in known.paragraphs] == [STATED[0], STATED[1], STATED[3], STATED[4]]
    assert (known.verified, known.edition, known.changed) == ("2026-02-02", "2026-01-31", "")
    assert compared(docs, new).status == "unchanged" and unplaced(docs) == ("tank-1-8",)
    assert compared(docs, new.replace("95", "96")).facts == ("brew-93",)


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
    for section in read_site(tmp_path).sections:
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
    assert {one.id: [source.changed for source in one.sources] for one in sections} == {
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
    (told,) = json.loads(text)["sources"]
    assert code == 1 and [one["fact"] for one in told["facts"]] == ["brew-93"] and told["status"] == "changed"
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
