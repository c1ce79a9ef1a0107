"""docs/ watched: after a change the new site and index are there, after a mistake the old ones and a word about it."""

import queue
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from casework import FakeEncoder, write
from patience import PATIENCE

from index import build as building
from index.build import build
from index.errors import KbError
from index.publishing import watch
from index.publishing.publish import publish
from index.publishing.watch import Refreshed, Watched, watching
from index.reading.site import read_site

pytestmark = pytest.mark.slow

CONFIG = "site_name: T\ntheme: {name: material, font: false}\nplugins: [search]\n"


def use(encoder: FakeEncoder, patch: pytest.MonkeyPatch) -> None:
    for module, side in ((building, "answering_encoder"), (building, "building_encoder"), (watch, "building_encoder")):
        patch.setattr(module, side, lambda model: encoder)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project, its site and its index."""
    folder = tmp_path_factory.mktemp("published")
    pages = {"docs/index.md": "# Home { #home }\n\nFirst.\n", "docs/other.md": "# Other { #other }\n\nA. B.\n"}
    project = write(folder / "project", {"mkdocs.yml": CONFIG + "markdown_extensions: [attr_list]\n", **pages})
    publish(project, folder / "site")
    with pytest.MonkeyPatch.context() as patch:
        use(FakeEncoder(), patch)
        build(folder / "site", folder / "index", "fake")
    return folder


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> FakeEncoder:
    encoder = FakeEncoder()
    use(encoder, monkeypatch)
    return encoder


@pytest.fixture
def watched(published: Path, tmp_path: Path, encoder: FakeEncoder) -> Watched:
    folder = shutil.copytree(published, tmp_path / "watched")
    return Watched(folder / "project", folder / "site", folder / "index", encoder.name)


Reports = queue.Queue[Refreshed | KbError | str]


@pytest.fixture
def reports(watched: Watched) -> Iterator[Reports]:
    """What is told while the folder is watched, and "fresh" where the service is to look."""
    reports: Reports = queue.Queue()
    with watching(watched, lambda: reports.put("fresh"), reports.put, quiet=0):
        yield reports


def save(watched: Watched, files: dict[str, str]) -> None:
    """Whole files all at once: a build that begins at any moment sees the old ones or the new ones."""
    for name, text in files.items():
        written = watched.project.with_name("written")
        written.write_text(text, "utf-8")
        written.replace(watched.project / name)


def next_refreshed(reports: Reports, failing: str | None = None) -> Refreshed:
    """The next change that readers see; the failure that may be told before it, once for each event of a folder."""
    while (said := reports.get(timeout=PATIENCE)) != "fresh":
        assert failing and failing in str(said)
    said = reports.get(timeout=PATIENCE)
    assert isinstance(said, Refreshed)
    return said


def pages_of(watched: Watched) -> set[str]:
    return {section.page for section in read_site(watched.site).sections}


def text_of(watched: Watched, page: str) -> str:
    return next(section.text for section in read_site(watched.site).sections if section.page == page)


def test_only_the_changed_texts_are_embedded(watched: Watched, reports: Reports, encoder: FakeEncoder):
    save(watched, {"docs/index.md": "# Home { #home }\n\nFirst. Second.\n"})
    assert next_refreshed(reports).embedded == 2
    assert sorted(encoder.embedded) == ["passage: Home\nFirst. Second.", "passage: Second."]
    assert text_of(watched, "index") == "First. Second."


@pytest.mark.parametrize(
    ("file", "wrong", "expected"),
    [
        ("docs/other.md", "---\ntitle: [\n---\n# Other\n", "other.md:3: the settings between the lines ---"),
        ("docs/other.md", "# Other\n\n[x](none.md)\n", "Doc file 'other.md' contains a link 'none.md'"),
        ("mkdocs.yml", "site_name: [", "while parsing a flow"),
    ],
    ids=["settings of a page", "link", "configuration"],
)
def test_a_mistake_is_told_and_the_old_site_stays(
    watched: Watched, reports: Reports, file: str, wrong: str, expected: str
):
    right = (watched.project / file).read_text("utf-8")
    save(watched, {file: wrong})
    said = reports.get(timeout=PATIENCE)
    assert isinstance(said, KbError) and expected in str(said)
    assert text_of(watched, "other") == "A. B."
    save(watched, {file: right})
    # That it is well again is told, too, though nothing is new.
    assert next_refreshed(reports, expected).embedded == 0


def test_new_renamed_and_deleted_pages_are_seen(watched: Watched, reports: Reports):
    docs = watched.project / "docs"
    (docs / "deeper").mkdir()
    for change, expected in (
        (lambda: save(watched, {"docs/deeper/new.md": "# New\n\nC.\n"}), {"index", "other", "deeper/new"}),
        (lambda: (docs / "deeper/new.md").rename(docs / "moved.md"), {"index", "other", "moved"}),
        (lambda: (docs / "other.md").unlink(), {"index", "moved"}),
    ):
        change()
        # What changes while MkDocs runs is built once more: the last build counts. A late event of the change before
        # may have a page read that has just gone; its own event follows.
        while next_refreshed(reports, "Save it once more") and pages_of(watched) != expected:
            pass


def test_who_stops_watching_right_after_a_change_waits_for_nothing(watched: Watched):
    """The time without changes is a day, and the build that would follow is not begun."""
    with watching(watched, lambda: None, lambda said: None, quiet=86_400):
        save(watched, {"docs/index.md": "# Home { #home }\n\nSecond.\n"})
    assert text_of(watched, "index") == "First."


def test_without_docs(tmp_path: Path):
    watched = Watched(tmp_path, tmp_path / "site", tmp_path / "index", "bundled")
    with (
        pytest.raises(KbError, match=r"docs: cannot be watched .* where mkdocs\.yml and docs/ lie"),
        watching(watched, lambda: None, lambda said: None),
    ):
        pass
