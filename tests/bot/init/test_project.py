"""What a folder is: by the files of each generator, and by nothing else."""

from pathlib import Path

import pytest

from bot.init.project import Project, built, recognise


@pytest.mark.parametrize(
    ("file", "generator", "site"),
    [
        ("mkdocs.yml", "MkDocs", "site"),
        ("zensical.toml", "Zensical", "site"),
        ("docusaurus.config.ts", "Docusaurus", "build"),
        ("website/docusaurus.config.js", "Docusaurus", "website/build"),
        ("docs/.vitepress/config.mts", "VitePress", "docs/.vitepress/dist"),
        (".vitepress/config/index.ts", "VitePress", ".vitepress/dist"),
        ("astro.config.mjs", "Starlight", "dist"),
        ("docs/astro.config.ts", "Starlight", "docs/dist"),
        ("docs/conf.py", "Sphinx", "docs/_build/html"),
        ("docs/source/conf.py", "Sphinx", "docs/build/html"),
    ],
)
def test_a_generator_is_known_by_its_configuration(tmp_path: Path, file: str, generator: str, site: str):
    made = tmp_path / file
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_text("import x from '@astrojs/starlight'\nhtml_theme = 'x'\n", "utf-8")
    expected = [Project(generator, made, tmp_path / site)]
    assert recognise(tmp_path) == recognise(made) == expected


@pytest.mark.parametrize("name", ["conf.py", "astro.config.mjs"])
def test_the_configuration_of_another_program_or_website_is_no_project(tmp_path: Path, name: str):
    (tmp_path / name).write_text("port = 1\n", "utf-8")
    assert recognise(tmp_path) == []


def test_two_generators_are_both_named(tmp_path: Path):
    for name in ("mkdocs.yml", "zensical.toml"):
        (tmp_path / name).write_text("", "utf-8")
    assert [project.generator for project in recognise(tmp_path)] == ["Zensical", "MkDocs"]


def test_a_folder_of_html_is_a_built_site(tmp_path: Path):
    assert built(tmp_path) is None
    (tmp_path / "public").mkdir()
    (tmp_path / "public/index.html").write_text("<html>", "utf-8")
    assert built(tmp_path) == tmp_path / "public"
