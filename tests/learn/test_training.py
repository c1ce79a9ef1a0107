"""Model, batches, one stage of a training, and the whole of it, on a tiny encoder and made-up examples."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from small_reader import BEGIN, END, NO, PAD, WIDTH, YES, small_examples, small_weights

from learn.batches import MARKS, Batches
from learn.examples import Arrays
from learn.figures import figures
from learn.fitting import Schedule, Targets, fit, read
from learn.records import Origin

pytestmark = pytest.mark.slow

WEIGHTS = small_weights(6)
CPU = torch.device("cpu")


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Tiny products are no work for several."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def reader(layers: int = 1):
    from learn.model import Reader

    torch.manual_seed(3)
    return Reader(WEIGHTS, layers, dropout=0.0)


def batches(examples: Arrays) -> Batches:
    return Batches(examples, WEIGHTS.special, CPU)


def targets(count: int, *, teacher: float = 0.0, label: float = 1.0) -> Targets:
    return Targets(*(np.full(count, value, np.float32) for value in (1.0, teacher, label)))


def test_question_and_section_are_put_between_marks():
    examples = small_examples([Origin.WRITTEN])
    shorter = replace(examples, question_lengths=np.array([2, 1], np.int32))
    ids, question, length = batches(shorter).composed(torch.tensor([0, 1]))
    assert ids.tolist() == [[BEGIN, 20, 30, END, YES, 31, END], [BEGIN, 21, END, NO, 31, END, PAD]]
    assert (question.tolist(), length.tolist()) == ([2, 1], [7, 6])


def test_batches_hold_each_example_once_and_no_more_tokens_than_allowed():
    examples = batches(small_examples([Origin.WRITTEN] * 20))
    places = np.arange(3, 37)
    drawn = examples.drawn(places, 30, np.random.default_rng(1))
    assert sorted(np.concatenate(drawn).tolist()) == places.tolist()
    assert all(len(batch) * (2 + 2 + MARKS) <= 30 for batch in drawn)
    assert len(drawn) == 9


def test_the_layers_are_those_of_the_encoder():
    from deploy.reference import bert

    model = reader(6).train(False)
    ids, question, length = batches(small_examples([Origin.WRITTEN])).composed(torch.tensor([0, 1]))
    with torch.inference_mode():
        answers, tokens = model(ids, question, length)
        hidden = bert(WEIGHTS)(input_ids=ids).last_hidden_state
        both = torch.cat([hidden[:, 0], hidden[:, 1:3].mean(1)], -1)
        torch.testing.assert_close(answers, model.head(both)[:, 0], rtol=1e-4, atol=1e-4)
        torch.testing.assert_close(tokens, model.tok(hidden)[..., 0], rtol=1e-4, atol=1e-4)


def test_padding_changes_nothing():
    model = reader(2).train(False)
    ids, question, length = batches(small_examples([Origin.WRITTEN])).composed(torch.tensor([0]))
    padded = torch.nn.functional.pad(ids, (0, 5), value=PAD)
    with torch.inference_mode():
        torch.testing.assert_close(model(ids, question, length)[0], model(padded, question, length)[0])


def test_one_layer_learns_to_tell_ten_made_up_examples_apart_and_which_token_is_left_out():
    examples = batches(small_examples([Origin.WRITTEN] * 5))
    model = reader()
    fit(model, examples, np.arange(10), Schedule(60, 1e-2, 80, 1), targets(10))
    said = read(model, examples, np.arange(10))
    assert ((said > 0.5) == examples.examples.answered).all()
    with torch.inference_mode():
        _, tokens = model.train(False)(*examples.composed(torch.arange(10)))
    assert ((tokens[:, 1:3] > 0).numpy() == examples.examples.left_out[:, :2]).all()


def test_what_nobody_has_labelled_is_learned_from_the_teacher():
    examples = batches(small_examples([Origin.NEIGHBOUR] * 5))
    model = reader()
    fit(model, examples, np.arange(10), Schedule(60, 1e-2, 80, 1), targets(10, teacher=0.9, label=0.0))
    assert (np.abs(read(model, examples, np.arange(10)) - 0.9) < 0.1).all()


def test_the_embeddings_stay_those_of_the_encoder():
    model, examples = reader(), batches(small_examples([Origin.WRITTEN] * 5))
    fit(model, examples, np.arange(10), Schedule(1, 1e-2, 40, 1), targets(10))
    torch.testing.assert_close(model.word, torch.tensor(WEIGHTS.tensors["emb.word"]).reshape(-1, WIDTH))
    assert not any("word" in name for name in model.saved())


def test_what_is_saved_has_the_names_that_are_packed():
    saved = reader(2).saved()
    layer = [f"{name}.{kind}" for name in ("q", "k", "v", "ao", "fi", "fo") for kind in "wb"] + ["aw", "ab", "ow", "ob"]
    heads = ["head.weight", "head.bias", "tok.weight", "tok.bias"]
    assert set(saved) == {f"layers.{number}.{name}" for number in range(2) for name in layer} | set(heads)
    assert all(values.dtype == np.float16 for values in saved.values())


def test_figures_tell_what_is_read_of_examples_that_judge():
    examples = batches(small_examples([Origin.TEST_PAIR] * 3 + [Origin.WRITTEN] * 2, held=True))
    model = reader()
    fit(model, examples, np.arange(10), Schedule(60, 1e-2, 80, 1), targets(10))
    assert figures(model, examples) == "written 1.000 | test pair 1.000 | pairs in order 1.000"


def test_no_family_is_torn_apart_by_folds():
    from learn.train import FOLDS, LEFT_OUT, of_fold, seen_by

    examples = small_examples([*LEFT_OUT, Origin.WRITTEN] * 6)
    own, every = examples.of(*LEFT_OUT), np.arange(len(examples.origin))
    folds = [of_fold(examples, own, fold) for fold in range(FOLDS)]
    assert sorted(np.concatenate(folds).tolist()) == own.tolist()
    for fold, places in enumerate(folds):
        seen = seen_by(examples, every, fold)
        assert sorted([*seen.tolist(), *places.tolist()]) == every.tolist()
        assert not set(examples.family[places]) & set(examples.family[seen])
        assert len(places) > 0


def test_a_training_leaves_a_student_and_a_reading_of_every_candidate(tmp_path: Path):
    from learn.train import STUDENT, UNSEEN, train

    teaching = small_examples([origin for origin in Origin if origin is not Origin.TEST_PAIR])
    said: list[str] = []
    train(teaching, WEIGHTS, tmp_path, said.append)
    with np.load(tmp_path / STUDENT) as student:
        assert student["head.weight"].shape == (1, 2 * WIDTH)
        assert len([name for name in student.files if name.endswith(".q.w")]) == 6
        assert all(np.isfinite(student[name]).all() for name in student.files)
    unseen = json.loads((tmp_path / UNSEEN).read_text("utf-8"))
    assert sorted(unseen) == sorted(teaching.name[teaching.of(Origin.OWN_CANDIDATE)].tolist())
    assert [line.partition(":")[0] for line in said] == [
        "teacher, general",
        "teacher, fine",
        "student, general",
        "student, fine",
        *(f"fold {fold} of 3" for fold in (1, 2, 3)),
    ]
