"""On a small site, too, what is together in a gap is about one thing: six made sites with four missing topics each."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from twosites import first_index

from bot.answering.ask import Bot
from bot.learning.gaps import Gap, find_gaps, missed
from bot.learning.vectors import Space
from bot.learning.wanted import Wanted

SITES = sorted((Path(__file__).parents[2] / "data/gap_sites").glob("*.json"))


def written(site: dict, folder: Path) -> Path:
    """The site as HTML: a page per section, all in the navigation."""
    links = "".join(f"<a href='/p{n}/'>{title}</a>" for n, (title, _) in enumerate(site["sections"]))
    for n, (title, text) in enumerate((*site["sections"], (site["title"], site["title"]))):
        page = folder / (f"p{n}" if n < len(site["sections"]) else "") / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(
            f"<!doctype html><html lang='{site['lang']}'><head><title>{title}</title></head><body><nav>{links}</nav>"
            f"<main><article><h1 id='p{n}'>{title}</h1><p>{text}</p></article></main></body></html>",
            "utf-8",
        )
    return folder


@pytest.fixture(scope="module")
def bots(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Bot]:
    made = {}
    for file in SITES:
        folder = tmp_path_factory.mktemp(file.stem)
        first_index(written(json.loads(file.read_text("utf-8")), folder / "site"), folder / "index")
        made[file] = Bot.load(folder / "index", "bundled")
    return made


def topic_of(file: Path) -> dict[str, str]:
    missing = json.loads(file.read_text("utf-8"))["missing"]
    return {question: topic for topic, questions in missing.items() for question in questions}


@pytest.fixture(scope="module")
def gaps(bots: dict[Path, Bot]) -> dict[Path, list[Gap]]:
    """What comes out of each site's heap: missing topics, single questions on other things, and answered ones."""
    gaps = {}
    for file, bot in bots.items():
        site = json.loads(file.read_text("utf-8"))
        heap = sorted((*topic_of(file), *site["stray"], *site["covered"]), key=lambda question: question[::-1])
        gaps[file] = find_gaps(bot, missed(bot, [Wanted(question, None) for question in heap]), 3)
    return gaps


def test_unrelated_questions_are_not_one_gap(gaps: dict[Path, list[Gap]]):
    alike = placed = 0
    for file, listed in gaps.items():
        for gap in listed:
            named = Counter(topic_of(file).get(each.question) for each in gap.questions)
            alike += max(count if topic else 1 for topic, count in named.items())
            placed += len(gap.questions)
    assert alike >= 0.9 * placed


def test_missing_topics_come_out(gaps: dict[Path, list[Gap]]):
    """Not all: of some topics readers speak in words that the model does not know to be near."""
    out = 0
    for file, listed in gaps.items():
        most = (Counter(topic_of(file).get(each.question) for each in gap.questions).most_common(1) for gap in listed)
        out += len({topic for ((topic, _),) in most if topic})
    assert out >= 20  # of 24


def test_questions_on_different_things_come_further_apart(bots: dict[Path, Bot]):
    before = after = 0.0
    for file, bot in bots.items():
        site = json.loads(file.read_text("utf-8"))
        space = Space(bot.topics, bot.encoder)
        asked = space.questions([*site["stray"], *site["covered"]], site["lang"])
        apart = space.distinguished(asked, site["lang"])
        before, after = before + np.linalg.norm(asked.mean(0)), after + np.linalg.norm(apart.mean(0))
        assert np.allclose(np.linalg.norm(apart, axis=1), 1, atol=1e-4)
    assert after < 0.9 * before


def test_no_question_needs_nothing_taken_away(bots: dict[Path, Bot]):
    bot = bots[SITES[0]]
    nothing = np.zeros((0, 1), np.float32)
    assert Space(bot.topics, bot.encoder).distinguished(nothing, "en") is nothing
