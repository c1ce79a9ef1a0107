"""`make jsquad`: MRR@10 of this project's own reading, indexing and ranking on JSQuAD (1,145 Japanese passages).

The data set (Yahoo Japan, CC BY-SA 4.0) is not part of the project: give the path of its validation file. Its
passages become the pages of a small site, which is indexed and searched like any other.
"""

import html
import json
import sys
from pathlib import Path

import numpy as np

from bot.decision.decide import load_weights, rank
from bot.evidence.topics import Topics
from index.build import build
from index.encoder.choose import answering_encoder
from index.encoder.protocol import BUNDLED
from index.storage.store import load

QUESTIONS = 1200  # drawn with a fixed seed, as many as the figures of other systems were measured on


def write_site(source: Path, site: Path) -> list[tuple[str, str]]:
    """One page per passage; returns (question, id of the right section)."""
    asked = []
    passages = [
        passage for article in json.loads(source.read_text("utf-8"))["data"] for passage in article["paragraphs"]
    ]
    for number, passage in enumerate(passages):
        title, _, text = passage["context"].rpartition("[SEP]")
        page = f'<html lang="ja"><main><h1 id="p">{html.escape(title.strip())}</h1><p>{html.escape(text.strip())}</p>'
        folder = site / f"p{number}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(f"{page}</main></html>", "utf-8")
        asked += [(question["question"], f"p{number}#p") for question in passage["qas"]]
    return asked


def main() -> None:
    source, work = Path(sys.argv[1]), Path("build/jsquad")
    asked = write_site(source, work / "site")
    build(work / "site", work / "index", BUNDLED, lambda done, total: sys.stderr.write(f"\r{done}/{total} embedded"))
    topics, encoder = Topics(load(work / "index", BUNDLED)), answering_encoder(BUNDLED)
    weights = load_weights(topics)
    reciprocal = []
    for i in np.random.default_rng(0).permutation(len(asked))[:QUESTIONS]:
        question, right = asked[i]
        order = rank(topics.score(topics.read(question, encoder)), weights).order[:10]
        ranked = [topics.ids[topic] for topic in order]
        reciprocal.append(1 / (ranked.index(right) + 1) if right in ranked else 0.0)
    first = float(np.mean([value == 1.0 for value in reciprocal]))
    sys.stdout.write(f"\n{len(reciprocal)} questions: R@1 {first:.3f}, MRR@10 {np.mean(reciprocal):.3f}\n")


if __name__ == "__main__":
    main()
