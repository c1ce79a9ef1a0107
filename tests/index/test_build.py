"""The whole of indexing with an encoder that needs no model: what is embedded, and what is not embedded again."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from casework import FakeEncoder, html, write

from index import build as building
from index.build import Vector, build, code_digest
from index.encoder.canary import TEXT
from index.encoder.protocol import BUNDLED
from index.errors import KbError
from index.reading.passages import Row
from index.storage.store import FORMAT, KINDS, Index, Kind, load, read_manifest

PAGES = {
    "index.html": "<h1 id='home'>Home</h1><p>First. Second.</p>",
    "faq/index.html": "<h1 id='faq'>FAQ</h1><!-- ask\nhow?\n--><h2 id='upgrade'>Upgrade</h2><p>Yes. It can.</p>",
}
# What stands for these pages, with the prompts of the fake encoder.
QUERIES = {"query: Home", "query: FAQ", "query: how?", "query: Upgrade"}
PASSAGES = {
    *("passage: Home\nFirst. Second.", "passage: First.", "passage: Second."),
    *("passage: FAQ", "passage: FAQ > Upgrade\nYes. It can.", "passage: Yes.", "passage: It can."),
}
CANARY = f"query: {TEXT}"  # embedded whenever an index is made anew


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path / "site", {name: html(body) for name, body in PAGES.items()})


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> FakeEncoder:
    return use(FakeEncoder(), monkeypatch)


def use(encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch) -> FakeEncoder:
    for side in ("answering_encoder", "building_encoder"):
        monkeypatch.setattr(building, side, lambda model: encoder)
    return encoder


def texts(index: Index) -> list[str]:
    """The text of each row with its prompt, read back from the sections of a small site."""
    rows = []
    passages = {section.id: section for section in index.sections}
    assert len(passages) == len(index.sections)
    seen: dict[tuple[int, int], int] = {}
    for number, kind in zip(index.row_section.tolist(), index.row_kind.tolist(), strict=True):
        section = index.sections[number]
        nth = seen.setdefault((number, kind), 0)
        seen[number, kind] += 1
        if KINDS[kind] is Kind.PASSAGE:
            rows.append(f"passage: {' > '.join((*section.path, section.title))}\n{section.text}".strip())
        elif KINDS[kind] is Kind.SENTENCE:
            rows.append(f"passage: {section.quote(section.sentences[nth])}")
        else:
            rows.append(f"query: {(section.title, *section.phrasings)[nth]}")
    return rows


def test_every_row_is_embedded_once_with_its_prompt(site: Path, tmp_path: Path, encoder: FakeEncoder):
    manifest, embedded = build(site, tmp_path / "index", encoder.name)
    assert sorted(encoder.embedded) == sorted(QUERIES | PASSAGES | {CANARY})
    assert embedded == manifest.rows == len(QUERIES | PASSAGES)


def test_each_vector_is_that_of_its_rows_text(site: Path, tmp_path: Path, encoder: FakeEncoder):
    build(site, tmp_path / "index", encoder.name)
    index = load(tmp_path / "index", encoder.name)
    expected = np.stack([encoder.vector(text) for text in texts(index)])
    np.testing.assert_array_equal(index.vectors.vectors(), expected)


def test_the_manifest_says_what_the_index_was_made_of(site: Path, tmp_path: Path, encoder: FakeEncoder):
    manifest, embedded = build(site, tmp_path / "index", encoder.name)
    assert manifest == read_manifest(tmp_path / "index")
    assert (manifest.format, manifest.model, manifest.model_digest) == (FORMAT, "fake", "digest of fake")
    assert (manifest.dimension, manifest.langs) == (FakeEncoder.dimension, ["en"])
    assert (manifest.sections, manifest.rows) == (len(["home", "faq", "upgrade"]), embedded)


def test_a_site_that_did_not_change_is_not_indexed_again(site: Path, tmp_path: Path, encoder: FakeEncoder):
    first, _ = build(site, tmp_path / "index", encoder.name)
    written = (tmp_path / "index" / "manifest.json").stat()
    encoder.embedded.clear()
    assert build(site, tmp_path / "index", encoder.name) == (first, 0)
    assert encoder.embedded == []
    still = (tmp_path / "index" / "manifest.json").stat()  # which has been read meanwhile
    assert (still.st_ino, still.st_mtime_ns) == (written.st_ino, written.st_mtime_ns)


def test_only_what_changed_is_embedded_again(site: Path, tmp_path: Path, encoder: FakeEncoder):
    build(site, tmp_path / "index", encoder.name)
    encoder.embedded.clear()
    write(site, {"faq/index.html": html(PAGES["faq/index.html"].replace("It can", "It cannot"))})
    _, embedded = build(site, tmp_path / "index", encoder.name)
    changed = ["passage: FAQ > Upgrade\nYes. It cannot.", "passage: It cannot."]
    assert sorted(encoder.embedded) == changed
    assert embedded == len(changed)


def test_an_index_made_in_steps_equals_one_made_at_once(site: Path, tmp_path: Path, encoder: FakeEncoder):
    build(site, tmp_path / "index", encoder.name)
    (site / "index.html").unlink()
    write(site, {"a/index.html": html(PAGES["faq/index.html"].replace("how?", "when?\nhow?"))})
    stepwise, _ = build(site, tmp_path / "index", encoder.name)
    at_once, _ = build(site, tmp_path / "other", encoder.name)
    assert stepwise == at_once  # the digests of all files, and the name of the generation


def test_a_change_that_no_text_shows_embeds_nothing(site: Path, tmp_path: Path, encoder: FakeEncoder):
    first, _ = build(site, tmp_path / "index", encoder.name)
    write(site, {"index.html": html(PAGES["index.html"] + "<script>1</script>")})
    second, embedded = build(site, tmp_path / "index", encoder.name)
    assert embedded == 0
    assert second.made_from != first.made_from
    assert second.files == first.files
    assert load(tmp_path / "index", encoder.name).manifest == second


def test_one_text_in_two_places_is_embedded_once(tmp_path: Path, encoder: FakeEncoder):
    site = write(tmp_path / "site", {f"{name}/index.html": html("<h1 id='x'>X</h1><p>Same.</p>") for name in "abc"})
    manifest, embedded = build(site, tmp_path / "index", encoder.name)
    assert sorted(encoder.embedded) == ["passage: Same.", "passage: X\nSame.", CANARY, "query: X"]
    assert (manifest.rows, embedded) == (3 * 3, 3)


@pytest.mark.parametrize("other", [FakeEncoder(digest="another digest"), FakeEncoder(name="another")])
def test_another_model_embeds_all(
    site: Path, tmp_path: Path, encoder: FakeEncoder, other: FakeEncoder, monkeypatch: pytest.MonkeyPatch
):
    build(site, tmp_path / "index", encoder.name)
    manifest, embedded = build(site, tmp_path / "index", use(other, monkeypatch).name)
    assert (manifest.model, manifest.model_digest) == (other.name, other.digest)
    assert embedded == len(set(other.embedded) - {CANARY}) == manifest.rows


def test_a_damaged_index_is_made_again(site: Path, tmp_path: Path, encoder: FakeEncoder):
    first, _ = build(site, tmp_path / "index", encoder.name)
    (tmp_path / "index" / first.generation / "vectors.faiss").write_bytes(b"damaged")
    assert build(site, tmp_path / "index", encoder.name) == (first, first.rows)
    assert load(tmp_path / "index", encoder.name).manifest == first


def test_the_progress_counts_rows(tmp_path: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch):
    chunk = 64
    monkeypatch.setattr(building, "CHUNK", chunk)
    words = [f"word{number}." for number in range(chunk)]
    site = write(tmp_path / "site", {"index.html": html("<h1 id='x'>X</h1><p>" + "</p><p>".join(words))})
    total = len(words) + len(["passage", "heading"])
    steps: list[tuple[int, int]] = []
    for _ in range(2):  # nothing is counted where nothing is to be done
        build(site, tmp_path / "index", encoder.name, progress=lambda done, of: steps.append((done, of)))
    assert steps == [(0, total), (chunk, total), (total, total)]


def test_the_building_side_of_the_bundled_model_is_loaded_only_to_embed(
    site: Path, tmp_path: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
):
    loads: list[str] = []
    monkeypatch.setattr(building, "building_encoder", lambda model: loads.append(model) or encoder)
    build(site, tmp_path / "index", BUNDLED)
    assert loads == [BUNDLED]
    write(site, {"new/index.html": html(PAGES["index.html"])})
    assert build(site, tmp_path / "index", BUNDLED)[1] == 0
    assert loads == [BUNDLED]


def test_a_site_that_is_not_there_leaves_the_old_index(site: Path, tmp_path: Path, encoder: FakeEncoder):
    first, _ = build(site, tmp_path / "index", encoder.name)
    with pytest.raises(KbError, match="no such folder"):
        build(tmp_path / "none", tmp_path / "index", encoder.name)
    assert load(tmp_path / "index", encoder.name).manifest == first


def test_weights_beside_the_site_travel_in_its_index(tmp_path: Path, site: Path, encoder: FakeEncoder):
    plain, _ = build(site, tmp_path / "index", encoder.name)
    assert load(tmp_path / "index", encoder.name).weights is None
    (tmp_path / "site.weights.json").write_bytes(b"{}")
    taught, embedded = build(site, tmp_path / "index", encoder.name)
    assert (taught.generation != plain.generation, embedded) == (True, 0)
    assert load(tmp_path / "index", encoder.name).weights == b"{}"
    assert build(site, tmp_path / "index", encoder.name) == (taught, 0)
    (tmp_path / "site.weights.json").unlink()
    assert build(site, tmp_path / "index", encoder.name)[0].generation == plain.generation


@pytest.fixture
def killed(tmp_path: Path, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A site of many texts, and the folder of a build that ended while it embedded the second chunk."""
    facts = "".join(f"<h2 id='s{n}'>S{n}</h2><p>Fact {n}.</p>" for n in range(9))
    site = write(tmp_path / "many", {"index.html": html(f"<h1 id='m'>Many</h1><p>All.</p>{facts}")})
    monkeypatch.setattr(building, "CHUNK", 8)
    embed, calls = building._embed, list[int]()

    def dying(chunk: Sequence[Row], its: FakeEncoder) -> list[Vector]:
        calls.append(len(chunk))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return embed(chunk, its)

    monkeypatch.setattr(building, "_embed", dying)
    with pytest.raises(KeyboardInterrupt):
        build(site, tmp_path / "index", encoder.name)
    monkeypatch.setattr(building, "_embed", embed)
    encoder.embedded.clear()
    return site, tmp_path / "index"


def test_a_build_that_was_killed_goes_on_where_it_was(killed: tuple[Path, Path], tmp_path: Path, encoder: FakeEncoder):
    site, folder = killed
    manifest, embedded = build(site, folder, encoder.name)
    assert {file.name for file in folder.iterdir()} == {".lock", "manifest.json", manifest.generation}
    at_once, all_of_it = build(site, tmp_path / "other", encoder.name)
    assert (manifest, embedded) == (at_once, all_of_it - 8)


@pytest.mark.parametrize(
    "damage",
    [lambda content: content[:-1], lambda content: content[:40] + b"x" + content[41:], lambda content: b"\xff" * 99],
)
def test_vectors_that_were_kept_damaged_are_made_again(
    killed: tuple[Path, Path], tmp_path: Path, encoder: FakeEncoder, damage: Callable[[bytes], bytes]
):
    site, folder = killed
    file = folder / ".embedded"
    file.write_bytes(damage(file.read_bytes()))
    manifest, embedded = build(site, folder, encoder.name)
    assert (manifest, embedded) == build(site, tmp_path / "other", encoder.name)


def test_vectors_that_another_model_kept_are_not_used(
    killed: tuple[Path, Path], encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
):
    site, folder = killed
    other = use(FakeEncoder(digest="another digest"), monkeypatch)
    manifest, embedded = build(site, folder, other.name)
    assert embedded == len(set(other.embedded) - {CANARY})
    assert {file.name for file in folder.iterdir()} == {".lock", "manifest.json", manifest.generation}


@pytest.mark.parametrize("changed", ["build.py", "reading/page.py", "reading/forms/rows.py", "reading/kinds.json"])
def test_other_code_makes_another_index_however_deep_its_file_lies(tmp_path: Path, changed: str):
    (tmp_path / changed).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / changed).write_text("one")
    before = code_digest(tmp_path)
    (tmp_path / changed).write_text("two")
    assert code_digest(tmp_path) != before
