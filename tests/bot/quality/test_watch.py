"""`kb watch-source` on made-up documents: which facts a change touches, and which answers say so."""

from pathlib import Path

import pytest
from watched import SOURCE, STATED, compared, manual

from bot.quality.copies import paragraphs
from bot.quality.watch import accept, document_of, mark, to_look_at, unplaced
from index.errors import KbError
from index.reading.sources import Document

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
    kept = [paragraph.text for n, paragraph in enumerate(paragraphs(SOURCE.encode(), "x", ())) if n != place]
    watched = compared(docs, "\n\n".join(kept))
    assert [change.kind for change in watched.changes] == ["gone"] and watched.facts == tuple(STATED[place])


def test_a_new_paragraph_is_a_change_that_touches_no_fact(docs: Path):
    watched = compared(docs, f"{SOURCE}\nIt weighs four kilograms.\n")
    assert (watched.status, watched.facts) == ("changed", ())
    assert [(change.kind, change.now) for change in watched.changes] == [("new", ("It weighs four kilograms.",))]


LINES = [paragraph.text for paragraph in paragraphs(SOURCE.encode(), "x", ())]
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


@pytest.mark.parametrize("copy", [b"", b" \n\xef\xbb\xbf\n", b"---\n", b"\x81\x00\xff\xfe\xfd"])
def test_what_holds_no_text_is_refused_with_its_name(docs: Path, copy: bytes):
    with pytest.raises(KbError, match=r"copy\.txt"):
        compared(docs, copy)


def test_a_copy_is_told_by_its_paragraphs_or_refused(docs: Path):
    other = Document("other", "https://other.example/")
    assert document_of([other, manual(docs)], SOURCE.encode(), "x.txt").name == "manual"
    with pytest.raises(KbError, match=r"NAME=x\.txt .names: other, manual"):
        document_of([other, manual(docs)], b"Something else.", "x.txt")


def test_sections_are_those_of_the_facts(docs: Path):
    watched = compared(docs, SOURCE.replace("Only citric", "Citric"))
    assert [touched.section for touched in to_look_at(watched, docs, ())] == ["index#citric-only", "index#no-vinegar"]


def test_a_change_that_was_taken_back_is_no_longer_marked(docs: Path):
    mark(docs, [compared(docs, SOURCE.replace("93", "95"))], "2026-02-01")
    assert (manual(docs).changed, manual(docs).paragraphs[0].changed) == ("2026-02-01", "2026-02-01")
    mark(docs, [compared(docs, SOURCE.replace("93", "96"))], "2026-03-01")
    assert manual(docs).paragraphs[0].changed == "2026-02-01", "the first day counts"
    mark(docs, [compared(docs, SOURCE)], "2026-04-01")
    assert manual(docs).changed == "" and not any(paragraph.changed for paragraph in manual(docs).paragraphs)


def test_accepting_keeps_each_fact_with_the_paragraph_that_took_its_place(docs: Path):
    new = SOURCE.replace("93", "95").replace("- The tank holds 1.8 litres.\n", "")
    mark(docs, [compared(docs, new)], "2026-02-01")
    accept(docs, [compared(docs, new)], "2026-02-02", "2026-01-31")
    known = manual(docs)
    assert [list(paragraph.facts) for paragraph in known.paragraphs] == [STATED[0], STATED[1], STATED[3], STATED[4]]
    assert (known.verified, known.edition, known.changed) == ("2026-02-02", "2026-01-31", "")
    assert compared(docs, new).status == "unchanged" and unplaced(docs) == ("tank-1-8",)
    assert compared(docs, new.replace("95", "96")).facts == ("brew-93",)
