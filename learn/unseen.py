"""bot/data/unseen_readings.jsonl from what the folds read: `python -m learn.unseen TRAINED INDEX`."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.decision.reading import UNSEEN_FILE
from bot.quality.calibrate import read_questions
from bot.quality.contrast import read_pairs
from learn.own import LANGS, TEACHING, OwnSite, sides
from learn.train import UNSEEN

ROOT = Path(__file__).parents[1]
DIGITS = 2  # of a log odds


def unseen_readings(site: OwnSite, root: Path, readings: Mapping[str, float]) -> list[dict[str, Any]]:
    """Each question with the log odds of the sections that the search offers; questions that no fold read are left out.

    `readings` are named as in `learn/own.py`.
    """
    rows = []
    for name, question, lang in _asked(root):
        offered = site.candidates(question, lang)
        keys = {section.id: f"{name}|{number}" for number, section in enumerate(offered)}
        answers = {section: round(readings[key], DIGITS) for section, key in keys.items() if key in readings}
        if answers:
            rows.append({"question": question, "answers": answers})
    return sorted(rows, key=lambda row: str(row["question"]))


def _asked(root: Path) -> Iterator[tuple[str, str, str]]:
    """The name of a question's readings, the question, and its language."""
    for question in read_questions(root / TEACHING / "calibration.jsonl"):
        yield f"own-train-q|{question.id}", question.question, question.lang
    for pair in read_pairs([root / TEACHING / f"contrast.{lang}.jsonl" for lang in LANGS]):
        for name, asked, *_ in sides(pair):
            yield f"own-train-pair|{name}", asked, pair.lang


if __name__ == "__main__":
    trained, index = map(Path, sys.argv[1:3])
    readings = json.loads((trained / UNSEEN).read_text("utf-8"))
    rows = unseen_readings(OwnSite(index), ROOT, readings)
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    UNSEEN_FILE.write_text("".join(lines), "utf-8")
    print(f"{UNSEEN_FILE}: {len(rows)} questions")  # noqa: T201
