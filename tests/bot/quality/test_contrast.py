"""Contrast pairs: read with the line of a fault, learned from reproducibly, and counted."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from handmade import ByTable, section, topics

from bot.answering.ask import Bot
from bot.cli.terminal.eval import contrast_text
from bot.decision.account import account
from bot.decision.decide import features, load_weights, rank
from bot.decision.unstated import load_model, unstated
from bot.quality.calibrate import LabelledQuestion
from bot.quality.contrast import Figures, Pair, learn, measure, read_pairs
from bot.records import Answer, Status
from index.errors import KbError

PAIR = {"id": "a", "lang": "en", "kind": "condition", "a": "Is it hot?", "sections": ["tea#tea"]}
TWIN = {**PAIR, "b": "Is it hot in May?", "part": "May"}


def written(folder: Path, *lines: str) -> Path:
    file = folder / "pairs.jsonl"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def test_pairs_are_read_from_every_file_in_their_order(tmp_path: Path):
    file = written(tmp_path, json.dumps(TWIN), "", json.dumps({**PAIR, "id": "b", "verdict": "no"}))
    first, second, *again = read_pairs([file, file])
    assert first == Pair("a", "en", "condition", "Is it hot?", ("tea#tea",), b="Is it hot in May?", part="May")
    assert (second.id, second.verdict, second.b, second.part) == ("b", "no", None, None)
    assert again == [first, second]


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("{", r"not a contrast pair \(line: "),
        ("5", r"not a contrast pair \(line: "),
        (json.dumps({**PAIR, "sections": "tea#tea"}), r"not a contrast pair \(sections: "),
        (json.dumps({**PAIR, "a": 5}), r"not a contrast pair \(a: "),
        (json.dumps({key: value for key, value in PAIR.items() if key != "kind"}), r"not a contrast pair \(kind: "),
        (json.dumps({**TWIN, "part": "June"}), r"not a contrast pair \(part 'June' does not stand in b\)\. Correct it"),
        (json.dumps({**PAIR, "part": "May"}), r"not a contrast pair \(part 'May' does not stand in b\)\. Correct it"),
    ],
)
def test_the_broken_line_of_a_file_is_named(tmp_path: Path, broken: str, why: str):
    file = written(tmp_path, json.dumps(PAIR), broken, json.dumps(PAIR))
    with pytest.raises(KbError, match=rf"pairs\.jsonl:2: {why}"):
        read_pairs([file])


NAMES = ["apple", "birch", "cedar", "fig", "grape", "hazel", "iris", "juniper", "kiwi", "lemon", "maple", "nutmeg"]
# Of none of these the made-up site says anything.
ELSEWHERE = [f"Z{letter}rq{letter}" for letter in "abcdefghijkl"]
MEANING = ByTable({name: number for number, name in enumerate(NAMES)}, len(NAMES))


@pytest.fixture(scope="module")
def made() -> Bot:
    """A site of twelve trees; only the name of a tree has a meaning."""
    trees = (
        replace(
            section(f"{name}#{name}", f"The {name} is watered.", title=f"Is the {name} watered?"), phrasings=(name,)
        )
        for name in NAMES
    )
    over = topics(*trees, encoder=MEANING)
    return Bot(over, MEANING, load_weights(over))


PAIRS = [
    Pair(
        name,
        "en",
        "place",
        f"Is the {name} watered?",
        (f"{name}#{name}",),
        None,
        f"Is the {name} watered in {far}?",
        far,
    )
    for name, far in zip(NAMES, ELSEWHERE, strict=True)
]
MORE = [LabelledQuestion(f"q{name}", "en", "q", f"the {name}", True, (f"{name}#{name}",)) for name in NAMES]


def test_learning_twice_gives_the_same(made: Bot):
    assert learn(PAIRS, MORE, made) == learn(PAIRS, MORE, made)


def test_what_was_learned_tells_what_the_site_states_from_what_it_does_not(made: Bot, tmp_path: Path):
    (tmp_path / "parts.json").write_text(json.dumps(learn(PAIRS, MORE, made)), "utf-8")
    model = load_model(tmp_path / "parts.json")
    for text, names in {
        "Is the apple watered?": (),
        "Is the nutmeg watered in Qqvuxw?": ("Qqvuxw",),  # of no pair
    }.items():
        question = made.topics.read(text, made.encoder)
        evidence = made.topics.score(question)
        ranking = rank(evidence, made.weights)
        accounted = account(question, ranking.order, made.topics, model.part)
        seen = features(question, evidence, ranking, made.topics, accounted)
        missing = unstated(question, ranking.order[:1].tolist(), accounted, seen, made.topics, "en", model)
        assert (missing.names, missing.doubtful) == (names, bool(names))
        assert all((chance > 0.5) == (part.text in names) for part, chance in accounted.chances)
        assert (model.whole.probability(seen) > 0.5) == bool(names)


def test_a_covered_question_that_cites_another_section_teaches_nothing(made: Bot):
    wrong = replace(
        PAIRS[0], id="wrong", a="Is the apple watered by Zeus?", sections=("birch#birch",), b=None, part=None
    )
    assert learn([*PAIRS, wrong], MORE, made) == learn(PAIRS, MORE, made)


def test_a_twin_without_a_part_is_covered_or_teaches_nothing(made: Bot):
    covered = replace(PAIRS[0], b="Is the birch watered?", part=None, b_sections=("birch#birch",))
    missing = replace(PAIRS[0], b="Is the birch watered?", part=None, b_status="not_covered")
    alone = replace(PAIRS[0], b=None, part=None)
    assert learn([*PAIRS, missing], [], made) == learn([*PAIRS, alone], [], made)
    assert learn([*PAIRS, covered], [], made) != learn([*PAIRS, alone], [], made)


def test_questions_outside_teach_nothing(made: Bot):
    outside = LabelledQuestion("out", "en", "q", "the apple of Zeus", False)
    assert learn(PAIRS, [*MORE, outside], made) == learn(PAIRS, MORE, made)


def test_too_few_pairs_are_refused(made: Bot):
    with pytest.raises(KbError, match="learning needs contrast pairs with parts"):
        learn(PAIRS[:2], MORE, made)


class Table:
    """Answers that are written down."""

    def __init__(self, answers: Mapping[str, tuple[Status, str, tuple[str, ...]]]) -> None:
        self.answers = answers

    def ask(self, question: str) -> Answer:
        status, text, left_out = self.answers[question]
        return Answer(question, "en", status, text, 0.9, (), (), (), 1.0, (), left_out)


def figures(first: tuple, twin: tuple, verdict: str | None = None) -> Figures:
    pair = Pair("p", "en", "place", "a", ("x#x",), verdict, "b in May", "May")
    return measure([pair], Table({"a": first, "b in May": twin}))["place"]  # type: ignore[arg-type]


ANSWERED, REFUSED = Status.ANSWERED, Status.NOT_COVERED
PLAINLY, LEFT_OUT = (ANSWERED, "It is.", ()), (ANSWERED, "Nothing of May.\nIt is.", ("May",))


@pytest.mark.parametrize(
    ("first", "twin", "verdict", "expected"),
    [
        (PLAINLY, LEFT_OUT, None, (1, 1, 1, 0)),
        (PLAINLY, (REFUSED, "", ()), None, (1, 1, 1, 0)),
        (PLAINLY, (Status.CLARIFY, "", ()), None, (1, 1, 1, 0)),
        (PLAINLY, PLAINLY, None, (1, 0, 0, 0)),  # the twin is answered as if it were covered
        (LEFT_OUT, LEFT_OUT, None, (0, 1, 0, 0)),
        ((REFUSED, "", ()), LEFT_OUT, None, (0, 1, 0, 0)),
        (PLAINLY, (ANSWERED, "Yes. It is.", ("May",)), None, (1, 0, 0, 1)),  # no yes or no beside what is left out
        (PLAINLY, (ANSWERED, "No. It is.", ()), None, (1, 0, 0, 1)),
        ((ANSWERED, "Yes. It is.", ()), LEFT_OUT, "yes", (1, 1, 1, 0)),
        ((ANSWERED, "Yes. It is.", ()), LEFT_OUT, "no", (1, 1, 1, 1)),
        ((ANSWERED, "Yes, with conditions.", ()), LEFT_OUT, "conditional", (1, 1, 1, 0)),
        ((ANSWERED, "No. It is.", ()), (ANSWERED, "No. It is.", ()), "yes", (1, 0, 0, 2)),
    ],
)
def test_a_pair_is_counted_by_its_covered_question_and_its_twin(first, twin, verdict, expected):
    assert figures(first, twin, verdict) == Figures(1, *expected)


def test_shares_are_of_all_pairs_with_a_part_and_by_kind():
    pairs = [
        Pair("1", "en", "place", "a", ("x#x",), None, "b", "b"),
        Pair("2", "en", "time", "a", ("x#x",), None, "c", "c"),
        Pair("3", "en", "time", "d", ("x#x",), None, "c", "c"),
        Pair("4", "en", "time", "never asked", ("x#x",), None, "never asked", None),  # a twin that is covered
        Pair("5", "en", "scope", "never asked", ("x#x",)),
    ]
    table = Table({"a": PLAINLY, "b": LEFT_OUT, "c": PLAINLY, "d": LEFT_OUT})
    assert measure(pairs, table) == {  # type: ignore[arg-type]
        "all": Figures(3, pytest.approx(2 / 3), pytest.approx(1 / 3), pytest.approx(1 / 3), 0),
        "place": Figures(1, 1, 1, 1, 0),
        "time": Figures(2, 0.5, 0, 0, 0),
    }


def test_figures_are_shown_a_line_for_each_kind():
    head, *rows = contrast_text({"all": Figures(3, 2 / 3, 1 / 3, 0.25, 4), "time": Figures(12, 1, 0, 0, 0)}).split("\n")
    assert head.split() == ["pairs", "covered", "twins", "both", "false", "yes/no"]
    assert [row.split() for row in rows] == [
        ["all", "3", "0.67", "0.33", "0.25", "4"],
        ["time", "12", "1.00", "0.00", "0.00", "0"],
    ]
    assert {len(row) for row in (head, *rows)} == {len(head)}


def test_the_reviewed_weights_come_from_pairs_about_this_site(root: Path, bot: Bot):
    pairs = read_pairs(sorted((root / "bot/data").glob("contrast.*.jsonl")))
    assert len({pair.id for pair in pairs}) == len(pairs) > 0
    assert {name for pair in pairs for name in (*pair.sections, *pair.b_sections)} <= set(bot.topics.ids)
    assert {pair.lang for pair in pairs} == {"ja", "en"}
