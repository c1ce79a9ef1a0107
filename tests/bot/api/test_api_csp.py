"""Which inline scripts of a page are allowed, and how a site's policy follows the site."""

import base64
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from bot.api.csp import SitePolicy, digest, inline_scripts, policy
from deploy import theme_scripts

# Material's own, as pages one folder deep have it.
SCOPE = (
    b'__md_scope=new URL("..",location),__md_hash=e=>[...e].reduce(((e,_)=>(e<<5)-e+_.charCodeAt(0)),0),'
    b'__md_get=(e,_=localStorage,t=__md_scope)=>JSON.parse(_.getItem(t.pathname+"."+e)),'
    b'__md_set=(e,_,t=localStorage,a=__md_scope)=>{try{t.setItem(a.pathname+"."+e,JSON.stringify(_))}catch(e){}}'
)


def hash_of(script: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


@pytest.mark.parametrize(
    ("html", "scripts"),
    [
        (b"<script>a()</script>", [b"a()"]),
        (b"<SCRIPT type=module >a()\r\nb()</SCRIPT>", [b"a()\nb()"]),
        (b'<script src="a.js"></script><script defer\nsrc=b.js></script>', []),
        (b'<script data-src="a.js">a()</script>', [b"a()"]),
        (b"<script>if (a < b) c('</p>')</script><script>d</script>", [b"if (a < b) c('</p>')", b"d"]),
        (b"<scripted>a()</scripted>", []),
    ],
)
def test_inline_scripts_as_the_browser_hashes_them(html: bytes, scripts: list[bytes]):
    assert inline_scripts(html) == scripts


def test_a_policy_names_each_script_once():
    assert f"script-src 'self' {hash_of(b'a')};" in policy([b"a", b"a"])
    assert "script-src 'self';" in policy([])


@pytest.fixture
def site(tmp_path: Path) -> Path:
    page = b"<script>%b</script><script>steal()</script><script id=__config type=application/json>{}</script>"
    (tmp_path / "site/deep").mkdir(parents=True)
    (tmp_path / "site/deep/index.html").write_bytes(page % SCOPE)
    return tmp_path / "site"


def test_only_material_s_own_scripts_are_allowed(site: Path):
    assert f"script-src 'self' {hash_of(SCOPE)};" in SitePolicy(site).current()


@pytest.mark.parametrize(
    "script",
    [
        SCOPE + b";steal()",
        b"steal();" + SCOPE,
        SCOPE.replace(b'".."', b'"..",steal()'),
        SCOPE.replace(b'".."', b'"..\\"+steal()+\\""'),
        SCOPE.replace(b'".."', b"steal()"),
        b'var palette=__md_get("__palette");steal()',
        SCOPE + b"\n",
    ],
)
def test_a_script_that_only_begins_like_one_of_material_s_is_not_allowed(site: Path, script: bytes, caplog):
    (site / "index.html").write_bytes(b"<script>%b</script>" % script)
    allowed = SitePolicy(site).current()
    assert hash_of(script) not in allowed and hash_of(SCOPE) in allowed
    (record,) = caplog.records  # says which, with the two of the other page
    assert record.kb["count"] == 2 and f"index.html: {hash_of(script)}" in record.kb["first"]


@pytest.mark.parametrize(
    ("on", "of", "allowed"), [(3, 3, True), (3, 5, True), (3, 6, False), (2, 2, False), (1, 9, False)]
)
def test_a_script_on_most_pages_is_one_of_their_template(tmp_path: Path, on: int, of: int, allowed: bool):
    """To the letter: what differs from page to page may have come from anywhere."""
    for number in range(of):
        script = b"theme()" if number < on else b"none()"
        (tmp_path / f"{number}.html").write_bytes(b"<script>%b</script><script>own(%d)</script>" % (script, number))
    policy = SitePolicy(tmp_path).current()
    assert (hash_of(b"theme()") in policy) is allowed
    assert hash_of(b"own(0)") not in policy


@pytest.mark.parametrize("root", [b".", b"../../..", b"/en/", b"https://docs.example.com/", "/ブログ/".encode()])
def test_a_known_script_is_allowed_wherever_the_root_is(site: Path, root: bytes):
    script = SCOPE.replace(b'".."', b'"%b"' % root)
    (site / "index.html").write_bytes(b"<script>%b</script>" % script)
    assert hash_of(script) in SitePolicy(site).current()


def test_every_script_of_the_installed_material_is_known():
    """Else: python -m deploy.theme_scripts."""
    known = set(json.loads(theme_scripts.FILE.read_text("utf-8")))
    digests = {digest(script) for template in theme_scripts.installed() for script in theme_scripts.scripts(template)}
    assert len(digests) >= 10 and digests <= known


def test_further_sources_stand_behind_our_own(site: Path):
    further = {"font-src": ["https://fonts.gstatic.com"], "frame-src": ["https://video.example"]}
    directives = SitePolicy(site, further).current().split("; ")
    assert "font-src 'self' https://fonts.gstatic.com" in directives
    assert "frame-src https://video.example" in directives
    assert "style-src 'self' 'unsafe-inline'" in directives


def test_a_script_that_a_setting_allows_is_not_told_as_blocked(site: Path, caplog):
    SitePolicy(site, {"script-src": [hash_of(b"steal()")]})
    assert caplog.records == []


def test_every_script_of_this_site_is_known(site_dir: Path):
    """If Material words its scripts otherwise one day, this fails before a reader sees a page without its theme."""
    allowed = SitePolicy(site_dir).current()
    for page in site_dir.rglob("*.html"):
        scripts = [script for script in inline_scripts(page.read_bytes()) if not script.lstrip().startswith(b"{")]
        assert len(scripts) == 3
        assert [script for script in scripts if hash_of(script) not in allowed] == [], page


def test_pages_are_read_when_the_service_starts_and_not_with_each_reply(site: Path):
    current = SitePolicy(site)
    page = site / "deep/index.html"
    page.write_bytes(page.read_bytes().replace(b"..", b"."))  # in place, which no build does
    assert hash_of(SCOPE) in current.current()
    page.unlink()
    assert hash_of(SCOPE) in current.current()


def test_a_replaced_site_has_its_own_policy(site: Path):
    current = SitePolicy(site)
    other = SCOPE.replace(b'".."', b'"."')
    shutil.copytree(site, site.with_name("new"))
    (site.with_name("new") / "index.html").write_bytes(b"<script>%b</script>" % other)
    site.rename(site.with_name("old"))
    assert hash_of(SCOPE) in current.current()  # no folder for a moment
    site.with_name("new").rename(site)
    assert hash_of(other) in current.current()


def test_a_folder_with_the_name_of_a_page_stops_no_page(tmp_path: Path):
    (tmp_path / "old.html").mkdir()
    (tmp_path / "old.html/index.html").write_bytes(b"<script>a()</script>")
    assert "script-src" in SitePolicy(tmp_path).current()
