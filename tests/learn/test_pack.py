"""The trained student becomes the packaged reader."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.encoder import packaged, reader

pytestmark = pytest.mark.slow


def test_a_student_has_the_names_of_the_bundled_weights_and_their_embeddings(tmp_path: Path):
    from learn.pack import NORMS, student

    weights, head, _ = reader.read(reader.files("index.encoder").joinpath(reader.FILE).read_bytes(), packaged.load())
    norms = {there: here for here, there in NORMS.items()}
    saved = {
        "head.weight": head.whole[None],
        "head.bias": np.array([head.whole_bias], np.float32),
        "tok.weight": head.token[None],
        "tok.bias": np.array([head.token_bias], np.float32),
    }
    for name, tensor in weights.tensors.items():
        if not name.startswith("emb."):
            layer, _, rest = name.partition(".")
            saved[f"layers.{layer[1:]}.{norms.get(rest, rest)}"] = tensor
    halves = list(saved)
    np.savez(tmp_path / "S.0.npz", **{name: saved[name] for name in halves[::2]})
    np.savez(tmp_path / "S.1.npz", **{name: saved[name] for name in halves[1::2]})
    made, same = student(tmp_path)
    assert made.tensors.keys() == weights.tensors.keys() and made.layers == reader.LAYERS
    assert all(np.array_equal(made.tensors[name], weights.tensors[name]) for name in weights.tensors)
    assert np.array_equal(same.whole, head.whole) and same.token_bias == head.token_bias


def test_a_mean_lies_between_two_readers():
    from learn.pack import mean, spread

    weights, head, _ = reader.read(reader.files("index.encoder").joinpath(reader.FILE).read_bytes(), packaged.load())
    ones = {
        name: tensor if name.startswith("emb.") else np.ones_like(tensor) for name, tensor in weights.tensors.items()
    }
    head_of_ones = reader.Head(np.ones_like(head.whole), 1.0, np.ones_like(head.token), 1.0)
    made, both = mean((replace(weights, tensors=ones), head_of_ones), (weights, head), 0.75)
    assert all(made.tensors[name] is ones[name] for name in ones if name.startswith("emb."))
    np.testing.assert_allclose(made.tensors["l0.q.w"], 0.75 + 0.25 * weights.tensors["l0.q.w"], rtol=1e-6)
    np.testing.assert_allclose(both.whole, 0.75 + 0.25 * head.whole, rtol=1e-6)
    assert (both.whole_bias, both.token_bias) == (0.75 + 0.25 * head.whole_bias, 0.75 + 0.25 * head.token_bias)
    wider = spread(head, 2.0, -0.5)
    assert np.array_equal(wider.whole, 2 * head.whole) and wider.whole_bias == 2 * head.whole_bias - 0.5
    assert np.array_equal(wider.token, head.token)


def test_the_sample_is_questions_each_with_a_section(site_dir: Path, root: Path):
    from learn.pack import PAIRS, sample

    weights = packaged.load()
    begin, end, _, _ = weights.special
    texts = list(sample(site_dir, root / "bot/data/calibration.jsonl", weights))
    assert len(texts) == PAIRS
    assert all(ids[0] == begin and ids[-1] == end and ids.count(end) == 2 for ids in texts)
    assert max(map(len, texts)) <= reader.MAX_QUESTION + reader.MAX_PASSAGE + 3


def test_readings_of_the_folds_stand_beside_the_sections_that_were_read(root: Path, index_dir: Path, tmp_path: Path):
    """Of a few of the labelled questions: one of them was read."""
    from learn.own import LANGS, TEACHING, OwnSite
    from learn.unseen import unseen_readings

    (tmp_path / TEACHING).mkdir(parents=True)
    for name in ("calibration.jsonl", *(f"contrast.{lang}.jsonl" for lang in LANGS)):
        lines = (root / TEACHING / name).read_text("utf-8").splitlines(keepends=True)
        kept = [*lines[::50], *(line for line in lines if '"cal-cni-role-en-01"' in line)]
        (tmp_path / TEACHING / name).write_text("".join(dict.fromkeys(kept)), "utf-8")
    site = OwnSite(index_dir)
    question = (
        "Explain to a newcomer: which jobs does the Container Networking Interface take care of inside a cluster?"
    )
    first, second, _ = (section.id for section in site.candidates(question, "en"))
    readings = {"own-train-q|cal-cni-role-en-01|0": 1.234, "own-train-q|cal-cni-role-en-01|1": -2.0}
    assert unseen_readings(site, tmp_path, readings) == [{"question": question, "answers": {first: 1.23, second: -2.0}}]
