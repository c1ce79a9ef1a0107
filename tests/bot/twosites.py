"""Two versions of one small site that only the ids of their sections tell apart: `upgrade-a`, `upgrade-b`.

Their texts are equal, so an index of one becomes an index of the other without a model.
"""

from pathlib import Path

import pytest

from index import build as building
from index.build import build
from index.encoder.bundled import BundledEncoder
from index.storage.store import Manifest

FACTS = {
    "Can I upgrade from kubenet?": "Yes. A kubenet cluster can be upgraded to CNI Overlay in place.",
    "Which subnet size does the gateway need?": "The gateway needs an empty subnet of exactly /24.",
    "Which ALB controller version is needed?": "CNI Overlay needs the ALB controller 1.7.9 or newer.",
    "Is there an outage during the upgrade?": "All nodes are reimaged at once, so plan a maintenance window.",
    "Does the network policy engine matter?": "Azure, Calico and Cilium network policies work with the gateway.",
}


def write_site(folder: Path, version: str) -> Path:
    """The site in version "a" or "b"."""
    facts = "".join(
        f"<h2 id='fact{n}-{version}'>{asked}</h2><p>{fact}</p>" for n, (asked, fact) in enumerate(FACTS.items())
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(
        f"<!doctype html><html lang='en'><head><title>T</title></head><body><main><article>"
        f"<h1 id='top-{version}'>Networking</h1><p>What a cluster needs.</p>{facts}</article></main></body></html>",
        "utf-8",
    )
    return folder


def first_index(site: Path, index: Path) -> Manifest:
    """An index made by the answering side of the bundled model: the same vectors (cosine 0.9999) without torch."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(building, "building_encoder", lambda model: BundledEncoder())
        return build(site, index, "bundled")[0]


def version_of(answer: dict) -> set[str]:
    """The versions that an answer's sections belong to."""
    return {named["section"][-1] for named in (*answer["citations"], *answer["runners_up"])}
