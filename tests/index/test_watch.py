"""docs/ watched: after a change the new site and index are there, after a mistake the old ones and a word about it."""

import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
from casework import FakeEncoder, write

from index import build as building
from index import watch
from index.build import build
from index.errors import KbError
from index.publish import publish
from index.site import read_site
from index.watch import Refreshed, Watched, watching

pytestmark = pytest.mark.slow

CONFIG = "site_name: T\ntheme: {name: material, font: false}\nplugins: [search]\n"
LONG = 60  # seconds until a busy machine has built the small site


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> FakeEncoder:
    encoder = FakeEncoder()
    for module, side in ((building, "answering_encoder"), (building, "building_encoder"), (watch, "building_encoder")):
        monkeypatch.setattr(module, side, lambda model: encoder)
    return encoder


@pytest.fixture
def watched(tmp_path: Path, encoder: FakeEncoder) -> Watched:
    pages = {"docs/index.md": "# Home { #home }\n\nFirst.\n", "docs/other.md": "# Other { #other }\n\nA. B.\n"}
    project = write(tmp_path / "project", {"mkdocs.yml": CONFIG + "markdown_extensions: [attr_list]\n", **pages})
    watched = Watched(project, tmp_path / "site", tmp_path / "index", encoder.name)
    publish(project, watched.site)
    build(watched.site, watched.index, encoder.name)
    encoder.embedded.clear()
    return watched


Told = queue.Queue[Refreshed | KbError]


@pytest.fixture
def told(watched: Watched) -> Iterator[Told]:
    """What is said while the folder is watched."""
    told: Told = queue.Queue()
    fresh: list[str] = []
    with watching(watched, lambda: fresh.append("fresh"), lambda said: (fresh.clear(), told.put(said))[1]):
        yield told


def text_of(watched: Watched, page: str) -> str:
    return next(section.text for section in read_site(watched.site).sections if section.page == page)


def test_only_the_changed_texts_are_embedded(watched: Watched, told: Told, encoder: FakeEncoder):
    write(watched.project, {"docs/index.md": "# Home { #home }\n\nFirst. Second.\n"})
    said = told.get(timeout=LONG)
    assert isinstance(said, Refreshed) and said.embedded == len(encoder.embedded)
    assert sorted(encoder.embedded) == ["passage: Home\nFirst. Second.", "passage: Second."]
    assert text_of(watched, "index") == "First. Second."


@pytest.mark.parametrize(
    ("file", "wrong", "expected"),
    [
        ("docs/other.md", "---\ntitle: [\n---\n# Other\n", "other.md:3: the settings between the lines ---"),
        ("docs/other.md", "# Other\n\n[x](none.md)\n", "Doc file 'other.md' contains a link 'none.md'"),
        ("docs/other.md", "# A { #x }\n\na\n\n## B { #x }\n\nb\n", "Give each heading of a page an id of its own"),
        ("mkdocs.yml", "site_name: [", "while parsing a flow"),
    ],
)
def test_a_mistake_is_told_and_the_old_site_stays(
    watched: Watched, told: Told, encoder: FakeEncoder, file: str, wrong: str, expected: str
):
    right = (watched.project / file).read_text()
    write(watched.project, {file: wrong})
    said = told.get(timeout=LONG)
    assert isinstance(said, KbError) and expected in str(said)
    assert text_of(watched, "other") == "A. B."
    write(watched.project, {file: right})
    said = told.get(timeout=LONG)  # that it is well again is told, too, though nothing is new
    assert isinstance(said, Refreshed) and said.embedded == 0


def test_new_renamed_and_deleted_pages_are_seen(watched: Watched, told: Told, encoder: FakeEncoder):
    docs = watched.project / "docs"
    (docs / "deeper").mkdir()
    for change, expected in (
        (lambda: write(docs, {"deeper/new.md": "# New\n\nC.\n"}), {"index", "other", "deeper/new"}),
        (lambda: (docs / "deeper/new.md").rename(docs / "moved.md"), {"index", "other", "moved"}),
        (lambda: (docs / "other.md").unlink(), {"index", "moved"}),
    ):
        change()
        assert isinstance(told.get(timeout=LONG), Refreshed)
        assert {section.page for section in read_site(watched.site).sections} == expected


def test_without_docs(tmp_path: Path):
    watched = Watched(tmp_path, tmp_path / "site", tmp_path / "index", "bundled")
    with (
        pytest.raises(KbError, match=r"docs: cannot be watched .* where mkdocs\.yml and docs/ lie"),
        watching(watched, lambda: None, lambda said: None),
    ):
        pass
