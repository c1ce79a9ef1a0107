"""docs/ to a built site: one MkDocs run per language, swapped in whole."""

from pathlib import Path

import pytest
from casework import write

from index.errors import KbError
from index.publish import publish
from index.site import read_site

CONFIG = "site_name: T\ntheme: {{name: material, language: {0}, font: false}}\nplugins: [search]\ndocs_dir: docs/{0}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small site in two languages."""
    return write(
        tmp_path / "project",
        {
            "mkdocs.yml": CONFIG.format("ja"),
            "mkdocs.en.yml": "INHERIT: mkdocs.yml\n" + CONFIG.format("en"),
            "docs/ja/index.md": "# 題\n\n本文。\n",
            "docs/en/index.md": "# Title\n\nText.\n",
        },
    )


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def texts(site: Path) -> dict[str, str]:
    return {section.url.partition("#")[0]: section.text for section in read_site(site).sections}


def test_without_a_configuration(tmp_path: Path):
    with pytest.raises(KbError, match=r"mkdocs\.yml: no such file\. Run kb site where mkdocs\.yml lies"):
        publish(tmp_path, tmp_path / "site")


@pytest.mark.slow
def test_each_language_has_its_place_and_its_search(project: Path, tmp_path: Path):
    site = tmp_path / "site"
    assert publish(project, site) is True
    assert texts(site) == {"/": "本文。", "/en/": "Text."}
    for language in ("", "en"):
        assert (site / language / "search" / "search_index.json").is_file()
    assert {file.name for file in tmp_path.iterdir()} == {"project", "site", "site.digest"}  # nothing left aside


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
def test_a_build_that_fails_leaves_the_old_site(
    project: Path, tmp_path: Path, file: str, text: str, config: str, said: str
):
    site = tmp_path / "site"
    publish(project, site)
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
