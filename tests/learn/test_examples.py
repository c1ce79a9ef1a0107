"""Examples as arrays of tokens, and back from the disk."""

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from index.encoder import packaged
from index.errors import KbError
from learn.examples import QUESTION, SECTION, Arrays, as_arrays
from learn.records import Example, Origin

pytestmark = pytest.mark.slow

EXAMPLES = [
    Example("Does a pear keep in the cellar?", "Pears: A pear keeps.", False, Origin.WRITTEN, "in the cellar"),
    Example("Does a pear keep?", "Pears: A pear keeps.", True, Origin.OWN_PAIR, family="p1", name="p1:a"),
    Example("梨は暗い所で長持ちしますか？" * 20, "梨: 梨は長持ちします。" * 60, True, Origin.JAQUAD, held=True),
]


@pytest.fixture(scope="module")
def tokenizer():
    from index.encoder.transformer import unigram_tokenizer

    return unigram_tokenizer(packaged.load())


def test_arrays_hold_each_text_once_with_the_tokens_that_the_reader_reads(tokenizer):
    arrays = as_arrays(EXAMPLES, tokenizer, pad=1)
    assert (arrays.questions.shape, arrays.sections.shape) == ((3, QUESTION), (2, SECTION))
    for row, example in enumerate(EXAMPLES):
        for texts, lengths, place, text in (
            (arrays.questions, arrays.question_lengths, arrays.question[row], example.question),
            (arrays.sections, arrays.section_lengths, arrays.section[row], example.section),
        ):
            ids = tokenizer.encode(text.replace("？", "?"), add_special_tokens=False).ids
            # Of a long question the end is read, of a long section the beginning.
            ids = ids[-QUESTION:] if texts is arrays.questions else ids[:SECTION]
            assert texts[place].tolist() == ids + [1] * (texts.shape[1] - len(ids))
            assert lengths[place] == len(ids)


def test_the_tokens_of_the_part_are_marked(tokenizer):
    arrays = as_arrays(EXAMPLES, tokenizer, pad=1)
    marked = arrays.questions[arrays.question[0]][arrays.left_out[0]]
    assert "".join(map(tokenizer.id_to_token, marked.tolist())) == "▁in▁the▁cellar"
    asked = "And in a cellar? " * 30 + "And in the attic?"
    long = as_arrays([Example(asked, "Pears: A pear keeps.", False, Origin.WRITTEN, "attic")], tokenizer, pad=1)
    assert "".join(map(tokenizer.id_to_token, long.questions[0][long.left_out[0]].tolist())) == "▁attic"
    assert not arrays.left_out[1:].any()


def test_arrays_come_back_from_the_disk_as_they_were(tokenizer, tmp_path: Path):
    arrays = as_arrays(EXAMPLES, tokenizer, pad=1)
    arrays.save(tmp_path / "new")
    loaded = Arrays.load(tmp_path / "new")
    for field in fields(Arrays):
        np.testing.assert_array_equal(getattr(loaded, field.name), getattr(arrays, field.name))


def test_examples_are_found_by_origin_and_by_what_they_are_for(tokenizer):
    arrays = as_arrays(EXAMPLES, tokenizer, pad=1)
    assert arrays.of(Origin.OWN_PAIR, Origin.WRITTEN, Origin.JAQUAD).tolist() == [0, 1]
    assert arrays.of(Origin.JAQUAD, held=True).tolist() == [2]


def test_without_examples_the_error_names_the_command_that_makes_them(tmp_path: Path):
    with pytest.raises(KbError, match=r"examples\.npz is missing\. Run: python -m learn examples SOURCES"):
        Arrays.load(tmp_path)
