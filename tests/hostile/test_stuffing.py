"""Pages that repeat words to be found first: they hardly move what is cited, and what is quoted stays exact."""

import json
import shutil
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest
import thrown

from bot.answering.ask import Bot
from index import build as building
from index.build import build
from index.encoder.bundled import BundledEncoder
from index.reading.site import read_site

pytestmark = pytest.mark.slow

First = Callable[[str], list[str]]
MOVED = 0.02  # of all questions
TIMES = 60
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


def add_stuffed_page(site: Path, lang: str) -> None:
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


def indexed(site: Path, index: Path) -> Bot:
    """The bot over a site; only new texts are embedded, by the answering engine."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(building, "building_encoder", lambda model: BundledEncoder())
        build(site, index, "bundled")
    return Bot.load(index, "bundled")


@pytest.fixture(scope="module")
def stuffed(site_dir: Path, index_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Bot:
    """The bot over this site with the stuffed pages."""
    folder = tmp_path_factory.mktemp("stuffed")
    shutil.copytree(site_dir, folder / "site")
    shutil.copytree(index_dir, folder / "index")
    for lang in STUFFED:
        add_stuffed_page(folder / "site", lang)
    return indexed(folder / "site", folder / "index")


@pytest.fixture(scope="module")
def every(root: Path) -> list[str]:
    """All labelled questions; `make nightly` asks them."""
    lines = (root / "tests/data/questions.jsonl").read_text("utf-8").splitlines()
    questions = [question["question"] for question in map(json.loads, lines)]
    assert len(questions) > 200
    return questions


@pytest.fixture(scope="module")
def asked(every: list[str]) -> list[str]:
    return every[::8]


@pytest.fixture(scope="module")
def first_of(bot: Bot):
    """The first citation of the site as it is, looked up once for each question."""
    return cache(partial(first, bot))


def first(bot: Bot, question: str) -> list[str]:
    """The first citation, if there is one."""
    return [cited.section for cited in bot.ask(question).citations[:1]]


def moved(stuffed: Bot, asked: list[str], first_of: First) -> list[tuple[str, list[str], list[str]]]:
    compared = ((question, first_of(question), first(stuffed, question)) for question in asked)
    return [(question, before, now) for question, before, now in compared if before != now]


def test_stuffed_pages_hardly_move_the_first_citation(stuffed: Bot, asked: list[str], first_of: First):
    shift = moved(stuffed, asked, first_of)
    assert len(shift) <= MOVED * len(asked), shift


@pytest.mark.nightly
def test_of_all_questions_hardly_one_moves(stuffed: Bot, every: list[str], first_of: First):
    shift = moved(stuffed, every, first_of)
    assert len(shift) <= MOVED * len(every), shift


def thrown_in(folder: Path, site_dir: Path, index_dir: Path, kind: str, pages: int) -> Bot:
    shutil.copytree(site_dir, folder / "site")
    shutil.copytree(index_dir, folder / "index")
    thrown.add(folder / "site", read_site(site_dir).sections, thrown.KINDS[kind], pages)
    return indexed(folder / "site", folder / "index")


@pytest.mark.parametrize("kind", ["salad", "near_copy"])
def test_a_few_pages_of_salad_and_copies_hardly_do(
    site_dir: Path, index_dir: Path, tmp_path: Path, asked: list[str], first_of: First, kind: str
):
    shift = moved(thrown_in(tmp_path, site_dir, index_dir, kind, 6), asked, first_of)
    assert len(shift) <= MOVED * len(asked), shift


@pytest.mark.measures
@pytest.mark.parametrize("kind", thrown.KINDS)
def test_nor_do_150_of_them(
    site_dir: Path, index_dir: Path, tmp_path: Path, every: list[str], first_of: First, kind: str
):
    """`make nightly` runs it: 150 pages take a while to embed."""
    shift = moved(thrown_in(tmp_path, site_dir, index_dir, kind, 150), every, first_of)
    print(f"150 pages of {kind}: {len(shift)} of {len(every)} first citations moved")  # noqa: T201
    assert len(shift) <= MOVED * len(every), shift


def test_quotes_stay_exact(stuffed: Bot):
    texts = {(section.id, section.lang): section.text for section in stuffed.topics.index.sections}
    asked = ("kubenet", "Can I upgrade from kubenet?", "AGC のサブネットの大きさは？", "kubenet kubenet kubenet")
    cited = [citation for question in asked for citation in stuffed.ask(question).citations]
    assert len(cited) >= 2
    assert [each.quote for each in cited if each.quote not in texts[each.section, each.lang]] == []
