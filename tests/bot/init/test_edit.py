"""`kb init` adds one script to a configuration and takes exactly it away; whatever it does not understand it leaves."""

import errno
import io
import re
from pathlib import Path

import pytest
import yaml

from bot.init import code
from bot.init.edit import ANY, UnclearError, added, read, removed, write
from bot.init.project import Project
from index.errors import KbError

URL = "https://bot.example/kb.js"
FILES = {
    "MkDocs": "mkdocs.yml",
    "Zensical": "zensical.toml",
    "Sphinx": "conf.py",
    "Docusaurus": "docusaurus.config.js",
    "VitePress": "config.mts",
    "Starlight": "astro.config.mjs",
}
# Configurations, with what is added to them in «».
UNDERSTOOD = {
    "MkDocs": [
        "site_name: X\n«extra_javascript:\n  - path: {url}\n    type: module\n»",
        "site_name: X«\nextra_javascript:\n  - path: {url}\n    type: module»",
        "text: |\n  last\n«extra_javascript:\n  - path: {url}\n    type: module\n»",
        "extra_javascript:\n«  - path: {url}\n    type: module\n»  # first\n  - a.js  # mine\na: !ENV [A, 'b']\n",
        "extra_javascript:\n«- path: {url}\n  type: module\n»- a.js\n",
        "extra_javascript: [«{{path: {url}, type: module}}, »a.js]  # x\n",
        "extra_javascript: [«{{path: {url}, type: module}},»]\n",
        "extra_javascript: [«\n  {{path: {url}, type: module}},»\n  a.js,\n]\n",
        "x: !!python/name:a.b\ny: 1\n«extra_javascript:\n  - path: {url}\n    type: module\n»",
    ],
    "Zensical": [
        '[project]\n«extra_javascript = [{{ path = "{url}", type = "module" }}]\n»site_name = "X"\n[project.theme]\n',
        '[project]\nextra_javascript = [«{{ path = "{url}", type = "module" }}, »"a.js"]\n',
    ],
    "Sphinx": [
        'extensions = []\n«html_js_files = [("{url}", {{"type": "module"}})]\n»',
        'extensions = []«\nhtml_js_files = [("{url}", {{"type": "module"}})]»',
        'html_js_files = [  # mine\n    "a.js",\n]\n«html_js_files += [("{url}", {{"type": "module"}})]\n»x = 1\n',
    ],
    "Docusaurus": [
        "// @ts-check\n/** {type: [} */\nconst config = {«\n"
        '  scripts: [{{ src: "{url}", type: "module" }}],»\n'
        "  title: 'It\\'s { me',\n};\nexport default config;\n",
        "const config: Config = {\n  url: `https://x/${a}`, re: /[/{]/,\n  scripts: [«\n"
        '    {{ src: "{url}", type: "module" }},»\n'
        "    'a.js',\n  ],\n};\n",
        'module.exports = {« scripts: [{{ src: "{url}", type: "module" }}],»title: \'X\'}',
        'export default {"scripts" /* none */ : [«{{ src: "{url}", type: "module" }},»]}',
    ],
    "VitePress": [
        "export default defineConfig({«\n"
        '  head: [["script", {{ type: "module", src: "{url}" }}]],»\n'
        "  title: 'X', // head: 2\n  themeConfig: { head: 1 },\n})\n",
        "export default withMermaid(defineConfig({\n"
        '\thead: [«["script", {{ type: "module", src: "{url}" }}], »'
        "['link', { rel: 'icon' }]],\n}))\n",
        "export default defineConfigWithTheme<Theme.Config, X>({«\n"
        '  head: [["script", {{ type: "module", src: "{url}" }}]],»\n'
        "  title: 'X',\n})\n",
    ],
    "Starlight": [
        "export default defineConfig({\n  site: 'https://x',\n  integrations: [\n    starlight({«\n"
        '      head: [{{ tag: "script", attrs: {{ type: "module", src: "{url}" }} }}],»\n'
        "      title: 'X',\n    }),\n    mdx(),\n  ],\n});\n",
        "export default defineConfig({ head: 1, integrations: [starlight({ title: 'X', head: [«"
        '{{ tag: "script", attrs: {{ type: "module", src: "{url}" }} }}, »'
        "{ tag: 'meta' }] })] });\n",
    ],
}
UNCLEAR = {
    "MkDocs": [
        "INHERIT: base.yml\n",
        "extra_javascript:\n",
        "extra_javascript: a.js\n",
        "a: [\n",
        "- a\n",
        "a: 1\n---\nb: 2\n",
        "{a: 1}\n",
        "extra_javascript: &x [a.js]\n",
    ],
    "Zensical": ["[project\n", "site_name = 1\n", 'project = {site_name = "X"}\n', "[project]\nextra_javascript = 1\n"],
    "Sphinx": [
        "if x:\n    html_js_files = []\n",
        "html_js_files = ('a.js',)\n",
        "def f(:\n",
        "x, html_js_files = 1, []\n",
        "html_js_files = None\n",
        "html_js_files = 'a.js'\n",
        "html_js_files = {'a.js'}\n",
        "from common import *\n",
    ],
    "Docusaurus": [
        "export default async function f() { return {title: 'X'} }",
        "const config = {\n  ...base,\n};\n",
        "const config = {\n  scripts,\n};\n",
        "const config = {\n  scripts: more(),\n};\n",
        "const config = {\n  title: 'X\n};\n",
        "const config = {a: 1};\nmodule.exports = {b: 1};\n",
        "const config = {a: `${`b`}`};\n",
        "// export default {\n",
    ],
    "VitePress": ["export default config\n", "export default defineConfig(async () => ({ head: [] }))\n"],
    "Starlight": [
        "export default defineConfig({ integrations: [starlight(options)] })\n",
        "export default { integrations: [starlight({}), starlight({})] }\n",
        "export default { integrations: [starlight({ ...options })] }\n",
    ],
}


def project(generator: str) -> Project:
    return Project(generator, Path(FILES[generator]), Path("site"))


def before(change: str) -> str:
    return re.sub("«.*?»", "", change, flags=re.DOTALL)


def after(change: str) -> str:
    return re.sub("«(.*?)»", lambda match: match[1].format(url=URL), change, flags=re.DOTALL)


@pytest.mark.parametrize(("generator", "change"), [(g, case) for g, cases in UNDERSTOOD.items() for case in cases])
def test_one_script_is_added_and_taken_away_again_to_the_byte(generator: str, change: str):
    changed = added(project(generator), before(change), URL, "en")
    assert changed == after(change)
    assert added(project(generator), changed, URL, "en") == changed
    assert removed(project(generator), changed, "en") == before(change)
    assert removed(project(generator), before(change), "en") == before(change)


@pytest.mark.parametrize("generator", UNDERSTOOD)
def test_another_address_takes_the_place_of_the_first(generator: str):
    text = before(UNDERSTOOD[generator][0])
    local = added(project(generator), text, "http://127.0.0.1:8000/kb.js", "en")
    assert added(project(generator), local, URL, "en") == added(project(generator), text, URL, "en")
    assert removed(project(generator), local, "en") == text


@pytest.mark.parametrize(("generator", "text"), [(g, text) for g, texts in UNCLEAR.items() for text in texts])
def test_what_is_not_understood_is_left_with_the_lines_to_add(generator: str, text: str):
    with pytest.raises(UnclearError, match=re.escape(URL)):
        added(project(generator), text, URL, "en")


@pytest.mark.parametrize("generator", FILES)
def test_a_script_that_somebody_wrote_otherwise_is_not_taken_away(generator: str):
    with pytest.raises(UnclearError, match=":2:"):
        removed(project(generator), f"first\nhtml = '<script type=module src={URL}>'\n", "en")


OTHERS = {
    "MkDocs": [
        "site_name: X  # talks to https://a.example/kb.js, a module\n",
        "# type: module of https://a.example/kb.js\nsite_name: X\n",
        "extra_javascript:\n  - https://cdn.example/kb.js\n",
        "extra_javascript:\n  - path: https://cdn.example/kb.js\n    defer: true\n  - path: b.js\n    type: module\n",
        "extra_javascript: [{path: a.js, type: module}, https://cdn.example/kb.js]\n",
    ],
    "Zensical": ["# the module https://a.example/kb.js\n[project]\nsite_name = 'X'\n"],
    "Sphinx": ["html_js_files = ['https://cdn.example/kb.js']\n"],
    "Docusaurus": [
        "// the module https://a.example/kb.js\nmodule.exports = {\n  scripts: ['https://a.example/kb.js'],\n};\n"
    ],
    "VitePress": ["export default {\n  head: [['script', {src: 'https://cdn.example/kb.js'}]],\n}\n"],
}


@pytest.mark.parametrize(("generator", "text"), [(g, text) for g, texts in OTHERS.items() for text in texts])
def test_another_script_of_this_name_and_a_comment_are_left_alone(generator: str, text: str):
    local = added(project(generator), text, "http://127.0.0.1:8000/kb.js", "en")
    assert "http://127.0.0.1:8000/kb.js" in local
    moved = added(project(generator), local, URL, "en")
    assert (URL in moved, "127.0.0.1" in moved) == (True, False)
    assert removed(project(generator), moved, "en") == text
    assert removed(project(generator), text, "en") == text


def test_a_line_that_a_formatter_has_written_anew_is_still_the_chat():
    entry = "{\n      src: 'http://old.example/kb.js',\n      type: 'module',\n    }"
    text = f"export default {{\n  scripts: [\n    {entry},\n  ],\n}}\n"
    assert added(project("Docusaurus"), text, URL, "en") == text.replace("http://old.example/kb.js", URL)


@pytest.mark.parametrize("room", [0, 20])
def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int):
    file = tmp_path / "mkdocs.yml"
    file.write_text("site_name: X\n", "utf-8")
    inside = Path.open

    class Full(io.FileIO):
        def write(self, data) -> int:
            most = max(room, len("site_name: X\n"))
            if self.tell() >= most:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(bytes(data)[: most - self.tell()])

    def opened(self, mode="r", *rest, **named):
        return Full(self, mode) if "+" in mode else inside(self, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(KbError, match="No space left"):
        write(file, "site_name: X\n" + "x" * 100, "\n", "en")
    assert file.read_text("utf-8") == "site_name: X\n"


def test_a_link_stays_a_link(tmp_path: Path):
    (tmp_path / "shared.yml").write_text("site_name: a longer name\n", "utf-8")
    link = tmp_path / "mkdocs.yml"
    link.symlink_to("shared.yml")
    write(link, "site_name: X\n", "\n", "en")
    assert link.is_symlink()
    assert (tmp_path / "shared.yml").read_text("utf-8") == "site_name: X\n"


def test_what_the_author_adds_beside_it_stays():
    changed = added(project("MkDocs"), "site_name: X\n", URL, "en") + "  - mine.js\n"
    left = removed(project("MkDocs"), changed, "en")
    assert yaml.safe_load(left) == {"site_name": "X", "extra_javascript": ["mine.js"]}


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_line_ends_and_a_byte_order_mark_stay(tmp_path: Path, ends: str):
    file = tmp_path / "conf.py"
    content = b"\xef\xbb\xbf" + f"# \u65e5\u672c{ends}x = 1{ends}".encode()
    file.write_bytes(content)
    text, line_end = read(file, "en")
    if not text.startswith("\ufeff"):
        pytest.fail("the mark is lost")
    write(file, text, line_end, "en")
    assert (file.read_bytes(), line_end) == (content, ends)


def test_code_is_told_from_strings_comments_and_expressions():
    text = "a = '{' // {\nb = /[/{]/g; c = x / y / z; d = `\n${ {}.e }` /* } */"
    assert code.blanked("a = `${f('}')}`") is not None
    blank = code.blanked(text.replace("{}.e", "e"))
    assert blank is not None and "{" not in blank and "x / y / z" in blank
    assert code.blanked("a = 'x\n'") is None


def test_any_address_of_the_chat_is_known():
    known = ["http://127.0.0.1:8000/kb.js", "https://a.example/x/kb-1.js"]
    assert all(re.fullmatch(ANY, url) for url in known)
    assert not re.fullmatch(ANY, "https://a.example/akb.js")
