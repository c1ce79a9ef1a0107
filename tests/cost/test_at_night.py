"""What counting does not see: regular expressions and long texts, by processor time. `make nightly` runs it."""

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import checks
from bot.answering.ask import Bot
from bot.checks.plan import GOALS
from bot.checks.plan.state import MOST_GATEWAYS
from bot.checks.posted import posted
from bot.checks.text.read import MAX_BYTES
from bot.service.apart import SECONDS
from index.reading.drafts import to_section
from index.reading.page import read_page

from .patterns import PLACES, ROOT, every, folders, hostile, load
from .shapes import DOCUMENTS, TEXTS
from .test_growth import READERS
from .worded import method, worded

pytestmark = pytest.mark.measures

LENGTH = 4000  # of a hostile text
FEW = 0.005  # seconds of processor time from which it is read once more, LONGER times as long
LONGER = 8
PATTERN = 0.3  # seconds for that, half of it before: of FEW a quadratic pattern needs 64 times as many, a linear one 8
EXAMPLES = int(os.environ.get("EXAMPLES", "100"))
PER_BYTE = 20e-6  # seconds of processor time for each byte, tenfold what the slowest shape takes on an idle machine
ALWAYS = 0.3  # seconds, however short the input is
# Read otherwise than by the methods that stand beside their names.
USED = {"bot/service/scrub_forms.py:form(behind_a_value)": {"match"}} | {
    f"bot/checks/text/documents.py:_FOREIGN[{n}][1]": {"match"} for n in range(2, 6)
}
WORDED = dict.fromkeys(name.rpartition(":")[0] for name in worded())
ROOMS = (*folders(), *WORDED)
night = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


class _OverBudgetError(BaseException):
    pass


@contextmanager
def budget(seconds: float) -> Iterator[None]:
    """Processor time of this process; what takes more is interrupted, however deep in C it is."""

    def over(*_: Any) -> None:
        raise _OverBudgetError

    before = signal.signal(signal.SIGVTALRM, over)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    except _OverBudgetError:
        pytest.fail(f"more than {seconds:.3f} s of processor time")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def methods(name: str) -> set[str]:
    """How a pattern is used: by what is called on it where it is written; `search` where that is not seen."""
    file, _, place = name.partition(":")
    held = re.sub(r"\[.*", "", place)
    if not (ROOT / file).is_file():
        return {method(name)}
    if place[0].isdecimal():
        return {place.partition(".")[2]}
    called = set(re.findall(rf"\b{held}(?:\[\w+\])?\.({'|'.join(PLACES)})\b", (ROOT / file).read_text("utf-8")))
    return USED.get(name) or called or {"search"}


def read(pattern: re.Pattern[Any], how: set[str], text: Any) -> None:
    if how <= {"fullmatch", "match"}:
        pattern.match(text)
    else:
        for _ in pattern.finditer(text):
            pass
    pattern.fullmatch(text)


def of(place: str) -> dict[str, re.Pattern[Any]]:
    """The patterns of a file of words in a language, or of the code in a folder."""
    return {name: pattern for name, pattern in every().items() if place == room(name)}


def room(name: str) -> str:
    """The folder of the code where a pattern is written, or the file and the language of words."""
    return name.partition(":")[0].rpartition("/")[0] or name.rpartition(":")[0]


def read_in_time(pattern: re.Pattern[Any], how: set[str], text: Any, longer: Any) -> None:
    started = time.process_time()
    with budget(PATTERN / 2):
        read(pattern, how, text)
    if time.process_time() - started > FEW:
        with budget(PATTERN):
            read(pattern, how, longer)


def test_every_pattern_has_a_room():
    load()
    assert {room(name) for name in every()} == set(ROOMS)


@pytest.mark.parametrize("place", ROOMS)
def test_no_pattern_takes_long_for_a_hostile_text(place: str):
    """Those of each language's words, and those of the code: of many of these the texts have bounds of their own."""
    load()
    slow = []
    longest = LONGER * LENGTH if place in WORDED else 0
    named = of(place)
    for name, pattern in named.items():
        how = methods(name)
        for text, longer in hostile(pattern, LENGTH, longest):
            try:
                read_in_time(pattern, how, text, longer)
            except pytest.fail.Exception:
                slow.append((name, text[:40], text[-10:]))
                break
    assert named
    assert slow == []


@pytest.mark.parametrize(
    "written",
    [
        r"[^.]* see [^.]* see [^.]*\.",
        *(r"[A-Za-z]{2,}s?\s?same", r"\bwhich\b[^.?!]*\bbesides\b", r"v\d+(?:\.\d+)*(?![\w.-]*\w)"),
        *(r"(?<=,)\s*(?=[^.]*\?$)", r"^\W*x\s*y?\s*$", "(?:ab|a|b)*c"),
    ],
)
def test_a_quadratic_pattern_is_noticed(written: str):
    """The measure itself, on patterns like some that took seconds or minutes for ten thousand letters."""
    pattern = re.compile(written)
    with pytest.raises(pytest.fail.Exception):
        for text, longer in hostile(pattern, LENGTH, LONGER * LENGTH):
            read_in_time(pattern, {"search"}, text, longer)


@pytest.mark.parametrize("name", [*DOCUMENTS, *TEXTS])
def test_a_document_as_large_as_a_door_takes_is_checked_in_time(name: str):
    made: Callable[[int], bytes] = (
        (lambda n: json.dumps(DOCUMENTS[name](n)).encode()) if name in DOCUMENTS else lambda n: TEXTS[name](n).encode()
    )
    size = 16
    while len(made(2 * size)) < 2 * 1024 * 1024:
        size *= 2
    document, started = made(size), time.process_time()
    with budget(ALWAYS + PER_BYTE * len(document)):
        posted.report(document, MAX_BYTES, "json", "en")
    took = time.process_time() - started
    print(f"{name}: {len(document) >> 10} KiB, {took:.2f} s, {took / len(document) * 1024 * 1000:.2f} ms/KiB")  # noqa: T201


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_plan_for_as_many_gateways_as_it_takes_is_made_in_time(name: str, goal: str):
    document = json.dumps(DOCUMENTS[name](MOST_GATEWAYS - 1)).encode()
    with budget(SECONDS / 2):
        posted.plan(document, MAX_BYTES, goal, "json", "en")


WORDS = st.sampled_from([
    "aks", "networkProfile", "agentPoolProfiles", "properties", "subnet", "id", "value", "resources", "type", "name",
    "planned", "vnets", "agcAssociations", "resource_changes", "address", "change", "after", "references",
    "configuration", "root_module", "module_calls", "module", "expressions", "contentVersion", "items", "kind", "spec",
    "azurerm_subnet", "azurerm_kubernetes_cluster", "alb-controller",
    "/subscriptions/0/resourceGroups/g/providers/M.N/a/b",
])  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40) | WORDS,
    lambda inner: st.lists(inner, max_size=30) | st.dictionaries(WORDS | st.text(max_size=8), inner, max_size=12),
    max_leaves=300,
)


def within(document: bytes, call: Callable[[], object], times: int = 1) -> None:
    with budget(times * (ALWAYS + PER_BYTE * len(document))):
        call()


@given(st.lists(JSON, min_size=1, max_size=20), st.integers(1, 300))
@night
def test_any_json_is_checked_within_its_budget(parts: list[object], times: int):
    """Parts again and again: what grows with pairs of them would show."""
    document = json.dumps(parts * times).encode()[: 2 * 1024 * 1024]
    within(document, lambda: posted.report(document, MAX_BYTES, "json", "en"))


BYTES = st.binary(max_size=2000) | st.text(max_size=2000).map(lambda text: text.encode("utf-8", "replace"))


@given(BYTES, st.integers(1, 200))
@night
def test_any_bytes_are_read_within_their_budget(part: bytes, times: int):
    document = part * times
    within(document, lambda: posted.report(document, MAX_BYTES, "json", "en"))


TOLD = [" see ", ", see ", "and the ", "by AGC001", "から", "を", "（", "「", "。", " ", "\n", "\ufdfa"]
UNITS = st.lists(st.text(max_size=20) | st.sampled_from(TOLD), min_size=1, max_size=20)


@pytest.mark.parametrize("reader", READERS)
@given(UNITS, st.integers(1, 500))
@night
def test_any_text_is_read_within_its_budget(reader: str, units: list[str], times: int):
    text = ("".join(units) * times)[:20_000]
    within(text.encode("utf-8", "replace"), lambda: READERS[reader](text))


@given(UNITS, st.integers(1, 200))
@night
def test_any_page_is_read_within_its_budget(units: list[str], times: int):
    paragraphs = "".join(f"<p>{unit}" for unit in units) * times
    source = f"<article><h1>A</h1>{paragraphs}</article>".encode("utf-8", "replace")
    within(source, lambda: [to_section(draft, "a", "en", "/a/", ()) for draft in read_page(source, "/a/").drafts])


@given(UNITS, st.integers(1, 60))
@settings(max_examples=max(20, EXAMPLES // 20), deadline=None, suppress_health_check=list(HealthCheck))
def test_any_question_is_answered_within_its_budget(bot: Bot, units: list[str], times: int):
    """As long as a question with its history may be; the model reads no more of it than it takes."""
    text = ("".join(units) * times)[:1000]
    with budget(10):
        bot.ask(text, None, [text])


def test_a_snapshot_file_is_read_in_time(tmp_path: Path):
    """As large as `kb check` takes: the place of a mistake at its end is told."""
    text = '{"a": [' + "1, " * 5_000_000 + "NaN]}"
    with budget(60), pytest.raises(checks.InputError) as refused:
        checks.read_json(text.encode())
    assert refused.value.pointer == "/a/5000000"
