"""60 labelled searches over the built index: what Enter opens is what was meant, half of them never used for tuning.

`topics` names the pages and sections that are about a thing, `searches` what people type for it, slips included.
"""

import json

import pytest

FIRST_RIGHT, NOTHING_FOUND = 0.85, 0.02
LARGER = 1.3  # index and script together, of what they were when the search forgave nothing
SCRIPTS = ["search-worker.js", "page-search.js", "search-box.js"]
SCRIPTS_BEFORE = 7_035  # bytes
ADDED = ["synonyms", "covered"]  # what the index did not have

SEARCH = """async ({ index, worker, queries }) => {
  const { docs } = await (await fetch(index)).json();
  const search = new Worker(worker);
  const reply = () => new Promise((resolve, reject) => {
    search.onmessage = ({ data }) => resolve(data.data);
    search.onerror = reject;
  });
  const send = (type, data) => (search.postMessage({ type, data }), reply());
  await send(0, { docs, options: {} });
  const firsts = [];
  for (const query of queries) {
    const [group = []] = (await send(2, query)).items;
    firsts.push(group.toSorted((a, b) => b.score - a.score)[0]?.location ?? null);
  }
  search.terminate();
  return firsts;
}"""


@pytest.fixture(scope="module")
def labelled(root):
    return json.loads((root / "tests/data/searches.json").read_text("utf-8"))


@pytest.fixture
def outcomes(page, server, labelled):
    """Of each search: what it is, and what is first."""
    ranked = []
    for lang, folder in (("ja", ""), ("en", "en/")):
        searches = [search for search in labelled["searches"] if search["lang"] == lang]
        files = {"index": f"{server.url}{folder}search/search_index.json"}
        page.goto(f"{server.url}{folder}about/")
        queries = [search["typed"] for search in searches]
        worker = f"{server.url}{folder}assets/search-worker.js"
        firsts = page.evaluate(SEARCH, {**files, "worker": worker, "queries": queries})
        ranked += [search | {"first": first} for search, first in zip(searches, firsts, strict=True)]
    return ranked


def test_what_was_meant_is_first_and_hardly_a_search_finds_nothing(outcomes, labelled):
    for held in (False, True):
        half = [outcome for outcome in outcomes if outcome["held"] == held]
        wrong = {
            outcome["typed"]: outcome["first"]
            for outcome in half
            if outcome["first"] not in labelled["topics"][outcome["topic"]]
        }
        assert len(wrong) <= (1 - FIRST_RIGHT) * len(half), wrong
    nothing = [outcome["typed"] for outcome in outcomes if outcome["first"] is None]
    assert len(nothing) <= NOTHING_FOUND * len(outcomes), nothing


def test_the_searches_are_of_the_promised_kinds(labelled):
    searches = labelled["searches"]
    assert len(searches) == 60 == len({(search["lang"], search["typed"]) for search in searches})
    assert sum(search["lang"] == "ja" for search in searches) == 30
    assert sum(search["held"] for search in searches) == 30
    assert sum(search["misspelt"] for search in searches) >= 15


def test_every_labelled_section_exists(site_dir, labelled):
    wanted = {location for locations in labelled["topics"].values() for location in locations}
    for folder in (site_dir, site_dir / "en"):
        docs = json.loads((folder / "search/search_index.json").read_text("utf-8"))["docs"]
        assert wanted - {doc["location"] for doc in docs} == set()


@pytest.mark.parametrize("folder", ["", "en"])
def test_forgiving_costs_little(site_dir, folder):
    index = site_dir / folder / "search/search_index.json"
    content = json.loads(index.read_text("utf-8"))
    for doc in content["docs"]:
        for key in ADDED:
            doc.pop(key, None)
    before = len(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()) + SCRIPTS_BEFORE
    now = sum(file.stat().st_size for file in [index, *(site_dir / folder / "assets" / name for name in SCRIPTS)])
    assert before < now <= LARGER * before
