"""Pages that repeat words to be found first: they hardly move what is cited, and what is quoted stays exact."""

import json
import shutil
from pathlib import Path

import pytest

from bot.ask import Bot
from index import build as building
from index.build import build
from index.bundled import BundledEncoder

pytestmark = pytest.mark.slow

MOVED = 0.02  # of the questions that the site answers
TIMES = 200
STUFFED = {
    "ja": [
        "kubenet",
        "AGC のサブネット /24",
        "CNI オーバーレイ アップグレード",
        "ALB コントローラー バージョン",
        "サポート できますか",
    ],
    "en": ["kubenet", "AGC subnet size /24", "CNI Overlay upgrade", "ALB controller version", "supported can I"],
}


def stuff(site: Path, lang: str) -> None:
    """Add a page whose sections repeat their words, in headings, in text and in text that is not seen."""
    folder = site if lang == "ja" else site / lang
    sections = "".join(
        f'<h2 id="stuffed-{n}">{words} {words} {words}</h2><p>{f"{words} " * TIMES}</p>'
        f'<p style="display:none">{f"{words}。" * TIMES}</p>'
        for n, words in enumerate(STUFFED[lang])
    )
    page = folder / "stuffed"
    page.mkdir()
    (page / "index.html").write_text(
        f'<!doctype html><html lang="{lang}"><head><title>Best</title></head><body><main><article>'
        f'<h1 id="stuffed">kubenet CNI AGC</h1>{sections}</article></main></body></html>',
        "utf-8",
    )
    listing = folder / "search/search_index.json"
    content = json.loads(listing.read_text("utf-8"))
    content["docs"].append({"location": "stuffed/", "title": "Best", "text": ""})
    listing.write_text(json.dumps(content), "utf-8")


@pytest.fixture(scope="module")
def stuffed(site_dir: Path, index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Bot:
    """The bot over this site with the stuffed pages; only their texts are embedded, by the answering engine."""
    folder = tmp_path_factory.mktemp("stuffed")
    site, index = folder / "site", folder / "index"
    shutil.copytree(site_dir, site)
    shutil.copytree(index_dir, index)
    for lang in STUFFED:
        stuff(site, lang)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(building, "building_encoder", lambda model: BundledEncoder())
        build(site, index, "bundled")
    return Bot.load(index, "bundled")


def test_stuffed_pages_hardly_move_the_first_citation(bot: Bot, stuffed: Bot, root: Path):
    lines = (root / "tests/data/questions.jsonl").read_text("utf-8").splitlines()
    asked = [question for question in map(json.loads, lines) if question["answerable"]]
    moved = []
    for question in asked:
        before, after = (one.ask(question["question"]) for one in (bot, stuffed))
        first, now = ([cited.section for cited in answer.citations[:1]] for answer in (before, after))
        if first and first != now:
            moved.append((question["question"], first, now))
    assert len(asked) > 100
    assert len(moved) <= MOVED * len(asked), moved


@pytest.mark.parametrize(
    "question", ["kubenet", "Can I upgrade from kubenet?", "AGC のサブネットの大きさは？", "kubenet kubenet kubenet"]
)
def test_quotes_stay_exact(stuffed: Bot, question: str):
    texts = {(section.id, section.lang): section.text for section in stuffed.topics.index.sections}
    for cited in stuffed.ask(question).citations:
        assert cited.quote in texts[cited.section, cited.lang]
