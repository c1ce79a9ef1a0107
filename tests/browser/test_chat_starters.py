"""The questions that the pages offer to start with: the real bot answers every one (how they are chosen: tests/js)."""

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

READ = """async ([paths, base]) => {
  const { starters } = await import(`${base}assets/chat-conversation.js`);
  const texts = {};
  for (const path of paths) {
    const html = await (await fetch(path)).text();
    texts[path] = starters(new DOMParser().parseFromString(html, "text/html"), { examples: ["(example)"] });
  }
  return texts;
}"""


def examples(root: Path, lang: str) -> list[str]:
    return json.loads((root / f"docs/theme/assets/words/{lang}.json").read_text("utf-8"))["examples"]


@pytest.mark.parametrize(("lang", "base"), [("ja", "/"), ("en", "/en/")])
def test_every_question_that_a_page_offers_is_answered(page, server, site_dir, bot, lang, base):
    own = site_dir / base.strip("/")
    files = [file for file in own.rglob("index.html") if lang == "en" or "en" not in file.relative_to(own).parts]
    paths = sorted(f"/{file.relative_to(site_dir).as_posix().removesuffix('index.html')}" for file in files)
    page.goto(server.url + base.removeprefix("/"))
    offered = page.evaluate(READ, [paths, base])
    assert len(offered) > 30
    questions = {question for asked in offered.values() for question in asked} - {"(example)"}
    assert len(questions) > 60
    assert {question: str(bot.ask(question, lang).status) for question in questions} == dict.fromkeys(
        questions, "answered"
    )


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_examples_are_answered(root: Path, bot, lang):
    assert len(examples(root, lang)) == 4
    assert [str(bot.ask(question, lang).status) for question in examples(root, lang)] == ["answered"] * 4
