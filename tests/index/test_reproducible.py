"""Same site and model, same bytes: whatever the number of threads, and whatever was indexed before.

In processes of their own, whose sets have another order each; the encoder is a pure function of the text. That the
bundled model is one, too, is held by test_transformer.py.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from casework import html, write

ROOT = Path(__file__).parents[2]
PAGES = {
    "index.html": html(
        "<h1 id='a'>移行</h1><!-- ask\nkubenet から移行できる？\n--><p>できます。ノードは再イメージ化されます。</p>",
        "ja",
    ),
    "en/index.html": html("<h1 id='a'>Upgrade</h1><p>Yes. " + "All nodes are reimaged at once. " * 30 + "</p>"),
    **{f"en/p{n}/index.html": html(f"<h1 id='p'>Page {n}</h1><p>{'word ' * n}. Other {n}.</p>") for n in range(24)},
}
# argv: how many rows are compared one by one, the index, then each site to build into it, one after the other.
BUILDS = """
import sys
from functools import partial
from pathlib import Path
from casework import FakeEncoder
from index import build as building
from index.dense.vectors import VectorIndex
flat_rows, (index, *sites) = int(sys.argv[1]), map(Path, sys.argv[2:])
building.answering_encoder = building.building_encoder = lambda model: FakeEncoder()
VectorIndex.of = partial(VectorIndex.of, flat_rows=flat_rows)
print(*(building.build(site, index, "fake")[1] for site in sites))
"""


def built(flat_rows: int, index: Path, *sites: Path, threads: int) -> dict[str, bytes]:
    environment = os.environ | {"OMP_NUM_THREADS": str(threads), "PYTHONHASHSEED": str(threads)}
    done = subprocess.run(
        [sys.executable, "-c", BUILDS, str(flat_rows), index, *sites],
        env=environment | {"PYTHONPATH": os.pathsep.join((str(ROOT), str(Path(__file__).parent)))},
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(int(embedded) > 0 for embedded in done.stdout.split())
    return {str(file.relative_to(index)): file.read_bytes() for file in index.rglob("*") if file.is_file()}


@pytest.mark.parametrize("flat_rows", [1000, 0], ids=["flat", "large"])
def test_two_builds_are_byte_identical(tmp_path: Path, flat_rows: int):
    whole = write(tmp_path / "whole", PAGES)
    part = write(tmp_path / "part", {name: text for at, (name, text) in enumerate(PAGES.items()) if at % 3})
    at_once = built(flat_rows, tmp_path / "one", whole, threads=1)
    # The rows of a large index are rounded: made from those of an older one they are rounded twice.
    older = [part] if flat_rows else []
    again = built(flat_rows, tmp_path / "two", *older, whole, threads=3)
    assert at_once == again
    assert {"manifest.json"} < at_once.keys()
    assert any(name.endswith("background.arrays") for name in at_once) == (flat_rows == 0)
