"""`kb search`: the sections nearest to some words, for people and for programs."""

import json
import subprocess
from pathlib import Path

import pytest
from click import unstyle
from forked import Forking
from handmade import section

from bot.answering.ask import Bot
from bot.cli.terminal.hits import hits_text
from bot.cli.terminal.screen import Screen
from bot.language import say
from bot.wrap import columns


@pytest.fixture
def run(forked: Forking, environment: dict[str, str], tmp_path: Path, site_dir: Path, index_dir: Path):
    places = {"KB_SITE": str(site_dir), "KB_INDEX": str(index_dir), "KB_SITE_URL": "https://docs.example/"}

    def start(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return forked.run(["search", *arguments], {**environment, **places, **more}, tmp_path)

    return start


@pytest.mark.parametrize(("lang", "words"), [("en", "subnet size"), ("ja", "サブネットの大きさ")])
def test_the_nearest_sections_come_with_page_beginning_and_address(run, bot: Bot, lang: str, words: str):
    done = run(*words.split())
    _, nearest = bot.search(words, 5, None)
    assert (done.returncode, done.stderr) == (0, "") and [each.lang for each in nearest] == [lang] * 5
    shown = done.stdout
    places = [shown.index(f"https://docs.example{each.url}\n") for each in nearest]
    assert places == sorted(places) and shown.startswith("1. ") and "\n5. " in shown and "\n6. " not in shown
    assert nearest[0].quote(nearest[0].sentences[0])[:40] in shown


def test_a_program_gets_the_same_as_json(run, bot: Bot):
    listed = json.loads(run("--json", "-n", "2", "--lang", "ja", "peering").stdout)
    _, nearest = bot.search("peering", 2, "ja")
    assert listed["status"] in ("answered", "clarify", "not_covered")
    assert [hit["section"] for hit in listed["results"]] == [each.id for each in nearest]
    for hit, each in zip(listed["results"], nearest, strict=True):
        assert (hit["lang"], hit["url"]) == ("ja", f"https://docs.example{each.url}")
        assert hit["quote"] in each.text and hit["title"].endswith(each.title)


@pytest.mark.parametrize(("lang", "words"), [("en", "the price of AGC"), ("ja", "AGC の料金")])
def test_what_is_only_near_is_said_to_be(run, lang: str, words: str):
    assert run(words).stdout.startswith(f"{say(lang, 'terminal', 'only_near')}\n\n1. ")


@pytest.mark.parametrize("arguments", [[], ["-n", "0", "x"], ["-n", "many", "x"], ["--index", "none", "x"]])
def test_bad_usage_is_told_in_the_readers_language(run, arguments: list[str]):
    done = run(*arguments, LANG="ja_JP.UTF-8")
    assert (done.returncode, done.stdout) == (2, "") and "Error" not in done.stderr


def test_on_a_screen_a_section_is_its_title_three_lines_and_its_address():
    long = section("pots/kettle#lid", *(f"The lid number {n} of the kettle is red." for n in range(20)), title="Lid")
    short = section("ナベ#ふた", "鍋のふたは赤い。", lang="ja", title="ふた")
    hits = [(long, long.text), (short, short.text)]
    lines = unstyle(hits_text(hits, "http://x/", Screen(44))).split("\n")
    assert lines[0] == "1. Lid" and lines[3].startswith("   … ") and lines[4] == "   http://x/en/pots/kettle/#lid"
    assert lines[5:] == ["", "2. ふた", "   鍋のふたは赤い。", "   http://x/ナベ/#ふた"]
    assert max(map(columns, lines)) <= 44
    assert long.text.split()[-1] in hits_text(hits, "http://x/", Screen())
