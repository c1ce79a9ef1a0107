"""Model, batches, one stage of a training, and the whole of it, on a tiny encoder and made-up examples."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from small_reader import BEGIN, END, NO, PAD, WIDTH, YES, small_examples

from learn.records import Origin

pytestmark = pytest.mark.slow


@pytest.fixture
def tiny() -> Iterator[ModuleType]:
    """On one thread: tiny products are no work for several."""
    import tiny_training

    threads = tiny_training.torch.get_num_threads()
    tiny_training.torch.set_num_threads(1)
    yield tiny_training
    tiny_training.torch.set_num_threads(threads)


def test_question_and_section_are_put_between_marks(tiny: ModuleType):
    examples = small_examples([Origin.WRITTEN])
    shorter = replace(examples, question_lengths=np.array([2, 1], np.int32))
    ids, question, length = tiny.batches(shorter).composed(tiny.torch.tensor([0, 1]))
    assert ids.tolist() == [[BEGIN, 20, 30, END, YES, 31, END], [BEGIN, 21, END, NO, 31, END, PAD]]
    assert (question.tolist(), length.tolist()) == ([2, 1], [7, 6])


def test_batches_hold_each_example_once_and_no_more_tokens_than_allowed(tiny: ModuleType):
    examples = tiny.batches(small_examples([Origin.WRITTEN] * 20))
    places = np.arange(3, 37)
    drawn = examples.drawn(places, 30, np.random.default_rng(1))
    assert sorted(np.concatenate(drawn).tolist()) == places.tolist()
    assert all(len(batch) * (2 + 2 + tiny.MARKS) <= 30 for batch in drawn)
    assert len(drawn) == 9


def test_the_layers_are_those_of_the_encoder(tiny: ModuleType):
    from deploy.reference import bert

    model = tiny.reader(6).train(False)
    ids, question, length = tiny.batches(small_examples([Origin.WRITTEN])).composed(tiny.torch.tensor([0, 1]))
    with tiny.torch.inference_mode():
        answers, tokens = model(ids, question, length)
        hidden = bert(tiny.WEIGHTS)(input_ids=ids).last_hidden_state
        both = tiny.torch.cat([hidden[:, 0], hidden[:, 1:3].mean(1)], -1)
        tiny.torch.testing.assert_close(answers, model.head(both)[:, 0], rtol=1e-4, atol=1e-4)
        tiny.torch.testing.assert_close(tokens, model.tok(hidden)[..., 0], rtol=1e-4, atol=1e-4)


def test_padding_changes_nothing(tiny: ModuleType):
    model = tiny.reader(2).train(False)
    ids, question, length = tiny.batches(small_examples([Origin.WRITTEN])).composed(tiny.torch.tensor([0]))
    padded = tiny.torch.nn.functional.pad(ids, (0, 5), value=PAD)
    with tiny.torch.inference_mode():
        tiny.torch.testing.assert_close(model(ids, question, length)[0], model(padded, question, length)[0])


def test_one_layer_learns_to_tell_ten_made_up_examples_apart_and_which_token_is_left_out(tiny: ModuleType):
    examples = tiny.batches(small_examples([Origin.WRITTEN] * 5))
    model = tiny.reader()
    tiny.fit(model, examples, np.arange(10), tiny.LONG, tiny.targets(10))
    said = tiny.read(model, examples, np.arange(10))
    assert ((said > 0.5) == examples.examples.answered).all()
    with tiny.torch.inference_mode():
        _, tokens = model.train(False)(*examples.composed(tiny.torch.arange(10)))
    assert ((tokens[:, 1:3] > 0).numpy() == examples.examples.left_out[:, :2]).all()


def test_what_nobody_has_labelled_is_learned_from_the_teacher(tiny: ModuleType):
    examples = tiny.batches(small_examples([Origin.NEIGHBOUR] * 5))
    model = tiny.reader()
    tiny.fit(model, examples, np.arange(10), tiny.LONG, tiny.targets(10, teacher=0.9, label=0.0))
    assert (np.abs(tiny.read(model, examples, np.arange(10)) - 0.9) < 0.1).all()


def test_the_embeddings_stay_those_of_the_encoder(tiny: ModuleType):
    model, examples = tiny.reader(), tiny.batches(small_examples([Origin.WRITTEN] * 5))
    tiny.fit(model, examples, np.arange(10), tiny.Schedule(1, 1e-2, 40, 1), tiny.targets(10))
    tiny.torch.testing.assert_close(model.word, tiny.torch.tensor(tiny.WEIGHTS.tensors["emb.word"]).reshape(-1, WIDTH))
    assert not any("word" in name for name in model.saved())


def test_what_is_saved_has_the_names_that_are_packed(tiny: ModuleType):
    saved = tiny.reader(2).saved()
    layer = [f"{name}.{kind}" for name in ("q", "k", "v", "ao", "fi", "fo") for kind in "wb"] + ["aw", "ab", "ow", "ob"]
    heads = ["head.weight", "head.bias", "tok.weight", "tok.bias"]
    assert set(saved) == {f"layers.{number}.{name}" for number in range(2) for name in layer} | set(heads)
    assert all(values.dtype == np.float16 for values in saved.values())


def test_figures_tell_what_is_read_of_examples_that_judge(tiny: ModuleType):
    examples = tiny.batches(small_examples([Origin.TEST_PAIR] * 3 + [Origin.WRITTEN] * 2, held=True))
    model = tiny.reader()
    tiny.fit(model, examples, np.arange(10), tiny.LONG, tiny.targets(10))
    assert tiny.figures(model, examples) == "written 1.000 | test pair 1.000 | pairs in order 1.000"


def test_no_family_is_torn_apart_by_folds(tiny: ModuleType):
    examples = small_examples([*tiny.LEFT_OUT, Origin.WRITTEN] * 6)
    own, every = examples.of(*tiny.LEFT_OUT), np.arange(len(examples.origin))
    folds = [tiny.of_fold(examples, own, fold) for fold in range(tiny.FOLDS)]
    assert sorted(np.concatenate(folds).tolist()) == own.tolist()
    for fold, places in enumerate(folds):
        seen = tiny.seen_by(examples, every, fold)
        assert sorted([*seen.tolist(), *places.tolist()]) == every.tolist()
        assert not set(examples.family[places]) & set(examples.family[seen])
        assert len(places) > 0


def test_a_training_leaves_a_student_and_a_reading_of_every_candidate(tiny: ModuleType, tmp_path: Path):
    teaching = small_examples([origin for origin in Origin if origin is not Origin.TEST_PAIR])
    said: list[str] = []
    tiny.train(teaching, tiny.WEIGHTS, tmp_path, said.append)
    with np.load(tmp_path / tiny.STUDENT) as student:
        assert student["head.weight"].shape == (1, 2 * WIDTH)
        assert len([name for name in student.files if name.endswith(".q.w")]) == 6
        assert all(np.isfinite(student[name]).all() for name in student.files)
    unseen = json.loads((tmp_path / tiny.UNSEEN).read_text("utf-8"))
    assert sorted(unseen) == sorted(teaching.name[teaching.of(Origin.OWN_CANDIDATE)].tolist())
    assert [line.partition(":")[0] for line in said] == [
        "teacher, general",
        "teacher, fine",
        "student, general",
        "student, fine",
        *(f"fold {fold} of 3" for fold in (1, 2, 3)),
    ]
