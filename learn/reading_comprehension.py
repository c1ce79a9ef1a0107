"""Sets of questions about paragraphs to examples: the paragraph answers the question, or does not.

SQuAD 2.0 has questions that its paragraphs do not answer (Rajpurkar et al. 2018); where a set has none, another
paragraph of the article stands in, and twins are made: one word of the question exchanged (Gardner et al. 2020).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from random import Random
from typing import Any

from learn.records import Example, Origin, as_read

WINDOW = {"en": 720, "ja": 270}  # characters: what the reader reads of a paragraph
LAST = 80  # … and so many more of a sentence that is longer
SENTENCE_END = re.compile(r"。|[.!?](?=\s)")
# What may be exchanged: runs of katakana, kanji, Latin letters or digits.
RUN = re.compile(r"[ァ-ヴー]{3,}|[一-龥]{2,}|[A-Za-z]{3,}|\d+")
OTHER_PARAGRAPH, TWIN, OF_ARTICLE, PLAIN = 0.35, 0.8, 0.6, 0.5  # shares that are drawn
PARAGRAPHS = 4  # of the article are looked at for the likest


def windows(context: str) -> list[tuple[int, int]]:
    """Runs of whole sentences that the reader can read, as offsets: one from each sentence on, up to the last."""
    most = WINDOW["ja" if re.search("[ぁ-ん]", context) else "en"]
    if len(context) <= most:
        return [(0, len(context))]
    ends = [match.end() for match in SENTENCE_END.finditer(context)] + [len(context)]
    runs = []
    for first, start in enumerate([0, *ends[:-1]]):
        last = first
        while last + 1 < len(ends) and ends[last + 1] - start <= most:
            last += 1
        runs.append((start, min(ends[last], start + most + LAST)))
        if ends[last] >= len(context):
            break
    return runs


def window(context: str, rng: Random, at: int | None = None, length: int = 0) -> str:
    """One of the runs; of those that hold the answer at this offset, if any does."""
    runs = windows(context)
    holding = [run for run in runs if at is None or (run[0] <= at and at + length <= run[1])]
    start, end = rng.choice(holding or runs)
    return context[start:end].strip()


def squad_like(
    articles: Iterable[Mapping[str, Any]], origin: Origin, rng: Random, held: float = 0.0
) -> Iterator[Example]:
    """Examples of a set in SQuAD's layout. `held` is the share of the articles that only judge."""
    for article in articles:
        judges, title = rng.random() < held, article["title"].replace("_", " ")
        for paragraph in article["paragraphs"]:
            others = [other["context"] for other in article["paragraphs"] if other is not paragraph]
            for question in paragraph["qas"]:
                for asked, text, answered, part in _asked(question, paragraph["context"], others, origin, rng):
                    yield Example(asked, as_read((title,), text), answered, origin, part, judges)


def _asked(
    question: Mapping[str, Any], context: str, others: list[str], origin: Origin, rng: Random
) -> Iterator[tuple[str, str, bool, str]]:
    """Question, text, whether it is answered, and the part left out."""
    asked, answered = question["question"], not question.get("is_impossible", False)
    answer = (question.get("answers") or question.get("plausible_answers") or [None])[0]
    place = (answer["answer_start"], len(answer["text"])) if answer else (None, 0)
    read = window(context, rng, *place)
    yield asked, read, answered, ""
    if not answered:
        return
    without = [other for other in others if answer["text"] not in other]
    if without:
        likest = max(rng.sample(without, min(PARAGRAPHS, len(without))), key=lambda other: _likeness(asked, other))
        if rng.random() < OTHER_PARAGRAPH:
            yield asked, window(likest, rng), False, ""
    if origin is Origin.JAQUAD and rng.random() < TWIN:
        twin = swapped(asked, read, " ".join(others), answer["text"], rng)
        if twin:
            yield twin[0], read, False, twin[1]


def _likeness(question: str, context: str) -> int:
    return len(_threes(question) & _threes(context))


def _threes(text: str) -> set[str]:
    return {text[at : at + 3] for at in range(len(text) - 2)}


def swapped(question: str, context: str, others: str, answer: str, rng: Random) -> tuple[str, str] | None:
    """The question with one run, which the text has, exchanged for another of its kind; and the new one.

    The new run is of the same text or, more often, of the rest of the article.
    """
    runs = [run for run in RUN.finditer(question) if run[0] in context and not re.match(r"[何誰]", run[0])]
    if not runs:
        return None
    run = rng.choice(runs)
    pool = [
        new
        for new in RUN.findall(others if rng.random() < OF_ARTICLE and others else context)
        if _script(new) == _script(run[0])
        and new not in question
        and new not in answer
        and answer not in new
        and abs(len(new) - len(run[0])) <= 2
    ]
    if not pool:
        return None
    new = rng.choice(pool)
    return question[: run.start()] + new + question[run.end() :], new


def _script(run: str) -> str:
    if run.isdigit():
        return "digits"
    return "katakana" if re.match("[ァ-ヴー]", run) else "kanji" if re.match("[一-龥]", run) else "latin"


def condaqa(files: Iterable[str], rng: Random) -> Iterator[Example]:
    """CondaQA's questions about what a negation means (Ravichander et al. 2022): "don't know" is not answered."""
    seen = set()
    for line in (line for file in files for line in file.split("\n") if line.strip()):
        row = json.loads(line)
        question, passage, label = row["sentence2"], row["sentence1"], row["label"].upper()
        if (question, passage) in seen:
            continue
        seen.add((question, passage))
        unknown = "DON" in label and "KNOW" in label
        if unknown or rng.random() < PLAIN:
            yield Example(question, passage, not unknown, Origin.CONDAQA)
