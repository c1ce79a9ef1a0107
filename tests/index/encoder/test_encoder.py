"""The choice of an encoder, and what all of them do to a text first."""

import pytest

from index.encoder.bundled import BundledEncoder
from index.encoder.choose import answering_encoder
from index.encoder.protocol import BUNDLED, MAX_TOKENS, PROMPT, plain


@pytest.mark.parametrize(
    ("text", "taken"),
    [("ｸﾗｽﾀｰ１", "クラスター1"), ("Cafe\u0301", "Caf\u00e9"), ("before\0after", "before after"), ("", "")],
)
def test_width_composition_and_nul_are_settled_before_any_tokenizer(text: str, taken: str):
    assert plain(text) == taken


def test_the_bundled_model_answers_and_leaves_room_for_the_prompt():
    encoder = answering_encoder(BUNDLED)
    assert isinstance(encoder, BundledEncoder)
    assert encoder.limit + PROMPT == MAX_TOKENS
