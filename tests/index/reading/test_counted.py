"""Which sections count in the statistics: what somebody wrote does, words thrown together and lost pages do not."""

import random
import re
import string
from pathlib import Path

import numpy as np
import pytest

from index.lexical.bm25 import WordIndex
from index.reading.counted import ENOUGH, counted
from index.reading.site import read_site
from index.records import Section

# Sentences of a made-up manual: the same turns come again and again, as in any manual.
TURNS = (
    "Before you change the {a}, stop the {b} and wait until it is idle.",
    "The {a} of the {b} is set in the file settings and takes effect at the next start.",
    "If the {b} does not start, look at the log of the {a} and set it to the value before.",
    "You can read the {a} at any time, but only the owner of the {b} can change it.",
    "In the {b} there is one {a} for each of the users, and one for all of them together.",
)
NAMES = ("queue", "limit", "table", "key", "clock", "mirror", "filter", "report", "ledger", "store", "probe", "route")
JAPANESE = (
    "{a}を変更する前に、{b}を停止して、処理が終わるまで待ってください。",
    "{b}の{a}は設定ファイルで指定し、次に起動したときから有効になります。",
    "{b}が起動しない場合は、{a}のログを確認し、変更前の値に戻してください。",
    "{a}はいつでも読み取れますが、変更できるのは{b}の所有者だけです。",
)
JAPANESE_NAMES = ("キュー", "上限", "テーブル", "鍵", "時計", "ミラー", "フィルター", "報告", "台帳", "保存先")


def section(number: int, text: str, lang: str = "en", **more: object) -> Section:
    given = {"covered": True, "synonyms": ()} | more
    return Section(f"page#{number}", lang, "Title", (), f"/page/#{number}", text, (), (), (), **given)  # type: ignore[arg-type]


def manual(turns: tuple[str, ...], names: tuple[str, ...], lang: str, sections: int = 40) -> list[Section]:
    chance = random.Random(3)
    texts = (
        " ".join(turn.format(a=chance.choice(names), b=chance.choice(names)) for turn in chance.choices(turns, k=6))
        for _ in range(sections)
    )
    return [section(number, text, lang) for number, text in enumerate(texts)]


def shuffled(original: Section, number: int, lang: str) -> Section:
    chance = random.Random(number)
    if lang == "en":
        words = original.text.split()
        chance.shuffle(words)
        return section(number, " ".join(words))
    pieces = re.findall("[ぁ-ん]+|[ァ-ヶー]+|[一-龥]+|.", original.text)  # as the kind of script changes
    chance.shuffle(pieces)
    return section(number, "".join(pieces), lang)


@pytest.mark.parametrize(("turns", "names", "lang"), [(TURNS, NAMES, "en"), (JAPANESE, JAPANESE_NAMES, "ja")])
def test_what_somebody_wrote_counts_and_the_same_words_in_no_order_do_not(
    turns: tuple[str, ...], names: tuple[str, ...], lang: str
):
    written = manual(turns, names, lang)
    thrown = [shuffled(section, 100 + number, lang) for number, section in enumerate(written[:20])]
    both = [*written, *thrown]
    counts = counted(both, [True] * len(both))
    assert counts[: len(written)].all()
    assert (~counts[len(written) :]).sum() > len(thrown) / 2


def test_a_repeated_word_has_no_order():
    words = ["limit", "table", "clock"]
    sections = [*manual(TURNS, NAMES, "en"), section(99, " ".join(random.Random(1).choices(words, k=200)))]
    assert not counted(sections, [True] * len(sections))[-1]


def test_of_a_few_words_nothing_is_said():
    sections = [*manual(TURNS, NAMES, "en"), section(99, " ".join(string.ascii_lowercase[: ENOUGH - 5]))]
    assert counted(sections, [True] * len(sections)).all()


@pytest.mark.parametrize("more", [{"covered": False}, {"synonyms": (("a", "b"),)}])
def test_what_is_no_text_counts(more: dict):
    written = manual(TURNS, NAMES, "en")
    odd = section(99, shuffled(written[0], 1, "en").text, **more)
    assert counted([*written, odd], [True] * 41).all()


def test_with_a_section_its_twin_does_not_count():
    written, translated = manual(TURNS, NAMES, "en"), manual(JAPANESE, JAPANESE_NAMES, "ja")
    sections = [*written, *translated, shuffled(written[0], 99, "en"), section(99, "短い。", "ja")]
    assert counted(sections, [True] * len(sections))[-2:].tolist() == [False, False]


def test_what_the_navigation_does_not_lead_to_does_not_count():
    sections = manual(TURNS, NAMES, "en")
    assert counted(sections, [number % 2 == 0 for number in range(40)]).tolist() == [True, False] * 20


def test_all_of_this_site_counts(site_dir: Path):
    read = read_site(site_dir)
    assert all(read.in_navigation)
    lost = [
        section.url
        for section, counts in zip(read.sections, counted(read.sections, read.in_navigation), strict=True)
        if not counts
    ]
    assert lost == []


def test_what_does_not_count_makes_no_word_common_and_no_section_long():
    documents = [["a", "b"], ["a", "c"], ["b", "c"]]
    thrown = [["a"] * 50, ["a", "d"] * 30, ["a"]]
    alone = WordIndex.of(documents)
    among = WordIndex.of([*documents, *thrown], np.array([True] * 3 + [False] * 3))
    for word in "abc":
        assert among.idf[among.vocabulary[word]] == alone.idf[alone.vocabulary[word]]
    assert among.idf[among.vocabulary["d"]] == WordIndex.of([["d"], ["b"], ["c"]]).idf[0]  # as rare as any can be
    np.testing.assert_array_equal(among.scores(["a", "c"])[:3], alone.scores(["a", "c"]))
    assert among.scores(["a"])[3] > 0  # it is found all the same


PAGE = (
    '<html lang="en"><body><nav>{nav}</nav><main><article><h1 id="t">T</h1><p>Text.</p>{text}</article></main></body>'
    "</html>"
)


def site(folder: Path, **pages: tuple[str, str]) -> Path:
    """A site of pages by name (index: the first one): links of its navigation, and of its text, as names."""
    for name, (nav, text) in pages.items():
        file = folder / ("index.html" if name == "index" else f"{name}/index.html")
        file.parent.mkdir(parents=True, exist_ok=True)
        up = "" if name == "index" else "../"
        links = ["".join(f'<a href="{up}{to}/">x</a>' for to in names.split()) for names in (nav, f"{text}")]
        file.write_text(PAGE.format(nav=links[0], text=f"<nav>{links[1]}</nav>"), "utf-8")
    return folder


def in_navigation(folder: Path) -> set[str]:
    read = read_site(folder)
    return {section.page for section, within in zip(read.sections, read.in_navigation, strict=True) if within}


def test_the_navigation_is_followed_from_the_first_page(tmp_path: Path):
    folder = site(tmp_path, index=("a", ""), a=("b", ""), b=("", "lost"), lost=("lost other", ""), other=("", ""))
    assert in_navigation(folder) == {"index", "a", "b"}


def test_where_no_navigation_lists_the_pages_all_of_them_count(tmp_path: Path):
    pages = {f"p{number}": ("", "") for number in range(20)}
    assert in_navigation(site(tmp_path, index=("", "p1"), **pages)) == {"index", *pages}


@pytest.mark.parametrize("count", [1, 4, 8])
def test_a_small_site_without_a_navigation_counts_whole(tmp_path: Path, count: int):
    """Its first page alone has no spread: whatever was asked stood out from it, and was answered."""
    pages = {f"p{number}": ("", "") for number in range(count)}
    assert in_navigation(site(tmp_path, index=("index", ""), **pages)) == {"index", *pages}
