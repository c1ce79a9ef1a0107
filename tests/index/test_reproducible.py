"""Same site and model, same bytes: whatever the number of threads, and whatever was indexed before."""

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
# argv: the index, then each site to build into it, one after the other.
BUILDS = """
import sys
from pathlib import Path
from index.build import build
index, *sites = map(Path, sys.argv[1:])
print(*(build(site, index, "bundled")[1] for site in sites))
"""


def built(index: Path, *sites: Path, threads: int) -> dict[str, bytes]:
    environment = os.environ | {"OMP_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads)}
    done = subprocess.run(
        [sys.executable, "-c", BUILDS, index, *sites],
        env=environment | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert all(int(embedded) > 0 for embedded in done.stdout.split())
    return {str(file.relative_to(index)): file.read_bytes() for file in index.rglob("*") if file.is_file()}


@pytest.mark.slow
def test_two_builds_are_byte_identical(tmp_path: Path):
    whole = write(tmp_path / "whole", PAGES)
    part = write(tmp_path / "part", {name: text for at, (name, text) in enumerate(PAGES.items()) if at % 3})
    at_once = built(tmp_path / "one", whole, threads=1)
    stepwise = built(tmp_path / "two", part, whole, threads=3)
    assert at_once == stepwise
    assert {"manifest.json"} < at_once.keys()
