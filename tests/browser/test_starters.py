"""The questions that a page offers to start with, taken from the page: the real bot answers every one."""

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

READ = """async ([paths, lang]) => {
  const base = lang === "ja" ? "/" : "/en/";
  const { starters } = await import(`${base}assets/starters.js`);
  const words = await (await fetch(`${base}assets/words/${lang}.json`)).json();
  const found = {};
  for (const path of paths) {
    const html = await (await fetch(path)).text();
    found[path] = starters(new DOMParser().parseFromString(html, "text/html"), words);
  }
  return found;
}"""


def offered(page, server, site_dir, lang):
    folder = site_dir if lang == "ja" else site_dir / "en"
    paths = [f"/{file.parent.relative_to(site_dir).as_posix()}/" for file in folder.rglob("index.html")]
    paths = ["/" if path == "/./" else path for path in paths if lang == "en" or not path.startswith("/en/")]
    page.goto(server.url + ("" if lang == "ja" else "en/"))
    return page.evaluate(READ, [sorted(paths), lang])


@pytest.fixture(params=["ja", "en"])
def starters(request, page, server, site_dir):
    """Questions by page, and their language."""
    return offered(page, server, site_dir, request.param), request.param


def test_every_page_offers_two_to_four_different_questions(starters):
    found, _ = starters
    assert len(found) > 30
    assert {path: asked for path, asked in found.items() if not 2 <= len(set(asked)) == len(asked) <= 4} == {}
    assert {question for asked in found.values() for question in asked if question[-1] not in "?？"} == set()


def test_every_question_is_answered(starters, bot):
    found, lang = starters
    questions = sorted({question for asked in found.values() for question in asked})
    statuses = {question: bot.ask(question, lang).status for question in questions}
    assert {question: status for question, status in statuses.items() if status != "answered"} == {}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_examples_are_answered(root: Path, bot, lang):
    examples = json.loads((root / f"docs/theme/assets/words/{lang}.json").read_text("utf-8"))["examples"]
    assert len(examples) == 4
    assert [bot.ask(question, lang).status for question in examples] == ["answered"] * 4


def test_the_faq_offers_its_own_headings(page, server, site_dir):
    assert offered(page, server, site_dir, "en")["/en/faq/"] == [
        "Can I upgrade an existing cluster with AGC from CNI to CNI Overlay?",
        "Can I upgrade an existing kubenet cluster to CNI Overlay?",
        "Can I install AGC on a kubenet cluster?",
        "On a kubenet cluster, do I install AGC before or after the upgrade to CNI Overlay?",
    ]
