"""Whatever comes in is handled in time that grows no faster than its size (times its logarithm)."""

import json
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from handmade import asked

from bot import checks
from bot.checks.asked.asked import judged
from bot.checks.asked.lone import lone_value
from bot.checks.plan import GOALS
from bot.checks.posted import posted
from bot.checks.text.read import MAX_BYTES
from bot.decision.negation import is_negated
from bot.question.conversation import points_back, small_talk
from bot.question.glossary import Glossary
from bot.question.intent import intents, is_keyword
from bot.question.parts import asking_sentence, last_sentence, parts
from bot.service.scrub import scrub
from bot.slack.limits import escape, fitted, shorten
from bot.wrap import wrapped
from index.encoder.unigram import Unigram
from index.lexical.words import grams, words
from index.reading.drafts import to_section
from index.reading.markup import phrasings
from index.reading.page import read_page
from index.reading.sentences import sentences

from .counted import MOST, growth, operations
from .shapes import DOCUMENTS, TEXTS

SIZES = {"balancers": 40}  # some are more than a plan takes
CHECKED = {"subnets_associations_references": 64}  # fewer do not show that each reads the list of all
PAIRS = 4.4  # twice as many, looked at in pairs
WIDE = "\ufdfa"  # one character, which NFKC makes eighteen of
HOSTILE = {
    "one letter": "a",
    "words": "a b ",
    "sentences": "Ab c. ",
    "dots": ".",
    "ends": "。",
    "quotations": "「あ。",
    "open brackets": "(（「",
    "white space": " \n",
    "identifiers": "a.b-c/d:",
    "versions": "1.",
    "katakana": "サブネット",
    "no ends": "設定を変えたいのですが",
    "marks": "\u0301\u0327",
    "slashes": "/s/",
    "wide": WIDE,
    "markup": "<*_`|&>",
    "fences": "`a``",
}
READERS: dict[str, Callable[[str], object]] = {
    "words": words,
    "grams": grams,
    "sentences": lambda text: list(sentences(text)),
    "parts": lambda text: list(parts(text)),
    "last sentence": last_sentence,
    "asking sentence": asking_sentence,
    "conversation": lambda text: (small_talk(text), points_back(asked(text))),
    "what is taken away": lambda text: [is_negated(part, text, 0) for part in parts(text)],
    "values": lambda text: (judged(text, "en"), lone_value(text)),
    "kinds": lambda text: (intents(text), is_keyword(text)),
    "phrasings": lambda text: phrasings(f" ask {text}"),
    "scrub": scrub,
    "Slack": lambda text: (shorten(text, 50), escape(text)),
    "terminal": lambda text: wrapped(text, 80, "  "),
    "Markdown": lambda text: checks.render([finding(text)], "markdown", "en"),
    "tokens": Unigram(["▁", "a", "ab", "。", "サブ"], [-1.0] * 5, 0).ids,
}


def finding(observed: str) -> checks.Finding:
    first = checks.check({"aks": {}}, "en")[0]
    return checks.Finding(**{name: getattr(first, name) for name in first.__slots__} | {"observed": observed})


def checked(document: bytes) -> Callable[[], object]:
    return lambda: posted.report(document, MAX_BYTES, "json", "en")


def planned(document: bytes, goal: str) -> Callable[[], object]:
    return lambda: posted.plan(document, MAX_BYTES, goal, "json", "en")


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """What is made on first use is no work of an input."""
    checked(json.dumps(DOCUMENTS["bare_resources"](1)).encode())()
    for goal in GOALS:
        planned(json.dumps(DOCUMENTS["regions_and_gateways"](2)).encode(), goal)()
    for read in READERS.values():
        read("a 。")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_are_checked_in_proportion_to_their_size(name: str):
    grown = growth(lambda n: checked(json.dumps(DOCUMENTS[name](n)).encode()), CHECKED.get(name, 16))
    assert max(grown) <= MOST, grown


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_plans_are_made_in_proportion_to_the_size_of_the_documents(name: str, goal: str):
    """A step may look at all gateways of its cluster, of which a plan takes no more than MOST_GATEWAYS."""
    grown = growth(lambda n: planned(json.dumps(DOCUMENTS[name](n)).encode(), goal), SIZES.get(name, 12))
    assert max(grown) <= (PAIRS if name.endswith(("gateways", "associations")) else MOST), grown


@pytest.mark.parametrize("name", TEXTS)
def test_texts_are_read_in_proportion_to_their_length(name: str):
    grown = growth(lambda n: checked(TEXTS[name](n).encode()), 200)
    assert max(grown) <= MOST, grown


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("unit", HOSTILE)
def test_text_of_questions_and_pages_is_read_in_proportion_to_its_length(reader: str, unit: str):
    grown = growth(lambda n: lambda: READERS[reader](HOSTILE[unit] * n), 100)
    assert max(grown) <= MOST, grown


def test_terms_of_a_question_are_found_in_proportion_to_its_length():
    held = SimpleNamespace(vocabulary={}, starts=[0])
    made = [SimpleNamespace(synonyms=(("サブネット", "subnet"), ("サブ ネット", "sub-net", "x")))]
    glossary = Glossary(made, held)  # type: ignore[arg-type]
    named, expanded = partial(glossary.in_main_names, lang="ja"), lambda text: glossary.expand(text, [text])
    read_so = (glossary.terms, glossary.mentions, glossary.without, glossary.all_names, glossary.cut_short)
    for read in (*read_so, named, glossary.longest, expanded):
        grown = growth(lambda n, read=read: lambda: read("サブネット subnet " * n), 20)
        assert max(grown) <= MOST, grown


@pytest.mark.parametrize(
    "html",
    [
        *("<p>Ab c.</p>", "<b>a", "<!-- ask\na\n-->", "<h2 id=a>b</h2>", "<tr><td>a.</td></tr>"),
        *("<div><h2 id=a>b</h2></div>", "<dl><dt class=sig id=a>b<dd>c</dl>", "<br>", "See Fig. 3. "),
        "<ul role=tablist><li role=tab>a</ul><div role=tabpanel>b</div>",
        "<div class=tabbed-set><input><label>a</label><div class=tabbed-content>b</div></div>",
        "<p>a<a class=footnote-ref href=#n>1</a></p><p id=n>b</p>",
    ],
)
def test_pages_are_read_in_proportion_to_their_size(html: str):
    def read(n: int) -> Callable[[], object]:
        source = f"<article><h1>A</h1>{html * n}</article>".encode()
        return lambda: [to_section(draft, "a", "en", "/a/", ()) for draft in read_page(source, "/a/").drafts]

    grown = growth(read, 50)
    assert max(grown) <= MOST, grown


def test_blocks_of_a_message_are_fitted_in_few_looks():
    """Slack takes fifty; a message is made of fewer than a hundred."""
    block: dict[str, Any] = {"type": "section", "text": {"type": "mrkdwn", "text": "a" * 3000}}
    assert len(fitted([block] * 99)) == 3
    assert operations(lambda: fitted([block] * 99)) < 10_000


def test_work_that_grows_faster_is_noticed():
    """The measure itself: pairs of all with all."""
    grown = growth(lambda n: lambda: [number for number in range(n) for other in range(n) if abs(number) == other], 20)
    assert min(grown) > 3
