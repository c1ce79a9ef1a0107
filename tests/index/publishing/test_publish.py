"""docs/ to a built site: one MkDocs run per language, swapped in whole."""

import ctypes
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from casework import write

from index.errors import KbError
from index.publishing import publish as publishing
from index.publishing.publish import _mkdocs, publish
from index.reading.site import read_site
from index.storage.disk import BusyError, only_builder

CONFIG = (
    "site_name: T\nsite_url: https://x.example/\ntheme: {{name: material, language: {0}, font: false}}\n"
    "plugins: [search]\ndocs_dir: docs/{0}\n"
)
FILES = {
    "mkdocs.yml": CONFIG.format("ja"),
    "mkdocs.en.yml": "INHERIT: mkdocs.yml\n" + CONFIG.format("en"),
    "docs/ja/index.md": "# 題\n\n本文。\n",
    "docs/en/index.md": "# Title\n\nText.\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small site in two languages."""
    return write(tmp_path / "project", FILES)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a project and of its site."""
    folder = tmp_path_factory.mktemp("built")
    publish(write(folder / "project", FILES), folder / "site")
    return folder


@pytest.fixture
def published(built: Path, tmp_path: Path) -> Path:
    """A copy of both."""
    return shutil.copytree(built, tmp_path, dirs_exist_ok=True)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def texts(site: Path) -> dict[str, str]:
    return {section.url.partition("#")[0]: section.text for section in read_site(site).sections}


def test_without_a_configuration(tmp_path: Path):
    with pytest.raises(KbError, match=r"mkdocs\.yml: no such file\. Run kb site where mkdocs\.yml lies"):
        publish(tmp_path, tmp_path / "site")


def test_of_two_builders_at_once_the_second_is_refused_and_changes_nothing(project: Path, tmp_path: Path):
    with only_builder(tmp_path / ".site.parts", "site"):
        before = snapshot(tmp_path)
        with pytest.raises(BusyError, match=r"another process is building this site\. Wait for it to finish\."):
            publish(project, tmp_path / "site")
        assert snapshot(tmp_path) == before


@pytest.mark.slow
def test_each_language_has_its_place_and_its_search(project: Path, tmp_path: Path):
    site = tmp_path / "site"
    assert publish(project, site) is True
    assert texts(site) == {"/": "本文。", "/en/": "Text."}
    for language in ("", "en"):
        assert (site / language / "search" / "search_index.json").is_file()
        assert {"index.md", "llms.txt", "llms-full.txt"} <= {file.name for file in (site / language).iterdir()}
    kept = {"project", "site", "site.digest", ".site.parts"}
    assert {file.name for file in tmp_path.iterdir()} == kept  # nothing left aside


@pytest.mark.slow
def test_only_what_changed_is_built_again(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    site = tmp_path / "site"
    publish(project, site)
    first = snapshot(site)
    write(site, {"old-page/index.html": "stale"})  # a new build replaces the folder
    assert publish(project, site) is False
    write(project, {"docs/en/index.md": "# Title\n\nOther text.\n"})
    assert publish(project, site) is True
    assert texts(site) == {"/": "本文。", "/en/": "Other text."}
    assert snapshot(site).keys() == first.keys()
    monkeypatch.setenv("KB_SITE_URL", "https://kb.example.com/")
    assert publish(project, site) is True
    assert publish(project, site) is False


def runs_of_mkdocs(project: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The configurations that MkDocs is run with when the site is published."""
    ran: set[str] = set()
    with monkeypatch.context() as patched:
        patched.setattr(publishing, "_mkdocs", lambda config, to, run=_mkdocs: (ran.add(config.name), run(config, to)))
        publish(project, site)
    return ran


@pytest.mark.slow
def test_a_change_of_one_language_leaves_the_others_as_they_were_built(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    site, all_languages = tmp_path / "site", {"mkdocs.yml", "mkdocs.en.yml"}
    assert runs_of_mkdocs(project, site, monkeypatch) == all_languages
    for file, text, expected in (
        ("docs/en/index.md", "# Title\n\nOther text.\n", {"mkdocs.en.yml"}),
        ("docs/ja/new.md", "# 新\n\n文。\n", {"mkdocs.yml"}),
        ("docs/theme/own.js", "let a = 1;\n", all_languages),
        ("mkdocs.en.yml", (project / "mkdocs.en.yml").read_text() + "\n", all_languages),
    ):
        write(project, {file: text})
        assert runs_of_mkdocs(project, site, monkeypatch) == expected, file
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")  # another day does not matter
    publish(project, tmp_path / "at-once")
    assert snapshot(site) == snapshot(tmp_path / "at-once")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("docs/ja/index.md", "---\ntitle: [a\n---\n# 題\n", ":3"),
        ("docs/en/new.md", "---\nsearch:\n  boost: 2\n bad\n---\n# New\n", ":4"),
        ("docs/en/new.md", "---\na: b: c\n---\n# New\n", ":2"),
    ],
)
def test_settings_of_a_page_that_are_no_yaml_are_refused(
    project: Path, tmp_path: Path, file: str, text: str, line: str
):
    write(project, {file: text})
    with pytest.raises(KbError) as failed:
        publish(project, tmp_path / "site")
    assert str(failed.value).startswith(f"{project / file}{line}: the settings between the lines --- are not YAML: ")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "text", "config", "said"),
    [
        ("docs/ja/index.md", "# 題\n\n[x](missing.md)\n", "mkdocs.yml", "contains a link 'missing.md'"),
        ("docs/en/index.md", "# Title\n\n[x](missing.md)\n", "mkdocs.en.yml", "contains a link 'missing.md'"),
        ("mkdocs.en.yml", "site_name: [", "mkdocs.en.yml", "while parsing a flow"),
        ("mkdocs.yml", "site_name: T\ntheme: nothing-like-it\n", "mkdocs.yml", "Unrecognised theme name"),
    ],
)
def test_a_build_that_fails_leaves_the_old_site(published: Path, file: str, text: str, config: str, said: str):
    project, site = published / "project", published / "site"
    before = snapshot(site)
    write(project, {file: text})
    for _ in range(2):  # a failure is not remembered as done
        with pytest.raises(KbError) as failed:
            publish(project, site)
        assert str(failed.value).startswith(f"mkdocs build failed for {config}:\n")
        assert said in str(failed.value)
        assert snapshot(site) == before


@pytest.mark.slow
def test_a_site_whose_folder_was_removed_is_built_again(project: Path, tmp_path: Path):
    site = tmp_path / "site"
    publish(project, site)
    site.rename(tmp_path / "moved")
    assert publish(project, site) is True
    assert texts(site) == texts(tmp_path / "moved")


THEME = {
    "mkdocs.yml": CONFIG.format("ja").replace("font: false", "font: false, custom_dir: docs/theme"),
    "docs/theme/assets/own.js": 'import { two } from "../scripts/two.js";\nexport const four = two * two;\n',
    "docs/theme/scripts/two.js": "// Why.\nexport const two = 2;\n",
    "docs/theme/assets/own.css": "/* Why. */\nbody {\n  color: #ff0000;\n}\n",
}


@pytest.mark.slow
def test_own_scripts_and_styles_are_bundled_in_every_language_and_nothing_else(
    project: Path, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
):
    write(project, THEME)
    (project / "package.json").write_text('{"dependencies": {"esbuild": "*"}}')
    (project / "node_modules").symlink_to(root / "node_modules")
    site = tmp_path / "site"
    publish(project, site)
    for folder in (site, site / "en"):
        assert (folder / "assets/own.js").read_text("utf-8").startswith("var ")
        assert (folder / "assets/own.css").read_text("utf-8") == "body{color:red}\n"
        assert not (folder / "scripts").exists()
        (bundle,) = (folder / "assets/javascripts").glob("bundle.*.min.js")
        assert "sourceMappingURL" in bundle.read_text("utf-8")
    assert (project / "docs/theme/assets/own.js").read_text("utf-8") == THEME["docs/theme/assets/own.js"]
    assert publish(project, site) is False
    (project / "package-lock.json").write_text("{}")  # another esbuild
    assert runs_of_mkdocs(project, site, monkeypatch) == {"mkdocs.yml", "mkdocs.en.yml"}


# How a new site takes the place of the old one.


def folders(at: Path) -> dict[str, str]:
    return {str(file.relative_to(at)): file.read_text("utf-8") for file in at.rglob("*") if file.is_file()}


@pytest.mark.parametrize(
    "system",
    [None, SimpleNamespace(), SimpleNamespace(renameat2=lambda *names: -1)],
    ids=["as it is", "no such call", "a file system that cannot"],
)
@pytest.mark.parametrize("left", [{}, {".site.old/page": "left by one that was killed"}], ids=["clean", "after a kill"])
@pytest.mark.parametrize("old", [{}, {"site/page": "old", "site/gone": "old"}], ids=["first", "next"])
def test_a_new_site_takes_the_place_of_the_old_one_and_nothing_else_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: dict[str, str], left: dict[str, str], system: object
):
    if system:
        monkeypatch.setattr(ctypes, "CDLL", lambda library: system)
    write(tmp_path, {"new/page": "new", **old, **left})
    publishing.replace(tmp_path / "new", tmp_path / "site")
    assert folders(tmp_path) == {"site/page": "new"}
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux swaps two folders in one step")
def test_linux_swaps_two_folders_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write(tmp_path, {"new/page": "new", "site/page": "old"})
    moved = []
    monkeypatch.setattr(Path, "rename", lambda path, to: moved.append((path, to)))
    publishing.replace(tmp_path / "new", tmp_path / "site")
    assert (moved, folders(tmp_path)) == ([], {"site/page": "new"})
